import { ActionIcon, Tooltip } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

interface RemoveRuleProps {
  readonly name: string;
  readonly onRemove: () => void;
}

export function RemoveRule({ name, onRemove }: RemoveRuleProps): ReactElement {
  const { t } = useTranslation("ai-rules");
  const label = t("list.remove", { name });
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label} onClick={onRemove}>
        <IconTrash size={18} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

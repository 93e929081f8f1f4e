import { ActionIcon, Button, Popover, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconCopy } from "@tabler/icons-react";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { TickList } from "../../../shared/ui/tick-list.tsx";

interface CopyPointProps {
  /** What is copied, for people. */
  readonly of: string;
  readonly others: readonly { readonly point: number; readonly name: string }[];
  readonly onCopy: (to: readonly number[]) => void;
}

/** How one point is read, onto others of its board; with shift a whole run of them is ticked. */
export function CopyPoint({ of, others, onCopy }: CopyPointProps): ReactElement {
  const { t } = useTranslation("boards");
  const [opened, { close, toggle }] = useDisclosure();
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const copy = () => {
    onCopy(ticked.map(Number));
    setTicked([]);
    close();
  };
  const label = t("points.copy", { what: of });
  return (
    <Popover opened={opened} onDismiss={close} withArrow shadow="md" width={320} trapFocus>
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={label} disabled={others.length === 0} onClick={toggle}>
          <IconCopy size={16} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <Stack gap="sm">
          <TickList
            label={t("points.copyTo")}
            items={others.map(({ point, name }) => ({ value: String(point), label: name }))}
            ticked={ticked}
            onChange={setTicked}
          />
          <Text size="xs" c="dimmed">
            {t("points.copySays")}
          </Text>
          <Button size="xs" disabled={ticked.length === 0} onClick={copy}>
            {t("points.copyDo")}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

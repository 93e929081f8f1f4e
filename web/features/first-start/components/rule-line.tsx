import { Group, Text } from "@mantine/core";
import { IconCircle, IconCircleCheck } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

/** A rule and whether it is kept already: a mark and words, not a colour alone. */
export function RuleLine({ kept, text }: { readonly kept: boolean; readonly text: string }): ReactElement {
  const { t } = useTranslation("first-start");
  const Icon = kept ? IconCircleCheck : IconCircle;
  return (
    <Group gap={6} wrap="nowrap" component="li" data-kept={kept}>
      <Icon
        size={16}
        color={kept ? "var(--mantine-color-teal-text)" : "var(--mantine-color-dimmed)"}
        style={{ flex: "none" }}
        role="img"
        aria-label={t(kept ? "rules.kept" : "rules.notYet")}
      />
      <Text size="sm" c={kept ? undefined : "dimmed"}>
        {text}
      </Text>
    </Group>
  );
}

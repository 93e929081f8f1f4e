import { Alert, Progress, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { RecordingNow } from "../../../../src/contract/recording.ts";
import { useFormat } from "../../../shared/site-data.ts";
import { Section } from "../../../shared/ui/section.tsx";
import { memoryView } from "../model/memory.ts";

/** The memory for pictures from before an alarm: what is used, what is wanted, and what happens when it is too little. */
export function Memory({ now }: { readonly now: RecordingNow }): ReactElement {
  const { t } = useTranslation("recording");
  const format = useFormat();
  const view = memoryView(now);
  if (view === undefined)
    return (
      <Section title={t("memory.title")} says={t("memory.says")}>
        <Text size="sm">{t("memory.unknown")}</Text>
      </Section>
    );
  const { usedBytes, budgetBytes, needBytes } = now.memory;
  const amounts = { used: format.bytes(usedBytes), budget: format.bytes(budgetBytes), need: format.bytes(needBytes) };
  return (
    <Section title={t("memory.title")} says={t("memory.says")}>
      <Progress value={view.usedShare * 100} color={view.tooSmall ? "orange" : "blue"} aria-label={t("memory.title")} />
      <Text size="sm">{t("memory.amounts", amounts)}</Text>
      {view.tooSmall && (
        <Alert color="orange" role="note" title={t("memory.tooSmall")}>
          {t("memory.tooSmallSays", { need: amounts.need, budget: amounts.budget })}
        </Alert>
      )}
    </Section>
  );
}

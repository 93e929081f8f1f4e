import { Button, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useDraft } from "../../../shared/draft.ts";
import { useMay } from "../../../shared/site-data.ts";
import { useApplied } from "../../../shared/use-applied.ts";
import { ApplyBar } from "../../../shared/ui/apply-bar.tsx";
import { Section } from "../../../shared/ui/section.tsx";
import { useKeep, useSetKeep, type KeepRule } from "../api/storage.ts";
import { keepProblem } from "../model/keep.ts";
import { KeepLine } from "./keep-line.tsx";

const none: readonly KeepRule[] = [];

/** How long footage is kept by camera and by what it shows, beside each volume's own days. */
export function KeepCard(): ReactElement {
  const { t } = useTranslation("storage");
  const may = useMay("configure");
  const draft = useDraft<{ readonly rules: readonly KeepRule[] }>({ rules: useKeep().data?.rules ?? none });
  const change = useSetKeep();
  const applied = useApplied(draft, t("keep.notSaved"));
  const { rules } = draft.value;
  const problem = draft.dirty ? keepProblem(rules) : undefined;
  const put = (at: number, rule: KeepRule | undefined) =>
    draft.set({ rules: rules.flatMap((one, index) => (index !== at ? [one] : rule === undefined ? [] : [rule])) });
  return (
    <Section title={t("keep.title")} says={t("keep.says")}>
      {rules.length === 0 && <Text size="sm">{t("keep.none")}</Text>}
      {rules.map((rule, at) => (
        // a line is its place: what it is about is what one is choosing
        <KeepLine key={at} number={at + 1} rule={rule} disabled={!may} onChange={(next) => put(at, next)} />
      ))}
      {may && (
        <div>
          <Button
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => draft.set({ rules: [...rules, { cause: "continuous", maxDays: 7 }] })}
          >
            {t("keep.add")}
          </Button>
        </div>
      )}
      <ApplyBar
        draft={draft}
        onApply={() => change.mutate(rules, applied)}
        applying={change.isPending}
        problem={problem === undefined ? undefined : t(`keep.problems.${problem}`)}
      />
    </Section>
  );
}

import { Checkbox, Stack, Text } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Draft } from "../../../shared/draft.ts";
import { useNotifiers, useOutputs } from "../../../shared/site-data.ts";
import type { ArmingDraft } from "../model/arming-draft.ts";
import { Section } from "../../../shared/ui/section.tsx";

/** What is suppressed while disarmed: everything that is ticked. Events, recording and the log go on. */
export function DisarmCard({ draft }: { readonly draft: Draft<ArmingDraft> }): ReactElement {
  const { t } = useTranslation("arming");
  const outputs = (useOutputs().data ?? []).map(({ output, name }) => ({ number: output, name }));
  const notifiers = (useNotifiers().data ?? []).map(({ notifier, name }) => ({ number: notifier, name }));
  const { whileDisarmed } = draft.value;
  const put = (key: "outputs" | "notifiers") => (goesOn: readonly number[]) =>
    draft.set({ whileDisarmed: { ...whileDisarmed, [key]: goesOn } });
  return (
    <Section fill title={t("card.disarm")} says={t("disarmed.says")}>
      <Ticks title={t("disarmed.outputs")} rows={outputs} goesOn={whileDisarmed.outputs} onChange={put("outputs")} />
      <Ticks
        title={t("disarmed.notifiers")}
        rows={notifiers}
        goesOn={whileDisarmed.notifiers}
        onChange={put("notifiers")}
      />
    </Section>
  );
}

interface TicksProps {
  readonly title: string;
  readonly rows: readonly { readonly number: number; readonly name: string }[];
  readonly goesOn: readonly number[];
  readonly onChange: (goesOn: readonly number[]) => void;
}

function Ticks({ title, rows, goesOn, onChange }: TicksProps): ReactElement {
  const { t } = useTranslation("arming");
  return (
    <Stack gap={6} role="group" aria-label={title}>
      <Text size="sm" fw={500}>
        {title}
      </Text>
      {rows.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("disarmed.none")}
        </Text>
      )}
      {rows.map(({ number, name }) => (
        <Checkbox
          key={number}
          label={name}
          checked={!goesOn.includes(number)}
          onChange={(event) =>
            onChange(event.currentTarget.checked ? goesOn.filter((one) => one !== number) : [...goesOn, number])
          }
        />
      ))}
    </Stack>
  );
}

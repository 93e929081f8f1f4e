import { Paper, Select, SimpleGrid, Stack, TextInput, Title } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { defaultArming, disarmedMode } from "../../../../src/domain/arming.ts";
import { useArmingSettings } from "../../../shared/arming/arming-data.ts";
import { useModeName } from "../../../shared/arming/mode-name.ts";
import type { Input } from "../../../shared/types.ts";
import type { AskDraft } from "../model/ask.ts";
import { RangeField } from "../../../shared/ui/range-field.tsx";

interface FormProps {
  readonly draft: AskDraft;
  readonly inputs: readonly Input[];
  readonly onChange: (part: Partial<AskDraft>) => void;
}

/** Which input, when at the site, in which mode, and for how long. */
export function AskForm({ draft, inputs, onChange }: FormProps): ReactElement {
  const { t } = useTranslation("simulator");
  const nameOf = useModeName();
  const modes = useArmingSettings().data?.modes ?? defaultArming.modes;
  return (
    <Paper withBorder p="md" component="section">
      <Title order={2} fz="md" mb="sm">
        {t("ask.title")}
      </Title>
      <Stack gap="sm">
        <Select
          label={t("ask.input")}
          data={inputs.map((one) => ({ value: String(one.input), label: one.name }))}
          value={String(draft.input)}
          allowDeselect={false}
          searchable
          onChange={(value) => onChange({ input: Number(value) })}
        />
        <SimpleGrid cols={2} spacing="sm">
          <TextInput
            type="date"
            label={t("ask.date")}
            value={draft.date}
            onChange={(event) => onChange({ date: event.currentTarget.value })}
          />
          <TextInput
            type="time"
            label={t("ask.time")}
            value={draft.time}
            onChange={(event) => onChange({ time: event.currentTarget.value.slice(0, 5) })}
          />
        </SimpleGrid>
        <Select
          label={t("ask.mode")}
          data={[disarmedMode, ...modes.map(({ mode }) => mode)].map((mode) => ({ value: mode, label: nameOf(mode) }))}
          value={draft.mode}
          allowDeselect={false}
          onChange={(value) => onChange({ mode: value ?? disarmedMode })}
        />
        <RangeField
          label={t("ask.activeS")}
          description={t("ask.activeSays")}
          suffix=" s"
          range={[0, 3600]}
          value={draft.activeS}
          onChange={(value) => onChange({ activeS: value })}
        />
      </Stack>
    </Paper>
  );
}

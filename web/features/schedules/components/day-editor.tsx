import { ActionIcon, Button, Group, Paper, Select, Stack, Text, TextInput, Title } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { mostPeriodsInPage } from "../../../../src/domain/weekly-schedule.ts";
import type { Draft } from "../../../shared/draft.ts";
import {
  isTime,
  nextPeriod,
  rows,
  textsOfRow,
  tidyTime,
  withRow,
  type PeriodText,
  type Row,
  type WeekDraft,
} from "../model/week.ts";
import { CopyDay } from "./copy-day.tsx";

interface EditorProps {
  readonly draft: Draft<WeekDraft>;
  readonly row: Row;
  readonly onChoose: (row: Row) => void;
}

/** One day as times, to the minute: what painting does, by keyboard. */
export function DayEditor({ draft, row, onChoose }: EditorProps): ReactElement {
  const { t } = useTranslation("schedules");
  const texts = textsOfRow(draft.value, row);
  const put = (periods: readonly PeriodText[]) => draft.set(withRow(draft.value, row, periods));
  const shown = rows.filter((one) => one !== "holiday" || draft.value.holiday !== undefined);
  return (
    <Paper withBorder p="md" component="section">
      <Title order={2} fz="md" mb="sm">
        {t("times.title")}
      </Title>
      <Stack gap="sm">
        <Select
          label={t("field.day")}
          data={shown.map((one) => ({ value: one, label: t(`day.${one}`) }))}
          value={row}
          allowDeselect={false}
          onChange={(value) => onChoose(rows.find((one) => one === value) ?? row)}
        />
        {texts.length === 0 && (
          <Text size="sm" c="dimmed">
            {t("times.none")}
          </Text>
        )}
        {texts.map((period, at) => (
          <PeriodLine
            // periods have no name of their own; a line is its place
            key={at}
            at={at}
            period={period}
            onChange={(next) => put(texts.map((one, index) => (index === at ? next : one)))}
            onRemove={() => put(texts.filter((_, index) => index !== at))}
          />
        ))}
        <Group gap="xs">
          <Button
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden />}
            disabled={texts.length >= mostPeriodsInPage}
            onClick={() => put([...texts, nextPeriod(texts)])}
          >
            {t("times.add")}
          </Button>
          <CopyDay draft={draft} from={row} />
        </Group>
      </Stack>
    </Paper>
  );
}

interface LineProps {
  readonly at: number;
  readonly period: PeriodText;
  readonly onChange: (period: PeriodText) => void;
  readonly onRemove: () => void;
}

function PeriodLine({ at, period, onChange, onRemove }: LineProps): ReactElement {
  const { t } = useTranslation("schedules");
  const number = at + 1;
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      {(["from", "to"] as const).map((end) => (
        <TextInput
          key={end}
          flex={1}
          aria-label={t(`times.${end}`, { number })}
          leftSection={<Text size="xs">{t(`times.${end}Short`)}</Text>}
          leftSectionWidth={44}
          inputMode="numeric"
          value={period[end]}
          error={!isTime(period[end])}
          onChange={(event) => onChange({ ...period, [end]: event.currentTarget.value })}
          onBlur={(event) => onChange({ ...period, [end]: tidyTime(event.currentTarget.value) })}
        />
      ))}
      <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t("times.remove", { number })} onClick={onRemove}>
        <IconX size={16} aria-hidden />
      </ActionIcon>
    </Group>
  );
}

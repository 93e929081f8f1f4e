import { Anchor, Grid, Paper, Stack, Switch, Text, TextInput, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useDraft, type Draft } from "../../../shared/draft.ts";
import { useApplied } from "../../../shared/use-applied.ts";
import { useInputs, useSchedules } from "../../../shared/site-data.ts";
import type { Schedule } from "../../../shared/types.ts";
import { ApplyBar } from "../../../shared/ui/apply-bar.tsx";
import { OneRow } from "../../../shared/ui/one-row.tsx";
import { PageHeader } from "../../../shared/ui/page-header.tsx";
import { ScheduleNow } from "../../../shared/ui/schedule-now.tsx";
import { useAutoArm, useChangeSchedule } from "../api/schedules.ts";
import { draftOf, painted, problemOf, textsOfRow, withRow, type Row, type WeekDraft } from "../model/week.ts";
import { DayEditor } from "./day-editor.tsx";
import { RemoveSchedule } from "./remove-schedule.tsx";
import { WeekGrid } from "./week-grid.tsx";

/** One schedule: its week to paint, the chosen day as times, and who goes by it. */
export function SchedulePage({ number }: { readonly number: number }): ReactElement {
  const schedules = useSchedules();
  return (
    <OneRow of={schedules} find={({ schedule }) => schedule === number} loading={{ rows: 4, height: 90 }}>
      {(schedule) => <Found schedule={schedule} />}
    </OneRow>
  );
}

function Found({ schedule }: { readonly schedule: Schedule }): ReactElement {
  const { t } = useTranslation("schedules");
  const saved = draftOf(schedule);
  const draft = useDraft<WeekDraft>(saved);
  const change = useChangeSchedule(schedule.schedule);
  const [chosen, setChosen] = useState<Row>("monday");
  const problem = problemOf(draft.value, saved);
  const applied = useApplied(draft, t("notSaved"));
  return (
    <Stack gap="md" pb={90}>
      <div>
        <Anchor component={Link} to="/schedules" size="sm">
          {t("back")}
        </Anchor>
        <PageHeader title={schedule.name} says={<ScheduleNow schedule={schedule} />} />
      </div>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <WeekSection draft={draft} chosen={chosen} onChoose={setChosen} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <Stack gap="md">
            <DayEditor draft={draft} row={chosen} onChoose={setChosen} />
            <UsedBy schedule={schedule.schedule} />
          </Stack>
        </Grid.Col>
      </Grid>
      <div>
        <RemoveSchedule schedule={schedule} />
      </div>
      <ApplyBar
        draft={draft}
        onApply={() => change.mutate(draft.value, applied)}
        applying={change.isPending}
        problem={
          problem && t(`problem.${problem.what}`, { day: problem.row === undefined ? "" : t(`day.${problem.row}`) })
        }
      />
    </Stack>
  );
}

interface WeekProps {
  readonly draft: Draft<WeekDraft>;
  readonly chosen: Row;
  readonly onChoose: (row: Row) => void;
}

function WeekSection({ draft, chosen, onChoose }: WeekProps): ReactElement {
  const { t } = useTranslation("schedules");
  const { value } = draft;
  return (
    <Paper withBorder p="md" component="section">
      <Title order={2} fz="md" mb={2}>
        {t("week.title")}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t("week.says")}
      </Text>
      <Stack gap="sm">
        <TextInput
          label={t("field.name")}
          value={value.name}
          maxLength={100}
          onChange={(event) => draft.set({ name: event.currentTarget.value })}
        />
        <WeekGrid
          draft={value}
          paint={{
            chosen,
            onChoose,
            onPaint: (row, span, on) => draft.set(withRow(value, row, painted(textsOfRow(value, row), span, on))),
          }}
        />
        <Switch
          label={t("field.holiday")}
          description={t("help.holiday")}
          checked={value.holiday !== undefined}
          onChange={(event) => {
            const own = event.currentTarget.checked;
            draft.set({ holiday: own ? [] : undefined });
            onChoose(own ? "holiday" : "monday");
          }}
        />
      </Stack>
    </Paper>
  );
}

function UsedBy({ schedule }: { readonly schedule: number }): ReactElement {
  const { t } = useTranslation("schedules");
  const users = (useInputs().data ?? []).filter((one) => one.schedule === schedule);
  const arms = useAutoArm()?.schedule === schedule;
  return (
    <Paper withBorder p="md" component="section">
      <Title order={2} fz="md" mb={2}>
        {t("users.title")}
      </Title>
      {arms && (
        <Text size="sm" mb="xs">
          {t("users.arms")}
        </Text>
      )}
      <Text size="sm" c="dimmed" mb={users.length === 0 ? 0 : "xs"}>
        {users.length === 0 ? t("users.none") : t("users.says")}
      </Text>
      <Stack gap={4}>
        {users.map((one) => (
          <Anchor key={one.input} component={Link} to={`/alarm-in/${one.input}`} size="sm">
            {one.name}
          </Anchor>
        ))}
      </Stack>
    </Paper>
  );
}

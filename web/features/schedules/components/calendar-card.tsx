import { Paper, Stack, Text, Title } from "@mantine/core";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { alike, useDraft } from "../../../shared/draft.ts";
import { useApplied } from "../../../shared/use-applied.ts";
import { ApplyBar } from "../../../shared/ui/apply-bar.tsx";
import { useHolidays } from "../../../shared/ui/schedule-now.tsx";
import { useAutoArm, useChangeCalendar } from "../api/schedules.ts";
import { calendarProblem, type CalendarDraft } from "../model/calendar.ts";
import { AutoArmFields } from "./auto-arm-fields.tsx";
import { HolidayLines } from "./holiday-lines.tsx";

/** What all schedules share: the holidays, and arming by the clock. */
export function CalendarCard(): ReactElement {
  const { t } = useTranslation("schedules");
  const saved: CalendarDraft = { holidays: useHolidays(), autoArm: useAutoArm() };
  const draft = useDraft<CalendarDraft>(saved);
  const change = useChangeCalendar();
  const problem = calendarProblem(draft.value);
  const applied = useApplied(draft, t("notSaved"));
  const apply = () => {
    const { holidays, autoArm } = draft.value;
    const changed = {
      ...(alike(holidays, saved.holidays) ? {} : { holidays }),
      ...(alike(autoArm, saved.autoArm) ? {} : { autoArm }),
    };
    change.mutate(changed, applied);
  };
  return (
    <Stack gap="md" pb={90}>
      {(["autoArm", "holidays"] as const).map((part) => (
        <Paper key={part} withBorder p="md" component="section">
          <Title order={2} fz="md" mb={2}>
            {t(`${part}.title`)}
          </Title>
          <Text size="sm" c="dimmed" mb="sm">
            {t(`${part}.says`)}
          </Text>
          {part === "autoArm" ? <AutoArmFields draft={draft} /> : <HolidayLines draft={draft} />}
        </Paper>
      ))}
      <ApplyBar
        draft={draft}
        onApply={apply}
        applying={change.isPending}
        problem={problem === undefined ? undefined : t(`calendarProblem.${problem}`)}
      />
    </Stack>
  );
}

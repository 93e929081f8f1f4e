/** What a camera's week records for what, as the preview draws it. Alarms go by no week: only privacy keeps nothing. */
import type { RecordSettings, RecordWhen } from "../../../../src/domain/recording-rule.ts";
import { minutesOfDay, type Period } from "../../../../src/domain/weekly-schedule.ts";
import { periodsOfTexts, textsOfPeriods, weekdays, type Weekday } from "../../../shared/schedule.ts";
import type { Schedule } from "../../../shared/types.ts";

export type WeekRow = Weekday | "holiday";
export type WeekType = "general" | "motion" | "alarm";
export type WeekSchedule = Pick<Schedule, "schedule" | "week" | "holiday">;

export interface RowOfWeek {
  readonly row: WeekRow;
  readonly types: Readonly<Record<WeekType, readonly Period[]>>;
}

const allDay: readonly Period[] = [{ fromMin: 0, toMin: minutesOfDay }];
/** A schedule that is gone holds nothing back, as in `domain/recording-rule.ts`. */
function whenOn(when: RecordWhen, row: WeekRow, schedules: readonly WeekSchedule[]): readonly Period[] {
  if (when === "always") return allDay;
  if (when === "never") return [];
  const found = schedules.find(({ schedule }) => schedule === when);
  if (found === undefined) return allDay;
  if (row !== "holiday") return periodsOfTexts(found.week[row]);
  return found.holiday === undefined ? [] : periodsOfTexts(found.holiday);
}

/** The days of the week, and holidays where its schedules have a row for them: else they are days like others. */
export function weekOf(camera: RecordSettings, schedules: readonly WeekSchedule[]): RowOfWeek[] {
  const { recordMode, recordWeek } = camera;
  const whens = { general: recordWeek?.general ?? "always", motion: recordWeek?.motion ?? "never" } as const;
  const on = (when: RecordWhen, row: WeekRow) => (recordMode === "auto" ? whenOn(when, row, schedules) : []);
  const used = schedules.filter(({ schedule }) => Object.values(whens).includes(schedule));
  const hasHoliday = recordMode === "auto" && used.length > 0 && used.every(({ holiday }) => holiday !== undefined);
  const rows: readonly WeekRow[] = hasHoliday ? [...weekdays, "holiday"] : weekdays;
  return rows.map((row) => ({
    row,
    types: {
      general: recordMode === "continuous" ? allDay : on(whens.general, row),
      motion: recordMode === "continuous" ? [] : on(whens.motion, row),
      alarm: recordMode === "off" ? [] : allDay,
    },
  }));
}

/** `08:00–18:00, 20:00–24:00`, for who does not see the colours. */
export const timesOf = (periods: readonly Period[]): string =>
  textsOfPeriods(periods)
    .map(({ from, to }) => `${from}–${to}`)
    .join(", ");

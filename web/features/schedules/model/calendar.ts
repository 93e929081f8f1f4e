/** Holidays and arming by the clock, as the page changes them together. Pure; no DOM. */
import { autoArmRanges } from "../../../../src/domain/auto-arm.ts";
import { turnsBetween, type ScheduleSettings } from "../../../../src/domain/weekly-schedule.ts";
import { dayOfText, type LocalClock } from "../../../../src/kernel/local-time.ts";
import type { AutoArmAnswer, Holidays } from "../../../shared/types.ts";

type AutoArm = NonNullable<AutoArmAnswer["settings"]>;
export type AutoArmDraft = Omit<AutoArm, "mode"> & { readonly mode?: string | undefined };

export interface CalendarDraft extends Holidays {
  readonly autoArm: AutoArmDraft | undefined;
}

export const firstAutoArm = (schedule: number): AutoArmDraft => ({
  ...{ schedule, armWhen: "ends", disarm: false, notifiers: [], warningMin: 10 },
});

export type CalendarProblem = "wrong" | "twice" | "warning";

/** The first thing that keeps it from being applied. */
export function calendarProblem({ holidays, autoArm }: CalendarDraft): CalendarProblem | undefined {
  if (holidays.some(({ date }) => dayOfText(date) === undefined)) return "wrong";
  if (new Set(holidays.map(({ date }) => date)).size < holidays.length) return "twice";
  const [min, max] = autoArmRanges.warningMin;
  const fits = autoArm === undefined || (autoArm.warningMin >= min && autoArm.warningMin <= max);
  return fits ? undefined : "warning";
}

interface When {
  readonly schedule: ScheduleSettings;
  readonly holidays: Holidays["holidays"];
  readonly clock: LocalClock;
  readonly now: number;
}

/** When it arms next, within a fortnight; undefined where the schedule does not turn. */
export function nextArming({ armWhen }: AutoArmDraft, { schedule, holidays, clock, now }: When): number | undefined {
  const upTo = now + 15 * 86_400_000;
  return turnsBetween(schedule, holidays, clock, { after: now, upTo }).find(
    ({ active }) => active === (armWhen === "begins"),
  )?.wall;
}

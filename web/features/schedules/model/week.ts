/** A schedule as the page changes it: painted over with the pointer, or written as times. Pure; no DOM. */
import { joinPeriods, minutesOfDay, mostPeriodsInPage, type Period } from "../../../../src/domain/weekly-schedule.ts";
import { alike } from "../../../shared/draft.ts";
import { periodsOfTexts, textsOfPeriods, weekdays, type Weekday } from "../../../shared/schedule.ts";
import type { Schedule } from "../../../shared/types.ts";

export type PeriodText = Schedule["week"]["monday"][number];
export type Row = Weekday | "holiday";
export interface WeekDraft {
  readonly name: string;
  readonly week: Readonly<Record<Weekday, readonly PeriodText[]>>;
  /** Undefined: holidays are days like others. */
  readonly holiday: readonly PeriodText[] | undefined;
}

export const rows: readonly Row[] = [...weekdays, "holiday"];

export const draftOf = ({ name, week, holiday }: Schedule): WeekDraft => ({ name, week, holiday });

export const textsOfRow = (draft: WeekDraft, row: Row): readonly PeriodText[] =>
  row === "holiday" ? (draft.holiday ?? []) : draft.week[row];

/** The part of a draft that says this of a row. */
export const withRow = (draft: WeekDraft, row: Row, periods: readonly PeriodText[]): Partial<WeekDraft> =>
  row === "holiday" ? { holiday: periods } : { week: { ...draft.week, [row]: periods } };

const timeForm = /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/;
export const isTime = (text: string): boolean => timeForm.test(text);

/** `8`, `8:5`, `830` and `0830` as one means them; what is no time stays as it was typed. */
export function tidyTime(text: string): string {
  const [, hour = "", minute = ""] = /^(\d{1,2})[:.h ]?(\d{0,2})$/.exec(text.trim()) ?? [];
  if (hour === "") return text.trim();
  const tidy = `${hour.padStart(2, "0")}:${minute.padStart(2, "0")}`;
  return isTime(tidy) ? tidy : text.trim();
}

/** What of a row can be drawn: its whole and right periods. */
export const drawnPeriods = (texts: readonly PeriodText[]): Period[] =>
  joinPeriods(periodsOfTexts(texts.filter(({ from, to }) => isTime(from) && isTime(to))));

/** The row with a span of minutes painted or rubbed out. */
export function painted(texts: readonly PeriodText[], span: Period, on: boolean): PeriodText[] {
  const before = drawnPeriods(texts);
  if (on) return textsOfPeriods(joinPeriods([...before, span]));
  return textsOfPeriods(
    joinPeriods(
      before.flatMap(({ fromMin, toMin }) => [
        { fromMin, toMin: Math.min(toMin, span.fromMin) },
        { fromMin: Math.max(fromMin, span.toMin), toMin },
      ]),
    ),
  );
}

/** How fine the pointer paints; times that are typed go to the minute. */
export const paintStep = 30;

/** Where on a row a pointer is, as the step below it. @param share of the row's width, 0–1 */
export const stepAt = (share: number): number =>
  Math.min(minutesOfDay - paintStep, Math.max(0, Math.floor((share * minutesOfDay) / paintStep) * paintStep));

/** The span between two steps, both included. */
export const spanOf = (one: number, other: number): Period => ({
  fromMin: Math.min(one, other),
  toMin: Math.max(one, other) + paintStep,
});

export const covers = (texts: readonly PeriodText[], minute: number): boolean =>
  drawnPeriods(texts).some(({ fromMin, toMin }) => minute >= fromMin && minute < toMin);

/** What a new period of a row begins as: after the last one, an hour long. */
export function nextPeriod(texts: readonly PeriodText[]): PeriodText {
  const last = drawnPeriods(texts).at(-1)?.toMin ?? 7 * 60;
  const from = Math.min(last + 60, minutesOfDay - 60);
  return textsOfPeriods([{ fromMin: from, toMin: from + 60 }])[0] ?? { from: "08:00", to: "09:00" };
}

export type Problem = "name" | "time" | "order" | "overlap" | "tooMany";

function problemOfRow(texts: readonly PeriodText[], saved: readonly PeriodText[]): Problem | undefined {
  if (texts.some(({ from, to }) => !isTime(from) || !isTime(to))) return "time";
  if (texts.some(({ from, to }) => from >= to)) return "order";
  const sorted = texts.toSorted((a, b) => (a.from < b.from ? -1 : 1));
  if (sorted.some(({ from }, at) => from < (sorted[at - 1]?.to ?? ""))) return "overlap";
  // what a program made finer than a page can draw stays as long as nobody touches it
  return texts.length > mostPeriodsInPage && !alike(texts, saved) ? "tooMany" : undefined;
}

/** The first thing that keeps it from being applied, and in which row. */
export function problemOf(
  draft: WeekDraft,
  saved: WeekDraft,
): { readonly row?: Row; readonly what: Problem } | undefined {
  if (draft.name.trim() === "") return { what: "name" };
  for (const row of rows) {
    const what = problemOfRow(textsOfRow(draft, row), textsOfRow(saved, row));
    if (what !== undefined) return { row, what };
  }
  return undefined;
}

/** What a new schedule begins with: something to change, not an empty week that never acts. */
export const newWeek = (name: string): Pick<WeekDraft, "name" | "week"> => {
  const day = (row: Weekday): PeriodText[] => (weekdays.indexOf(row) < 5 ? [{ from: "08:00", to: "18:00" }] : []);
  return {
    name,
    week: {
      ...{ monday: day("monday"), tuesday: day("tuesday"), wednesday: day("wednesday"), thursday: day("thursday") },
      ...{ friday: day("friday"), saturday: day("saturday"), sunday: day("sunday") },
    },
  };
};

/** The part of a draft in which other rows are as one is. */
export function copied(draft: WeekDraft, from: Row, to: readonly Row[]): Partial<WeekDraft> {
  const periods = textsOfRow(draft, from);
  const days = weekdays.filter((day) => to.includes(day));
  return {
    week: { ...draft.week, ...Object.fromEntries(days.map((day) => [day, periods])) },
    ...(to.includes("holiday") ? { holiday: periods } : {}),
  };
}

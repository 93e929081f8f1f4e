/** What a contact said beside what the labels say. */
import type { Answer, Deed } from "./truth.ts";

/** Closed from … to, seconds of the film. */
export type Span = readonly [from: number, to: number];

export interface Score {
  /** Things that happened, and how many of them were told. */
  readonly happened: number;
  readonly found: number;
  /** Times that the contact closed, and how many of them nothing had happened. */
  readonly told: number;
  readonly false: number;
}

/** A deed is told when the contact is closed at some time from 1 s before it to 2 s after it. */
const tolerance = { before: 1, after: 2 } as const;
/** Before that the picture is being learnt. */
export const judgedFrom = 3;

/** Deeds against the times that the contact was closed. Several deeds at once are told by one contact. */
export function judgeDeeds(deeds: readonly Deed[], spans: readonly Span[], until = Infinity): Score {
  const isTold = ({ second }: Deed, [from, to]: Span): boolean =>
    from <= second + tolerance.after && to >= second - tolerance.before;
  const counted = deeds.filter(({ second, answer }) => answer === "yes" && second >= judgedFrom && second <= until - 1);
  const judged = spans.filter(([from]) => from >= judgedFrom && from <= until);
  return {
    happened: counted.length,
    found: counted.filter((deed) => spans.some((span) => isTold(deed, span))).length,
    told: judged.length,
    false: judged.filter((span) => !deeds.some((deed) => isTold(deed, span))).length,
  };
}

export interface TimeScore extends Score {
  /** Seconds that it was so for certain, and how many of them the contact was closed. */
  readonly seconds: number;
  readonly foundSeconds: number;
  /** Seconds that the contact was closed although it was not so, its hold left out. */
  readonly falseSeconds: number;
}

const stepS = 0.2;

/**
 * What lasts, against the times that the contact was closed. A stretch was found when the contact closed at some time in
 * it or 2 s after; a contact is false when all the while there was nobody, nor in the second before, nor in the hold.
 * @param holdS how long the contact stays closed afterwards by its settings
 */
export function judgeTimes(
  truth: (second: number) => Answer,
  spans: readonly Span[],
  { until, holdS }: { readonly until: number; readonly holdS: number },
): TimeScore {
  const times = Array.from({ length: Math.floor((until - judgedFrom) / stepS) }, (_, n) => judgedFrom + n * stepS);
  const answers = times.map(truth);
  const isClosed = (second: number): boolean => spans.some(([from, to]) => from <= second && second < to);
  const recently = (index: number): boolean =>
    answers.slice(Math.max(0, index - Math.round((holdS + 1) / stepS)), index + 5).some((answer) => answer !== "no");
  const count = (of: (answer: Answer, index: number) => boolean): number => answers.filter(of).length * stepS;
  const stretches = stretchesOf(times, answers);
  const judged = spans.filter(([from, to]) => to >= judgedFrom && from <= until);
  return {
    happened: stretches.length,
    found: stretches.filter(([a, b]) => spans.some(([from, to]) => from <= b + tolerance.after && to >= a)).length,
    told: judged.length,
    false: judged.filter(([from, to]) => {
      const first = times.findIndex((time) => time >= from - tolerance.before);
      const last = times.findLastIndex((time) => time <= to);
      return first >= 0 && answers.slice(first, last + 1).every((answer) => answer === "no");
    }).length,
    seconds: count((answer) => answer === "yes"),
    foundSeconds: count((answer, index) => answer === "yes" && isClosed(times[index] ?? 0)),
    falseSeconds: count((answer, index) => answer === "no" && !recently(index) && isClosed(times[index] ?? 0)),
  };
}

/** Stretches with somebody for certain, at least a second long; what is unsure between two of them joins them. */
function stretchesOf(times: readonly number[], answers: readonly Answer[]): Span[] {
  const stretches: [number, number][] = [];
  let open = false;
  for (const [index, answer] of answers.entries()) {
    const second = times[index] ?? 0;
    const last = stretches.at(-1);
    if (answer === "yes" && open && last !== undefined) last[1] = second;
    else if (answer === "yes") stretches.push([second, second]);
    open = answer === "yes" || (open && answer === "perhaps");
  }
  return stretches.filter(([from, to]) => to - from >= 1);
}

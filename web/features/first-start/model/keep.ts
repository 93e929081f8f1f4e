import { limitBytes } from "../../../../src/domain/retention.ts";
import { wallTime } from "../../../../src/kernel/time.ts";
import { defaults } from "../../../../src/domain/site-config.ts";

/** What the first start offers, days; the last one is "until full". */
export const keepChoices = [3, 7, 14, 30, defaults.untilFullDays] as const;

/** The offer nearest to what is set, so that one of them is chosen. */
export function nearestChoice(keepDays: number): number {
  const [first, ...rest] = keepChoices;
  return rest.reduce<number>(
    (best, days) => (Math.abs(days - keepDays) < Math.abs(best - keepDays) ? days : best),
    first,
  );
}

interface Disk {
  readonly totalBytes: number;
  readonly freeBytes: number;
  readonly usedBytes: number;
}

/** What footage may take of a disk, bytes, as the cleaner counts it; `cap` is a fixed one beside the share. */
export function roomFor(maxShare: number, disk: Disk, cap?: number): number {
  const now = { now: wallTime(0), clockPlausible: true, pendingBytes: 0, keepDays: 1, agedBytesLastHour: 0 };
  return limitBytes({ ...now, ...disk, maxShare, ...(cap === undefined ? {} : { maxBytes: cap }) });
}

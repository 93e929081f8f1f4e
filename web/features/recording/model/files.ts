/** Whether the length of files can be applied. Pure; no DOM. */
import { ranges } from "../../../../src/domain/site-config.ts";

interface FileLength {
  readonly minutes: number | undefined;
  readonly megabytes: number | undefined;
}

const fits = (value: number | undefined, [min, max]: readonly [number, number]): boolean =>
  value !== undefined && Number.isInteger(value) && value >= min && value <= max;

/** Which of the two can't be applied; no size at all is fine. */
export function filesProblem({ minutes, megabytes }: FileLength): "minutes" | "megabytes" | undefined {
  if (!fits(minutes, ranges.fileMinutes)) return "minutes";
  return megabytes === undefined || fits(megabytes, ranges.fileMegabytes) ? undefined : "megabytes";
}

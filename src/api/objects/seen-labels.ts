import { join } from "node:path";
import type { SeenLabel } from "../../contract/object-search.ts";
import { targetClassOf } from "../../domain/detection/objects.ts";
import { dayMs, startOfDay } from "../../platform/day-files.ts";
import { longestTrackMs, readObjects } from "../../platform/object-file.ts";

export interface LabelSearch {
  /** Wall time, ms; the end is outside. */
  readonly from: number;
  readonly to: number;
  readonly channels: readonly number[];
}

/** What these cameras' objects are called, the most frequent first; read a day at a time. */
export async function seenLabels(folder: string, { from, to, channels }: LabelSearch): Promise<readonly SeenLabel[]> {
  const counts = new Map<string, number>();
  for (let day = startOfDay(from - longestTrackMs); day < to; day += dayMs)
    for (const channel of channels) {
      const records = await readObjects(join(folder, String(channel)), Math.max(day, from), Math.min(day + dayMs, to));
      for (const { label, from: begun } of records)
        if (begun >= day && begun < day + dayMs) counts.set(label, (counts.get(label) ?? 0) + 1);
    }
  return [...counts]
    .map(([label, count]) => {
      const target = targetClassOf(label);
      return { label, count, ...(target === undefined ? {} : { target }) };
    })
    .sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1));
}

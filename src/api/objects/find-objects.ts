import { join } from "node:path";
import type { SeenObjectRow } from "../../contract/object-search.ts";
import { targetClassOf, type TargetClass } from "../../domain/detection/objects.ts";
import { dayMs, startOfDay } from "../../platform/day-files.ts";
import { longestTrackMs, readObjects, type ObjectRecord } from "../../platform/object-file.ts";

export interface ObjectSearch {
  readonly from: number;
  readonly to: number;
  readonly channels: readonly number[];
  readonly target?: TargetClass | undefined;
  readonly label?: string | undefined;
  readonly sure: number;
  readonly limit: number;
  readonly after?: string | undefined;
}

export interface FoundObjects {
  readonly objects: readonly SeenObjectRow[];
  readonly next?: string;
}

/** Objects of these cameras, the newest first, a day at a time and no day more than it takes. */
export async function findObjects(folder: string, search: ObjectSearch): Promise<FoundObjects> {
  const { from, to, limit } = search;
  const found: SeenObjectRow[] = [];
  const [newest, past] = placeOf(search.after);
  const end = Math.min(to, newest + 1);
  const oldest = startOfDay(from - longestTrackMs);
  for (let day = startOfDay(end - 1); day >= oldest && found.length <= limit; day -= dayMs) {
    const ofDay: SeenObjectRow[] = [];
    for (const channel of search.channels) {
      const records = await readObjects(join(folder, String(channel)), Math.max(day, from), Math.min(day + dayMs, end));
      const begunHere = records.filter((object) => object.from >= day && object.from < day + dayMs);
      ofDay.push(...begunHere.filter((object) => isWanted(object, search)).map((object) => rowOf(channel, object)));
    }
    found.push(...ofDay.sort(newestFirst).filter((object) => past === undefined || newestFirst(past, object) < 0));
  }
  const objects = found.slice(0, limit);
  const last = objects.at(-1);
  return found.length > limit && last !== undefined ? { objects, next: textOf(last) } : { objects };
}

type Place = Pick<SeenObjectRow, "from" | "channel" | "id">;

const newestFirst = (a: Place, b: Place): number =>
  b.from - a.from || a.channel - b.channel || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

const textOf = ({ from, channel, id }: Place): string => `${from}:${channel}:${id}`;

function placeOf(text: string | undefined): readonly [newest: number, past: Place | undefined] {
  const [from, channel, id] = text?.split(":") ?? [];
  if (from === undefined || channel === undefined || id === undefined) return [Infinity, undefined];
  return [Number(from), { from: Number(from), channel: Number(channel), id }];
}

const isWanted = ({ label, confidence }: ObjectRecord, search: ObjectSearch): boolean =>
  confidence >= search.sure &&
  (search.label === undefined || label === search.label) &&
  (search.target === undefined || targetClassOf(label) === search.target);

export function rowOf(channel: number, { id, label, confidence, from, to, picture }: ObjectRecord): SeenObjectRow {
  const target = targetClassOf(label);
  return { channel, id, label, ...(target === undefined ? {} : { target }), confidence, from, to, picture };
}

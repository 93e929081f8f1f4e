/**
 * Objects that were followed before one camera, on disk: `<channel>/<yyyy-mm-dd>.objects` (UTC day in which the object
 * was first seen), a line of JSON for each that is gone, appended; its best picture lies in `<channel>/<yyyy-mm-dd>/`, and
 * beside it where it went (`path-file.ts`). A line that is not whole is left out. An object that stays longer than
 * `longestTrackMs` has several lines.
 */
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { utcDay, utcDays } from "./day-files.ts";
import { appendJsonLines, readJsonLines } from "./json-lines.ts";
import type { Tripped } from "./path-file.ts";

export const longestTrackMs = 600_000;
/** Bytes of a day's file that are read at most; what comes after is left out. */
const mostBytes = 64 * 1024 * 1024;

export interface ObjectRecord {
  /** Of one camera: first seen (ms since 1970) and number. */
  readonly id: string;
  readonly label: string;
  /** The best, 0–1. */
  readonly confidence: number;
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  /** Has it a picture (`objectPicture`)? */
  readonly picture: boolean;
  /** What it closed of the board; absent: nothing. */
  readonly tripped?: readonly Tripped[];
}

/** Adds an object that is gone, its picture first: a line never names one that is not there. */
export async function addObject(
  folder: string,
  object: Omit<ObjectRecord, "picture">,
  jpeg: Uint8Array | undefined,
): Promise<void> {
  if (jpeg !== undefined) await keepPicture(folder, object, jpeg);
  const record: ObjectRecord = { ...object, picture: jpeg !== undefined };
  await appendJsonLines(join(folder, `${utcDay(object.from)}.objects`), [record]);
}

/** Writes the picture of an object, also while it is still there; a better one takes its place. */
export async function keepPicture(
  folder: string,
  object: Pick<ObjectRecord, "id" | "from">,
  jpeg: Uint8Array,
): Promise<void> {
  const file = objectPicture(folder, object);
  await mkdir(join(file, ".."), { recursive: true });
  // whoever reads it meanwhile has the old one whole
  await writeFile(`${file}.new`, jpeg);
  await rename(`${file}.new`, file);
}

/** Where the picture of an object lies. */
export const objectPicture = (folder: string, { id, from }: Pick<ObjectRecord, "id" | "from">): string =>
  join(folder, utcDay(from), `${id}.jpg`);

/** Objects that were there at any time from `from` to before `to`, ms since 1970; oldest first. */
export async function readObjects(folder: string, from: number, to: number): Promise<readonly ObjectRecord[]> {
  const days = await Promise.all(
    utcDays(from - longestTrackMs, to).map((day) => readJsonLines(join(folder, `${day}.objects`), mostBytes)),
  );
  return days
    .flat()
    .filter(isRecord)
    .filter((object) => object.from < to && object.to >= from)
    .sort((a, b) => a.from - b.from);
}

function isRecord(value: unknown): value is ObjectRecord {
  if (typeof value !== "object" || value === null) return false;
  const {
    id,
    label,
    confidence,
    from,
    to,
    picture,
    tripped = [],
  } = value as Partial<Record<keyof ObjectRecord, unknown>>;
  const isNumber = (one: unknown): boolean => typeof one === "number" && Number.isFinite(one);
  return (
    typeof id === "string" &&
    /^\d+-\d+$/.test(id) &&
    typeof label === "string" &&
    [confidence, from, to].every(isNumber) &&
    typeof picture === "boolean" &&
    Array.isArray(tripped) &&
    tripped.every((one: Partial<Tripped> | null) => isNumber(one?.point) && isNumber(one?.at))
  );
}

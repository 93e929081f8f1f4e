/** Who caused an event, and who was seen meanwhile before its cameras. */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { mostEventObjects, type EventObject } from "../../contract/object-search.ts";
import type { Receipt } from "../../domain/receipt.ts";
import type { SeeingPoint } from "../../domain/detection/seeing-point.ts";
import { objectPicture, readObjects, type ObjectRecord } from "../../platform/object-file.ts";
import { readPieces } from "../../platform/path-file.ts";
import { rowOf } from "./find-objects.ts";

/** The time of an event, ms: before its edge, and after it at most. */
const span = { beforeMs: 10_000, afterMs: 60_000 } as const;
/** Who closed a contact did so in the picture of its edge, or held it closed; pictures and edges have clocks of their own. */
const trip = { beforeMs: 2000, afterMs: 10_000 } as const;

/** `channels`: of the event, that may be looked at. Also of who is still there. */
export async function eventObjects(
  folder: string,
  { edge }: Receipt,
  { by, channels }: { readonly by: SeeingPoint | undefined; readonly channels: readonly number[] },
): Promise<readonly EventObject[]> {
  const at = edge.at.wall;
  const found: EventObject[] = [];
  for (const channel of channels) {
    const seen = await seenBetween(join(folder, String(channel)), at - span.beforeMs, at + span.afterMs);
    const closes = (one: ObjectRecord): boolean =>
      by?.channel === channel &&
      (one.tripped ?? []).some(
        (hit) => hit.point === by.point && hit.at >= at - trip.beforeMs && hit.at <= at + trip.afterMs,
      );
    found.push(...seen.map((one) => ({ ...rowOf(channel, one), caused: closes(one) })));
  }
  return found
    .sort((a, b) => Number(b.caused) - Number(a.caused) || b.confidence - a.confidence || a.from - b.from)
    .slice(0, mostEventObjects);
}

/** Who is gone by now and who is still there, as far as it is written. */
async function seenBetween(folder: string, from: number, to: number): Promise<readonly ObjectRecord[]> {
  const gone = await readObjects(folder, from, to);
  const known = new Set(gone.map(({ id }) => id));
  const there = new Map<string, Omit<ObjectRecord, "picture">>();
  for (const { id, label, confidence, steps, tripped } of await readPieces(folder, from, to)) {
    if (known.has(id)) continue;
    const before = there.get(id)?.tripped ?? [];
    const last = steps.at(-1)?.at ?? from;
    there.set(id, { id, label, confidence, from: Number.parseInt(id, 10), to: last, tripped: [...before, ...tripped] });
  }
  const still = [...there.values()].map(async (one) => ({
    ...one,
    picture: await isThere(objectPicture(folder, one)),
  }));
  return [...gone, ...(await Promise.all(still))];
}

const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

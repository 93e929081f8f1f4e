/**
 * Pictures of who closed a contact of a camera's detection, for the messages about it: the detection process writes them
 * and says so. Nothing waits for one: who asks gets what lies there.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { SeeingPoint } from "../../domain/detection/seeing-point.ts";
import { objectPicture } from "../../platform/object-file.ts";
import type { ObjectTrip } from "../detection-report.ts";

export interface ObjectPicture {
  readonly channel: number;
  /** Of the camera's objects: its id and what it is. */
  readonly object: string;
  readonly label: string;
  readonly jpeg: Uint8Array;
}

export interface ObjectPictures {
  tripped(trip: ObjectTrip): void;
  /** Of who closed this point at an edge of this time (ms since 1970): their best so far. Never rejects. */
  of(point: SeeingPoint, wall: number): Promise<ObjectPicture | undefined>;
}

/** Pictures and edges have clocks of their own; and a contact that was closed may be held so by the next. */
const trip = { beforeMs: 2000, afterMs: 10_000 } as const;
const mostTrips = 200;

/** @param folder `data/detection` */
export function openObjectPictures(folder: string): ObjectPictures {
  let trips: readonly ObjectTrip[] = [];
  return {
    tripped: (one) => void (trips = [...trips.slice(1 - mostTrips), one]),
    async of({ channel, point }, wall) {
      const [nearest] = trips
        .filter((one) => one.channel === channel && one.point === point)
        .filter(({ at }) => at >= wall - trip.beforeMs && at <= wall + trip.afterMs)
        .toSorted((a, b) => Math.abs(a.at - wall) - Math.abs(b.at - wall));
      if (nearest === undefined) return undefined;
      const { object, label } = nearest;
      const file = objectPicture(join(folder, String(channel)), { id: object, from: Number.parseInt(object, 10) });
      const jpeg = await readFile(file).catch(() => undefined);
      return jpeg === undefined ? undefined : { channel, object, label, jpeg };
    },
  };
}

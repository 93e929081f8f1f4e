/**
 * Pictures of an edge: taken at its time, kept as files with the event (`<data>/pictures/<event>/<channel>-<nth>.jpg`),
 * and handed to the messages about it. The oldest events go when there is too much.
 */
import { mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, seconds, type Clock, type Duration } from "../../kernel/time.ts";
import type { Outcome } from "../../domain/receipt.ts";
import type { Log } from "../../platform/log.ts";
import type { SnapshotOrder } from "../engine-shell.ts";

export interface PictureDeskDeps {
  readonly clock: Clock;
  /** Puts a picture where it stays with its event; never rejects. */
  readonly keep: KeepPicture;
  snapshot(channel: number): Promise<Uint8Array | undefined>;
}

export type KeepPicture = (eventId: string, name: string, jpeg: Uint8Array) => Promise<void>;

export interface TakenPicture {
  readonly channel: number;
  readonly nth: number;
  readonly jpeg: Uint8Array;
}

export interface PictureDesk {
  /** Takes what is ordered; never rejects. `short`: fewer than asked. */
  take(order: SnapshotOrder): Promise<Outcome>;
  /** The pictures of an event: all of them, or the first that is there; what is not there within `limit` ms is left out. */
  of(eventId: string, which: "first" | "all", limit: Duration): Promise<readonly TakenPicture[]>;
}

/** Of all pictures together; about 10 000 of them. */
const mostBytes = 1024 * 1024 * 1024;
const mostEvents = 5000;
/** A camera that does not answer costs one picture, not all. */
const onePicture = seconds(9);
/** Pictures stay in memory for the messages about them. */
const inMemory = 64;

interface Event {
  readonly taken: TakenPicture[];
  readonly orders: Promise<unknown>[];
  /** Resolves with the first picture. */
  readonly first: Promise<void>;
  readonly arrived: () => void;
}

export function openPictureDesk(deps: PictureDeskDeps): PictureDesk {
  const { clock, keep } = deps;
  const events = new Map<string, Event>();
  const wait = (by: Duration) =>
    new Promise<undefined>((resolve) => {
      clock.wakeAt(after(clock.now(), by), () => resolve(undefined));
    });
  const eventOf = (eventId: string): Event => {
    const known = events.get(eventId);
    if (known !== undefined) return known;
    let arrived: () => void = () => undefined;
    const first = new Promise<void>((resolve) => (arrived = resolve));
    const event: Event = { taken: [], orders: [], first, arrived };
    events.set(eventId, event);
    for (const old of [...events.keys()].slice(0, Math.max(0, events.size - inMemory))) events.delete(old);
    return event;
  };
  const takeAll = async ({ eventId, channel, count, intervalS }: SnapshotOrder): Promise<Outcome> => {
    const event = eventOf(eventId);
    let got = 0;
    for (let nth = 1; nth <= count; nth++) {
      const next = nth < count ? wait(seconds(intervalS)) : undefined;
      const jpeg = await Promise.race([deps.snapshot(channel), wait(onePicture)]);
      if (jpeg !== undefined) {
        got++;
        event.taken.push({ channel, nth, jpeg });
        event.arrived();
        await keep(eventId, `${channel}-${nth}.jpg`, jpeg);
      }
      await next;
    }
    if (got === count) return { kind: "done" };
    const asked = count === 1 ? "the picture" : `${count} pictures`;
    return got === 0
      ? { kind: "failed", reason: `${asked} could not be taken: the camera has none now` }
      : { kind: "short", reason: `${got} of ${count} pictures` };
  };
  return {
    async take(order) {
      const order1 = takeAll(order).catch((error: unknown): Outcome => ({
        kind: "failed",
        reason: error instanceof Error ? error.message : String(error),
      }));
      eventOf(order.eventId).orders.push(order1);
      return order1;
    },
    async of(eventId, which, limit) {
      const event = events.get(eventId);
      if (event === undefined) return [];
      const ready = which === "first" ? event.first : Promise.all(event.orders);
      // without a camera that answers there is no first one: the end of all orders is the end of waiting
      await Promise.race([ready, Promise.all(event.orders), wait(limit)]);
      const all = event.taken.toSorted((a, b) => a.channel - b.channel || a.nth - b.nth);
      return which === "first" ? event.taken.slice(0, 1) : all;
    },
  };
}

/** Writes a file of an event; every so often the oldest events are taken away. A disk that refuses costs no message. */
export function keepPictures(folder: string, log: Log): KeepPicture {
  let written = 0;
  let pruning = false;
  const prune = async () => {
    if (pruning) return;
    pruning = true;
    try {
      await prunePictures(folder);
    } catch (error) {
      log.error({ error: String(error) }, "old pictures of alarms could not be removed");
    } finally {
      pruning = false;
    }
  };
  return async (eventId, name, jpeg) => {
    try {
      const place = join(folder, eventId);
      await mkdir(place, { recursive: true, mode: 0o700 });
      const file = join(place, name);
      await writeFile(`${file}.new`, jpeg, { mode: 0o600 });
      await rename(`${file}.new`, file);
      // no message waits for it
      if (written++ % 200 === 0) void prune();
    } catch (error) {
      log.error({ error: String(error) }, "a picture of an alarm could not be kept");
    }
  };
}

/**
 * Takes the oldest events away, beyond so many bytes or events; the newest stays. In small steps, as it runs on the thread
 * that handles alarms. Ids of events are UUIDv7: their order is that of their time.
 */
export async function prunePictures(folder: string, most = { bytes: mostBytes, events: mostEvents }): Promise<void> {
  const newest = (await readdir(folder)).sort().reverse();
  let bytes = 0;
  for (const [nth, event] of newest.entries()) {
    const place = join(folder, event);
    for (const name of await readdir(place)) bytes += await sizeOf(join(place, name));
    if (nth > 0 && (bytes > most.bytes || nth >= most.events)) await rm(place, { recursive: true, force: true });
  }
}

/** 0 of one that is written just now and has its name no more. */
const sizeOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  );

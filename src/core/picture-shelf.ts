/**
 * Where timed pictures lie: `<data>/timed-pictures/<channel>/<day>/<wall ms>.jpg`, days in UTC. Each camera's days and
 * the room of all together bound it; what the system's disk needs for itself is left free.
 */
import { mkdir, readdir, rename, rm, stat, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { dateOfDay, dayOfText } from "../kernel/local-time.ts";
import { after, days, type Clock, type Instant } from "../kernel/time.ts";
import { daysToDrop, type PictureDay } from "../domain/timed-pictures.ts";
import type { Log } from "../platform/log.ts";

export interface PictureShelf {
  /** Never rejects: a disk that refuses costs this picture. */
  put(channel: number, wall: number, jpeg: Uint8Array): Promise<void>;
  /** Takes away what is too old or too much. Never rejects. */
  tidy(keepDays: (channel: number) => number | undefined): Promise<void>;
}

export interface PictureShelfDeps {
  readonly clock: Clock;
  readonly folder: string;
  readonly log: Pick<Log, "warn" | "error">;
  readonly mostBytes?: number;
  readonly leaveFreeBytes?: number;
}

const usualMost = 5e9;
const usualFree = 2e9;
/** A clock that is further ahead of the newest picture than this may be wrong: nothing goes by age for two days. */
const leapDays = 7;

const dayOf = (wall: number): string => dateOfDay(Math.floor(wall / 86_400_000));

export function openPictureShelf(deps: PictureShelfDeps): PictureShelf {
  const { clock, folder, log } = deps;
  const { mostBytes = usualMost, leaveFreeBytes = usualFree } = deps;
  let known: Promise<Map<string, PictureDay>> | undefined;
  let agingFrom: Instant = clock.now();
  let isFull = false;
  const load = async (): Promise<Map<string, PictureDay>> => {
    const found = new Map<string, PictureDay>();
    for await (const one of daysIn(folder)) found.set(`${one.channel}/${one.day}`, one);
    const newest = [...found.values()].map(({ day }) => dayOfText(day) ?? 0).reduce((a, b) => Math.max(a, b), 0);
    const ahead = Math.floor(clock.wall() / 86_400_000) - newest;
    if (found.size > 0 && ahead > leapDays) agingFrom = after(clock.now(), days(2));
    return found;
  };
  const all = () =>
    (known ??= load().catch((error: unknown) => {
      // the next picture looks again
      known = undefined;
      throw error;
    }));
  const room = async (): Promise<boolean> => {
    const { bavail, bsize } = await statfs(folder);
    const full = bavail * bsize < leaveFreeBytes;
    if (full && !isFull) log.warn({ folder }, "the disk is nearly full: no timed pictures are kept");
    isFull = full;
    return !full;
  };
  return {
    async put(channel, wall, jpeg) {
      try {
        const key = `${channel}/${dayOf(wall)}`;
        const index = await all();
        const place = join(folder, key);
        await mkdir(place, { recursive: true, mode: 0o700 });
        if (!(await room())) return;
        const file = join(place, `${Math.round(wall)}.jpg`);
        await writeFile(`${file}.new`, jpeg, { mode: 0o600 });
        await rename(`${file}.new`, file);
        const bytes = (index.get(key)?.bytes ?? 0) + jpeg.length;
        index.set(key, { channel, day: dayOf(wall), bytes });
      } catch (error) {
        log.error({ channel, error: String(error) }, "a timed picture could not be kept");
      }
    },
    async tidy(keepDays) {
      try {
        const index = await all();
        const limits = { today: dayOf(clock.wall()), mostBytes, keepDays, aging: clock.now() >= agingFrom };
        for (const { channel, day } of daysToDrop([...index.values()], limits)) {
          await rm(join(folder, String(channel), day), { recursive: true, force: true });
          index.delete(`${channel}/${day}`);
        }
      } catch (error) {
        log.error({ error: String(error) }, "old timed pictures could not be removed");
      }
    },
  };
}

async function* daysIn(folder: string): AsyncGenerator<PictureDay> {
  for (const channel of await namesIn(folder)) {
    if (!/^\d{1,5}$/.test(channel)) continue;
    for (const day of await namesIn(join(folder, channel))) {
      if (dayOfText(day) === undefined) continue;
      let bytes = 0;
      for (const name of await namesIn(join(folder, channel, day)))
        bytes += (await stat(join(folder, channel, day, name)).catch(() => undefined))?.size ?? 0;
      yield { channel: Number(channel), day, bytes };
    }
  }
}

/** Nothing where there is no such folder yet. */
const namesIn = (folder: string): Promise<string[]> =>
  readdir(folder).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  });

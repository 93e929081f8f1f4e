/**
 * What moved in a camera's picture, on disk: `<channel>/<yyyy-mm-dd>.motion` (UTC day), records of 54 bytes, appended:
 *
 *     u32le second of the day (17 bits) | intensity << 24    50 bytes: a bit for each of 22 × 18 cells, first cell first
 *
 * A record of intensity 1–255 is a second in which something moved. One of intensity 0 says that the picture was
 * watched: from its second on, for as many seconds as its first two bytes tell (u16le). What no such record covers was
 * not looked at, and nobody may call it quiet. A last record that is not whole is left out, as are records of zeros (a
 * tail after a power cut). Seconds may come twice or out of order where the clock was set.
 */
import { open, mkdir, readFile, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { dayMs, startOfDay, utcDay, utcDays } from "./day-files.ts";

export const motionCellBytes = 50;
const recordBytes = 4 + motionCellBytes;
/** A stretch that was watched is written down after so many seconds, or when it ends. */
const stretchSeconds = 60;

/** A second in which something moved. */
export interface MovedSecond {
  /** Its beginning, ms since 1970. */
  readonly wall: number;
  /** 1–255: the largest share of the picture's cells that moved together in it, as `MotionWriter.moved` was told. */
  readonly intensity: number;
  /** A bit a cell, as `packCells` of the motion grid; a view of the file's bytes. */
  readonly cells: Uint8Array;
}

/** The picture was looked at from `from` to `to`, ms since 1970. */
export interface WatchedStretch {
  readonly from: number;
  readonly to: number;
}

export interface MotionPast {
  /** In the order in which they were written. */
  readonly moved: readonly MovedSecond[];
  readonly watched: readonly WatchedStretch[];
}

/** What moved in a camera's folder from `from` to before `to`, ms since 1970; whole seconds that begin in it. */
export async function readMotion(folder: string, from: number, to: number): Promise<MotionPast> {
  const moved: MovedSecond[] = [];
  const watched: WatchedStretch[] = [];
  await visitMotion(folder, from, to, {
    moved: (wall, intensity, bytes, offset) =>
      moved.push({ wall, intensity, cells: bytes.subarray(offset, offset + motionCellBytes) }),
    watched: (start, end) => watched.push({ from: start, to: end }),
  });
  return { moved, watched };
}

/** Told of each record of a day's file in the order in which they were written, without an object for each. */
export interface MotionVisitor {
  /** A second in which something moved; its cells are a bit each, from `offset` of these bytes on. */
  moved(wall: number, intensity: number, bytes: Uint8Array, offset: number): void;
  watched(from: number, to: number): void;
}

/** As `readMotion`, for who sums a whole day: each file is read once and each record visited once. */
export async function visitMotion(folder: string, from: number, to: number, visitor: MotionVisitor): Promise<void> {
  for (const day of utcDays(from, to)) {
    const bytes = await bytesOf(join(folder, `${day}.motion`));
    visitDay(bytes, Date.parse(`${day}T00:00:00Z`), { from, to }, visitor);
  }
}

function visitDay(bytes: Buffer, start: number, { from, to }: WatchedStretch, visitor: MotionVisitor): void {
  for (let at = 0; at + recordBytes <= bytes.length; at += recordBytes) {
    const head = bytes.readUInt32LE(at);
    const wall = start + (head & 0xff_ff_ff) * 1000;
    const intensity = head >>> 24;
    if (wall >= start + dayMs) continue;
    if (intensity === 0) {
      const begins = Math.max(from, wall);
      const ends = Math.min(to, wall + bytes.readUInt16LE(at + 4) * 1000);
      if (begins < ends) visitor.watched(begins, ends);
    } else if (wall >= from && wall < to) {
      visitor.moved(wall, intensity, bytes, at + 4);
    }
  }
}

async function bytesOf(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    // a day on which nothing was watched has no file
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return Buffer.alloc(0);
    throw error;
  }
}

export interface MotionWriter extends AsyncDisposable {
  /** The picture of this wall time was looked at. Times of one camera, in their order. */
  watched(wall: number): void;
  /** Something moved in it: `intensity` 1–255, `cells` 50 bytes; the largest and all of a second are kept. */
  moved(wall: number, intensity: number, cells: Uint8Array): void;
  /** Writes what is complete by this wall time; call it once a second. Rejects when the disk refuses. */
  flush(wall: number): Promise<void>;
}

/** Writes what moves before one camera. The file of the day stays open; `flush` appends all that came since the last. */
export function openMotionWriter(folder: string): MotionWriter {
  let file: { readonly day: string; readonly handle: FileHandle } | undefined;
  let second: { readonly wall: number; intensity: number; readonly cells: Uint8Array } | undefined;
  let stretch: { readonly from: number; to: number } | undefined;
  let waiting: { readonly day: string; readonly bytes: Buffer }[] = [];
  let writing: Promise<void> = Promise.resolve();

  const put = (wall: number, intensity: number, rest: Uint8Array): void => {
    const bytes = Buffer.alloc(recordBytes);
    bytes.writeUInt32LE((Math.floor((wall - startOfDay(wall)) / 1000) | (intensity << 24)) >>> 0, 0);
    bytes.set(rest.subarray(0, motionCellBytes), 4);
    waiting.push({ day: utcDay(wall), bytes });
  };
  const endSecond = (): void => {
    if (second !== undefined) put(second.wall, second.intensity, second.cells);
    second = undefined;
  };
  const endStretch = (): void => {
    if (stretch !== undefined) {
      const length = Buffer.alloc(motionCellBytes);
      length.writeUInt16LE(Math.round((stretch.to - stretch.from) / 1000), 0);
      put(stretch.from, 0, length);
    }
    stretch = undefined;
  };
  const write = async (day: string, bytes: Buffer): Promise<void> => {
    if (file?.day !== day) {
      await file?.handle.close();
      file = undefined;
      file = { day, handle: await openDay(folder, day) };
    }
    try {
      await file.handle.appendFile(bytes);
    } catch (error) {
      // part of it may be in the file: it is opened anew, which cuts it to whole records
      const { handle } = file;
      file = undefined;
      await handle.close();
      throw error;
    }
  };
  const writeAll = (): Promise<void> => {
    const now = waiting;
    waiting = [];
    const days = [...new Set(now.map(({ day }) => day))];
    const next = writing.then(async () => {
      for (const day of days)
        await write(day, Buffer.concat(now.flatMap((one) => (one.day === day ? [one.bytes] : []))));
    });
    // who asked is told; whoever comes next tries anew
    writing = next.catch(() => undefined);
    return next;
  };
  return {
    watched(wall) {
      const from = Math.floor(wall / 1000) * 1000;
      const last = stretch;
      if (
        last !== undefined &&
        from >= last.from &&
        from <= last.to + 1000 &&
        startOfDay(from) === startOfDay(last.from)
      )
        last.to = Math.max(last.to, from + 1000);
      else {
        endStretch();
        stretch = { from, to: from + 1000 };
      }
    },
    moved(wall, intensity, cells) {
      const from = Math.floor(wall / 1000) * 1000;
      if (second?.wall !== from) {
        endSecond();
        second = { wall: from, intensity: 0, cells: new Uint8Array(motionCellBytes) };
      }
      const { cells: all } = second;
      second.intensity = Math.max(second.intensity, Math.max(1, Math.min(255, Math.round(intensity))));
      for (let at = 0; at < motionCellBytes; at++) all[at] = (all[at] ?? 0) | (cells[at] ?? 0);
    },
    flush(wall) {
      if (second !== undefined && (wall >= second.wall + 1000 || wall < second.wall)) endSecond();
      if (stretch !== undefined && (wall >= stretch.to + 2000 || stretch.to - stretch.from >= stretchSeconds * 1000))
        endStretch();
      return waiting.length === 0 ? Promise.resolve() : writeAll();
    },
    async [Symbol.asyncDispose]() {
      endSecond();
      endStretch();
      await writeAll();
      await file?.handle.close();
      file = undefined;
    },
  };
}

/** Opens a day's file to append; what a crash left of a last record is cut off first. */
async function openDay(folder: string, day: string): Promise<FileHandle> {
  await mkdir(folder, { recursive: true });
  const handle = await open(join(folder, `${day}.motion`), "a");
  try {
    const { size } = await handle.stat();
    if (size % recordBytes !== 0) await handle.truncate(size - (size % recordBytes));
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/**
 * Which camera's stream ends the process? FFmpeg is native code that reads what strangers send. Whose unit is being
 * handled stands in a small file while it is: who begins after a death reads it. A camera that ended the process again
 * and again is left alone for a growing time, so that the others are looked at.
 */
import { closeSync, constants, mkdirSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { minutes, seconds } from "../kernel/time.ts";
import type { PictureSource } from "./ports.ts";

export interface Suspects extends Disposable {
  /** Does what may end the process, for this camera. */
  during<T>(channel: number, work: () => T): T;
  /** Why this camera is left alone for now. */
  barred(channel: number): string | undefined;
  /** It took too much memory; the process ends next. */
  blame(channel: number): void;
}

interface Death {
  readonly channel: number;
  /** ms since 1970. */
  readonly at: number;
  readonly of: "death" | "memory";
}

/** So many deaths within so long, and a camera is left alone; once is enough where it took too much memory. */
export const suspectLimits = {
  deaths: 3,
  within: minutes(360),
  firstBar: minutes(5),
  longestBar: minutes(60),
} as const;

export interface SuspectsDeps {
  /** Where the two small files lie. */
  readonly folder: string;
  /** ms since 1970. */
  readonly wall: () => number;
  /** A unit of this camera was being handled when the process before this one ended. */
  readonly died: (channel: number) => void;
  /** A disk that is full, or worse: nothing is noted, and cameras are looked at all the same. Said at the change. */
  readonly refused: (why: string) => void;
}

export function openSuspects({ folder, wall, died, refused }: SuspectsDeps): Suspects {
  const [noteFile, deathsFile] = [join(folder, "detection.handling"), join(folder, "detection.deaths.json")];
  let trouble = "";
  const tried = (work: () => void): void => {
    try {
      work();
      trouble = "";
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      if (why !== trouble) refused(why);
      trouble = why;
    }
  };
  let deaths = readDeaths(deathsFile).filter(({ at }) => wall() - at < suspectLimits.within);
  const add = (death: Death): void => {
    deaths = [...deaths, death];
    tried(() => {
      // whole or not at all: a full disk does not take what is known already
      writeFileSync(`${deathsFile}.new`, JSON.stringify(deaths));
      renameSync(`${deathsFile}.new`, deathsFile);
    });
  };
  tried(() => mkdirSync(folder, { recursive: true }));
  const last = readNote(noteFile);
  if (last !== 0) {
    add({ channel: last, at: wall(), of: "death" });
    died(last);
  }
  let file: number | undefined;
  const bytes = Buffer.alloc(4);
  let handled = 0;
  const note = (channel: number): void => {
    handled = channel;
    tried(() => {
      // its four bytes have their place on the disk from the first time on: it is not cut off
      file ??= openSync(noteFile, constants.O_RDWR | constants.O_CREAT, 0o600);
      bytes.writeUInt32LE(channel);
      writeSync(file, bytes, 0, bytes.length, 0);
    });
  };
  note(0);
  return {
    during(channel, work) {
      // work inside of work is of the outer one
      if (handled !== 0) return work();
      note(channel);
      try {
        return work();
      } finally {
        note(0);
      }
    },
    barred: (channel) =>
      barOf(
        deaths.filter((one) => one.channel === channel),
        wall(),
      ),
    blame(channel) {
      add({ channel, at: wall(), of: "memory" });
      note(0);
    },
    [Symbol.dispose]() {
      if (file !== undefined) closeSync(file);
    },
  };
}

function barOf(deaths: readonly Death[], now: number): string | undefined {
  const recent = deaths.filter(({ at }) => now - at < suspectLimits.within);
  const memory = recent.filter((one) => one.of === "memory").length;
  const step = recent.length - memory - (suspectLimits.deaths - 1) + memory * suspectLimits.deaths;
  const last = recent.at(-1);
  if (step < 1 || last === undefined) return undefined;
  const bar = Math.min(suspectLimits.longestBar, suspectLimits.firstBar * 2 ** (step - 1));
  if (now - last.at >= bar) return undefined;
  const rest = Math.round(bar / seconds(60));
  return last.of === "memory"
    ? `its pictures took more memory than there is for all cameras; it is left alone for ${rest} min`
    : `its pictures ended the detection process ${recent.length} times; it is left alone for ${rest} min`;
}

/** The channel that was being handled when the process ended; 0: none. */
function readNote(path: string): number {
  try {
    const bytes = readFileSync(path);
    return bytes.length === 4 ? bytes.readUInt32LE() : 0;
  } catch {
    // the first start
    return 0;
  }
}

function readDeaths(path: string): readonly Death[] {
  try {
    const read: unknown = JSON.parse(readFileSync(path, "utf8"));
    return Array.isArray(read) ? read.filter(isDeath) : [];
  } catch {
    // the first start, or one that ended while it wrote
    return [];
  }
}

const isDeath = (value: unknown): value is Death =>
  typeof value === "object" && value !== null && "channel" in value && "at" in value && typeof value.at === "number";

/** The source as one camera gets it: what is handed to its decoder is noted first. */
export function underWatch(source: PictureSource, channel: number, suspects: Suspects): PictureSource {
  const during = <T>(work: () => T): T => suspects.during(channel, work);
  return {
    name: source.name,
    processes: [],
    open(parameters, events) {
      const bar = suspects.barred(channel);
      if (bar !== undefined) throw new Error(bar);
      const decoder = during(() => source.open(parameters, events));
      return {
        push: (unit) => during(() => decoder.push(unit)),
        skip: () => during(() => decoder.skip()),
        [Symbol.dispose]: () => decoder[Symbol.dispose](),
      };
    },
  };
}

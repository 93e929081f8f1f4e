import { stat } from "node:fs/promises";
import { join } from "node:path";
import { addMoved, addWatched, newSteps, unwatched, type MotionSteps } from "../../domain/detection/motion-past.ts";
import { dayMs, startOfDay, utcDay } from "../../platform/day-files.ts";
import { visitMotion } from "../../platform/motion-file.ts";
import { keptFew } from "../footage/kept-few.ts";

const minuteMs = 60_000;
/** A month of sixteen cameras, 3 kB each. */
const mostDays = 600;

interface MotionDay {
  /** Bytes of its file when it was summed: one that grew is summed again. */
  readonly size: number;
  readonly minutes: MotionSteps;
}

export interface MotionDays {
  /** How much moved before a camera, in `count` steps from `from` on, ms since 1970. */
  steps(channel: number, from: number, stepMs: number, count: number): Promise<MotionSteps>;
}

/** What the files of the detection process say, summed; the minutes of days that were looked at are remembered. */
export function motionDays(folder: string): MotionDays {
  const known = keptFew<Promise<MotionDay>>(mostDays);
  const minutesOf = async (channel: number, start: number): Promise<MotionSteps | undefined> => {
    const place = join(folder, String(channel));
    const file = join(place, `${utcDay(start)}.motion`);
    const size = await sizeOf(file);
    if (size === 0) return undefined;
    const make = async (): Promise<MotionDay> => ({
      size,
      minutes: await sum(place, start, minuteMs, dayMs / minuteMs),
    });
    const found = await known.of(file, make);
    if (found.size === size) return found.minutes;
    known.drop(file);
    return (await known.of(file, make)).minutes;
  };
  return {
    async steps(channel, from, stepMs, count) {
      if (stepMs < minuteMs) return sum(join(folder, String(channel)), from, stepMs, count);
      const all = newSteps(from, stepMs, count);
      const to = from + stepMs * count;
      for (let day = startOfDay(from); day < to; day += dayMs) {
        const minutes = await minutesOf(channel, day);
        if (minutes !== undefined) addMinutes(all, minutes);
      }
      return all;
    },
  };
}

async function sum(place: string, from: number, stepMs: number, count: number): Promise<MotionSteps> {
  const steps = newSteps(from, stepMs, count);
  await visitMotion(place, from, from + stepMs * count, {
    moved: (wall, intensity) => addMoved(steps, wall, intensity),
    watched: (start, end) => addWatched(steps, start, end),
  });
  return steps;
}

function addMinutes(all: MotionSteps, { from, steps }: MotionSteps): void {
  for (const [minute, intensity] of steps.entries()) {
    const at = from + minute * minuteMs;
    if (intensity > 0) addMoved(all, at, intensity);
    else if (intensity !== unwatched) addWatched(all, at, at + minuteMs);
  }
}

/** 0 where there is none. */
const sizeOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  );

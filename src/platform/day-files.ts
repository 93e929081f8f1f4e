/** Files of a folder that are named after the UTC day they tell of, `<yyyy-mm-dd>.<what>`, and kept by days. */
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";

export const dayMs = 86_400_000;

/** The UTC day of a wall time, `yyyy-mm-dd`. */
export const utcDay = (wall: number): string => new Date(wall).toISOString().slice(0, 10);

/** The wall time at which a UTC day begins. */
export const startOfDay = (wall: number): number => Math.floor(wall / dayMs) * dayMs;

/** Every UTC day that a range of wall times touches, oldest first; the end is outside. */
export function utcDays(from: number, to: number): string[] {
  const days: string[] = [];
  for (let day = startOfDay(from); day < to; day += dayMs) days.push(utcDay(day));
  return days;
}

/**
 * Removes what a folder holds of days that lie wholly before `wall - keepDays`: files and folders whose name begins
 * with such a day. Gives how many; a folder that is not there holds nothing.
 */
export async function forgetOldDays(folder: string, keepDays: number, wall: number): Promise<number> {
  const oldest = utcDay(wall - keepDays * dayMs);
  const old = (await namesIn(folder)).filter(
    (name) => /^\d{4}-\d\d-\d\d(\.|$)/.test(name) && name.slice(0, 10) < oldest,
  );
  for (const name of old) await rm(join(folder, name), { recursive: true, force: true });
  return old.length;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

import { join } from "node:path";
import Database from "better-sqlite3";

const hourMs = 3_600_000;
export const monthDays = 30;
const alarmsADay = 20;

/**
 * Puts a month of timeline into a stopped Reed's database: for each channel a run of footage an hour (cameras are not
 * connected without a break), and alarms. Gives the number of rows.
 */
export function seedMonth(data: string, channels: number, now: number): number {
  const database = new Database(join(data, "reed.db"));
  try {
    const add = database.prepare(
      "INSERT INTO span (channel, cause, from_wall, to_wall, event_id) VALUES (?, ?, ?, ?, ?)",
    );
    let rows = 0;
    const from = now - monthDays * 24 * hourMs;
    database.transaction(() => {
      for (let channel = 1; channel <= channels; channel++) {
        for (let at = from; at < now - hourMs; at += hourMs, rows++)
          add.run(channel, "continuous", at, at + hourMs - 5000, null);
        const step = (24 * hourMs) / alarmsADay;
        for (let at = from; at < now - hourMs; at += step, rows++)
          add.run(channel, "alarm", at, at + 45_000, `bench-${channel}-${at}`);
      }
    })();
    return rows;
  } finally {
    database.close();
  }
}

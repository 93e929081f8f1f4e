/** Very much footage at once, past the writer: rows as it would have left them. */
import type { Database } from "better-sqlite3";

const minuteMs = 60_000;
const gapMs = 2000;
const minutesADay = 1440;

export interface ManyRows {
  readonly channels: readonly number[];
  /** Whole hours since 1970, ms. */
  readonly from: number;
  readonly days: number;
  /** Also a row for each file; without it only what the timeline reads. */
  readonly segments?: boolean;
}

/** A segment every minute with a gap of two seconds behind it, each of 8 MB on volume `v`; every 600th shows an alarm. */
export function putManyRows(database: Database, { channels, from, days, segments = false }: ManyRows): void {
  const minutes = `WITH RECURSIVE minute (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM minute WHERE i < ${days * minutesADay - 1})`;
  const start = `(${from} + i * ${minuteMs})`;
  const end = `(${from} + (i + 1) * ${minuteMs} - ${gapMs})`;
  database.transaction(() => {
    for (const channel of channels) {
      database.exec(`
        INSERT INTO span ${minutes} SELECT ${channel}, 'continuous', ${start}, ${end}, NULL FROM minute;
        INSERT INTO span ${minutes}
          SELECT ${channel}, 'alarm', ${start}, ${end}, NULL FROM minute WHERE i % 600 = 0;
        INSERT INTO gap ${minutes}
          SELECT ${channel}, ${end}, ${end} + ${gapMs}, 'camera down: timed out' FROM minute;`);
      if (segments) {
        database.exec(`
          INSERT INTO segment ${minutes}
            SELECT 'c${channel}-' || i, 'v', ${channel}, 'main', 'day-' || (i / 1440) || '/' || i || '.mp4', 'boot', i * 60000,
              ${start}, ${end}, 8000000, 1500, 1, 1, 'avc1.640028' FROM minute`);
      }
    }
    database.exec(sumsOf);
  })();
}

/** Every run lies within one hour here. */
const sumsOf = `
  INSERT INTO span_part SELECT channel, cause, 3600000, CAST(from_wall / 3600000 AS INTEGER) AS part, sum(to_wall - from_wall)
    FROM span GROUP BY channel, cause, part;
  INSERT INTO span_part SELECT channel, cause, 86400000, part / 24, sum(covered) FROM span_part GROUP BY channel, cause, part / 24;
  INSERT INTO stored_hour
    SELECT channel, CAST(start_wall / 3600000 AS INTEGER) AS hour, volume_id,
      CASE WHEN EXISTS (SELECT 1 FROM span s WHERE s.channel = segment.channel AND s.cause = 'alarm' AND s.from_wall = start_wall)
        THEN 'alarm' ELSE 'continuous' END AS cause, 0, sum(bytes), min(start_wall), max(end_wall)
    FROM segment GROUP BY channel, hour, volume_id, cause;`;

/** What the database knows of how the volumes are filled. Reads every segment's row once: callers keep the answer. */
import type { Kysely, RawBuilder } from "kysely";
import { sql } from "kysely";
import type { FootageCause } from "../domain/footage-cause.ts";
import type { Tables } from "./schema.ts";
import { causes, longestSegmentMs } from "./spans.ts";

/** Bytes of one channel's segments that began in one hour, by what they show. */
export interface StoredHour {
  readonly volumeId: string;
  readonly channel: number;
  /** Hours since 1970-01-01 UTC. */
  readonly hour: number;
  readonly cause: FootageCause;
  readonly bytes: number;
  readonly from: number;
  readonly to: number;
  /** 1: copies in an archive, of segments that still lie where they were recorded. */
  readonly copy: 0 | 1;
}

export interface StoredSegment {
  readonly id: string;
  readonly channel: number;
  readonly bytes: number;
  readonly from: number;
  readonly to: number;
  readonly closed: boolean;
  readonly cause: FootageCause;
  /** It touches an alarm's run in which an alarm began that nobody has acknowledged. */
  readonly unreviewed: boolean;
}

export interface StorageReads {
  storedHours(): Promise<StoredHour[]>;
  /** Of one volume, by their beginning. */
  oldestSegments(volumeId: string, limit: number): Promise<StoredSegment[]>;
  /** The same of one camera. */
  oldestOfChannel(volumeId: string, channel: number, limit: number): Promise<StoredSegment[]>;
  /** By volume: bytes of these cameras' segments that show an alarm that nobody has acknowledged. */
  unreviewedBytes(channels: readonly number[]): Promise<ReadonlyMap<string, number>>;
}

/** Of the causes whose runs touch a segment, the most telling one; footage without any is `continuous`. */
const telling = causes.filter((cause) => cause !== "continuous");

/**
 * Runs of one cause are disjoint, so the last one that begins before the segment's end is the only one to look at: one
 * seek in the primary key for each cause.
 */
const causeOfSegment = sql<string>`case ${sql.join(
  telling.map(
    (cause) => sql`when coalesce((select s.to_wall from span s where s.channel = g.channel and s.cause = ${cause}
      and s.from_wall < g.end_wall order by s.from_wall desc limit 1), 0) > g.start_wall then ${cause}`,
  ),
  sql` `,
)} else 'continuous' end`;

const isUnreviewed = sql<number>`exists (select 1 from span s join alarm a
  on a.is_new = 1 and a.at_wall >= s.from_wall and a.at_wall <= s.to_wall
  where s.channel = g.channel and s.cause = 'alarm' and s.from_wall < g.end_wall and s.to_wall > g.start_wall)`;

/** Segments where they were recorded, and copies in archives. */
const tables = [
  { table: "segment", copy: 0 },
  { table: "segment_copy", copy: 1 },
] as const;
type SegmentTableName = (typeof tables)[number]["table"];

/** Whole hours, so that none is counted in two pieces. */
const pieceMs = 7 * 24 * 3_600_000;

const boundsOf = (table: SegmentTableName) => sql<{ volume: string; first: number; last: number }>`
  select volume_id as volume, min(start_wall) as "first", max(start_wall) as "last" from ${sql.table(table)} group by 1`;

const hoursOf = (table: SegmentTableName, copy: number, part: { volume: string; from: number; to: number }) =>
  sql<StoredHour>`
    select g.volume_id as "volumeId", g.channel, cast(g.start_wall / 3600000 as integer) as hour,
      ${causeOfSegment} as cause, sum(g.bytes) as bytes, min(g.start_wall) as "from", max(g.end_wall) as "to",
      ${copy} as copy
    from ${sql.table(table)} g
    where g.volume_id = ${part.volume} and g.start_wall >= ${part.from} and g.start_wall < ${part.to}
    group by 2, 3, 4`;

export const storageReads = (db: Kysely<Tables>): StorageReads => ({
  async storedHours() {
    const found: StoredHour[] = [];
    for (const { table, copy } of tables) {
      for (const { volume, first, last } of (await boundsOf(table).execute(db)).rows) {
        // in pieces: a year of short segments must not keep everybody else waiting
        for (let from = Math.floor(first / pieceMs) * pieceMs; from <= last; from += pieceMs) {
          found.push(...(await hoursOf(table, copy, { volume, from, to: from + pieceMs }).execute(db)).rows);
          await new Promise<void>((resolve) => setImmediate(resolve));
        }
      }
    }
    return found;
  },
  oldestSegments: (volumeId, limit) => oldest(db, sql`volume_id = ${volumeId}`, limit),
  oldestOfChannel: (volumeId, channel, limit) =>
    oldest(db, sql`channel = ${channel} and stream = 'main' and volume_id = ${volumeId}`, limit),
  async unreviewedBytes(channels) {
    // an alarm's runs first, then the segments below them: there are few of them, and very many others
    const query = sql<{ volume: string; bytes: number }>`
      select volume, sum(bytes) as bytes from (select distinct g.id, g.volume_id as volume, g.bytes
        from alarm a cross join json_each(${JSON.stringify(channels)}) c
        cross join span s on s.channel = c.value and s.cause = 'alarm' and s.from_wall = (
          select max(p.from_wall) from span p
          where p.channel = c.value and p.cause = 'alarm' and p.from_wall <= a.at_wall)
        cross join segment g on g.channel = c.value and g.stream = 'main' and g.start_wall < s.to_wall
          and g.start_wall > s.from_wall - ${longestSegmentMs} and g.end_wall > s.from_wall
        where a.is_new = 1 and s.to_wall >= a.at_wall) group by volume`;
    return new Map((await query.execute(db)).rows.map(({ volume, bytes }) => [volume, bytes]));
  },
});

const oldestIn = (table: "segment" | "segment_copy", where: RawBuilder<unknown>, limit: number) =>
  sql`select * from (select * from ${sql.table(table)} where ${where} order by start_wall limit ${limit})`;

/** The index gives them in order: what is asked of each is asked of no more than these. */
async function oldest(db: Kysely<Tables>, where: RawBuilder<unknown>, limit: number): Promise<StoredSegment[]> {
  const query = sql<Omit<StoredSegment, "closed" | "unreviewed"> & { closed: number; unreviewed: number }>`
    select g.id, g.channel, g.bytes, g.start_wall as "from", g.end_wall as "to", g.closed, ${causeOfSegment} as cause,
      ${isUnreviewed} as unreviewed
    from (${oldestIn("segment", where, limit)} union all ${oldestIn("segment_copy", where, limit)}) g
    order by g.start_wall limit ${limit}`;
  return (await query.execute(db)).rows.map((row) => ({
    ...row,
    closed: row.closed === 1,
    unreviewed: row.unreviewed === 1,
  }));
}

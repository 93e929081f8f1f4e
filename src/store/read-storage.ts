/** What the database knows of how the volumes are filled. */
import type { Kysely, RawBuilder } from "kysely";
import { sql } from "kysely";
import type { FootageCause } from "../domain/footage-cause.ts";
import type { Tables } from "./schema.ts";
import { longestSegmentMs } from "./spans.ts";
import { causeOfSegment, readStoredHours, type StoredHour } from "./stored-hours.ts";

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
  /** Bytes by hour, in pieces. */
  storedHours(): Promise<StoredHour[]>;
  /** Of one volume, by their beginning. */
  oldestSegments(volumeId: string, limit: number): Promise<StoredSegment[]>;
  /** The same of one camera. */
  oldestOfChannel(volumeId: string, channel: number, limit: number): Promise<StoredSegment[]>;
  /** By volume: bytes of these cameras' segments that show an alarm that nobody has acknowledged. */
  unreviewedBytes(channels: readonly number[]): Promise<ReadonlyMap<string, number>>;
}

const isUnreviewed = sql<number>`exists (select 1 from span s join alarm a
  on a.is_new = 1 and a.at_wall >= s.from_wall and a.at_wall <= s.to_wall
  where s.channel = g.channel and s.cause = 'alarm' and s.from_wall < g.end_wall and s.to_wall > g.start_wall)`;

export const storageReads = (db: Kysely<Tables>): StorageReads => ({
  storedHours: () => readStoredHours(db),
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

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
  /** By volume: bytes of segments that show an alarm that nobody has acknowledged. */
  unreviewedBytes(): Promise<ReadonlyMap<string, number>>;
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

export const storageReads = (db: Kysely<Tables>): StorageReads => ({
  async storedHours() {
    const query = sql<StoredHour>`
      select g.volume_id as "volumeId", g.channel, cast(g.start_wall / 3600000 as integer) as hour,
        ${causeOfSegment} as cause, sum(g.bytes) as bytes, min(g.start_wall) as "from", max(g.end_wall) as "to"
      from segment g group by 1, 2, 3, 4`;
    return (await query.execute(db)).rows;
  },
  oldestSegments: (volumeId, limit) => oldest(db, sql`g.volume_id = ${volumeId}`, limit),
  oldestOfChannel: (volumeId, channel, limit) =>
    oldest(db, sql`g.channel = ${channel} and g.stream = 'main' and g.volume_id = ${volumeId}`, limit),
  async unreviewedBytes() {
    // an alarm's runs first, then the segments below them: there are few of them, and very many others
    const query = sql<{ volume: string; bytes: number }>`
      select volume, sum(bytes) as bytes from (select distinct g.id, g.volume_id as volume, g.bytes
        from alarm a join span s on s.cause = 'alarm' and s.from_wall <= a.at_wall and s.to_wall >= a.at_wall
        join segment g on g.channel = s.channel and g.stream = 'main' and g.start_wall < s.to_wall
          and g.start_wall > s.from_wall - ${longestSegmentMs} and g.end_wall > s.from_wall
        where a.is_new = 1) group by volume`;
    return new Map((await query.execute(db)).rows.map(({ volume, bytes }) => [volume, bytes]));
  },
});

/** The index gives them in order: what is asked of each is asked of no more than these. */
async function oldest(db: Kysely<Tables>, where: RawBuilder<unknown>, limit: number): Promise<StoredSegment[]> {
  const query = sql<Omit<StoredSegment, "closed" | "unreviewed"> & { closed: number; unreviewed: number }>`
    select g.id, g.channel, g.bytes, g.start_wall as "from", g.end_wall as "to", g.closed, ${causeOfSegment} as cause,
      ${isUnreviewed} as unreviewed
    from segment g where ${where} order by g.start_wall limit ${limit}`;
  return (await query.execute(db)).rows.map((row) => ({
    ...row,
    closed: row.closed === 1,
    unreviewed: row.unreviewed === 1,
  }));
}

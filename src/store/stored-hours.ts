/**
 * Bytes by hour, as sums that follow the segments: what changed is noted by hour and channel, and summed anew when that
 * hour is over. Readers sum what is noted for themselves, so that an answer is always of now.
 */
import { type Kysely, sql } from "kysely";
import { footageCauses, type FootageCause } from "../domain/footage-cause.ts";
import type { Direct } from "./database.ts";
import type { Tables } from "./schema.ts";

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

const hourMs = 3_600_000;
/** Hours that a batch sums at most: a few ms. */
const atOnce = 16;
/** Noted hours that a reader sums in one go. */
const readAtOnce = 100;

/** Something changed of what the segments that began in this time are, or show. */
export function noteStored(db: Direct, channel: number, range: { readonly from: number; readonly to: number }): void {
  for (let hour = Math.floor(range.from / hourMs); hour * hourMs <= range.to; hour++) {
    db.run(
      db.build
        .insertInto("stored_change")
        .values({ hour, channel })
        .onConflict((on) => on.doNothing()),
    );
  }
}

/** Of the causes whose runs touch a segment, the most telling one; footage without any is `continuous`. */
const telling = footageCauses.filter((cause) => cause !== "continuous");

/**
 * Runs of one cause are disjoint, so the last one that begins before the segment's end is the only one to look at: one
 * seek in the primary key for each cause.
 */
export const causeOfSegment = sql<string>`case ${sql.join(
  telling.map(
    (cause) => sql`when coalesce((select s.to_wall from span s where s.channel = g.channel and s.cause = ${cause}
      and s.from_wall < g.end_wall order by s.from_wall desc limit 1), 0) > g.start_wall then ${cause}`,
  ),
  sql` `,
)} else 'continuous' end`;

const hoursIn = (table: "segment" | "segment_copy", copy: 0 | 1, channel: number, hours: readonly number[]) => sql`
  select g.channel, h.value as hour, g.volume_id, ${causeOfSegment} as cause, ${sql.lit(copy)} as copy,
    sum(g.bytes) as bytes, min(g.start_wall) as from_wall, max(g.end_wall) as to_wall
  from json_each(${JSON.stringify(hours)}) h cross join ${sql.table(table)} g
    on g.channel = ${channel} and g.stream in ('main', 'sub')
    and g.start_wall >= h.value * ${sql.lit(hourMs)} and g.start_wall < (h.value + 1) * ${sql.lit(hourMs)}
  group by 1, 2, 3, 4`;

/** Of segments where they were recorded, and of copies in archives. */
const sums = (channel: number, hours: readonly number[]) =>
  sql`${hoursIn("segment", 0, channel, hours)} union all ${hoursIn("segment_copy", 1, channel, hours)}`;

/** Sums hours that are over; returns how many. The newest two go on changing, and wait. */
export function settleStored(db: Direct): number {
  const due = sql<{ hour: number; channel: number }>`
    select hour, channel from stored_change where hour < (select max(hour) from stored_change) - 1
    order by hour limit ${atOnce}`;
  const noted = db.all({ compile: () => due.compile(db.build) });
  for (const { hour, channel } of noted) {
    db.run(db.build.deleteFrom("stored_hour").where("channel", "=", channel).where("hour", "=", hour));
    const fill = sql`
      insert into stored_hour (channel, hour, volume_id, cause, copy, bytes, from_wall, to_wall)
      ${sums(channel, [hour])}`;
    db.run({ compile: () => fill.compile(db.build) });
    db.run(db.build.deleteFrom("stored_change").where("channel", "=", channel).where("hour", "=", hour));
  }
  return noted.length;
}

const shownAs = sql`
  volume_id as "volumeId", channel, hour, cause, bytes, from_wall as "from", to_wall as "to", copy`;

/** All of them, a channel after the other: a year of many cameras must not keep everybody else waiting. */
export async function readStoredHours(db: Kysely<Tables>): Promise<StoredHour[]> {
  // first what is noted: what is summed meanwhile is then left out of neither
  const noted = new Map<number, number[]>();
  for (const { channel, hour } of await db.selectFrom("stored_change").selectAll().execute()) {
    const hours = noted.get(channel) ?? [];
    noted.set(channel, hours);
    hours.push(hour);
  }
  const found: StoredHour[] = [];
  for (const { channel } of (await summedChannels.execute(db)).rows) {
    const apart = new Set(noted.get(channel));
    const summed = await sql<StoredHour>`select ${shownAs} from stored_hour where channel = ${channel}`.execute(db);
    found.push(...summed.rows.filter(({ hour }) => !apart.has(hour)));
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  for (const [channel, hours] of noted) {
    for (let at = 0; at < hours.length; at += readAtOnce) {
      const some = sums(channel, hours.slice(at, at + readAtOnce));
      found.push(...(await sql<StoredHour>`select ${shownAs} from (${some})`.execute(db)).rows);
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }
  return found;
}

/** One seek a channel. */
const summedChannels = sql<{ channel: number }>`
  with recursive known (channel) as (
    select min(channel) from stored_hour
    union all select (select min(channel) from stored_hour where channel > known.channel)
      from known where known.channel is not null)
  select channel from known where channel is not null`;

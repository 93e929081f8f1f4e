/** How far the second copies of a camera have come, as the database knows it. */
import type { Kysely } from "kysely";
import { sql } from "kysely";
import type { Tables } from "./schema.ts";

export interface CopyState {
  /** Wall ms of the end of the newest file that is there twice; absent: none is. */
  readonly through?: number;
  /** Files behind that one that ended and are not copied yet. No more than 1000 are counted. */
  readonly waiting: number;
}

/** Of the newest copies of a volume so many are looked through for one of the camera. */
const lookBack = 4000;
const mostCounted = 1000;

export interface CopyReads {
  copyState(channel: number, volumeIds: readonly string[]): Promise<CopyState>;
}

/** Both questions walk an index from its end and stop early. */
export const copyReads = (db: Kysely<Tables>): CopyReads => ({
  async copyState(channel, volumeIds) {
    const newest = await Promise.all(volumeIds.map((id) => newestCopy(db, id, channel)));
    const last = newest.filter((one) => one !== undefined).toSorted((a, b) => b.end - a.end)[0];
    const waiting = await sql<{ n: number }>`select count(*) as n from (select 1 from segment s
      where s.channel = ${channel} and s.stream = 'main' and s.closed = 1 and s.trusted = 1
        and s.start_wall > ${last?.start ?? 0}
        and not exists (select 1 from segment_copy c where c.id = s.id)
      order by s.start_wall desc limit ${mostCounted})`.execute(db);
    return { ...(last === undefined ? {} : { through: last.end }), waiting: waiting.rows[0]?.n ?? 0 };
  },
});

async function newestCopy(db: Kysely<Tables>, volumeId: string, channel: number) {
  const { rows } = await sql<{ start: number; end: number }>`select start_wall as start, end_wall as "end" from (
      select * from segment_copy where volume_id = ${volumeId} order by start_wall desc limit ${lookBack})
    where channel = ${channel} limit 1`.execute(db);
  return rows[0];
}

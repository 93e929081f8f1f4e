/** Receipts that called nobody leave the database when their footage is gone (`domain/receipt-retention.ts`). */
import { sql } from "kysely";
import { footageOf, hadFootage, isPassing, lookAgainAt, longestMs } from "../domain/receipt-retention.ts";
import type { FootageRange } from "../domain/footage-lock.ts";
import type { Receipt } from "../domain/receipt.ts";
import { days, hours, type WallTime, wallTime } from "../kernel/time.ts";
import type { Direct } from "./database.ts";
import type { LockTable } from "./schema.ts";
import { longestSegmentMs } from "./spans.ts";

/** How many are looked at in one go. */
export const mostLooks = 1000;

const hourOf = (wall: number): number => Math.floor(wall / hours(1));
export const dayOf = (wall: number): number => Math.floor(wall / days(1));

/** Footage of these hours was deleted, and is nowhere else. */
export function noteDeleted(db: Direct, channel: number, from: number, to: number): void {
  for (let hour = hourOf(from); hour <= hourOf(to); hour++) {
    const row = db.build.insertInto("deleted_hour").values({ hour, channel });
    db.run(row.onConflict((on) => on.columns(["hour", "channel"]).doNothing()));
  }
}

interface Due {
  readonly event_id: string;
  readonly input: number;
  readonly at_wall: number;
  readonly json: string;
}

/** Looks at those whose time has come, the longest waiting first; returns how many. */
export function sweepReceipts(db: Direct, now: WallTime, most = mostLooks): number {
  const due = db.build.selectFrom("receipt").select(["event_id", "input", "at_wall", "json"]);
  const rows = db.all(due.where("due_wall", "<=", now).orderBy("due_wall").limit(most));
  if (rows.length === 0) return 0;
  const locks = db.all(db.build.selectFrom("footage_lock").selectAll().where("released_at", "is", null));
  for (const row of rows) {
    const receipt = JSON.parse(row.json) as Receipt;
    const next = nextOf(db, row);
    const footage = footageOf(receipt);
    const kept = next === undefined || isLocked(locks, footage, row.at_wall) || isNamed(db, row.event_id);
    const facts = {
      ...{ at: wallTime(row.at_wall), hadFootage: hadFootage(receipt), kept },
      footageLeft: footage.some((range) => isLeft(db, range)),
      footageDeleted: footage.some((range) => isDeleted(db, range)),
    };
    // of a version before this one, or changed since: what called somebody is never looked at again
    if (!isPassing(receipt)) look(db, row.event_id, null);
    else {
      const again = lookAgainAt(facts, now);
      if (again !== undefined) look(db, row.event_id, again);
      else sweep(db, next?.kind === "cleared" && next.alarm_id === null ? [row, next] : [row], now);
    }
  }
  db.run(db.build.deleteFrom("deleted_hour").where("hour", "<", hourOf(now - longestMs - days(30))));
  return rows.length;
}

/** What was to record nothing does not say which camera saw it: a lock of any keeps it. */
function isLocked(locks: readonly LockTable[], footage: readonly FootageRange[], at: number): boolean {
  if (footage.length === 0) return locks.some((lock) => at >= lock.from_wall && at < lock.to_wall);
  return footage.some((range) =>
    locks.some((lock) => lock.channel === range.channel && overlaps(range, lock.from_wall, lock.to_wall)),
  );
}

const overlaps = ({ startWall, endWall }: FootageRange, from: number, to: number): boolean =>
  startWall < to && endWall > from;

function look(db: Direct, eventId: string, at: number | null): void {
  db.run(db.build.updateTable("receipt").set({ due_wall: at }).where("event_id", "=", eventId));
}

/** The input's next edge: absent while it is active still. */
function nextOf(db: Direct, { input, at_wall, event_id }: Due) {
  const later = sql<boolean>`(at_wall, event_id) > (${at_wall}, ${event_id})`;
  const query = db.build.selectFrom("receipt").select(["event_id", "kind", "alarm_id", "at_wall"]);
  return db.all(query.where("input", "=", input).where(later).orderBy("at_wall").orderBy("event_id").limit(1))[0];
}

/** An alarm is graver because of it. */
const isNamed = (db: Direct, eventId: string): boolean =>
  db.all({
    compile: () =>
      sql`select 1 from receipt where json_extract(json, '$.graver.eventId') = ${eventId} limit 1`.compile(db.build),
  }).length > 0;

const isLeft = (db: Direct, { channel, startWall, endWall }: FootageRange): boolean =>
  db.all(
    db.build
      .selectFrom("segment")
      .select("id")
      .where("channel", "=", channel)
      .where("stream", "in", ["main", "sub"])
      .where("start_wall", "<", endWall)
      .where("start_wall", ">", startWall - longestSegmentMs)
      .where("end_wall", ">", startWall)
      .limit(1),
  ).length > 0;

const isDeleted = (db: Direct, { channel, startWall, endWall }: FootageRange): boolean =>
  db.all(
    db.build
      .selectFrom("deleted_hour")
      .select("hour")
      .where("hour", ">=", hourOf(startWall))
      .where("hour", "<=", hourOf(endWall))
      .where("channel", "=", channel)
      .limit(1),
  ).length > 0;

function sweep(db: Direct, rows: readonly Pick<Due, "event_id" | "at_wall">[], now: WallTime): void {
  for (const { event_id, at_wall } of rows) {
    db.run(db.build.deleteFrom("receipt").where("event_id", "=", event_id));
    const row = { day: dayOf(at_wall), event_id, on_day: dayOf(now) };
    db.run(
      db.build
        .insertInto("swept")
        .values(row)
        .onConflict((on) => on.columns(["day", "event_id"]).doNothing()),
    );
  }
}

/** Reads of alarms and locks: the inbox. */
import { sql, type Kysely } from "kysely";
import type { OfSources } from "../domain/edge-source.ts";
import type { FootageLock } from "../domain/footage-lock.ts";
import type { Receipt } from "../domain/receipt.ts";
import { wallTime } from "../kernel/time.ts";
import type { Tables } from "./schema.ts";

export type AlarmState = "new" | "acknowledged" | "resolved";

export interface AlarmFilter {
  readonly state?: AlarmState | undefined;
  readonly input?: number | undefined;
  readonly of?: OfSources | undefined;
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  /** `after` of the last alarm of the page before. */
  readonly after?: AlarmPlace | undefined;
  readonly limit: number;
}

/** Where an alarm stands in the list: unacknowledged first, then the newest. */
export interface AlarmPlace {
  readonly isNew: boolean;
  readonly at: number;
  readonly id: string;
}

export interface AlarmRow {
  readonly id: string;
  readonly input: number;
  readonly name: string;
  readonly at: number;
  readonly lastAt: number;
  readonly state: AlarmState;
  readonly acknowledged?: { readonly at: number; readonly by: string };
  readonly resolved?: { readonly at: number; readonly by: string; readonly note: string };
}

export interface AlarmReads {
  /** Unacknowledged first, then the newest. */
  alarms(filter: AlarmFilter): Promise<AlarmRow[]>;
  alarm(id: string): Promise<AlarmRow | undefined>;
  unacknowledged(): Promise<number>;
  /** Of these alarms, in order of time. */
  receiptsOf(alarmIds: readonly string[]): Promise<Receipt[]>;
  /** Locks that hold, the newest first. */
  locks(): Promise<FootageLock[]>;
}

export const alarmReads = (db: Kysely<Tables>): AlarmReads => ({
  alarms: (filter) => alarms(db, filter),
  async alarm(id) {
    const row = await db.selectFrom("alarm").selectAll().where("alarm_id", "=", id).executeTakeFirst();
    return row === undefined ? undefined : alarmOf(row);
  },
  async unacknowledged() {
    const count = db.selectFrom("alarm").where("is_new", "=", 1);
    return Number((await count.select(({ fn }) => fn.countAll().as("rows")).executeTakeFirst())?.rows ?? 0);
  },
  async receiptsOf(alarmIds) {
    const rows = db.selectFrom("receipt").select("json").where("alarm_id", "in", alarmIds).orderBy("at_wall");
    return (await rows.orderBy("event_id").execute()).map((row) => JSON.parse(row.json) as Receipt);
  },
  async locks() {
    const rows = db.selectFrom("footage_lock").selectAll().where("released_at", "is", null);
    return (await rows.orderBy("at", "desc").orderBy("id").execute()).map(lockOf);
  },
});

async function alarms(db: Kysely<Tables>, filter: AlarmFilter): Promise<AlarmRow[]> {
  let query = db.selectFrom("alarm").selectAll();
  if (filter.state !== undefined) query = query.where("state", "=", filter.state);
  if (filter.input !== undefined) query = query.where("input", "=", filter.input);
  if (filter.of !== undefined) query = query.where("input", "in", alarmInputs(filter.of));
  if (filter.since !== undefined) query = query.where("at_wall", ">=", filter.since);
  if (filter.until !== undefined) query = query.where("at_wall", "<", filter.until);
  if (filter.after !== undefined) {
    const { isNew, at, id } = filter.after;
    query = query.where(sql<boolean>`(is_new, at_wall, alarm_id) < (${isNew ? 1 : 0}, ${at}, ${id})`);
  }
  const order = query.orderBy("is_new", "desc").orderBy("at_wall", "desc").orderBy("alarm_id", "desc");
  return (await order.limit(filter.limit).execute()).map(alarmOf);
}

/** What was recorded by hand is no alarm; a lost board's has input 0. */
const alarmInputs = ({ inputs, kinds }: OfSources): number[] => [...inputs, ...(kinds.includes("tamper") ? [0] : [])];

const alarmOf = (row: Tables["alarm"]): AlarmRow => ({
  id: row.alarm_id,
  input: row.input,
  name: row.name,
  at: row.at_wall,
  lastAt: row.last_wall,
  state: row.state === "acknowledged" || row.state === "resolved" ? row.state : "new",
  ...(row.acknowledged_at === null || row.acknowledged_by === null
    ? {}
    : { acknowledged: { at: row.acknowledged_at, by: row.acknowledged_by } }),
  ...(row.resolved_at === null || row.resolved_by === null
    ? {}
    : { resolved: { at: row.resolved_at, by: row.resolved_by, note: row.note ?? "" } }),
});

export const lockOf = (row: Tables["footage_lock"]): FootageLock => ({
  id: row.id,
  channel: row.channel,
  from: wallTime(row.from_wall),
  to: wallTime(row.to_wall),
  reason: row.reason,
  by: row.by,
  at: wallTime(row.at),
  ...(row.alarm_id === null ? {} : { alarmId: row.alarm_id }),
});

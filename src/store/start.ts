import { chmodSync } from "node:fs";
import { wallTime, type WallTime } from "../kernel/time.ts";
import type { AccountOp } from "../messages/api.ts";
import type { TroubleReport } from "../messages/recorder.ts";
import type { AlarmEvent, StoreStart } from "../messages/store.ts";
import { applyAccount } from "./apply-account.ts";
import { configOf } from "./config-rows.ts";
import { directOver, openForWriting, type Direct } from "./database.ts";
import { migrate } from "./migrations.ts";
import { userOf } from "./read-accounts.ts";
import { lockOf } from "./read-alarms.ts";
import { recordedChannels } from "./read-timeline.ts";

/**
 * Brings the database up to date (making it when it is missing) and reads what core needs at its start. Secrets of the
 * configuration are still sealed: `unsealSite`. Close it before the writer thread takes over.
 */
export function openStoreForStart(path: string): StoreStart & { close(): void } {
  const database = openForWriting(path);
  chmodSync(path, 0o600);
  migrate(database);
  const db = directOver(database);
  const rebuilt = db.all(db.build.selectFrom("meta").select("value").where("key", "=", "rebuilt_at"))[0];
  const users = db.all(db.build.selectFrom("user").select(["name", "role", "created_at", "rights", "preferences"]));
  return {
    config: configOf(db.all(db.build.selectFrom("config").selectAll())),
    users: users.map(({ name }) => name),
    people: users
      .map((row) => userOf(row))
      .map(({ name, rights, preferences: { language } }) => ({
        ...{ name, rights },
        ...(language === undefined ? {} : { language }),
      })),
    troubles: openTroubles(db),
    alarms: { unacknowledged: unacknowledged(db), events: unreviewedEvents(db) },
    locks: {
      held: db.all(db.build.selectFrom("footage_lock").selectAll().where("released_at", "is", null)).map(lockOf),
      released: releasedLocks(db),
    },
    recorded: db.all({ compile: () => recordedChannels.compile(db.build) }).map(({ channel }) => channel),
    ...(rebuilt === undefined ? {} : { rebuiltAt: wallTime(Number(rebuilt.value)) }),
    close: () => database.close(),
  };
}

const unacknowledged = (db: Direct): string[] =>
  db.all(db.build.selectFrom("alarm").select("alarm_id").where("is_new", "=", 1)).map((row) => row.alarm_id);

const unreviewedEvents = (db: Direct): AlarmEvent[] =>
  db
    .all(
      db.build
        .selectFrom("receipt")
        .innerJoin("alarm", "alarm.alarm_id", "receipt.alarm_id")
        .select(["alarm.alarm_id", "receipt.event_id"])
        .where("alarm.is_new", "=", 1)
        .where("receipt.kind", "!=", "cleared"),
    )
    .map((row) => ({ alarmId: row.alarm_id, eventId: row.event_id }));

const releasedLocks = (db: Direct): string[] =>
  db.all(db.build.selectFrom("footage_lock").select("id").where("released_at", "is not", null)).map(({ id }) => id);

const openTroubles = (db: Direct): TroubleReport[] =>
  db
    .all(db.build.selectFrom("trouble").select(["key", "since", "what"]).where("ended", "is", null).orderBy("since"))
    .map(({ key, since, what }) => ({ key, what, since: wallTime(since) }));

/** For commands on the machine while Reed does not run (`reed admin reset`): one change of the accounts, at once. */
export function changeAccounts(path: string, op: AccountOp, at: WallTime): void {
  const database = openForWriting(path);
  try {
    migrate(database);
    database.transaction(() => applyAccount(directOver(database), op, at))();
  } finally {
    database.close();
  }
}

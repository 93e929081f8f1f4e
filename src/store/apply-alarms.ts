/** Alarms, what people made of them, and locks, as rows. Each can be applied again without harm. */
import { sql } from "kysely";
import type { FootageLock } from "../domain/footage-lock.ts";
import type { Receipt } from "../domain/receipt.ts";
import type { ReleaseRecord, ReviewRecord } from "../messages/journal.ts";
import type { Direct } from "./database.ts";

/** The alarm of an armed, raised edge: new, or reaching over one edge more. */
export function putAlarmOf(db: Direct, { edge, alarmId }: Receipt): void {
  if (alarmId === undefined || edge.kind === "cleared") return;
  const at = edge.at.wall;
  const row = { alarm_id: alarmId, input: edge.input, name: edge.inputName, at_wall: at, last_wall: at };
  db.run(
    db.build
      .insertInto("alarm")
      .values({ ...row, state: "new", is_new: 1 })
      .onConflict((on) =>
        on.column("alarm_id").doUpdateSet({
          at_wall: sql<number>`min(alarm.at_wall, excluded.at_wall)`,
          last_wall: sql<number>`max(alarm.last_wall, excluded.last_wall)`,
        }),
      ),
  );
}

/** The first who acknowledged counts; what is resolved stays so, with the newest note. */
export function applyReview(db: Direct, review: ReviewRecord): void {
  const seen = { acknowledged_at: review.at, acknowledged_by: review.by };
  const alarm = db.build.updateTable("alarm").where("alarm_id", "=", review.alarmId);
  db.run(alarm.set({ state: "acknowledged", is_new: 0, ...seen }).where("state", "=", "new"));
  if (review.state !== "resolved") return;
  const resolved = { resolved_at: review.at, resolved_by: review.by, note: review.note ?? "" };
  db.run(alarm.set({ state: "resolved", is_new: 0, ...resolved }));
}

export function putLock(db: Direct, lock: FootageLock): void {
  const row = {
    id: lock.id,
    channel: lock.channel,
    from_wall: lock.from,
    to_wall: lock.to,
    reason: lock.reason,
    by: lock.by,
    at: lock.at,
    alarm_id: lock.alarmId ?? null,
  };
  db.run(
    db.build
      .insertInto("footage_lock")
      .values(row)
      .onConflict((on) => on.column("id").doNothing()),
  );
}

export const releaseLock = (db: Direct, { id, at, by }: ReleaseRecord): void =>
  db.run(db.build.updateTable("footage_lock").set({ released_at: at, released_by: by }).where("id", "=", id));

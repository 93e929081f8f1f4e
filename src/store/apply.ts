import { firstLookMs, isPassing } from "../domain/receipt-retention.ts";
import type { Receipt } from "../domain/receipt.ts";
import type { WalkRecord } from "../domain/walk-test.ts";
import { assertNever } from "../kernel/machine.ts";
import type { TroubleReport } from "../messages/recorder.ts";
import type { ConfigChange } from "../messages/api.ts";
import { configKey } from "../messages/config-rows.ts";
import type { StoreIntent } from "../messages/store.ts";
import { applyBookmark } from "./bookmarks.ts";
import { applyReview, putAlarmOf, putLock, releaseLock } from "./apply-alarms.ts";
import { rowOf } from "./config-rows.ts";
import type { Direct } from "./database.ts";
import { applyAccount } from "./apply-account.ts";
import { putSegment, removeSegment } from "./apply-segment.ts";
import { sweepReceipts } from "./receipt-retention.ts";
import { addSpan } from "./spans.ts";

/** Writes one intent; the caller holds the transaction. Each can be applied again without harm. */
export function applyIntent(db: Direct, intent: StoreIntent): void {
  switch (intent.kind) {
    case "together":
      // the caller's savepoint takes all of them back when one can't be written
      for (const one of intent.intents) applyIntent(db, one);
      return;
    case "config": {
      const row = rowOf(intent.change);
      const query = db.build.insertInto("config").values(row);
      db.run(query.onConflict((on) => on.columns(["part", "id"]).doUpdateSet({ json: row.json })));
      noteNumber(db, intent.change);
      return;
    }
    case "config-removed":
      db.run(db.build.deleteFrom("config").where("part", "=", intent.part).where("id", "=", String(intent.id)));
      return;
    case "receipt":
      putReceipt(db, intent.receipt);
      putAlarmOf(db, intent.receipt);
      return;
    case "sweep-receipts":
      sweepReceipts(db, intent.now);
      return;
    case "segment":
      putSegment(db, intent.segment);
      return;
    case "segment-deleted":
      removeSegment(db, intent);
      return;
    case "span":
      addSpan(db, {
        channel: intent.channel,
        cause: intent.cause,
        from_wall: intent.from,
        to_wall: intent.to,
        event_id: intent.eventId ?? null,
      });
      return;
    case "gap":
      putGap(db, intent);
      return;
    case "trouble":
      putTrouble(db, intent.trouble);
      return;
    case "armed":
      db.run(db.build.insertInto("arming").values({ at: intent.at, armed: intent.armed ? 1 : 0, by: intent.by }));
      return;
    case "alarm-reviewed":
      applyReview(db, intent);
      return;
    case "footage-locked":
      putLock(db, intent.lock);
      return;
    case "lock-released":
      releaseLock(db, intent);
      return;
    case "bookmark":
    case "bookmark-removed":
      applyBookmark(db, intent);
      return;
    case "walk-test":
      putWalkTest(db, intent.walk);
      return;
    case "account":
      applyAccount(db, intent.op, intent.at);
      return;
    case "audit":
      putAudit(db, intent);
      return;
    default:
      return assertNever(intent);
  }
}

function putWalkTest(db: Direct, walk: WalkRecord): void {
  const row = { since: walk.since, ended_at: walk.ended?.at ?? null, json: JSON.stringify(walk) };
  const query = db.build.insertInto("walk_test").values({ walk_id: walk.walkId, ...row });
  db.run(query.onConflict((on) => on.column("walk_id").doUpdateSet(row)));
}

function putReceipt(db: Direct, receipt: Receipt): void {
  const row = {
    event_id: receipt.edge.eventId,
    input: receipt.edge.input,
    kind: receipt.edge.kind,
    at_wall: receipt.edge.at.wall,
    armed: receipt.armed ? 1 : 0,
    alarm_id: receipt.alarmId ?? null,
    closed_at: receipt.closedAt ?? null,
    json: JSON.stringify(receipt),
    due_wall: isPassing(receipt) ? receipt.edge.at.wall + firstLookMs : null,
  };
  db.run(
    db.build
      .insertInto("receipt")
      .values(row)
      .onConflict((on) => on.column("event_id").doUpdateSet(row)),
  );
}

function putGap(db: Direct, intent: Extract<StoreIntent, { kind: "gap" }>): void {
  const row = {
    channel: intent.channel,
    from_wall: intent.gap.from,
    to_wall: intent.gap.to,
    reason: intent.gap.reason,
  };
  const query = db.build.insertInto("gap").values(row);
  db.run(query.onConflict((on) => on.columns(["channel", "from_wall"]).doUpdateSet(row)));
}

function putTrouble(db: Direct, trouble: TroubleReport): void {
  const row = { key: trouble.key, since: trouble.since, what: trouble.what, ended: trouble.ended ?? null };
  const query = db.build.insertInto("trouble").values(row);
  db.run(query.onConflict((on) => on.columns(["key", "since"]).doUpdateSet(row)));
}

function putAudit(db: Direct, intent: Extract<StoreIntent, { kind: "audit" }>): void {
  db.run(
    db.build.insertInto("audit").values({
      at: intent.at,
      actor_kind: intent.actor.kind,
      actor_name: intent.actor.name,
      what: intent.what,
      details: JSON.stringify(intent.details ?? {}),
    }),
  );
}

/** A number that was given once is not given again, also when its row is gone. */
function noteNumber(db: Direct, change: ConfigChange): void {
  const highest = configKey(change);
  if (typeof highest !== "number") return;
  const query = db.build.insertInto("number_given").values({ part: change.part, highest });
  db.run(
    query.onConflict((on) => on.column("part").doUpdateSet({ highest }).where("number_given.highest", "<", highest)),
  );
}

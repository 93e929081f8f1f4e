import assert from "node:assert/strict";
import { test } from "node:test";
import { wallTime } from "../kernel/time.ts";
import { quietState } from "../testkit/quiet-state.ts";
import { receiptRow } from "../testkit/store-rows.ts";
import type { LiveEvent } from "./api.ts";
import { withEvent } from "./live-fold.ts";

test("what is over leaves the live state: ended troubles, closed receipts; the rest is replaced by its key", () => {
  const trouble = { key: "channel:1", what: "offline", since: wallTime(1) };
  const events: LiveEvent[] = [
    { kind: "trouble", trouble },
    { kind: "receipt", receipt: receiptRow("e1", 5) },
    { kind: "input", input: { input: 1, level: "open", active: true, since: 1 } },
    { kind: "input", input: { input: 1, level: "closed", active: false, since: 2 } },
  ];
  const during = events.reduce(withEvent, quietState);
  assert.deepEqual([during.troubles.length, during.openReceipts.length, during.inputs.length], [1, 1, 1]);
  assert.equal(during.inputs[0]?.level, "closed");
  const over: LiveEvent[] = [
    { kind: "trouble", trouble: { ...trouble, ended: wallTime(9) } },
    { kind: "receipt", receipt: receiptRow("e1", 5, { closedAt: wallTime(9) }) },
  ];
  const after = over.reduce(withEvent, during);
  assert.deepEqual([after.troubles, after.openReceipts], [[], []]);
});

test("counters of two recorders stand side by side, each replaced by its own", () => {
  const stats = (channel: number, ringBytes: number): LiveEvent => ({
    kind: "stats",
    latency: quietState.latency,
    stats: {
      channels: [{ channel, accessUnits: 0, bytes: 0, lostPackets: 0, droppedGops: 0, reconnects: 0 }],
      ringBytes,
      rssBytes: 0,
      loopDelayP99Ms: 0,
    },
  });
  const state = [stats(1, 10), stats(2, 20), stats(1, 30)].reduce(withEvent, quietState);
  assert.deepEqual(state.recorderStats.map((one) => one.ringBytes).sort(), [20, 30]);
});

test("what an event does not change keeps its identity, also when what is over was not there", () => {
  const before = withEvent(quietState, { kind: "input", input: { input: 1, level: "open", active: true, since: 1 } });
  const trouble = { key: "channel:1", what: "offline", since: wallTime(1), ended: wallTime(2) };
  const after = withEvent(before, { kind: "trouble", trouble });
  assert.equal(after.inputs, before.inputs);
  assert.equal(after.troubles, before.troubles);
  assert.equal(
    withEvent(before, { kind: "receipt", receipt: receiptRow("e1", 5, { closedAt: wallTime(9) }) }).openReceipts,
    before.openReceipts,
  );
  assert.equal(withEvent(before, { kind: "auto-arm" }), before);
  assert.equal(withEvent(before, { kind: "detection-model" }), before);
});

test("an event of a kind that is not known yet changes nothing", () => {
  const newer = { kind: "of a newer Reed" } as unknown as LiveEvent;
  assert.equal(withEvent(quietState, newer), quietState);
});

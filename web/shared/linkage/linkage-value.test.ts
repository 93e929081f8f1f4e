import assert from "node:assert/strict";
import { test } from "node:test";
import { linkageProblem, nextStep, snapshotSpanS, type LinkageValue } from "./linkage-value.ts";

const value = (part: Partial<LinkageValue> = {}): LinkageValue => ({
  ...{ recordChannels: [1], postRecordS: 30, maxRecordS: 600, outputs: [], notifiers: [] },
  ...part,
});

test("what is out of its range, or an escalation that does not go up, is said before it is sent", () => {
  assert.equal(linkageProblem(value()), undefined);
  assert.equal(linkageProblem(value({ snapshots: { channels: [1], count: 0, intervalS: 1 } })), "snapshots");
  assert.equal(linkageProblem(value({ onlyIf: { inputs: [2], withinS: Number.NaN } })), "onlyIf");
  const tour = { channels: [1], atOnce: 1, everyS: Number.NaN } as const;
  assert.equal(linkageProblem(value({ page: { popup: true, sound: "off", voice: "", tour } })), "tour");
  const steps = [
    { afterMin: 5, notifiers: [1] },
    { afterMin: 5, notifiers: [2] },
  ];
  assert.equal(linkageProblem(value({ escalation: steps })), "escalationOrder");
  assert.equal(linkageProblem(value({ escalation: [{ afterMin: 5, notifiers: [] }] })), "escalation");
});

test("three pictures two seconds apart take four seconds; a further step comes five minutes later", () => {
  assert.equal(snapshotSpanS({ count: 3, intervalS: 2 }), 4);
  assert.deepEqual(nextStep([{ afterMin: 10, notifiers: [1] }]), { afterMin: 15, notifiers: [] });
});

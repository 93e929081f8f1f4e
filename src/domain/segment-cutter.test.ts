import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { instant, minutes } from "../kernel/time.ts";
import {
  fragmentLimitMs,
  offLine,
  segmentCut,
  timeJumped,
  type OpenSegment,
  type UnitFacts,
} from "./segment-cutter.ts";

const open: OpenSegment = { session: 1, startedAt: instant(0), asked: false, bytes: 0 };
const unit = (part: Partial<UnitFacts>): UnitFacts => ({
  session: 1,
  key: true,
  arrival: instant(1000),
  parametersChanged: false,
  ...part,
});
const cut = (part: Partial<UnitFacts>, segment = open) => segmentCut(segment, unit(part), { ms: minutes(5) });

test("a segment ends with the first key frame at its length, and not before", () => {
  assert.equal(cut({ arrival: instant(minutes(5) - 1) }), undefined);
  assert.equal(cut({ arrival: instant(minutes(5)) }), "length");
});

test("where a size is set a segment ends with the first key frame at it, also long before its time", () => {
  const most = { ms: minutes(5), bytes: 1000 };
  const at = (bytes: number, part: Partial<UnitFacts> = {}) => segmentCut({ ...open, bytes }, unit(part), most);
  assert.deepEqual([at(999), at(1000), at(1000, { key: false })], [undefined, "size", undefined]);
  assert.equal(at(10, { arrival: instant(minutes(5)) }), "length");
});

test("new parameter sets, a new session and what was asked for begin a segment with the next key frame", () => {
  assert.equal(cut({ parametersChanged: true }), "parameters");
  assert.equal(cut({ session: 2 }), "session");
  assert.equal(cut({}, { ...open, asked: true }), "asked");
  assert.equal(cut({}), undefined);
});

test("a segment plays alone: whatever happens, none begins but with a key frame", () => {
  const facts = fc.record({ session: fc.nat(3), arrival: fc.nat(1e9).map(instant), parametersChanged: fc.boolean() });
  fc.assert(
    fc.property(facts, fc.boolean(), (part, asked) => cut({ ...part, key: false }, { ...open, asked }) === undefined),
  );
});

test("the camera's clock jumped when media time and arrival differ by more than two seconds, either way", () => {
  assert.deepEqual(
    [timeJumped(40, 45), timeJumped(40, 2040), timeJumped(40, 2041), timeJumped(-3000, 40)],
    [false, false, true, true],
  );
});

test("a fragment is a second at the most, half a second with an alarm", () => {
  assert.deepEqual([fragmentLimitMs(false), fragmentLimitMs(true)], [1000, 500]);
});

test("a file is left when its pictures no longer lie where its first one puts them, not for a camera's drift", () => {
  assert.ok(!offLine(300_000, 300_060));
  assert.ok(!offLine(300_000, 299_600));
  assert.ok(offLine(10_000, 10_000 + 3_600_000));
  assert.ok(offLine(10_000, 9000));
});

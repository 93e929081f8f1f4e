import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { after, instant } from "../kernel/time.ts";
import { trackOutputs } from "./output-track.ts";

const t0 = instant(1000);

test("a read-back is told when it changed and once after each command", () => {
  const outputs = trackOutputs();
  assert.equal(outputs.readBack(1, "off"), true);
  assert.equal(outputs.readBack(1, "off"), false);
  outputs.want(1, "off");
  outputs.commanded(1, t0);
  assert.equal(outputs.readBack(1, "off"), true);
  assert.equal(outputs.readBack(1, "off"), false);
  assert.equal(outputs.readBack(1, "on"), true);
});

test("a relay that does not obey is commanded again after 1, 2, 4, 8, 10, 10 s", () => {
  const outputs = trackOutputs();
  outputs.want(1, "on");
  outputs.commanded(1, t0);
  outputs.readBack(1, "off");
  const pauses: number[] = [];
  let last = t0;
  for (let ms = 0; ms <= 40_000; ms += 500) {
    const now = after(t0, ms);
    for (const { point } of outputs.due(now)) {
      pauses.push(now - last);
      last = now;
      outputs.commanded(point, now);
    }
  }
  assert.deepEqual(pauses, [1000, 2000, 4000, 8000, 10_000, 10_000]);
});

test("a lost board has no read-backs, so nothing is due; what was wanted stays wanted", () => {
  const outputs = trackOutputs();
  outputs.want(1, "on");
  outputs.readBack(1, "off");
  assert.deepEqual(outputs.lost(), [1]);
  assert.deepEqual(outputs.due(after(t0, 100_000)), []);
  assert.deepEqual(outputs.wanted(), [{ point: 1, state: "on" }]);
});

test("in any order of events nothing is due that is as wanted, unread or unwanted", () => {
  const event = fc.oneof(
    fc.record({
      kind: fc.constantFrom("want" as const, "read" as const),
      state: fc.constantFrom("on" as const, "off" as const),
    }),
    fc.record({ kind: fc.constantFrom("commanded" as const, "lost" as const), state: fc.constant("on" as const) }),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(event, fc.nat(20_000))), (steps) => {
      const outputs = trackOutputs();
      let wanted: string | undefined;
      let read: string | undefined;
      let now = t0;
      for (const [{ kind, state }, pause] of steps) {
        now = after(now, pause);
        if (kind === "want") outputs.want(1, (wanted = state));
        if (kind === "read") outputs.readBack(1, (read = state));
        if (kind === "commanded") outputs.commanded(1, now);
        if (kind === "lost") {
          outputs.lost();
          read = undefined;
        }
        const [due] = outputs.due(now);
        if (due !== undefined) assert.ok(due.state === wanted && read !== undefined && read !== wanted);
      }
    }),
  );
});

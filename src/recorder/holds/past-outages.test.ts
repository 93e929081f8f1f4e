import assert from "node:assert/strict";
import { test } from "node:test";
import { instant, wallTime, type WallTime } from "../../kernel/time.ts";
import { fakeClock } from "../../testkit/fake-clock.ts";
import type { Past } from "../volumes/volume-set.ts";
import { pastOutages } from "./past-outages.ts";

const cameraDown = "camera down: refused";

/** A recorder that began at 60 s; what it knows of the one before, in seconds of the same clock. */
function knowing(past: {
  lastSign: number;
  crashedSince?: number;
  outages?: readonly [number, number][];
  /** Ends of what the files hold; unread without it. */
  footage?: readonly number[];
}) {
  const clock = fakeClock();
  clock.advance(60_000 - clock.now());
  const wallAt = (s: number): WallTime => wallTime(clock.wall() - clock.now() + s * 1000);
  const known: Past = {
    lastSign: wallAt(past.lastSign),
    crashedSince: past.crashedSince === undefined ? undefined : wallAt(past.crashedSince),
    outages: (past.outages ?? []).map(([from, to]) => ({
      ...{ from: wallAt(from), to: to === Infinity ? (Infinity as WallTime) : wallAt(to), reason: cameraDown },
    })),
  };
  const { outages, footageRead } = pastOutages({
    ...{ clock, plan: { channel: 1 }, past: known, recorderSince: instant(60_000) },
    ...{ note: () => undefined, send: () => undefined },
  });
  footageRead(past.footage?.map((to) => ({ to: instant(to * 1000) })));
  return (from: number, to: number) => outages.reasonFor(instant(from * 1000), instant(to * 1000));
}

test("what a recorder that was killed had in memory is explained by its end, not by the camera that it had waited for", () => {
  const reason = knowing({ lastSign: 50, crashedSince: 47, outages: [[47, 49.01]] });
  assert.match(reason(49, 49.4), /ended unasked before this was on the disk/);
  assert.equal(reason(47.2, 49), cameraDown);
  assert.match(reason(50, 51), /not running/);
});

test("a camera that was down when the recorder was killed stays the reason until the last sign", () => {
  const reason = knowing({ lastSign: 50, crashedSince: 10, outages: [[49, Infinity]] });
  assert.equal(reason(49, 50), cameraDown);
  assert.match(reason(48.6, 49), /ended unasked/);
});

test("only the last second and a half, and only of its own life, can have been lost in memory", () => {
  const long = knowing({ lastSign: 50, crashedSince: 10 });
  assert.match(long(48.6, 49), /ended unasked/);
  assert.match(long(47, 48), /no pictures that can be shown/);
  assert.match(knowing({ lastSign: 50, crashedSince: 49.5 })(48.6, 49), /no pictures that can be shown/);
});

test("what is missing before footage that is on the disk did not die with the recorder", () => {
  const reason = knowing({ lastSign: 50, crashedSince: 10, footage: [40, 49.4] });
  assert.match(reason(48.6, 49.1), /no pictures that can be shown/);
  assert.match(reason(49.4, 49.9), /ended unasked/);
});

test("footage of the life that goes on says nothing of the one before", () => {
  assert.match(knowing({ lastSign: 50, crashedSince: 10, footage: [48.5, 61] })(48.6, 49.1), /ended unasked/);
});

test("a recorder that was stopped had nothing in memory", () => {
  assert.match(knowing({ lastSign: 50 })(48.6, 49), /no pictures that can be shown/);
});

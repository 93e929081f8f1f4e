import assert from "node:assert/strict";
import { test } from "node:test";
import { instant, seconds } from "../kernel/time.ts";
import type { LevelReport } from "../drivers/driver.ts";
import { fakeClock } from "../testkit/fake-clock.ts";
import { watchBoard } from "./board-watch.ts";

function watched() {
  const clock = fakeClock();
  const watch = watchBoard(clock, 1, () => []);
  const level = (to: LevelReport["level"], point = 1) =>
    watch.level({ point, level: to, at: instant(0), how: "change" });
  const point = () => watch.status().points[0];
  return { clock, watch, level, point };
}

test("a contact has changed when it went from closed to open; the first look and a fault are no change", () => {
  const { clock, level, point } = watched();
  level("closed");
  assert.deepEqual(point(), { point: 1, level: "closed" });
  clock.advance(seconds(1));
  level("open");
  const changedAt = clock.wall();
  assert.equal(point()?.changedAt, changedAt);
  clock.advance(seconds(1));
  level("fault");
  level("open");
  assert.deepEqual(point(), { point: 1, level: "open", changedAt });
});

test("a contact that moved while its board was away has changed when that was found", () => {
  const { clock, watch, level, point } = watched();
  level("closed");
  watch.link({ kind: "lost", reason: "x" });
  clock.advance(seconds(60));
  level("open");
  assert.equal(point()?.changedAt, clock.wall());
});

test("a loop's reading stands beside its contact, and is told again when it moved by more than noise", () => {
  const { watch, level, point } = watched();
  level("closed");
  assert.ok(watch.measured(1, { state: "closed", ratio: 0.5, ohms: 5600 }));
  assert.ok(!watch.measured(1, { state: "closed", ratio: 0.503, ohms: 5670 }));
  assert.deepEqual(point()?.loop, { state: "closed", ratio: 0.5, ohms: 5600 });
  assert.ok(watch.measured(1, { state: "cut", ratio: 1 }));
  assert.deepEqual(point()?.loop, { state: "cut", ratio: 1 });
  watch.off();
  level("closed");
  assert.equal(point()?.loop, undefined);
});

test("health: the last answer, the share of the newest thousand that failed, and the poll's median and p99", () => {
  const { clock, watch } = watched();
  assert.deepEqual(watch.status().health, { exchanges: 0, errorRate: 0, pollMedianMs: 0, pollP99Ms: 0 });
  for (let n = 0; n < 1000; n++) watch.heard(false);
  watch.heard(true);
  const heardAt = clock.wall();
  clock.advance(seconds(3));
  for (let n = 0; n < 499; n++) watch.heard(true);
  clock.advance(seconds(1));
  watch.heard(false);
  for (let n = 1; n <= 100; n++) watch.polled(n);
  assert.deepEqual(watch.status().health, {
    lastHeardAt: heardAt + seconds(3),
    exchanges: 1000,
    errorRate: 0.5,
    pollMedianMs: 50,
    pollP99Ms: 99,
  });
});

test("a board that is switched off is forgotten", () => {
  const { watch, level } = watched();
  level("closed");
  watch.heard(true);
  watch.off();
  assert.deepEqual([watch.status().points, watch.status().health.exchanges], [[], 0]);
});

test("battery and last word of a wireless sensor stand beside its level, as long as its driver runs", () => {
  const { watch, level, clock } = watched();
  level("closed");
  watch.sensor({ point: 1, battery: 87 });
  clock.advance(seconds(2));
  watch.sensor({ point: 1, seenAt: clock.now() });
  const [point] = watch.status().points;
  assert.deepEqual([point?.battery, point?.seenAt], [87, clock.wall()]);
  watch.off();
  level("open");
  assert.equal(watch.status().points[0]?.battery, undefined);
});

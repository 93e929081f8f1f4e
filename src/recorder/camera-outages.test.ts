/** From when to when a camera was away, and what that makes of the holds on it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { instant } from "../kernel/time.ts";
import { frameMs, rig, type Rig } from "./support.test.ts";

async function alarmRig(): Promise<Rig> {
  const r = await rig({ mode: "alarm" });
  r.camera("live");
  return r;
}

test("a camera that goes down in a hold leaves a gap with its reason; a hold without any picture fails", async () => {
  await using r = await alarmRig();
  await r.feed(10_000);
  r.hold("h", { endAt: instant(r.clock.now() + 8000) });
  await r.feed(2000);
  r.camera("down", "connection refused");
  await r.pass(3000);
  r.hold("blind", { preMs: 0, endAt: instant(r.clock.now() + 500) });
  await r.pass(1000);
  r.camera("live");
  await r.feed(6000, 50, { session: 2, key: true });
  const [first, second] = ["blind", "h"].map((id) => r.of("hold-closed").find(({ holdId }) => holdId === id));
  assert.equal(first?.result, "failed");
  assert.match(first.reason, /connection refused/);
  assert.equal(second?.result, "short");
  assert.equal(second.gaps.length, 1);
  assert.match(second.reason, /4\.\d s missing: camera down: connection refused/);
});

test("a camera's outage ends when its first picture arrived, however long that was read for", async () => {
  await using r = await alarmRig();
  await r.feed(1000);
  r.camera("down", "connection refused");
  await r.pass(3000);
  const arrived = r.clock.wall() - 300;
  r.camera("live");
  await r.feed(40, 50, { session: 2, key: true, arrival: instant(r.clock.now() - 300) });
  const ends = r.of("gap").map(({ gap }) => gap.to);
  assert.equal(ends.at(-1), arrived);
});

test("a camera that pauses in a session, or stalls, was silent from its last picture on", async () => {
  await using r = await alarmRig();
  await r.feed(5000);
  const paused = r.clock.wall();
  r.hold("h", { endAt: instant(r.clock.now() + 9000) });
  await r.pass(4500);
  await r.feed(2000);
  const stalled = r.clock.wall();
  await r.pass(5000);
  r.camera("down", "stalled: connected, but no picture for 5 s");
  await r.pass(500);
  r.camera("live");
  await r.feed(frameMs, 50, { session: 2, key: true });
  assert.deepEqual(
    r
      .of("gap")
      .slice(1)
      .map(({ gap }) => [Math.round((gap.from - paused) / 100), Math.round((gap.to - stalled) / 100), gap.reason]),
    [
      [0, -20, "camera down: connected, but it sent no picture"],
      [65, 55, "camera down: stalled: connected, but no picture for 5 s"],
    ],
  );
  await r.pass(3000);
  const closed = r.of("hold-closed").find(({ holdId }) => holdId === "h");
  assert.match(closed?.reason ?? "", /missing: camera down: connected, but it sent no picture/);
});

test("a camera that sends a picture in five seconds is not silent between them", async () => {
  await using r = await alarmRig();
  for (let i = 0; i < 30; i++) {
    await r.pass(5000);
    await r.feed(frameMs, 1);
  }
  const silent = r.of("gap").filter(({ gap }) => /sent no picture/.test(gap.reason));
  assert.ok(silent.length <= 4, `${silent.length} pauses were told`);
});

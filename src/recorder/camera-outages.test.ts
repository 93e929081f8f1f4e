/** From when to when a camera was away, and what that makes of the holds on it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { instant, wallTime } from "../kernel/time.ts";
import type { AudioParameters } from "../media/types.ts";
import type { ChannelPlan } from "../messages/recorder.ts";
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

const sound: AudioParameters = {
  ...{ kind: "audio", codec: "pcma", sampleRate: 8000, channels: 1, config: new Uint8Array(0) },
};

/** A channel with sound that has begun to come. */
async function loudRig(): Promise<Rig> {
  const channel: ChannelPlan = {
    ...{ channel: 1, name: "door", url: "rtsp://camera/", username: "", password: "", audio: true },
    ...{ recordMode: "continuous", preRecordMs: 4000 },
  };
  const r = await rig({ plan: { channels: [channel] } });
  r.camera("live");
  await r.feed(2000, 10);
  await r.feed(frameMs, 50, { track: "audio", key: false, parameters: sound });
  await r.feed(4000, 10);
  return r;
}

test("sound is no picture: it neither hides a pause of them nor proves that the camera sees, also after a restart", async () => {
  const r = await loudRig();
  r.hold("h", { endAt: instant(r.clock.now() + 9000) });
  await r.feed(4500, Infinity, { track: "audio", key: false, parameters: sound });
  assert.equal(r.of("hold-fresh").length, 0, "nothing was seen since the edge");
  await r.feed(7000, 10);
  assert.equal(r.of("hold-fresh").length, 1);
  const order = { edgeAt: instant(r.clock.now() - 9000), edgeWall: wallTime(r.clock.wall() - 9000), preMs: 2000 };
  r.hold("later", { ...order, endAt: instant(r.clock.now() - 500) });
  await r.pass(3000);
  r.keepFolder();
  await r[Symbol.asyncDispose]();
  await using again = await rig({ data: r.data, clock: r.clock, firstUnit: r.next });
  again.hold("after", { ...order, endAt: instant(order.edgeAt + 8500) });
  await again.pass(3000);
  const [first, later, after] = [r.of("hold-closed"), r.of("hold-closed"), again.of("hold-closed")].map((closed, i) =>
    closed.find(({ holdId }) => holdId === ["h", "later", "after"][i]),
  );
  assert.match(first?.reason ?? "", /^4\.\d s missing: camera down: connected, but it sent no picture/);
  assert.deepEqual([later?.result, after?.result], ["short", "short"]);
  assert.deepEqual(
    after?.gaps.map(({ from, to }) => [from, to]),
    later?.gaps.map(({ from, to }) => [from, to]),
  );
});

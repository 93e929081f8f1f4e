import assert from "node:assert/strict";
import { test } from "node:test";
import { join } from "node:path";
import { startCameraServer, type CameraServer } from "../../src/testkit/camera/server.ts";
import { keyArrivals, sentUnits } from "../support/footage.ts";
import {
  answered,
  channelIs,
  channelPlan,
  closed,
  durable,
  holdNow,
  planOf,
  recorderPeer,
  sleep,
  type RecorderPeer,
} from "./recorder-peer.ts";

const source = { kind: "synthetic", width: 320, height: 192, fps: 25, gopSeconds: 1, bitsPerSecond: 1e6 } as const;

function camerasFor(peer: RecorderPeer, count: number): Promise<CameraServer> {
  return startCameraServer({
    cameras: Array.from({ length: count }, () => ({ source })),
    ownPorts: true,
    logFolder: peer.data,
  });
}

/** Numbers that the camera handed to its clients up to an instant, in the order of sending. */
async function sent(peer: RecorderPeer, cameras: CameraServer, camera: number, upTo = Infinity): Promise<number[]> {
  await cameras.control({ do: "flush" });
  return sentUnits(peer.data, camera)
    .filter((unit) => unit.sentTo.length > 0 && unit.sentMicros / 1000 <= upTo)
    .map((unit) => unit.number);
}

/** ms of CLOCK_MONOTONIC, as in the sender's log. */
const now = () => Number(process.hrtime.bigint()) / 1e6;

const isRun = (numbers: readonly number[]): boolean =>
  numbers.every((n, i) => i === 0 || n === (numbers[i - 1] ?? 0) + 1);

test("every access unit that the cameras sent is in the files once and in order, across segments and a clean stop", async () => {
  await using peer = await recorderPeer();
  await using cameras = await camerasFor(peer, 2);
  await peer.start();
  peer.send({
    kind: "plan",
    plan: planOf(channelPlan(1, cameras.url(1), "continuous"), channelPlan(2, cameras.url(2), "continuous")),
  });
  await peer.until(channelIs(1, "live"));
  await peer.until(channelIs(2, "live"));
  await sleep(5000);
  const stopping = now();
  assert.equal(await peer.stop(), 0);
  for (const camera of [1, 2]) {
    const recorded = peer.recorded(camera);
    const log = await sent(peer, cameras, camera, stopping - 1000);
    assert.ok(recorded.length > 100, `${recorded.length} access units recorded`);
    assert.ok(isRun(recorded), "no hole, no repetition");
    assert.equal(recorded[0], log[0], "from the first one sent");
    // what was on its way when the process stopped is not ours
    assert.ok((recorded.at(-1) ?? 0) >= (log.at(-1) ?? Infinity), `to ${recorded.at(-1)}, sent were ${log.at(-1)}`);
  }
  const closes = peer.messages.filter((message) => message.kind === "segment" && message.segment.closed);
  assert.ok(closes.length >= 2, "segments were cut and closed");
});

test("an edge on an alarm-only channel: the pre-record begins at a key frame before it, is durable, and nothing else is kept", async () => {
  await using peer = await recorderPeer();
  await using cameras = await camerasFor(peer, 1);
  await peer.start();
  peer.send({ kind: "plan", plan: planOf(channelPlan(1, cameras.url(1), "alarm")) });
  await peer.until(channelIs(1, "live"));
  await sleep(4500);
  assert.deepEqual(peer.recorded(1), [], "nothing is written without an alarm");
  const hold = holdNow("h1", 1, 2000, 1500);
  peer.send({ kind: "hold", hold });
  assert.deepEqual((await peer.until(answered("h1"))).answer, { kind: "recording" });
  const kept = await peer.until(durable("h1"));
  assert.equal(kept.short, undefined);
  const keys = keyArrivals(join(peer.data, "footage"), 1);
  const newest = keys.findLast((at) => at <= hold.edgeAt - 2000) ?? NaN;
  assert.ok(Math.abs(hold.edgeAt - newest - kept.preAchievedMs) < 0.01, `${kept.preAchievedMs} ms`);
  assert.ok(kept.durableAt >= hold.edgeAt && kept.durableAt <= now());
  peer.send({ kind: "hold", hold: { ...hold, holdId: "h2" } });
  assert.equal((await peer.until(closed("h1"))).result, "done");
  assert.equal((await peer.until(closed("h2"))).result, "done");
  const over = now();
  await sleep(1500);
  const recorded = peer.recorded(1);
  assert.ok(isRun(recorded), "two holds, one span: nothing twice");
  // up to the key frame behind the moment when the last of them was closed
  const most = ((over - hold.edgeAt + kept.preAchievedMs) / 1000 + 2) * source.fps;
  assert.ok(recorded.length > 80 && recorded.length < most, `${recorded.length} units of ${most}`);
});

test("a camera that is down at the edge and returns: the answer says so, recording begins, the receipt says from when", async () => {
  await using peer = await recorderPeer();
  await using cameras = await camerasFor(peer, 1);
  await cameras.control({ do: "down", camera: 1 });
  await peer.start();
  peer.send({ kind: "plan", plan: planOf(channelPlan(1, cameras.url(1), "alarm")) });
  await peer.until(channelIs(1, "down"));
  await sleep(600);
  peer.send({ kind: "hold", hold: holdNow("back", 1, 1000, 6000) });
  peer.send({ kind: "hold", hold: holdNow("never", 1, 500, 200) });
  assert.equal((await peer.until(answered("back"))).answer.kind, "will-backfill");
  const never = await peer.until(closed("never"));
  assert.equal(never.result, "failed");
  assert.match(never.reason, /camera down/);
  await cameras.control({ do: "up", camera: 1 });
  const back = await peer.until(closed("back"));
  assert.equal(back.result, "short");
  assert.match(back.reason, /camera/);
  assert.ok((back.gaps[0]?.to ?? 0) > 0 && (back.from ?? 0) >= (back.gaps[0]?.to ?? Infinity) - 1);
  assert.ok(peer.recorded(1).length > 20);
});

test("kill -9 during an alarm: recovered, at most a second lost, and the hold is closed with the gap", async () => {
  await using peer = await recorderPeer();
  await using cameras = await camerasFor(peer, 1);
  const plan = planOf(channelPlan(1, cameras.url(1), "continuous"));
  await peer.start();
  peer.send({ kind: "plan", plan });
  await peer.until(channelIs(1, "live"));
  await sleep(3000);
  const hold = holdNow("h", 1, 1000, 6000);
  peer.send({ kind: "hold", hold });
  await peer.until(durable("h"));
  await sleep(1200);
  const before = (await sent(peer, cameras, 1)).at(-1) ?? 0;
  await peer.kill();
  await peer.start();
  peer.send({ kind: "plan", plan });
  peer.send({ kind: "holds", holds: [hold] });
  const recovered = await peer.until((message) => message.kind === "segment");
  assert.ok(recovered.segment.closed && recovered.segment.accessUnits > 0);
  const result = await peer.until(closed("h"));
  assert.equal(result.result, "short");
  assert.match(result.reason, /not running|not connected/);
  assert.ok((result.preAchievedMs ?? 0) >= 1000);
  assert.equal(await peer.stop(), 0);
  const recorded = peer.recorded(1);
  const holes = recorded.filter((n, i) => i > 0 && n !== (recorded[i - 1] ?? 0) + 1);
  assert.equal(holes.length, 1, "one hole, nothing twice");
  const lastBefore = recorded[recorded.indexOf(holes[0] ?? 0) - 1] ?? 0;
  assert.ok(before - lastBefore <= 25, `${before - lastBefore} units lost`);
});

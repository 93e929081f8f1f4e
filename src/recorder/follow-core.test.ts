import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { test } from "node:test";
import { instant } from "../kernel/time.ts";
import type { HoldOrder } from "../messages/recorder.ts";
import { rig } from "./support.test.ts";

test("a hold that core ends while the plan is still being applied ends then, and not at its bound", async () => {
  await using r = await rig();
  r.camera("live");
  await r.feed(8000);
  const plan = { revision: 2, volumes: [], memoryBytes: 64e6, segmentMs: 60_000, channels: [] };
  // the channel is away and comes back: its orders wait for it
  r.recorder.receive({ kind: "plan", plan });
  const volume = { id: "v1", path: "footage", maxShare: 0.8, maxBytes: 1e9, keepDays: 14 };
  const channel = { channel: 2, name: "yard", url: "rtsp://yard/", username: "", password: "", audio: false };
  const channels = [{ ...channel, recordMode: "continuous", preRecordMs: 4000 }] as const;
  r.recorder.receive({ kind: "plan", plan: { ...plan, revision: 3, channels, volumes: [volume] } });
  const edgeAt = r.clock.now();
  const order: HoldOrder = {
    ...{
      holdId: "h",
      eventId: "e",
      channel: 2,
      trigger: "edge",
      bootId: r.clock.bootId,
      edgeAt,
      edgeWall: r.clock.wall(),
    },
    ...{ preMs: 0, boundAt: instant(edgeAt + 600_000) },
  };
  r.recorder.receive({ kind: "holds", holds: [order] });
  r.recorder.receive({ kind: "end-hold", holdId: "h", endAt: instant(edgeAt + 1000) });
  await r.pass(5000);
  assert.equal(r.of("hold-closed").length, 1);
});

test("a hold that is ordered while core's list waits for its plan is not taken for one that core has forgotten", async () => {
  await using r = await rig();
  r.camera("live");
  await r.feed(8000);
  const volume = { id: "v1", path: "footage", maxShare: 0.8, maxBytes: 1e9, keepDays: 14 };
  const channel = { channel: 1, name: "door", url: "rtsp://camera/", username: "", password: "", audio: false };
  const channels = [{ ...channel, recordMode: "continuous", preRecordMs: 4000 }] as const;
  const plan = { revision: 2, channels, volumes: [volume], memoryBytes: 64e6, segmentMs: 60_000 };
  r.recorder.receive({ kind: "plan", plan });
  r.recorder.receive({ kind: "holds", holds: [] });
  r.hold("new");
  await r.feed(6000);
  assert.deepEqual(
    r.of("hold-closed").map(({ holdId, result }) => [holdId, result]),
    [["new", "done"]],
  );
});

test("a recorder that was killed still says why the camera's pictures were missing before it died", async () => {
  const r = await rig();
  r.camera("live");
  await r.feed(10_000);
  r.camera("down", "127.0.0.1 closed the connection.");
  await r.pass(6000);
  r.camera("live");
  await r.feed(6000);
  const edge = { bootId: r.clock.bootId, edgeAt: r.clock.now(), edgeWall: r.clock.wall(), preMs: 8000 };
  r.keepFolder();
  // nothing of it is told to anybody any more; its files are all that is left
  await r[Symbol.asyncDispose]();
  r.clock.advance(2000);
  await using again = await rig({ data: r.data, clock: r.clock, firstUnit: r.next });
  again.hold("after", { ...edge, endAt: instant(edge.edgeAt - 1000) });
  await again.pass(3000);
  const [closed] = again.of("hold-closed");
  assert.deepEqual(
    closed?.gaps.map(({ reason }) => reason),
    ["camera down: 127.0.0.1 closed the connection."],
  );
  rmSync(r.data, { recursive: true, force: true });
});

test("footage read from the files begins at the same key frame as footage in memory, wherever in a fragment it lies", async () => {
  const r = await rig();
  r.camera("live");
  await r.feed(12_000, 35);
  const edge = { edgeAt: r.clock.now(), edgeWall: r.clock.wall(), preMs: 5000, endAt: r.clock.now() };
  const order = { bootId: r.clock.bootId, ...edge };
  r.hold("before", order);
  await r.pass(3000);
  r.keepFolder();
  await r[Symbol.asyncDispose]();
  await using again = await rig({ data: r.data, clock: r.clock, firstUnit: r.next });
  again.hold("after", order);
  await again.pass(3000);
  const [inMemory, fromFiles] = [r.of("hold-closed")[0], again.of("hold-closed")[0]];
  assert.deepEqual([fromFiles?.result, fromFiles?.preAchievedMs], [inMemory?.result, inMemory?.preAchievedMs]);
  rmSync(r.data, { recursive: true, force: true });
});

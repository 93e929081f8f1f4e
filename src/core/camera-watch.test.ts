import assert from "node:assert/strict";
import { test } from "node:test";
import type { AlarmInputSettings } from "../domain/site-config.ts";
import { wallTime } from "../kernel/time.ts";
import type { RecorderToCore } from "../messages/recorder.ts";
import { settled, world, type World } from "./test-rooms.test.ts";

const channelSays = (channel: number, state: "live" | "down"): RecorderToCore => ({
  kind: "channel",
  state: { channel, state, since: wallTime(0), reason: "", bitsPerSecond: 0, ringMs: 0 },
});

const input: AlarmInputSettings = {
  ...{ input: 9, name: "Camera offline", enabled: true, kind: "other", board: 9, point: 1, type: "NO", debounceMs: 0 },
  ...{ antiDitherS: 5, zone: "24h-silent" },
  linkage: { recordChannels: [1, 2], postRecordS: 5, maxRecordS: 600, outputs: [], notifiers: [] },
};

async function watching(on: World) {
  const driver = { kind: "camera-offline", graceS: 60, except: [] } as const;
  await on.ask({
    kind: "put",
    change: { part: "board", value: { board: 9, name: "Cameras", enabled: true, driver } },
  });
  await on.ask({ kind: "put", change: { part: "input", value: input } });
  const recorder = on.recorder();
  return (channel: number, state: "live" | "down") => recorder.send(channelSays(channel, state));
}

const ofWatch = (on: World) => on.receipts().filter(({ edge }) => edge.input === 9);

test("a camera that is away for a minute raises the site's input by name, unarmed too, and does not record itself", async (t) => {
  const on = await world(t);
  const says = await watching(on);
  assert.equal(on.snapshot().inputs.find((one) => one.input === 9)?.active, false, "at rest from the beginning");
  says(1, "live");
  says(2, "live");
  on.clock.advance(10_000);
  says(1, "down");
  on.clock.advance(59_000);
  assert.deepEqual(ofWatch(on), []);
  on.clock.advance(1000);
  await settled();
  const [raised] = ofWatch(on);
  assert.equal(raised?.edge.kind, "raised");
  assert.match(raised.edge.inputName, /^Camera offline: \S/);
  assert.deepEqual(raised.edge.trigger?.away, [1]);
  assert.notEqual(raised.alarmId, undefined);
  assert.deepEqual(
    raised.actions.map(({ target }) => target.kind === "record" && target.channel),
    [2],
  );
  assert.equal(on.snapshot().inputs.find((one) => one.input === 9)?.active, true);
  on.clock.advance(500_000);
  says(1, "live");
  await settled();
  assert.equal(on.snapshot().inputs.find((one) => one.input === 9)?.active, false);
  assert.deepEqual(
    ofWatch(on).map(({ edge }) => edge.kind),
    ["raised", "cleared"],
  );
});

test("while the recorder itself is away no camera is called offline", async (t) => {
  const on = await world(t);
  const says = await watching(on);
  says(1, "live");
  says(1, "down");
  on.clock.advance(59_000);
  on.recorder();
  on.clock.advance(100_000);
  assert.deepEqual(ofWatch(on), []);
  on.clock.advance(20_000);
  assert.equal(ofWatch(on).length, 1);
});

test("a site watches its cameras once, and not at all without the input", async (t) => {
  const on = await world(t);
  await watching(on);
  const driver = { kind: "camera-offline", graceS: 60, except: [] } as const;
  const again = await on.ask({
    kind: "put",
    change: { part: "board", value: { board: 10, name: "Again", enabled: true, driver } },
  });
  assert.ok(again.kind === "reply" && !again.ok && again.error.code === "conflict");
});

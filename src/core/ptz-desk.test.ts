import assert from "node:assert/strict";
import { test } from "node:test";
import { err, ok, type Result } from "../kernel/result.ts";
import { seconds } from "../kernel/time.ts";
import { channel, site } from "../domain/testdata/site.ts";
import { fakeClock } from "../testkit/fake-clock.ts";
import { cameraOf, openPtzDesk, type PtzOrder } from "./ptz-desk.ts";

const order = (preset: number, more: Partial<PtzOrder> = {}): PtzOrder => ({
  ...{ kind: "go-ptz", eventId: "e", actionId: `a${preset}`, channel: 1, preset, ...more },
});

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Channel 1 can be turned; the driver answers as it is told. */
function desk(goTo: () => Promise<Result<undefined>> = () => Promise.resolve(ok(undefined)), away: number[] = []) {
  const clock = fakeClock();
  const sent: number[] = [];
  const driver = {
    goTo: (_: unknown, preset: number) => {
      sent.push(preset);
      return goTo();
    },
    presets: () => Promise.resolve(ok([])),
  };
  const config = site({ channels: [channel(1, { ptz: { kind: "onvif", port: 80 } }), channel(2)] });
  const ptz = openPtzDesk({ clock, config: () => config, drivers: { dahua: driver, onvif: driver }, away });
  return { ptz, clock, sent };
}

test("an order is done when the camera took it, and fails with the camera's reason", async () => {
  assert.deepEqual(await desk().ptz.go(order(3)), { kind: "done" });
  const refused = desk(() => Promise.resolve(err("the camera has no preset 3")));
  assert.deepEqual(await refused.ptz.go(order(3)), { kind: "failed", reason: "the camera has no preset 3" });
  const broken = desk(() => Promise.reject(new Error("boom")));
  assert.deepEqual(await broken.ptz.go(order(3)), { kind: "failed", reason: "the camera could not be asked: boom" });
  assert.deepEqual(await desk().ptz.go(order(3, { channel: 2 })), {
    ...{ kind: "failed", reason: "channel 2 has no PTZ settings" },
  });
});

test("a camera that hangs is given up after 5 s, whatever its driver does", async () => {
  const { ptz, clock } = desk(() => new Promise(() => undefined));
  const going = ptz.go(order(3));
  await settled();
  clock.advance(seconds(5));
  assert.deepEqual(await going, { kind: "failed", reason: "the camera did not answer within 5 s" });
});

test("asked again in the same alarm a camera is left alone while it looks there, and sent back when it does not", async () => {
  const { ptz, sent } = desk();
  await ptz.go(order(3));
  const again = await ptz.go(order(3, { again: true }));
  assert.deepEqual(again, { kind: "suppressed", gate: "it looks at preset 3 already" });
  await ptz.go(order(5));
  await ptz.go(order(3, { again: true }));
  assert.deepEqual(sent, [3, 5, 3]);
});

test("after the alarm it looks back, unless a later alarm has the camera", async () => {
  const { ptz, clock, sent } = desk();
  await ptz.go(order(3));
  const back = ptz.go(order(1, { afterS: 30 }));
  clock.advance(seconds(29));
  await settled();
  assert.deepEqual(sent, [3]);
  clock.advance(seconds(1));
  assert.deepEqual(await back, { kind: "done" });
  await ptz.go(order(3));
  const late = ptz.go(order(1, { afterS: 30 }));
  await ptz.go(order(4));
  clock.advance(seconds(30));
  assert.deepEqual(await late, { kind: "suppressed", gate: "a later alarm has the camera" });
  assert.deepEqual(sent, [3, 1, 3, 4]);
});

test("a camera that no alarm has turned since the start is not turned back", async () => {
  const { ptz, sent } = desk();
  await ptz.turn(1, 6);
  const { kind } = await ptz.go(order(1, { afterS: 0 }));
  assert.deepEqual([kind, sent], ["suppressed", [6]]);
});

test("a camera that an alarm of the life before turned looks back; where it looks is not taken for known", async () => {
  const { ptz, sent } = desk(undefined, [1]);
  await ptz.go(order(3, { again: true }));
  const other = desk(undefined, [1]);
  const back = other.ptz.go(order(1, { afterS: 0 }));
  other.clock.advance(0);
  assert.deepEqual(await back, { kind: "done" });
  assert.deepEqual([sent, other.sent], [[3], [1]]);
});

test("orders that pile up before a hanging camera are refused, not kept", async () => {
  const { ptz } = desk(() => new Promise(() => undefined));
  const all = Array.from({ length: 9 }, (_, nth) => ptz.go(order(nth + 1)));
  assert.deepEqual(await all[8], { kind: "failed", reason: "too many orders wait for this camera already" });
});

test("the camera is the one behind its main stream, with its own port for HTTP", () => {
  const row = (mainUrl: string) =>
    channel(1, { mainUrl, username: "u", password: "p", ptz: { kind: "dahua", port: 81 } });
  assert.deepEqual(cameraOf(row("rtsp://192.0.2.7:554/cam")), {
    ...{ host: "192.0.2.7", port: 81, username: "u", password: "p", input: 1 },
  });
  assert.equal(cameraOf(row("rtsp://[2001:db8::7]/cam"))?.host, "2001:db8::7");
  assert.equal(cameraOf(channel(1)), undefined);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { err, ok, type Result } from "../kernel/result.ts";
import { loginRefused } from "../domain/ptz-settings.ts";
import { minutes, seconds } from "../kernel/time.ts";
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
  const row = { ptz: { kind: "onvif", port: 80 }, mainUrl: "rtsp://192.0.2.7/main" } as const;
  const login = { username: "admin", password: "old" };
  const ptz = openPtzDesk({
    clock,
    config: () => site({ channels: [channel(1, { ...row, ...login }), channel(2)] }),
    drivers: { dahua: driver, onvif: driver },
    away,
  });
  return { ptz, clock, sent, login };
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

test("who turned it by hand since keeps it: it is not taken back from them, nor by a way back that waits in the lane", async () => {
  const gate = { kind: "suppressed", gate: "somebody turned the camera by hand since" };
  for (const when of ["before the rest", "before its time", "just before it in the lane"]) {
    const { ptz, clock, sent } = desk();
    await ptz.go(order(3));
    if (when === "before the rest") await ptz.turn(1, 8);
    const back = ptz.go(order(1, { afterS: 30 }));
    if (when === "before its time") await ptz.turn(1, 8);
    const byHand = when === "just before it in the lane" ? ptz.turn(1, 8) : undefined;
    clock.advance(seconds(30));
    await byHand;
    assert.deepEqual([await back, sent], [gate, [3, 8]], when);
    await ptz.go(order(4));
    const later = ptz.go(order(1, { afterS: 0 }));
    clock.advance(0);
    assert.deepEqual([await later, sent], [{ kind: "done" }, [3, 8, 4, 1]], "the next alarm has it again");
  }
});

test("a turn by hand that the camera did not take leaves the way back as it was", async () => {
  const answers = [ok(undefined), err("the camera has no preset 8")];
  const { ptz, clock } = desk(() => Promise.resolve(answers.shift() ?? ok(undefined)));
  await ptz.go(order(3));
  await ptz.turn(1, 8);
  const back = ptz.go(order(1, { afterS: 30 }));
  clock.advance(seconds(30));
  assert.deepEqual(await back, { kind: "done" });
});

test("after two refused logins a camera is left alone for 5 min, then 15, or until its login is another one", async () => {
  let right = "new";
  const { ptz, clock, sent, login } = desk(() =>
    Promise.resolve(login.password === right ? ok(undefined) : err(loginRefused)),
  );
  const reasons: string[] = [];
  const press = async () => {
    const outcome = await ptz.go(order(3));
    reasons.push("reason" in outcome ? outcome.reason : outcome.kind);
    return sent.length;
  };
  for (let nth = 0; nth < 5; nth++) await press();
  assert.equal(sent.length, 2);
  assert.deepEqual(reasons.slice(1, 3), [
    loginRefused,
    "the camera refused the login twice; it is asked again in 5 min, or with another password",
  ]);
  assert.deepEqual(await ptz.presets(1), err(reasons[4] ?? ""), "its presets are not asked for either");
  clock.advance(minutes(5));
  await press();
  assert.equal(await press(), 3);
  clock.advance(minutes(14));
  assert.equal(await press(), 3);
  login.password = "new";
  assert.equal(await press(), 4);
  assert.equal(reasons.at(-1), "done");
  right = "newer";
  await press();
  assert.equal(await press(), 6, "one that was accepted may refuse twice again");
});

test("a camera that somebody has tried again is asked at once, and left alone again when it refuses twice more", async () => {
  const { ptz, sent } = desk(() => Promise.resolve(err(loginRefused)));
  for (let nth = 0; nth < 3; nth++) await ptz.go(order(3));
  ptz.tryAgain(2);
  await ptz.go(order(3));
  assert.equal(sent.length, 2, "another camera");
  ptz.tryAgain(1);
  for (let nth = 0; nth < 3; nth++) await ptz.go(order(3));
  assert.equal(sent.length, 4);
});

test("a camera that is away has refused no login", async () => {
  const { ptz, sent } = desk(() => Promise.resolve(err("the camera was not reached: ECONNREFUSED")));
  for (let nth = 0; nth < 5; nth++) await ptz.go(order(3));
  assert.equal(sent.length, 5);
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

import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import type { CameraSaid } from "../../domain/detection/camera-said.ts";
import { fakeClock } from "../../testkit/fake-clock.ts";
import { eventPart, startEventCamera, type EventCameraOptions } from "../../testkit/camera/events.ts";
import { dahuaEvents, silenceMs, stateEvery } from "./dahua.ts";
import type { EventCamera } from "./driver.ts";
import { firstPause, refusedPause } from "./keep-open.ts";

/** Waits for the answer of a real socket; the fake clock stands still meanwhile. */
async function until(is: () => boolean, what: string): Promise<void> {
  const given = performance.now() + 20_000;
  while (!is() && performance.now() < given) await new Promise((resolve) => setImmediate(resolve));
  assert.ok(is(), what);
}

async function listening(t: TestContext, options: EventCameraOptions = {}, given: Partial<EventCamera> = {}) {
  const camera = await startEventCamera(options);
  const clock = fakeClock();
  const heard: string[] = [];
  const said: CameraSaid[] = [];
  const offers: unknown[] = [];
  const count = { dropped: 0 };
  const word = ({ phase, what, rule }: CameraSaid) => [phase, what, rule].join(" ").trim();
  const source = dahuaEvents().open(
    { host: "127.0.0.1", port: camera.port, username: "admin", password: "admin", input: 1, ...given },
    {
      link: (link) => void heard.push("reason" in link ? `${link.kind}: ${link.reason}` : link.kind),
      offered: (offer) => void offers.push(Object.fromEntries(offer.things), offer.rules),
      said: (event) => void (said.push(event), heard.push(word(event))),
      dropped: (so) => void (count.dropped = so),
    },
    clock,
  );
  t.after(async () => {
    await source[Symbol.asyncDispose]();
    await camera[Symbol.asyncDispose]();
  });
  const hears = (what: string, times = 1) =>
    until(() => heard.filter((one) => one === what).length >= times, `${what} in ${heard.join(", ")}`);
  return { camera, clock, heard, said, offers, count, source, hears };
}

test("with its login the camera is heard: what it has, what is so already, and then what it says", async (t) => {
  const on = await listening(t);
  on.camera.say({ code: "VideoBlind", action: "Start" });
  await on.hears("start tamper");
  assert.deepEqual(on.heard, ["connecting", "online", "start tamper"]);
  assert.deepEqual(on.offers, [
    { motion: true, tamper: true, videoLoss: false, human: true, vehicle: true },
    [{ name: "Drive", code: "CrossLineDetection" }],
  ]);
  on.camera.say({ code: "CrossLineDetection", action: "Pulse", data: { Name: "Drive" } });
  on.camera.say({ code: "VideoMotion", action: "Start", index: 1 });
  on.camera.say({ code: "VideoMotion", action: "Start" });
  on.camera.say({ code: "VideoMotion", action: "Stop" });
  await on.hears("stop motion");
  assert.deepEqual(on.heard.slice(3), ["pulse rule Drive", "start motion", "stop motion"], "of its own number alone");
});

test("a wrong password is said as such, once, and is not tried again for minutes", async (t) => {
  const on = await listening(t, { password: "another" });
  await until(() => on.heard.length > 1, "refused");
  assert.match(on.heard[1] ?? "", /^refused: /);
  assert.doesNotMatch(on.heard.join(), /admin/);
  on.clock.advance(refusedPause(1) - 1);
  assert.equal(on.camera.refused, 1);
  on.clock.advance(1);
  await until(() => on.camera.refused === 2, "asked again");
});

test("a connection that ends or falls silent is lost, with pauses that grow, and comes back", async (t) => {
  const on = await listening(t);
  await on.hears("online");
  on.camera.fault("down");
  await until(() => on.heard.some((one) => one.startsWith("lost")), "lost");
  on.camera.fault("up");
  on.clock.advance(firstPause);
  await on.hears("online", 2);
  on.camera.fault("hang");
  on.clock.advance(silenceMs);
  await on.hears("lost: the camera says nothing any more");
  on.camera.fault("up");
  on.clock.advance(firstPause * 4);
  await on.hears("online", 3);
});

test("an end that was lost on the way is found by asking; what makes no sense is dropped and counted", async (t) => {
  const on = await listening(t);
  await on.hears("online");
  on.camera.write(eventPart("Code=VideoMotion;action=Start;index=0"));
  await on.hears("start motion");
  on.camera.write(`${eventPart("<b>no</b>")}${eventPart("Code=VideoBlind;action=Start;index=0")}`);
  await on.hears("start tamper");
  assert.equal(on.count.dropped, 1);
  await keptAlive(on);
  await on.hears("stop motion");
  await on.hears("stop tamper");
});

/** The stream is kept alive while the time to ask comes. */
async function keptAlive(on: Awaited<ReturnType<typeof listening>>): Promise<void> {
  for (let ms = 0; ms < stateEvery; ms += silenceMs / 2) {
    const before = on.count.dropped;
    on.camera.write(`${eventPart("no event")}${eventPart("Heartbeat")}`);
    await until(() => on.count.dropped > before, "heard");
    on.clock.advance(silenceMs / 2);
  }
}

test("a device that has no such service is lost with that reason", async (t) => {
  const on = await listening(t, {}, { port: 1 });
  await until(() => on.heard.length > 1, "lost");
  assert.match(on.heard[1] ?? "", /^lost: the camera was not reached/);
});

test("a camera that does not answer what is so now is not heard, so that nothing counts as at rest", async (t) => {
  const on = await listening(t);
  on.camera.fault("busy");
  await until(() => on.heard.length > 1, "lost");
  assert.deepEqual(on.heard, ["connecting", "lost: the camera answered 503 when it was asked what is so now"]);
  on.camera.fault("up");
  on.clock.advance(firstPause);
  await on.hears("online");
});

test("what began is not ended by an answer that is none, nor by a login that is refused meanwhile", async (t) => {
  for (const [fault, reason] of [
    ["busy", "lost: the camera answered 503 when it was asked what is so now"],
    ["deny", "refused: the camera refused the login; check its user and password"],
  ] as const) {
    const on = await listening(t);
    await on.hears("online");
    on.camera.say({ code: "VideoMotion", action: "Start" });
    await on.hears("start motion");
    on.camera.fault(fault);
    await keptAlive(on);
    await on.hears(reason);
    assert.ok(!on.heard.includes("stop motion"), on.heard.join(", "));
  }
});

test("a rule that was running before the camera was heard is said as such; of two of a kind it is not said which", async (t) => {
  const tripwires = (count: number) =>
    Array.from({ length: count }, (_, at) =>
      [`Enable=true`, `Name=Line ${at + 1}`, "Type=CrossLineDetection"]
        .map((row) => `table.VideoAnalyseRule[0][${at}].${row}\r\n`)
        .join(""),
    ).join("");
  for (const [count, word] of [
    [1, "start rule Line 1"],
    [2, "start rule"],
  ] as const) {
    const on = await listening(t, { tables: { VideoAnalyseRule: tripwires(count) } });
    on.camera.fault("down");
    await until(() => on.heard.some((one) => one.startsWith("lost")), "lost");
    on.camera.say({ code: "CrossLineDetection", action: "Start", data: { Name: "Line 1" } });
    on.camera.fault("up");
    on.clock.advance(firstPause);
    await on.hears(word);
    on.camera.say({ code: "CrossLineDetection", action: "Stop" });
    await on.hears("stop rule");
  }
});

test("of two rules or places of a kind that began, the end of one does not hide that the other's was lost", async (t) => {
  const of = (what: string, both: readonly [object, object]) => ({ what, both });
  for (const { what, both } of [
    of("CrossLineDetection", [{ Name: "Line 1" }, { Name: "Line 2" }]),
    of("VideoMotion", [{ RegionName: ["Gate"] }, { RegionName: ["Yard"] }]),
  ]) {
    const on = await listening(t);
    await on.hears("online");
    const event = (action: "Start" | "Stop", data: object) => ({ code: what, action, data });
    for (const data of both) on.camera.say(event("Start", data));
    on.camera.say(event("Stop", both[0]));
    await until(() => on.said.length === 3, "what it said");
    await keptAlive(on);
    await until(() => on.said.length === 4, "it was asked");
    assert.deepEqual([on.said[3]?.phase, on.said[3]?.rule, on.said[3]?.regions], ["stop", undefined, undefined]);
  }
});

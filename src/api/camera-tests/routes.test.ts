import assert from "node:assert/strict";
import { test } from "node:test";
import { wallTime } from "../../kernel/time.ts";
import { probeFailureKinds, type ProbeMessage, type ProbeReport, type ProbeRequest } from "../../messages/probe.ts";
import type { ProbeReaderEvents } from "../../platform/probe-client.ts";
import { testSite } from "../test-site.test.ts";
import { advice } from "./advice.ts";

/** A recorder whose tests say what they are told to. */
function recorder() {
  const runs: { request: ProbeRequest; events: ProbeReaderEvents; ended: boolean }[] = [];
  const pictures: PromiseWithResolvers<Uint8Array>[] = [];
  const probe = {
    run(request: ProbeRequest, events: ProbeReaderEvents) {
      const run = { request, events, ended: false };
      runs.push(run);
      return { [Symbol.dispose]: () => void (run.ended = true) };
    },
    decode() {
      const picture = Promise.withResolvers<Uint8Array>();
      pictures.push(picture);
      return picture.promise;
    },
  };
  const say = (...messages: ProbeMessage[]) => messages.forEach((message) => runs.at(-1)?.events.tell(message));
  const show = () => {
    const unit = { track: "video", key: true, afterLoss: false, arrival: 1, wall: 1, pts: 0, dts: 0 } as const;
    const parameters = { track: "video", codec: "h264", codecString: "avc1.42c01e" } as const;
    runs.at(-1)?.events.picture(parameters, { ...unit, data: Buffer.alloc(3) });
  };
  return { probe, runs, pictures, say, show };
}

const report: ProbeReport = {
  ...{ codec: "h264", codecString: "avc1.42c01e", width: 640, height: 360, bitsPerSecond: 1_000_000 },
  ...{ clock: { kind: "ahead", ms: 120 }, lostPackets: 0, measuredMs: 2000 },
};

test("a camera is tested by make and address; its steps, its picture and what it sends can be read", async (t) => {
  const { probe, runs, pictures, say, show } = recorder();
  const site = await testSite(t, { probe });
  const key = site.key("configure");
  const camera = { make: "hikvision", address: "192.0.2.10" };
  const body = { camera, stream: "sub", username: "viewer", password: "secret" };
  const begun = await site.send("POST", "/api/camera-tests", key, body);
  assert.equal(begun.status, 201);
  assert.deepEqual(runs[0]?.request, {
    ...{ url: "rtsp://192.0.2.10/Streaming/Channels/102", username: "viewer", password: "secret" },
    ...{ anyway: false, withinMs: 8000 },
  });
  const address = `/api/camera-tests/${String(begun.at("id"))}`;
  assert.doesNotMatch(begun.text, /secret/);
  say({ kind: "step", step: "connect" });
  site.clock.advance(30);
  say({ kind: "step", step: "login" }, { kind: "step", step: "picture" });
  site.clock.advance(500);
  const steps = async () =>
    ((await site.send("GET", address, key)).at("steps") as { step: string; state: string; ms: number }[]).map(
      ({ state, ms }) => `${state} ${ms}`,
    );
  assert.deepEqual(await steps(), ["done 30", "done 0", "running 500", "waiting 0"]);
  show();
  say({ kind: "step", step: "measure" });
  assert.equal((await site.send("GET", `${address}/picture.jpg`, key)).status, 404);
  assert.equal((await site.send("GET", address, key)).at("picture"), "coming");
  pictures[0]?.resolve(Uint8Array.from([0xff, 0xd8]));
  say({ kind: "report", report });
  const found = await site.send("GET", address, key);
  assert.deepEqual([found.at("state"), found.at("picture")], ["done", "there"]);
  assert.deepEqual(found.at("report"), report);
  const picture = await site.send("GET", `${address}/picture.jpg`, key);
  assert.deepEqual([picture.status, picture.headers["content-type"]], [200, "image/jpeg"]);
  const audited = site.asked.map(({ command }) => command);
  assert.deepEqual(audited.at(-1), {
    ...{ kind: "audit", what: "camera-test" },
    details: { url: "rtsp://192.0.2.10/Streaming/Channels/102", username: "viewer" },
  });
  assert.equal((await site.send("DELETE", address, key)).status, 200);
  assert.deepEqual([(await site.send("GET", address, key)).status, runs[0].ended], [404, true]);
});

test("a test that fails says at which step, why, what to do next, and when the camera may be called again", async (t) => {
  const { probe, say } = recorder();
  const site = await testSite(t, { probe });
  const key = site.key("configure");
  const begun = await site.send("POST", "/api/camera-tests", key, { url: "rtsp://a:b@192.0.2.10/x", anyway: true });
  say({ kind: "step", step: "connect" }, { kind: "step", step: "login" });
  say({ kind: "failed", failure: { kind: "barred", reason: "Left alone.", until: wallTime(99) } });
  const found = await site.send("GET", `/api/camera-tests/${String(begun.at("id"))}`, key);
  assert.deepEqual(found.at("failure"), { kind: "barred", reason: "Left alone.", next: advice.barred, until: 99 });
  assert.deepEqual([found.at("steps.1.state"), found.at("state"), found.at("picture")], ["failed", "failed", "none"]);
  for (const kind of probeFailureKinds) assert.match(advice[kind], /\.$/);
});

test("the stars stand for the password of a camera, and never leave for another host", async (t) => {
  const { probe, runs } = recorder();
  const site = await testSite(t, { probe });
  const key = site.key("read", "configure");
  await site.send("POST", "/api/channels", key, { url: "rtsp://192.0.2.10/a", username: "u", password: "kept" });
  const test = (url: string, more: object = { channel: 1 }) =>
    site.send("POST", "/api/camera-tests", key, { url, username: "u", password: "***", ...more });
  assert.equal((await test("rtsp://192.0.2.10:554/b")).status, 201);
  assert.equal(runs[0]?.request.password, "kept");
  const elsewhere = await test("rtsp://192.0.2.66/b");
  assert.deepEqual([elsewhere.status, elsewhere.at("error.code")], [400, "invalid"]);
  assert.match(String(elsewhere.at("error.message")), /another host/);
  assert.equal((await test("rtsp://192.0.2.10/b", {})).status, 400);
  assert.equal(runs.length, 1);
});

test("three cameras are tested at once, a fourth waits; what can't be an address is refused with its name", async (t) => {
  const { probe, say } = recorder();
  const site = await testSite(t, { probe });
  const key = site.key("configure");
  const test = (body: object = { url: "rtsp://192.0.2.10/x" }) => site.send("POST", "/api/camera-tests", key, body);
  for (let n = 0; n < 3; n++) assert.equal((await test()).status, 201);
  assert.equal((await test()).status, 429);
  say({ kind: "report", report });
  assert.equal((await test()).status, 201);
  assert.match(String((await test({})).at("error.message")), /^url: is missing/);
  assert.match(
    String((await test({ camera: { make: "tapo", address: "a b" } })).at("error.message")),
    /^camera: The ad/,
  );
  assert.equal((await site.send("POST", "/api/camera-tests", site.key("read"), {})).status, 403);
});

test("the makes say what they ask for, and a camera is added by its make", async (t) => {
  const site = await testSite(t);
  const key = site.key("read", "configure");
  const makes = (await site.send("GET", "/api/camera-makes", key)).body as { make: string; asks: string }[];
  assert.deepEqual(
    makes.filter(({ asks }) => asks !== "login").map(({ make, asks }) => `${make} ${asks}`),
    ["unifi keys", "other url"],
  );
  const camera = { make: "amcrest", address: "192.0.2.10", input: 2 };
  const made = await site.send("POST", "/api/channels", key, { camera, username: "u", password: "p" });
  assert.equal(made.status, 201);
  assert.equal(made.at("url"), "rtsp://192.0.2.10/cam/realmonitor?channel=2&subtype=0");
  assert.equal(made.at("subUrl"), "rtsp://192.0.2.10/cam/realmonitor?channel=2&subtype=1");
  const both = await site.send("POST", "/api/channels", key, { camera, url: "rtsp://192.0.2.10/" });
  assert.match(String(both.at("error.message")), /one of the two/);
});

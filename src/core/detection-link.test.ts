import assert from "node:assert/strict";
import { test } from "node:test";
import { after, instant, seconds } from "../kernel/time.ts";
import type { DetectionNews } from "../domain/detection/news.ts";
import { hopelessMs, silenceMs } from "../domain/detection/watch.ts";
import type { SiteConfig } from "../domain/site-config.ts";
import type { ApiToCore, CoreToApi } from "../messages/api.ts";
import type { ChannelDetection, DetectedLevel } from "../messages/detection.ts";
import { createLog } from "../platform/log.ts";
import { fakeClock } from "../testkit/fake-clock.ts";
import type { ObjectTrip } from "./detection-report.ts";
import { startDetectionLink } from "./detection-link.ts";
import { liveBook } from "./live-book.ts";
import { linesPair, site as shop } from "./test-rooms.test.ts";

const driver = { kind: "video-detection", channel: 1, videoLoss: true, sceneChange: true } as const;
const board = { board: 9, name: "Pictures", enabled: true, driver };
const site: SiteConfig = { ...shop, boards: [...shop.boards, board] };
const [scene, loss] = [6, 7];
const engine = { inputs: [], outputs: [], openReceipts: [] };

function opened(config = site) {
  const clock = fakeClock();
  const live = liveBook(clock, {
    engine: () => engine,
    latency: () => ({}),
    alarms: () => ({}),
  } as never);
  const told: string[] = [];
  const happened: string[] = [];
  const trips: ObjectTrip[] = [];
  const link = startDetectionLink(
    {
      ...{ clock, live, log: createLog("test", "silent") },
      tell: (to, news) => void told.push(`${to} ${wordsOf(news)}`),
      tripped: (trip) => void trips.push(trip),
      dropped: () => void happened.push("dropped"),
      silent: () => void happened.push("ended by force"),
    },
    config,
  );
  const connect = () => {
    const { near, far } = linesPair<ApiToCore, CoreToApi>();
    link.accept(near);
    return far;
  };
  const troubles = () => live.snapshot().troubles.map(({ key, what }) => `${key}: ${what}`);
  return { clock, live, told, happened, trips, link, connect, troubles };
}

const wordsOf = (news: DetectionNews): string =>
  news.kind === "blind"
    ? `blind: ${news.reason}`
    : news.levels.map(({ point, level, title }) => [point, level, title].join(" ").trim()).join(", ");
const seen = (point: number, level: DetectedLevel["level"], at: number): DetectedLevel => ({
  board: 9,
  point,
  level,
  at,
});
const status = (state: ChannelDetection["state"], reason = ""): ApiToCore => ({
  kind: "detection-status",
  channels: [{ channel: 1, state, reason, stream: "sub", lookedAt: 5, skipped: 0, costMs: 6, slowedBy: 0 }],
});

test("a process that ends since nothing is looked for any more takes its model and the trouble with it along", () => {
  const on = opened();
  const far = on.connect();
  far.send(status("watching"));
  const model = { model: "yard", state: "failed", reason: "out of memory", failures: 2 } as const;
  far.send({ kind: "detection-model", model });
  assert.match(on.troubles().join(), /^model:yard: /);
  on.link.configure(shop);
  far.close();
  assert.deepEqual([on.troubles(), on.live.snapshot().model], [[], undefined]);
});

test("a process that comes is told what to look for, and what it sees goes to the board; pages see how it goes", () => {
  const on = opened();
  const far = on.connect();
  assert.deepEqual(
    far.received.map((message) => (message.kind === "detection-plan" ? message.channels : [])),
    [[{ channel: 1, board: 9, settings: driver, keepDays: 14 }]],
  );
  const at = on.clock.now();
  far.send({
    kind: "detected",
    levels: [seen(scene, "open", at), { ...seen(loss, "closed", at), title: "no  picture" }],
  });
  far.send(status("watching"));
  assert.deepEqual(on.told, ["9 6 open, 7 closed no picture"]);
  assert.deepEqual(on.link.newsOf(9)?.kind, "levels");
  assert.equal(on.live.snapshot().detection?.[0]?.state, "watching");
  on.clock.advance(silenceMs - 1000);
  assert.deepEqual(on.troubles(), []);
});

test("away it is blind at once and a trouble after 15 s, which ends by itself when it speaks again", () => {
  const on = opened();
  const far = on.connect();
  far.send(status("watching"));
  far.close();
  assert.deepEqual(on.told, ["9 blind: the detection process is away"]);
  assert.equal(on.live.snapshot().detection?.[0]?.state, "blind");
  assert.deepEqual(on.link.newsOf(9), { kind: "blind", reason: "the detection process is away" });
  on.clock.advance(seconds(14));
  assert.deepEqual(on.troubles(), []);
  on.clock.advance(seconds(1));
  assert.match(on.troubles().join(), /^detection:process: video detection is down/);
  const next = on.connect();
  assert.equal(on.troubles().length, 1, "that it is there is no look at a picture");
  next.send(status("learning"));
  assert.deepEqual(on.troubles(), []);
});

test("one that hangs counts as away, is asked for everything when it speaks again, and is ended by force when it does not", () => {
  const on = opened();
  const far = on.connect();
  far.send(status("watching"));
  on.clock.advance(silenceMs + 3000);
  assert.deepEqual(on.told, ["9 blind: the detection process is away"]);
  far.send({ kind: "detected", levels: [seen(scene, "open", on.clock.now())] });
  assert.equal(far.received.filter(({ kind }) => kind === "detection-plan").length, 2);
  assert.deepEqual(on.told.at(-1), "9 6 open");
  assert.deepEqual(on.happened, []);
  on.clock.advance(hopelessMs + 3000);
  on.clock.advance(hopelessMs);
  assert.deepEqual(on.happened, ["ended by force"]);
});

test("a camera that is not looked at for a minute is a trouble with the reason, and no alarm", () => {
  const on = opened();
  const far = on.connect();
  const tells = (reason: string, ms: number) => {
    for (let passed = 0; passed < ms; passed += 2000) {
      far.send(status("blind", reason));
      on.clock.advance(2000);
    }
  };
  tells("no picture for 10 s", 58_000);
  assert.deepEqual(on.troubles(), []);
  tells("no picture for 10 s", 4000);
  assert.deepEqual(on.troubles(), ["detection:1: the pictures of Camera 1 are not looked at: no picture for 10 s"]);
  tells("16000 × 16000 is too large", 2000);
  assert.match(on.troubles().join(), /too large/, "the same trouble with what is true now");
  far.send(status("watching"));
  assert.deepEqual(on.troubles(), []);
});

test("a camera whose pictures come, and of which none is decoded since only loss is asked for, is no trouble", () => {
  const on = opened();
  const far = on.connect();
  for (let passed = 0; passed < 120_000; passed += 2000) {
    far.send(status("arriving"));
    on.clock.advance(2000);
  }
  assert.deepEqual(on.troubles(), []);
  assert.equal(on.live.snapshot().detection?.[0]?.state, "arriving");
});

test("what can't be is left out or put right: other boards and points, no level, a time to come or long gone", () => {
  const on = opened();
  const far = on.connect();
  on.clock.advance(seconds(100));
  const now = on.clock.now();
  const times: number[] = [];
  const nonsense = [null, 7, "x", { board: 9 }, seen(99, "closed", now), seen(scene, "fault", now)];
  const levels = [...nonsense, { ...seen(scene, "open", now), board: 1 }, seen(scene, "open", Number.NaN)];
  far.send({ kind: "detected", levels: levels as never });
  far.send({ kind: "detected", levels: null as never });
  far.send({ kind: "detection-status", channels: [null, { channel: 2, state: "watching" }, { channel: 1 }] as never });
  assert.deepEqual(on.told, []);
  far.send({ kind: "detected", levels: [seen(scene, "closed", after(now, 60_000)), seen(loss, "open", instant(1))] });
  const news = on.link.newsOf(9);
  if (news?.kind === "levels") times.push(...news.levels.map(({ at }) => now - at));
  assert.deepEqual(times, [0, 60_000]);
});

test("other settings are a new plan; what was seen by the old ones is forgotten, and nothing to look for ends it", () => {
  const on = opened();
  const far = on.connect();
  far.send({ kind: "detected", levels: [seen(scene, "open", on.clock.now())] });
  far.send(status("watching"));
  on.link.configure({ ...site, outputs: [] });
  assert.equal(far.received.length, 1, "what has nothing to do with pictures is no new plan");
  on.link.configure({ ...site, boards: [{ ...board, driver: { ...driver, tamper: { sensitivity: 3 } } }] });
  assert.equal(far.received.length, 2);
  assert.equal(on.link.newsOf(9), undefined);
  on.link.configure(shop);
  assert.deepEqual([on.happened, on.live.snapshot().detection], [["dropped"], undefined]);
  far.close();
  on.clock.advance(seconds(60));
  assert.deepEqual(on.troubles(), []);
});

test("a camera or a board that is switched off is not looked at, and is no trouble", () => {
  const channels = site.channels.map((row) => ({ ...row, enabled: false }));
  const on = opened({ ...site, channels });
  on.clock.advance(seconds(60));
  assert.deepEqual(on.troubles(), []);
  assert.deepEqual(on.link.newsOf(9), { kind: "blind", reason: "its camera is switched off" });
});

test("who closed a point is told with their camera; what is no point of a camera and no name of a file is left out", () => {
  const { connect, trips } = opened();
  const far = connect();
  const trip = {
    kind: "object-tripped",
    board: 9,
    point: scene,
    at: 5,
    object: "1700000000000-3",
    label: "person",
  } as const;
  far.send(trip);
  for (const wrong of [
    { board: 1 },
    { object: "../../etc/passwd" },
    { object: "" },
    { at: Number.NaN },
    { point: "6" },
  ])
    far.send({ ...trip, ...wrong } as ApiToCore);
  assert.deepEqual(trips, [{ channel: 1, point: scene, at: 5, object: "1700000000000-3", label: "person" }]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { minutes, seconds } from "../kernel/time.ts";
import type { CameraLink, CameraSaid } from "../domain/detection/camera-said.ts";
import type { DetectionNews } from "../domain/detection/news.ts";
import type { OwnDetection } from "../domain/detection/own-settings.ts";
import type { CameraListener, EventCamera } from "../drivers/camera-events/driver.ts";
import type { SiteConfig } from "../domain/site-config.ts";
import type { ApiToCore, CoreToApi } from "../messages/api.ts";
import { createLog } from "../platform/log.ts";
import { fakeClock } from "../testkit/fake-clock.ts";
import { startDetectionDesk } from "./detection-desk.ts";
import { liveBook } from "./live-book.ts";
import { linesPair, site as shop } from "./test-rooms.test.ts";

const own: OwnDetection = { kind: "dahua", port: 8080, input: 2, rules: [{ rule: 1, name: "Drive", said: "Drive" }] };
const driver = { kind: "video-detection", channel: 1, tamper: { sensitivity: 3 }, sceneChange: true } as const;
const siteOf = (given: OwnDetection | undefined): SiteConfig => {
  const settings = given === undefined ? driver : { ...driver, own: given };
  const board = { board: 9, name: "Pictures", enabled: true, driver: settings };
  return { ...shop, boards: [...shop.boards, board] };
};
const [tamper, scene, rule] = [5, 6, 11];

function opened(given: OwnDetection | undefined = own) {
  const clock = fakeClock();
  const live = liveBook(clock, {
    engine: () => ({ inputs: [], outputs: [], openReceipts: [] }),
    latency: () => ({}),
    alarms: () => ({}),
  } as never);
  const told: string[] = [];
  const opened: EventCamera[] = [];
  let [closed, dropped] = [0, 0];
  let listener: CameraListener | undefined;
  const desk = startDetectionDesk(
    {
      ...{ clock, live, log: createLog("test", "silent") },
      tell: (_, news) => void told.push(wordsOf(news)),
      dropped: () => void dropped++,
      silent: () => undefined,
      sources: {
        dahua: {
          open(camera, heard) {
            opened.push(camera);
            listener = heard;
            return { [Symbol.asyncDispose]: () => Promise.resolve(void closed++) };
          },
        },
      },
    },
    siteOf(given),
  );
  const { near, far } = linesPair<ApiToCore, CoreToApi>();
  desk.accept(near);
  const link = (next: CameraLink) => listener?.link(next, clock.now());
  return {
    ...{ clock, live, desk, far, opened, link },
    counts: () => ({ closed, dropped }),
    told: () => told.splice(0).join("; "),
    /** What the process is told to look for. */
    planned: () => {
      const plan = far.received.findLast((message) => message.kind === "detection-plan");
      return plan?.kind === "detection-plan" ? plan.channels.map(({ settings }) => Object.keys(settings).slice(2)) : [];
    },
    online: () => {
      listener?.offered({
        things: new Map([["tamper", true]]),
        rules: [{ name: "Drive", code: "CrossLineDetection" }],
      });
      link({ kind: "online" });
    },
    says: (what: CameraSaid["what"], phase: CameraSaid["phase"], more: Partial<CameraSaid> = {}) =>
      listener?.said({ ...{ what, phase, at: clock.now(), code: what }, ...more }),
    sees: (point: number, level: "open" | "closed") =>
      far.send({ kind: "detected", levels: [{ board: 9, point, level, at: clock.now() }] }),
    word: () => live.snapshot().words?.[0],
    troubles: () => live.snapshot().troubles.map(({ key, what }) => `${key}: ${what}`),
  };
}

const wordsOf = (news: DetectionNews): string =>
  news.kind === "blind"
    ? `blind: ${news.reason}`
    : news.levels.map(({ point, level, title }) => [point, level, title].join(" ").trim()).join(", ");

test("what the camera says is left out of what the process looks for; gone, the process looks, and back it stops", () => {
  const on = opened();
  const login = { username: "u", password: "secret-of-camera" };
  assert.deepEqual(on.opened, [{ ...{ host: "192.0.2.1", port: 8080, input: 2 }, ...login }]);
  assert.deepEqual(on.planned(), [["tamper", "sceneChange"]]);
  on.online();
  assert.deepEqual(on.planned(), [["sceneChange"]]);
  on.sees(scene, "open");
  on.told();
  on.says("rule", "start", { rule: "Drive", target: "human" });
  on.sees(tamper, "closed");
  assert.equal(on.told(), `${rule} closed a person: "Drive", said by the camera`);
  on.clock.advance(seconds(1));
  assert.deepEqual(on.word()?.does, ["tamper"]);
  on.link({ kind: "lost", reason: "cut" });
  assert.deepEqual([on.told(), on.planned()], [`${tamper} unknown, ${rule} unknown`, [["tamper", "sceneChange"]]]);
  on.sees(tamper, "open");
  assert.equal(on.told(), `${tamper} open`);
  const news = on.desk.newsOf(9);
  assert.equal(news === undefined ? "" : wordsOf(news), `${tamper} open, ${scene} open, ${rule} unknown`);
  on.online();
  assert.deepEqual([on.told(), on.planned()], [`${rule} open`, [["sceneChange"]]]);
});

test("a camera that says everything leaves nothing to look for; one that is gone meanwhile has nobody, and that is said", () => {
  const looks = { tamper: "camera", sceneChange: "camera" } as const;
  const on = opened({ ...own, looks });
  assert.deepEqual(on.planned(), []);
  on.online();
  on.told();
  on.link({ kind: "lost", reason: "cut" });
  assert.match(on.told(), /5 unknown/);
  on.clock.advance(seconds(59));
  assert.deepEqual(on.troubles(), []);
  on.clock.advance(seconds(1));
  assert.deepEqual(on.troubles(), ["own-detection:1: what Camera 1 sees by itself is not heard: cut"]);
  on.online();
  assert.deepEqual(on.troubles(), []);
  on.link({ kind: "refused", reason: "no" });
  assert.match(on.troubles().join(), /^own-detection:1: /, "a refused login is said at once");
});

test("the process that is away when it shall take over is no calm either", () => {
  const on = opened({ ...own, looks: { sceneChange: "camera" } });
  on.online();
  on.far.close();
  on.told();
  on.link({ kind: "lost", reason: "cut" });
  const news = on.desk.newsOf(9);
  assert.match(news === undefined ? "" : wordsOf(news), /5 unknown/);
  on.clock.advance(minutes(1));
  assert.match(on.troubles().join(), /detection:process/);
});

test("a pulse ends by itself; a flood of events is cut and counted; pages are told twice a second at most", () => {
  const on = opened();
  on.online();
  on.told();
  on.says("rule", "pulse", { rule: "Drive" });
  on.clock.advance(seconds(5));
  assert.equal(on.told(), `${rule} closed "Drive", said by the camera; ${rule} open`);
  const before = on.live.seq;
  for (let one = 0; one < 500; one++) on.says("tamper", one % 2 === 0 ? "start" : "stop");
  assert.ok(on.live.seq - before <= 2);
  on.clock.advance(seconds(1));
  const word = on.word();
  assert.deepEqual(
    [word?.dropped, word?.heard.length, word?.rules],
    [450, 20, [{ name: "Drive", code: "CrossLineDetection" }]],
  );
});

test("the end of what a camera saw is taken however much it says", () => {
  const on = opened();
  on.online();
  on.says("rule", "start", { rule: "Drive" });
  for (let one = 0; one < 100; one++) on.says("motion", "pulse");
  on.told();
  on.says("rule", "stop", { rule: "Drive" });
  assert.equal(on.told(), `${rule} open`);
});

test("nobody listens any more: the source is closed, pages forget it, and we look for all of it", () => {
  const on = opened();
  on.online();
  on.desk.configure(siteOf({ ...own, looks: { tamper: "reed" } }));
  assert.deepEqual(on.counts().closed, 0, "who looks has nothing to do with the connection");
  assert.deepEqual(on.planned(), [["tamper", "sceneChange"]]);
  on.desk.configure(siteOf(undefined));
  assert.deepEqual(
    [on.counts(), on.word(), on.planned()],
    [{ closed: 1, dropped: 1 }, undefined, [["tamper", "sceneChange"]]],
  );
});

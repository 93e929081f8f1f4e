import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import type { DetectionAsk, DetectionLook } from "../../messages/detection.ts";
import { usualRegion } from "../../domain/detection/settings.ts";
import { listenLines } from "../../platform/lines.ts";
import { channelRow } from "../../testkit/store-rows.ts";
import { quietState, testSite } from "../test-site.test.ts";
import { mostLooks } from "./live-route.ts";
import { lookSource } from "./look-source.ts";
import type { LookSink } from "./ports.ts";

const regions = [usualRegion("Whole picture")];

const until = async (holds: () => boolean) => {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
};

async function withCamera(t: TestContext, options: Parameters<typeof testSite>[1] = {}) {
  const site = await testSite(t, options);
  site.put({ kind: "config", change: { part: "channel", value: { ...channelRow(1), name: "Yard" } } });
  return { ...site, cookie: site.session() };
}

test("the first settings of a camera make its board; it is answered which input hangs on which point, and how it goes", async (t) => {
  const site = await withCamera(t);
  const url = "/api/channels/1/detection";
  const nothing = await site.send("GET", url, site.cookie);
  assert.deepEqual(nothing.body, { channel: 1, enabled: false, points: [] });
  const body = { motion: { regions, holdS: 5 }, videoLoss: true, rules: [] };
  const put = await site.send("PUT", url, site.cookie, body);
  assert.deepEqual(put.body, {
    ...{ channel: 1, board: 1, enabled: true, ...body },
    points: [
      { point: 1, what: "motion", name: "Whole picture", by: "reed" },
      { point: 7, what: "video-loss", by: "reed" },
    ],
  });
  const input = { name: "Yard", kind: "video-motion", board: 1, point: 1, recordChannels: [1] };
  const made = await site.send("POST", "/api/inputs", site.cookie, input);
  assert.deepEqual([made.at("type"), made.at("debounceMs"), made.at("chatterPerMin")], ["NO", 0, 0]);
  assert.equal(made.at("zone"), "record-only", "motion is an event until somebody chooses otherwise");
  const status = { channel: 1, state: "blind", reason: "no picture", stream: "sub" } as const;
  const detection = [{ ...status, lookedAt: 0, skipped: 0, costMs: 0, slowedBy: 0 }];
  site.core.state = { ...quietState, detection };
  const now = await site.send("GET", url, site.cookie);
  assert.deepEqual([now.at("points.0.input"), now.at("now.reason")], [1, "no picture"]);
  assert.deepEqual((await site.send("GET", "/api/detection", site.cookie)).body, detection);
  const again = await site.send("PUT", url, site.cookie, { videoLoss: true, enabled: false });
  assert.deepEqual([again.at("board"), again.at("enabled")], [1, false]);
  const boards = (await site.send("GET", "/api/boards", site.cookie)).body as unknown[];
  assert.equal(boards.length, 1);
});

test("what the camera says by itself is set and answered; its rules have contacts of their own", async (t) => {
  const site = await withCamera(t);
  const url = "/api/channels/1/detection";
  const own = {
    kind: "dahua",
    rules: [{ rule: 2, name: "Drive", said: "Einfahrt" }],
    looks: { sceneChange: "camera" },
  };
  const put = await site.send("PUT", url, site.cookie, { sceneChange: true, videoLoss: true, own });
  assert.deepEqual(put.at("own"), { ...own, port: 80 });
  assert.deepEqual(put.at("points"), [
    { point: 6, what: "scene-change", by: "camera" },
    { point: 7, what: "video-loss", by: "reed" },
    { point: 12, what: "rule", name: "Drive", by: "camera" },
  ]);
  for (const wrong of [{ kind: "other" }, { ...own, port: 0 }, { ...own, looks: { motion: "nobody" } }])
    assert.equal((await site.send("PUT", url, site.cookie, { own: wrong })).status, 400);
});

test("settings that can't be, or of a camera that is not there, are refused; core's own reason is handed on", async (t) => {
  const site = await withCamera(t);
  const put = (id: number, body: object) => site.send("PUT", `/api/channels/${id}/detection`, site.cookie, body);
  assert.deepEqual((await put(9, {})).status, 404);
  assert.match((await put(1, { tamper: { sensitivity: 9 } })).text, /tamper.sensitivity: must be at most 6/);
  site.core.answer = () => ({ ok: false, error: { code: "conflict", message: "the contact would be gone" } });
  const refused = await put(1, { videoLoss: true });
  assert.deepEqual([refused.status, refused.at("error.message")], [409, "the contact would be gone"]);
});

test("whoever may look live is shown what the pictures show, as many at once as are allowed, until they go", async (t) => {
  const sinks = new Set<LookSink>();
  const looks = {
    watch(channel: number, sink: LookSink) {
      assert.equal(channel, 1);
      sinks.add(sink);
      return { [Symbol.dispose]: () => void sinks.delete(sink) };
    },
  };
  const site = await withCamera(t, { looks });
  await site.app.ready();
  const open = () => site.app.injectWS("/api/channels/1/detection/live", { headers: site.cookie });
  assert.ok(mostLooks >= 32, "what the pages offer: two walls of sixteen with the boxes of all");
  const sockets = await Promise.all(Array.from({ length: mostLooks }, open));
  const [first] = sockets;
  assert.ok(first !== undefined && sinks.size === mostLooks);
  const told = new Promise<unknown>((resolve) => {
    first.once("message", (data: Buffer) => resolve(JSON.parse(data.toString())));
  });
  const look = { wall: 1, pts: 2, state: "watching", strength: "", regions: [], objects: [] } satisfies DetectionLook;
  for (const sink of sinks) sink.look(look);
  assert.deepEqual(await told, look);
  const oneMore = await open();
  const code = await new Promise((resolve) => oneMore.once("close", resolve));
  assert.deepEqual([code, sinks.size], [4005, mostLooks]);
  for (const socket of sockets) socket.terminate();
  await until(() => sinks.size === 0);
});

test("the detection process is asked for one camera, and that it went away is told once", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "rl-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "d.sock");
  const closed = Promise.withResolvers<string>();
  const seen = Promise.withResolvers<DetectionLook>();
  const look = { wall: 1, pts: 2, state: "watching", strength: "", regions: [], objects: [] } satisfies DetectionLook;
  const server = await listenLines<DetectionAsk, DetectionLook>(path, (lines) => {
    lines.onMessage(({ watch }) => {
      lines.send({ ...look, wall: watch });
      lines.close();
    });
  });
  t.after(() => server.close());
  using watching = lookSource(path).watch(7, { look: seen.resolve, closed: closed.resolve });
  assert.ok(watching);
  assert.equal((await seen.promise).wall, 7);
  assert.equal(await closed.promise, "the detection process is away");
  const nobody = Promise.withResolvers<string>();
  using none = lookSource(join(folder, "none.sock")).watch(7, { look: () => undefined, closed: nobody.resolve });
  assert.ok(none);
  assert.equal(await nobody.promise, "the detection process is away");
});

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test, type TestContext } from "node:test";
import { err, ok } from "../../kernel/result.ts";
import { wallTime } from "../../kernel/time.ts";
import type { VideoParameters } from "../../media/types.ts";
import type { WalkRecord } from "../../domain/walk-test.ts";
import { input } from "../../domain/testdata/site.ts";
import type { WalkReport } from "../../contract/walk-test.ts";
import { channelRow, receiptRow } from "../../testkit/store-rows.ts";
import type { ApiDeps } from "../ports.ts";
import { quietState, testSite } from "../test-site.test.ts";

const walk: WalkRecord = {
  ...{ walkId: "w1", by: "user ann", inputs: [1, 2], minutes: 30, pulse: true, locks: [], send: [] },
  ...{ since: wallTime(1_000_000), until: wallTime(2_800_000) },
};
const { walkId } = walk;

/** Two doors; the first was tripped and its camera put a new picture on the disk after 84 ms. */
async function walked(t: TestContext, options: Parameters<typeof testSite>[1] = {}) {
  const site = await testSite(t, options);
  for (const channel of [1, 2]) site.put({ kind: "config", change: { part: "channel", value: channelRow(channel) } });
  for (const number of [1, 2]) {
    const linkage = { ...input(number).linkage, recordChannels: [number], outputs: [], notifiers: [] };
    site.put({ kind: "config", change: { part: "input", value: input(number, { linkage }) } });
  }
  const made = receiptRow("e1", 1_060_000);
  const actions = made.actions.map((action) => ({ ...action, record: { newFrameAfterMs: 84 } }));
  site.put({ kind: "receipt", receipt: { ...made, edge: { ...made.edge, walk: walkId }, armed: false, actions } });
  site.put({ kind: "receipt", receipt: receiptRow("before", 900_000) });
  site.put({ kind: "walk-test", walk });
  site.core.state = { ...quietState, walkTest: walk };
  return site;
}

const end = (site: Awaited<ReturnType<typeof walked>>) => {
  site.core.state = quietState;
  const over: WalkRecord = { ...walk, ended: { at: wallTime(1_200_000), why: "stopped", by: "user ann" } };
  site.put({ kind: "walk-test", walk: over });
};

test("a walk test is begun with the inputs that are switched on, but not the key switches, for half an hour", async (t) => {
  const site = await testSite(t);
  const rows = [input(1), input(2, { enabled: false }), input(3, { zone: "key-switch" })];
  for (const value of rows) site.put({ kind: "config", change: { part: "input", value } });
  site.core.answer = () => ok({ walkId: "w9" });
  const answer = await site.send("POST", "/api/walk-test", site.session("operator"), {});
  assert.deepEqual(answer.body, { walkId: "w9" });
  const begun = site.asked.find(({ command }) => command.kind === "walk-start")?.command;
  assert.deepEqual(begun, {
    kind: "walk-start",
    terms: { inputs: [1], minutes: 30, pulse: true, locks: [], send: [] },
  });
});

test("an operator learns which receivers take a message to be proved, by number and name, and nothing else of any", async (t) => {
  const site = await testSite(t);
  const common = { enabled: true, snapshot: false };
  const ntfy = { ...common, kind: "ntfy", url: "https://ntfy.example", topic: "secret-topic", token: "tk" } as const;
  const hook = { ...common, kind: "webhook", url: "https://hook.example/secret", secret: "s" } as const;
  const rows = [
    { ...ntfy, notifier: 1, name: "Guard" },
    { ...ntfy, notifier: 2, name: "Off", enabled: false },
    { ...hook, notifier: 3, name: "Hook" },
    { ...common, notifier: 4, name: "Phones", kind: "push" as const, people: [] },
  ];
  for (const value of rows) site.put({ kind: "config", change: { part: "notifier", value } });
  const ask = (login: Record<string, string>) => site.send("GET", "/api/walk-test/receivers", login);
  const answer = await ask(site.session("operator"));
  assert.deepEqual(answer.body, [{ notifier: 1, name: "Guard" }]);
  assert.equal((await site.send("GET", "/api/notifiers", site.session("operator"))).status, 403);
  for (const login of [site.session("viewer"), site.session("display"), site.key("read"), site.key("control")])
    assert.equal((await ask(login)).status, 403);
});

test("who may not arm, or not switch outputs, begins no walk test; core's refusal is told in its words", async (t) => {
  const site = await testSite(t);
  for (const login of [site.key("control"), site.key("arm"), site.session("viewer")])
    assert.equal((await site.send("POST", "/api/walk-test", login, { inputs: [1] })).status, 403);
  site.core.answer = () => err({ code: "conflict", message: "the site is armed; disarm it before a walk test" });
  const refused = await site.send("POST", "/api/walk-test", site.session(), { inputs: [1] });
  assert.deepEqual(
    [refused.status, refused.at("error.message")],
    [409, "the site is armed; disarm it before a walk test"],
  );
  for (const minutes of [4, 241, 10.5])
    assert.equal((await site.send("POST", "/api/walk-test", site.session(), { inputs: [1], minutes })).status, 400);
});

test("while it runs, each input has its ticks: what was tripped in this test, and nothing of before", async (t) => {
  const site = await walked(t);
  const answer = await site.send("GET", "/api/walk-test", site.key("read"));
  const { rows, proved, walk: said } = answer.at("running") as WalkReport;
  assert.deepEqual([said.until, proved], [2_800_000, 1]);
  assert.deepEqual(
    rows.map(({ name, trips, footage, verdict }) => [name, trips, footage.kind, verdict]),
    [
      ["Door 1", [1_060_000], "proved", "proved"],
      ["Door 2", [], "untripped", "untripped"],
    ],
  );
  // who may see all cameras sees inputs without one, too
  const bare = { ...input(2).linkage, recordChannels: [], outputs: [], notifiers: [] };
  site.put({ kind: "config", change: { part: "input", value: input(2, { linkage: bare }) } });
  const again = await site.send("GET", "/api/walk-test", site.key("read"));
  assert.equal(again.at("running.rows.1.name"), "Door 2");
  site.core.state = quietState;
  assert.deepEqual((await site.send("GET", "/api/walk-test", site.key("read"))).body, {});
});

test("when it is over its record is a PDF, made once and kept, with the data that it was made of beside it", async (t) => {
  const site = await walked(t);
  const key = site.key("read", "footage");
  const url = "/api/walk-test/records/w1/record.pdf";
  assert.equal((await site.send("GET", url, key)).status, 409, "it runs still");
  end(site);
  const pdf = await site.send("GET", url, key);
  assert.deepEqual([pdf.status, pdf.headers["content-type"]], [200, "application/pdf"]);
  assert.match(pdf.text, /^%PDF/);
  const list = await site.send("GET", "/api/walk-test/records", key);
  assert.deepEqual([list.at("0.file"), list.at("0.proved"), list.at("0.ended.why")], ["ready", 1, "stopped"]);
  // what is changed later changes nothing of it
  site.put({ kind: "config-removed", part: "input", id: 1 });
  const kept = await site.send("GET", "/api/walk-test/records/w1", key);
  assert.equal(kept.at("rows.0.name"), "Door 1");
  const data = await site.send("GET", "/api/walk-test/records/w1/record.json", key);
  assert.equal(data.at("pictures.0.reason"), "no footage");
  assert.equal((await site.send("GET", url, site.key("read"))).status, 403, "pictures are footage");
  assert.equal((await site.send("GET", "/api/walk-test/records/none", key)).status, 404);
});

test("a record that can't be made holds up none of the newer ones", async (t) => {
  const site = await walked(t);
  // its data can't be written: a folder has that name
  mkdirSync(join(dirname(site.pictureFolder), "walk-tests", "w1.json"), { recursive: true });
  end(site);
  const newer = { ...walk, walkId: "w2", since: wallTime(1_300_000), until: wallTime(1_310_000) };
  const ended = { at: wallTime(1_310_000), why: "stopped", by: "user ann" } as const;
  site.put({ kind: "walk-test", walk: { ...newer, ended } });
  const record = (id: string) =>
    site.send("GET", `/api/walk-test/records/${id}/record.pdf`, site.key("read", "footage"));
  assert.equal((await record("w2")).status, 200);
  assert.equal((await record("w1")).status, 409);
});

test("the record waits for outcomes that are still to come, but not for ever", async (t) => {
  const site = await walked(t);
  const late = receiptRow("e2", 1_100_000);
  site.put({ kind: "receipt", receipt: { ...late, edge: { ...late.edge, walk: walkId } } });
  end(site);
  const key = site.key("footage");
  const url = "/api/walk-test/records/w1/record.pdf";
  const early = site.clock.wall() - 1_200_000 < 30_000;
  if (early) assert.equal((await site.send("GET", url, key)).status, 409);
  site.clock.advance(40_000 + Math.max(0, 1_200_000 - site.clock.wall()));
  assert.equal((await site.send("GET", url, key)).status, 200);
});

test("the picture of a camera is the key frame nearest to the edge, decoded out of the footage", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "reed-walk-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "segment.mp4");
  writeFileSync(path, "....first second");
  const samples = {
    ...{ count: 2, offset: Float64Array.of(4, 10), size: Uint32Array.of(5, 6), dts: Float64Array.of(0, 90_000) },
    ...{ duration: Uint32Array.of(90_000, 90_000), cts: Int32Array.of(0, 0), key: Uint8Array.of(1, 1) },
  };
  const set = Uint8Array.of(1);
  const parameters: VideoParameters = {
    ...{ kind: "video", codec: "h264", vps: set, sps: set, pps: set, width: 1, height: 1 },
    ...{ codecString: "avc1", reorderDepth: 0 },
  };
  const segment = { source: { id: "s", path, hintFor: () => 0 }, zeroMs: 1_059_000, video: { parameters, samples } };
  const slice = (fromTicks: number, fromMs: number) => ({
    ...{ segment, fromTicks, toTicks: fromTicks + 90_000, baseTicks: 0, fromMs, toMs: fromMs + 1000 },
    ...{ offset: 0, pictures: [0], newParameters: false, discontinuity: false },
  });
  const decoded: string[] = [];
  const none = () => Promise.resolve(undefined);
  const playback: ApiDeps["playback"] = {
    line: () => Promise.resolve([slice(0, 1_059_000), slice(90_000, 1_060_100)]),
    init: none,
    media: none,
  };
  const probe: ApiDeps["probe"] = {
    run: () => ({ [Symbol.dispose]: () => undefined }),
    decode(_parameters, unit) {
      decoded.push(Buffer.from(unit).toString());
      return Promise.reject(new Error("no decoder"));
    },
  };
  const site = await walked(t, { playback, probe });
  end(site);
  const key = site.key("footage");
  assert.equal((await site.send("GET", "/api/walk-test/records/w1/record.pdf", key)).status, 200);
  assert.deepEqual(decoded, ["second"]);
  const data = await site.send("GET", "/api/walk-test/records/w1/record.json", key);
  assert.equal(data.at("pictures.0.reason"), "no decoder");
});

import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { minutes, wallTime } from "../../kernel/time.ts";
import { readBoxes } from "../../media/mp4/read.ts";
import { smallSegment } from "../../testkit/segment-file.ts";
import { channelRow, receiptRow, segmentRow } from "../../testkit/store-rows.ts";
import { testSite } from "../test-site.test.ts";
import type { FootagePort } from "../ports.ts";
import { footageSource } from "./footage-source.ts";

const start = 1_790_000_000_000;
async function recorded(t: TestContext) {
  const volume = mkdtempSync(join(tmpdir(), "reed-footage-"));
  t.after(() => rmSync(volume, { recursive: true }));
  const port: { real?: FootagePort } = {};
  const site = await testSite(t, {
    footage: { open: (request) => port.real?.open(request) ?? Promise.reject(new Error("not ready")) },
  });
  const said: string[] = [];
  const away = new Set<string>();
  const hooks: { beforeCopies?: () => void } = {};
  const copies = (id: string) => {
    hooks.beforeCopies?.();
    return site.reads.copies(id);
  };
  port.real = footageSource({ ...site.reads, copies }, (message) => said.push(message), {
    away: (volumeId) => away.has(volumeId),
  });
  site.put({
    kind: "config",
    change: { part: "volume", value: { id: "v", path: volume, maxShare: 0.8, keepDays: 14 } },
  });
  site.put({ kind: "config", change: { part: "channel", value: channelRow(1) } });
  mkdirSync(join(volume, "footage"));
  const addSegment = (id: string, fromS: number, bytes = smallSegment(100), closed = true) => {
    const path = `footage/${id}.mp4`;
    writeFileSync(join(volume, path), bytes);
    const times = { startWall: wallTime(start + fromS * 1000), endWall: wallTime(start + (fromS + 10) * 1000) };
    site.put({ kind: "segment", segment: segmentRow(id, { volumeId: "v", path, closed, ...times }) });
    return join(volume, path);
  };
  const get = (query: string, headers: Record<string, string> = {}) =>
    site.app.inject({ url: `/api/channels/1/footage.mp4?${query}`, headers: { ...site.key("footage"), ...headers } });
  return { ...site, hooks, said, away, addSegment, get };
}

/** The first byte of each frame in an answered file. */
function framesOf(bytes: Buffer): number[] {
  const boxes = readBoxes(bytes);
  assert.ok(boxes.ok, JSON.stringify(boxes));
  return boxes.value
    .filter((box) => box.type === "mdat")
    .flatMap((box) => {
      const frames: number[] = [];
      for (let at = box.body; at < box.end; at += 8) frames.push(bytes[at] ?? -1);
      return frames;
    });
}

test("footage is put together from the key frame at or before the asked time, over segments, and is audited", async (t) => {
  const site = await recorded(t);
  site.addSegment("a", 0);
  site.addSegment("b", 10);
  const answer = await site.get(`from=${start + 8500}&to=${start + 11_000}`);
  assert.equal(answer.statusCode, 200);
  assert.equal(answer.headers["content-type"], "video/mp4");
  const expected = [
    ...Array.from({ length: 20 }, (_, index) => 80 + index),
    ...Array.from({ length: 10 }, (_, index) => index),
  ];
  assert.deepEqual(framesOf(answer.rawPayload), expected);
  assert.equal(answer.headers["content-length"], String(answer.rawPayload.length));
  assert.equal(answer.headers["x-reed-from"], String(start + 8000));
  assert.deepEqual(site.asked.at(-1)?.command, {
    kind: "audit",
    what: "footage",
    details: { channel: 1, from: start + 8500, to: start + 11_000 },
  });
});

test("footage whose file is gone, or whose volume does not answer, is read from its copy", async (t) => {
  const site = await recorded(t);
  const original = site.addSegment("a", 0);
  const second = mkdtempSync(join(tmpdir(), "reed-second-"));
  t.after(() => rmSync(second, { recursive: true }));
  const archive = { mode: "both", takes: "chosen" } as const;
  const value = { id: "c", path: second, maxShare: 0.8, keepDays: 14, archive };
  site.put({ kind: "config", change: { part: "volume", value } });
  const times = { startWall: wallTime(start), endWall: wallTime(start + 10_000) };
  const copy = { volumeId: "c", path: "a.mp4", closed: true, copy: true, ...times } as const;
  site.put({ kind: "segment", segment: segmentRow("a", copy) });
  writeFileSync(join(second, "a.mp4"), smallSegment(100));
  const query = `from=${start + 2000}&to=${start + 4000}`;
  const before = await site.get(query);
  assert.equal(before.statusCode, 200);
  site.away.add("v");
  writeFileSync(original, "a disk that does not answer would hang here");
  assert.deepEqual((await site.get(query)).rawPayload, before.rawPayload);
  site.away.clear();
  rmSync(original);
  assert.deepEqual((await site.get(query)).rawPayload, before.rawPayload);
  // the cleaner has taken the original, and the database is told of it just now
  site.hooks.beforeCopies = () => site.put({ kind: "segment-deleted", id: "a", volumeId: "v" });
  assert.deepEqual((await site.get(query)).rawPayload, before.rawPayload);
  rmSync(join(second, "a.mp4"));
  assert.equal((await site.get(query)).statusCode, 404);
});

test("who takes footage but for its first byte is audited all the same, once in a while for each file", async (t) => {
  const site = await recorded(t);
  site.addSegment("a", 0);
  const take = async (s: number) => {
    const query = `from=${start}&to=${start + s * 1000}`;
    assert.equal((await site.get(query, { range: "bytes=1-" })).statusCode, 206);
    return site.asked.filter(({ command }) => command.kind === "audit").length;
  };
  assert.deepEqual([await take(10), await take(10), await take(9)], [1, 1, 2]);
  site.clock.advance(minutes(11));
  assert.equal(await take(10), 3);
});

test("a player may ask for any range of the bytes and gets the same bytes; one taking is audited once", async (t) => {
  const site = await recorded(t);
  site.addSegment("a", 0);
  const query = `from=${start}&to=${start + 10_000}`;
  const whole = (await site.get(query)).rawPayload;
  assert.equal(site.asked.length, 1);
  for (const [from, to] of [
    [1, 5],
    [whole.length - 30, whole.length],
    [700, 900],
  ] as const) {
    const part = await site.get(query, { range: `bytes=${from}-${to - 1}` });
    assert.deepEqual(
      [part.statusCode, part.headers["content-range"]],
      [206, `bytes ${from}-${to - 1}/${whole.length}`],
    );
    assert.deepEqual(part.rawPayload, whole.subarray(from, to));
  }
  assert.equal((await site.get(query, { range: `bytes=${whole.length}-` })).statusCode, 416);
  assert.equal(site.asked.length, 1);
});

test("a file that is being written is played up to its last whole fragment, and further once it has grown", async (t) => {
  const site = await recorded(t);
  const bytes = smallSegment(40);
  const path = site.addSegment("open", 0, bytes.subarray(0, bytes.length - 30), false);
  const query = `from=${start}&to=${start + 10_000}`;
  assert.equal(framesOf((await site.get(query)).rawPayload).length, 30);
  appendFileSync(path, bytes.subarray(bytes.length - 30));
  assert.equal(framesOf((await site.get(query)).rawPayload).length, 40);
});

test("a segment that is gone is left out and logged; when nothing is left the answer says so", async (t) => {
  const site = await recorded(t);
  rmSync(site.addSegment("gone", 0));
  site.addSegment("b", 10);
  const answer = await site.get(`from=${start + 8000}&to=${start + 11_000}`);
  assert.equal(framesOf(answer.rawPayload).length, 10);
  assert.equal(site.said.length, 1);
  const nothing = await site.get(`from=${start + 50_000}&to=${start + 60_000}`);
  assert.deepEqual([nothing.statusCode, /no-footage/.test(nothing.body)], [404, true]);
});

test("a path in the database that leads out of the volume is not followed", async (t) => {
  const site = await recorded(t);
  site.put({
    kind: "segment",
    segment: segmentRow("evil", {
      volumeId: "v",
      path: "../../etc/passwd",
      startWall: wallTime(start),
      endWall: wallTime(start + 10_000),
    }),
  });
  assert.equal((await site.get(`from=${start}&to=${start + 9000}`)).statusCode, 404);
});

test("a receipt's footage is what the receipt vouches for", async (t) => {
  const site = await recorded(t);
  site.addSegment("a", 0);
  const open = receiptRow("e1", start + 5000);
  const [action] = open.actions;
  assert.ok(action !== undefined);
  const record = { answer: "recording", from: wallTime(start + 3000), to: wallTime(start + 7000) } as const;
  site.put({ kind: "receipt", receipt: { ...open, actions: [{ ...action, record }] } });
  const url = "/api/receipts/e1/footage.mp4";
  const answer = await site.app.inject({ url, headers: site.key("footage") });
  assert.deepEqual(
    framesOf(answer.rawPayload),
    Array.from({ length: 40 }, (_, index) => 30 + index),
  );
  const other = await site.app.inject({ url: `${url}?channel=2`, headers: site.key("footage") });
  assert.equal(other.statusCode, 404);
  assert.equal((await site.send("GET", url, site.key("read"))).status, 403);
  site.put({ kind: "receipt", receipt: { ...receiptRow("e2", start + 6000), actions: [] } });
  const cleared = await site.app.inject({ url: "/api/receipts/e2/footage.mp4", headers: site.key("footage") });
  assert.deepEqual(
    [cleared.statusCode, cleared.json<{ error: { code: string } }>().error.code],
    [404, "no-footage"],
    "it recorded nothing",
  );
});

test("footage and timeline are read while core is away", async (t) => {
  const site = await recorded(t);
  site.addSegment("a", 0);
  site.core.here = false;
  assert.equal((await site.get(`from=${start}&to=${start + 1000}`)).statusCode, 200);
});

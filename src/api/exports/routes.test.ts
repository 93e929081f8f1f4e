import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test, type TestContext } from "node:test";
import { inflateRawSync } from "node:zlib";
import { wallTime } from "../../kernel/time.ts";
import type { ReceiptAction } from "../../domain/receipt.ts";
import { smallSegment, smallVideo } from "../../testkit/segment-file.ts";
import { channelRow, receiptRow, segmentRow } from "../../testkit/store-rows.ts";
import { footageSource } from "../footage/footage-source.ts";
import type { FootagePort } from "../ports.ts";
import { testSite } from "../test-site.test.ts";

const start = Date.parse("2026-11-22T02:10:00Z");
const police = { reason: "burglary", recipient: "PC Smith" };

/** Two cameras; the second has a hole of 5 s and no third. */
async function recorded(t: TestContext) {
  const volume = mkdtempSync(join(tmpdir(), "reed-export-"));
  t.after(() => rmSync(volume, { recursive: true }));
  const port: { real?: FootagePort } = {};
  const site = await testSite(t, {
    footage: { open: (request) => port.real?.open(request) ?? Promise.reject(new Error("not ready")) },
  });
  port.real = footageSource(site.reads, () => undefined);
  const settings = { id: "v", path: volume, maxShare: 0.8, keepDays: 14 };
  site.put({ kind: "config", change: { part: "volume", value: settings } });
  site.put({ kind: "config", change: { part: "site", value: { name: "Shop", timeZone: "Europe/Berlin" } } });
  site.put({ kind: "config", change: { part: "channel", value: channelRow(1, { name: "Yard" }) } });
  site.put({ kind: "config", change: { part: "channel", value: channelRow(2, { name: "Hall" }) } });
  const segment = (id: string, channel: number, from: number, video = smallVideo, first = 0) => {
    const path = `${channel}/${id}.mp4`;
    mkdirSync(dirname(join(volume, path)), { recursive: true });
    writeFileSync(join(volume, path), smallSegment(100, first, video));
    const times = { startWall: wallTime(start + from), endWall: wallTime(start + from + 10_000) };
    site.put({ kind: "segment", segment: segmentRow(id, { volumeId: "v", channel, path, ...times }) });
  };
  segment("a1", 1, 0);
  segment("a2", 1, 10_000, smallVideo, 100);
  segment("b1", 2, 0);
  segment("b2", 2, 15_000);
  site.put({
    kind: "gap",
    channel: 2,
    gap: { from: wallTime(start + 10_000), to: wallTime(start + 15_000), reason: "camera offline" },
  });
  const open = receiptRow("e", start + 8000);
  const action = open.actions[0] as ReceiptAction;
  const footage = { preAchievedMs: 8000, from: wallTime(start), to: wallTime(start + 20_000) };
  const actions: ReceiptAction[] = [1, 2, 3].map((channel) => ({
    ...action,
    id: `r${channel}`,
    target: { kind: "record", channel, preS: 10 },
    ...(channel === 3
      ? { outcome: { kind: "failed", reason: "camera dead" } }
      : { outcome: { kind: "done" }, record: footage }),
  }));
  site.put({ kind: "receipt", receipt: { ...open, actions, closedAt: wallTime(start + 30_000) } });
  return { site, segment, key: site.key("read", "footage", "control") };
}

type Site = Awaited<ReturnType<typeof recorded>>["site"];

const recordOf = (channel: number): ReceiptAction => ({
  ...{ id: `r${channel}`, target: { kind: "record", channel, preS: 10 }, because: { rule: "input 1", eventId: "e" } },
});

async function finished(site: Site, key: Record<string, string>, id: string) {
  for (;;) {
    const answer = await site.send("GET", `/api/exports/${id}`, key);
    if (!["waiting", "running"].includes(String(answer.at("state.kind")))) return answer;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Entries of a ZIP by its central directory. */
function unzip(zip: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  const end = zip.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  let at = zip.readUInt32LE(end + 16);
  for (let i = zip.readUInt16LE(end + 10); i > 0; i--) {
    const [method, packed] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
    const [name, extra, comment] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)];
    const local = zip.readUInt32LE(at + 42);
    const data = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(data, data + packed);
    files.set(zip.toString("utf8", at + 46, at + 46 + name), method === 0 ? bytes : inflateRawSync(bytes));
    at += 46 + name + extra + comment;
  }
  return files;
}
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

test("an alarm is saved as a ZIP: each camera's footage, receipts and a page with the hashes of all of it", async (t) => {
  const { site, key } = await recorded(t);
  const body = { alarmId: "alarm-e", lock: true, ...police, clientTime: site.clock.wall() - 90_000 };
  const made = await site.send("POST", "/api/exports", key, body);
  assert.equal(made.status, 201, made.text);
  const job = await finished(site, key, String(made.at("id")));
  assert.equal(job.at("state.kind"), "done", job.text);
  const answer = await site.app.inject({ url: `/api/exports/${String(made.at("id"))}/file.zip`, headers: key });
  assert.match(String(answer.headers["content-disposition"]), /filename="back-door-20261122-031000\.zip"/);
  assert.equal(sha256(answer.rawPayload), job.at("state.sha256"));
  const files = unzip(answer.rawPayload);
  assert.deepEqual(
    [...files.keys()],
    ["camera-01-yard.mp4", "camera-02-hall-part-1.mp4", "camera-02-hall-part-2.mp4", "receipts.json", "report.html"],
  );
  const page = files.get("report.html")?.toString() ?? "";
  for (const [name, bytes] of files) if (name !== "report.html") assert.match(page, new RegExp(sha256(bytes)), name);
  assert.match(page, /Camera 3 &quot;Channel 3&quot;: no footage: camera dead\./);
  assert.match(page, /camera offline/);
  assert.match(page, /90 s ahead of the clock/);
  const told = JSON.parse(files.get("receipts.json")?.toString() ?? "") as {
    receipts: { edge: { eventId: string } }[];
  };
  assert.deepEqual(
    told.receipts.map(({ edge }) => edge.eventId),
    ["e"],
  );
});

test("the page in the ZIP is in the language that was asked for, else in the site's", async (t) => {
  const { site, key } = await recorded(t);
  const value = { name: "Laden", timeZone: "Europe/Berlin", language: "de" as const };
  site.put({ kind: "config", change: { part: "site", value } });
  const page = async (asked: object) => {
    const made = await site.send("POST", "/api/exports", key, { alarmId: "alarm-e", ...police, ...asked });
    const id = String(made.at("id"));
    await finished(site, key, id);
    const { rawPayload } = await site.app.inject({ url: `/api/exports/${id}/file.zip`, headers: key });
    return unzip(rawPayload).get("report.html")?.toString() ?? "";
  };
  const own = await page({});
  assert.match(own, /<html lang="de">/);
  assert.match(own, /Was fehlt/);
  assert.match(await page({ language: "en" }), /<html lang="en">/);
});

test("whoever may play back one of the cameras only gets nothing of an export of both", async (t) => {
  const { site, key } = await recorded(t);
  const made = await site.send("POST", "/api/exports", key, { alarmId: "alarm-e", ...police });
  const id = String(made.at("id"));
  await finished(site, key, id);
  const operator = site.session("operator", "bob");
  const rights = { live: [1], playback: [1] };
  site.put({ kind: "account", op: { kind: "change-user", name: "bob", role: "operator", rights }, at: wallTime(1) });
  assert.deepEqual((await site.send("GET", "/api/exports", operator)).body, []);
  for (const [method, path] of [
    ["GET", `/api/exports/${id}`],
    ["GET", `/api/exports/${id}/file.zip`],
    ["DELETE", `/api/exports/${id}`],
  ] as const)
    assert.equal((await site.send(method, path, operator)).status, 403, path);
  const span = { channels: [1, 2], from: start, to: start + 5000 };
  assert.equal((await site.send("POST", "/api/exports", operator, { span, ...police })).status, 403);
});

test("what somebody exports says nothing of the cameras that they may not play back, neither of an alarm nor of a span", async (t) => {
  const { site } = await recorded(t);
  const operator = site.session("operator", "bob");
  const rights = { live: [1, 2], playback: [1] };
  site.put({ kind: "account", op: { kind: "change-user", name: "bob", role: "operator", rights }, at: wallTime(1) });
  const span = { channels: [1], from: start, to: start + 20_000 };
  for (const order of [{ alarmId: "alarm-e" }, { span }]) {
    const made = await site.send("POST", "/api/exports", operator, { ...order, ...police });
    assert.deepEqual(made.at("channels"), [1], made.text);
    const id = String(made.at("id"));
    assert.equal((await finished(site, operator, id)).at("state.kind"), "done");
    const answer = await site.app.inject({ url: `/api/exports/${id}/file.zip`, headers: operator });
    const files = unzip(answer.rawPayload);
    assert.deepEqual([...files.keys()], ["camera-01-yard.mp4", "receipts.json", "report.html"]);
    const texts = `${files.get("receipts.json")?.toString()} ${files.get("report.html")?.toString()}`;
    assert.match(texts, /"channel":1|"channel": 1/);
    assert.doesNotMatch(texts, /"channel": ?[23]|[Cc]hannel [23]|Camera [23]|Hall|camera dead/);
  }
  site.put({ kind: "receipt", receipt: { ...receiptRow("f", start), actions: [recordOf(2)] } });
  assert.equal((await site.send("POST", "/api/exports", operator, { alarmId: "alarm-f", ...police })).status, 403);
});

test("another's export of one's own camera names others in its receipts, and so do the rules of an evidence pack", async (t) => {
  const { site, key } = await recorded(t);
  const span = { channels: [1], from: start, to: start + 20_000 };
  const made = await site.send("POST", "/api/exports", key, { span, ...police });
  const id = String(made.at("id"));
  await finished(site, key, id);
  const operator = site.session("operator", "bob");
  const rights = { live: [1], playback: [1] };
  site.put({ kind: "account", op: { kind: "change-user", name: "bob", role: "operator", rights }, at: wallTime(1) });
  assert.deepEqual((await site.send("GET", "/api/exports", operator)).body, []);
  assert.equal((await site.send("GET", `/api/exports/${id}/file.zip`, operator)).status, 403);
  const pack = await site.send("POST", "/api/exports", operator, { span, ...police, evidence: true });
  assert.equal(pack.status, 403);
  assert.match(pack.text, /takes a login that may see them all/);
});

test("the footage of an alarm is locked once, and who got it and why stands in the audit log", async (t) => {
  const { site, key } = await recorded(t);
  const body = { alarmId: "alarm-e", lock: true, ...police };
  for (let i = 0; i < 2; i++) {
    const made = await site.send("POST", "/api/exports", key, body);
    await finished(site, key, String(made.at("id")));
  }
  const locks = site.asked.filter(({ command }) => command.kind === "lock-footage");
  assert.equal(locks.length, 1);
  assert.deepEqual(
    (await site.reads.locks()).map(({ channel, from, to }) => [channel, from, to]),
    [
      [1, start, start + 20_000],
      [2, start, start + 20_000],
    ],
  );
  const audits = site.asked.flatMap(({ command }) => (command.kind === "audit" ? [command] : []));
  assert.equal(audits[0]?.what, "export");
  assert.deepEqual((audits[0].details as { recipient: string; reason: string }).recipient, "PC Smith");
  assert.equal((await site.send("GET", "/api/alarms/alarm-e", key)).at("locked"), true);
});

test("every download is audited whatever its range, and while core is away there is none", async (t) => {
  const { site, key } = await recorded(t);
  const made = await site.send("POST", "/api/exports", key, { alarmId: "alarm-e", ...police });
  const id = String(made.at("id"));
  await finished(site, key, id);
  const take = async (range: string) => {
    const headers = { ...key, range };
    return (await site.app.inject({ url: `/api/exports/${id}/file.zip`, headers })).statusCode;
  };
  const audited = () =>
    site.asked.filter(({ command }) => command.kind === "audit" && command.what === "export-download").length;
  site.core.here = false;
  assert.equal(await take("bytes=1-"), 503);
  site.core.here = true;
  assert.deepEqual([await take("bytes=1-"), await take("bytes=100-"), audited()], [206, 206, 1]);
});

test("a span without a lock has a lease, which is released when the export is over", async (t) => {
  const { site, key } = await recorded(t);
  const span = { channels: [1], from: start + 3500, to: start + 12_000 };
  const made = await site.send("POST", "/api/exports", key, { span, ...police });
  const job = await finished(site, key, String(made.at("id")));
  assert.deepEqual([job.at("state.files.0.from"), job.at("state.files.0.to")], [start + 3000, start + 12_000]);
  const kinds = site.asked.map(({ command }) => command.kind);
  assert.deepEqual(kinds, ["lock-footage", "audit", "release-locks"]);
  assert.equal((await site.reads.locks()).length, 0);
});

test("settings that the camera changed make files of their own", async (t) => {
  const { site, key, segment } = await recorded(t);
  segment("c1", 4, 0);
  segment("c2", 4, 10_000, { ...smallVideo, pps: Uint8Array.from([0x68, 0xce, 0x3c, 0x81]) });
  const span = { channels: [4], from: start, to: start + 20_000 };
  const made = await site.send("POST", "/api/exports", key, { span, ...police });
  const job = await finished(site, key, String(made.at("id")));
  assert.deepEqual(
    [job.at("state.files.0.name"), job.at("state.files.1.name")],
    ["camera-04-channel-4-part-1.mp4", "camera-04-channel-4-part-2.mp4"],
  );
});

test("footage that is gone by then makes the export fail with a sentence; it can be removed", async (t) => {
  const { site, key } = await recorded(t);
  const span = { channels: [9], from: start, to: start + 1000 };
  const made = await site.send("POST", "/api/exports", key, { span, ...police });
  const url = `/api/exports/${String(made.at("id"))}`;
  assert.match(String((await finished(site, key, String(made.at("id")))).at("state.reason")), /Nothing is left/);
  assert.equal((await site.send("GET", `${url}/file.zip`, key)).status, 409);
  assert.equal((await site.send("DELETE", url, key)).status, 200);
  assert.equal((await site.send("GET", url, key)).status, 404);
});

test("one's own export is cancelled and removed by oneself, another's by who controls", async (t) => {
  const { site, key } = await recorded(t);
  const viewer = site.session("viewer", "bob");
  const order = { span: { channels: [1], from: start, to: start + 1000 }, ...police };
  const make = async (by: Record<string, string>) => {
    const id = String((await site.send("POST", "/api/exports", by, order)).at("id"));
    await finished(site, by, id);
    return `/api/exports/${id}`;
  };
  const [anns, bobs] = [await make(key), await make(viewer)];
  const refused = await site.send("DELETE", anns, viewer);
  assert.deepEqual(
    [refused.status, refused.at("error.message")],
    [403, `This export is another's: removing it takes "control".`],
  );
  assert.equal((await site.send("GET", anns, viewer)).status, 200);
  assert.equal((await site.send("DELETE", bobs, viewer)).status, 200);
  assert.equal((await site.send("DELETE", await make(viewer), key)).status, 200);
});

test("an alarm without footage, a lock by who may only look, and an order for nothing are refused", async (t) => {
  const { site, key } = await recorded(t);
  site.put({ kind: "receipt", receipt: { ...receiptRow("none", start), actions: [] } });
  const order = (body: object, by = key) => site.send("POST", "/api/exports", by, { ...police, ...body });
  assert.equal((await order({ alarmId: "alarm-none" })).status, 404);
  assert.equal((await order({ alarmId: "nobody" })).status, 404);
  assert.equal((await order({})).status, 400);
  assert.equal((await order({ alarmId: "alarm-e", reason: "" })).status, 400);
  assert.equal((await order({ alarmId: "alarm-e", lock: true }, site.key("footage"))).status, 403);
  assert.deepEqual(site.asked, []);
});

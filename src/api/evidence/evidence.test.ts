import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test, type TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { crc32 } from "node:zlib";
import { nodeCrypto } from "../../cli/verify.ts";
import { newEvidenceKey } from "../../core/evidence-key.ts";
import { instant, wallTime, type WallTime } from "../../kernel/time.ts";
import { buildFragment } from "../../media/mp4/fragment.ts";
import { initSegment } from "../../media/mp4/init-segment.ts";
import { uuidBox } from "../../media/mp4/user-box.ts";
import type { CoreLine, VolumeRecord } from "../../messages/journal.ts";
import { openJournal } from "../../platform/journal-file.ts";
import {
  encodeHeader,
  encodeTrailer,
  fragmentBoxType,
  segmentBoxType,
  uuidBytes,
} from "../../recorder/recording/segment-format.ts";
import { fakeClock } from "../../testkit/fake-clock.ts";
import { smallVideo } from "../../testkit/segment-file.ts";
import { channelRow, receiptRow, segmentRow } from "../../testkit/store-rows.ts";
import { checkFiles, checkZip } from "../../verify/pack.ts";
import type { Finding, Source, Verdict } from "../../verify/types.ts";
import { colourOf, findingSentence } from "../../verify/words.ts";
import { readZip } from "../../verify/zip.ts";
import { footageSource } from "../footage/footage-source.ts";
import type { FootagePort } from "../ports.ts";
import { testSite } from "../test-site.test.ts";

const start = Date.parse("2026-11-22T02:10:00Z");
const police = { reason: "burglary", recipient: "PC Smith" };
const sha256 = (...parts: readonly (Uint8Array | string)[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();

/** A segment as the recorder writes it: a fragment with a key frame each second. */
function realSegment(id: string, from: number, seconds: number): { bytes: Uint8Array; head: string } {
  const init = initSegment({ video: smallVideo });
  let chain = sha256(init, id);
  const header = {
    ...{ version: 1 as const, segmentId: id, volumeId: "v", channel: 1, stream: "main" as const, bootId: "b" },
    ...{ startInstant: instant(from - start), startWall: wallTime(from), chainStart: chain.toString("hex") },
  };
  const parts: Uint8Array[] = [init, uuidBox(uuidBytes(segmentBoxType), encodeHeader(header))];
  for (let second = 0; second < seconds; second++) {
    const samples = Array.from({ length: 10 }, (_, i) => {
      const frame = second * 10 + i;
      return { data: new Uint8Array(8).fill(frame), dts: frame * 9000, pts: frame * 9000, key: i === 0 };
    });
    const video = { baseDts: second * 90_000, samples, lastDuration: 9000 };
    const built = buildFragment({ sequence: second + 1, video });
    const payload = Buffer.concat([built.head, ...built.slices]);
    chain = sha256(chain, payload);
    const wall = from + second * 1000;
    const about = {
      ...{ firstArrival: instant(wall - start), lastArrival: instant(wall - start + 900) },
      ...{ firstWall: wallTime(wall), lastWall: wallTime(wall + 900), videoUnits: 10, audioUnits: 0, flags: 1 },
      keyArrivals: [instant(wall - start)],
    };
    const trailer = encodeTrailer({ ...about, crc: crc32(payload), chain });
    parts.push(payload, uuidBox(uuidBytes(fragmentBoxType), trailer));
  }
  return { bytes: Buffer.concat(parts), head: chain.toString("hex") };
}

/** Camera 1 recorded 02:10:00–02:10:20 in two segments; a third one before them was deleted. */
async function recorded(t: TestContext) {
  const volume = mkdtempSync(join(tmpdir(), "reed-evidence-"));
  t.after(() => rmSync(volume, { recursive: true }));
  const port: { real?: FootagePort } = {};
  const site = await testSite(t, {
    footage: { open: (request) => port.real?.open(request) ?? Promise.reject(new Error("not ready")) },
  });
  port.real = footageSource(site.reads, () => undefined);
  const key = newEvidenceKey(wallTime(start));
  const put = (wall: WallTime, keys = [key]) =>
    site.put({
      kind: "config",
      change: { part: "site", value: { name: "Shop", timeZone: "UTC", evidenceKeys: keys } },
    });
  put(wallTime(start));
  site.put({
    kind: "config",
    change: { part: "volume", value: { id: "v", path: volume, maxShare: 0.8, keepDays: 14 } },
  });
  site.put({ kind: "config", change: { part: "channel", value: channelRow(1, { name: "Yard" }) } });
  const clock = fakeClock(instant(0), wallTime(start - 60_000));
  using journal = openJournal<VolumeRecord>(join(volume, "journal"), ".rec.log", clock, () => undefined);
  const segment = (id: string, from: number, seconds: number, isDeleted = false) => {
    const path = `footage/2026-11-22/ch01-main/${id}.mp4`;
    const { bytes, head } = realSegment(id, from, seconds);
    mkdirSync(dirname(join(volume, path)), { recursive: true });
    const times = { startWall: wallTime(from), endWall: wallTime(from + seconds * 1000) };
    const row = segmentRow(id, { volumeId: "v", path, ...times });
    journal.append({ kind: "segment-open", segment: { ...row, closed: false, endWall: row.startWall } });
    journal.append({ kind: "segment-close", segment: row, head, fragments: seconds });
    if (isDeleted) journal.append({ kind: "segment-deleted", id, path, head, reason: "keep days" });
    else {
      writeFileSync(join(volume, path), bytes);
      site.put({ kind: "segment", segment: row });
    }
    return join(volume, path);
  };
  segment("s0", start - 5000, 5, true);
  const first = segment("s1", start, 10);
  segment("s2", start + 10_000, 10);
  using core = openJournal<CoreLine>(site.journalFolder, ".core.log", clock, () => undefined);
  core.append({
    kind: "config",
    change: { part: "channel", value: channelRow(1, { name: "Old name", password: "x" }) },
  });
  core.append({
    kind: "config",
    change: { part: "channel", value: channelRow(1, { name: "Yard", password: "s3cret" }) },
  });
  const open = receiptRow("e", start + 8000);
  const record = { preAchievedMs: 8000, from: wallTime(start), to: wallTime(start + 18_000) };
  const actions = open.actions.map((action) => ({ ...action, outcome: { kind: "done" as const }, record }));
  site.put({ kind: "receipt", receipt: { ...open, actions, closedAt: wallTime(start + 30_000) } });
  return { site, key, put, first, login: site.key("read", "footage", "control") };
}

type Made = Awaited<ReturnType<typeof recorded>>;

async function saved({ site, login }: Made, body: object = { alarmId: "alarm-e" }): Promise<Buffer> {
  const made = await site.send("POST", "/api/exports", login, { ...body, evidence: true, ...police });
  assert.equal(made.status, 201, made.text);
  const url = `/api/exports/${String(made.at("id"))}`;
  for (;;) {
    const job = await site.send("GET", url, login);
    if (["waiting", "running"].includes(String(job.at("state.kind")))) await new Promise((r) => setImmediate(r));
    else {
      assert.equal(job.at("state.kind"), "done", job.text);
      break;
    }
  }
  return (await site.app.inject({ url: `${url}/file.zip`, headers: login })).rawPayload;
}

const sourceOf = (bytes: Uint8Array, name = "pack.zip"): Source => ({
  name,
  bytes: bytes.length,
  read: (from, to) => Promise.resolve(bytes.subarray(from, to)),
});

const checked = (zip: Uint8Array, keys: readonly string[] = []): Promise<Verdict> =>
  checkZip(sourceOf(zip), { crypto: nodeCrypto, keys });

async function filesIn(zip: Buffer): Promise<Map<string, Buffer>> {
  const entries = (await readZip(sourceOf(zip))) ?? [];
  return new Map(entries.map(({ name, dataAt, bytes }) => [name, zip.subarray(dataAt, dataAt + bytes)]));
}

const unpacked = (files: ReadonlyMap<string, Buffer>, keys: readonly string[] = []) =>
  checkFiles(
    [...files].map(([name, bytes]) => sourceOf(bytes, name)),
    { crypto: nodeCrypto, keys },
  );

const said = (findings: readonly Finding[]) => findings.map((finding) => findingSentence(finding, "en")).join(" ");

test("an evidence pack is whole, signed by the site's key, and has the recorder's own bytes", async (t) => {
  const made = await recorded(t);
  const zip = await saved(made);
  const verdict = await checked(zip, [made.key.fingerprint]);
  assert.deepEqual(verdict.findings, []);
  assert.equal(colourOf(verdict), "green");
  const files = await filesIn(zip);
  assert.deepEqual(files.get("originals/2026-11-22/ch01-main/s1.mp4"), readFileSync(made.first));
  assert.deepEqual(
    verdict.manifest?.segments.map(({ id, state, first, count, of }) => [id, state, first, count, of]),
    [
      ["s1", "whole", 0, 10, 10],
      ["s2", "part", 0, 9, 10],
    ],
  );
  assert.match(String(files.get("report.html")), /stolen key/);
  assert.match(String(files.get("verify.html")), /stolen key/);
});

const tools = ["python3", "openssl"].filter((tool) => spawnSync(tool, ["--help"]).error !== undefined);
/** In CI nothing is skipped. */
const skip = tools.length === 0 || process.env["CI"] === "true" ? false : `needs ${tools.join(" and ")}`;

/** What somebody without Reed finds: test/verifier/pack_check.py, written from the docs alone, and openssl. */
function byStranger(t: TestContext, zip: Uint8Array, fingerprint: string): { status: number | null; said: string } {
  const folder = mkdtempSync(join(tmpdir(), "reed-stranger-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "pack.zip");
  writeFileSync(path, zip);
  const script = fileURLToPath(new URL("../../../test/verifier/pack_check.py", import.meta.url));
  const { status, stdout, stderr } = spawnSync("python3", [script, path, fingerprint], {
    ...{ encoding: "utf8", timeout: 30_000 },
  });
  return { status, said: `${stdout}${stderr}`.trim() };
}

test(
  "somebody without Reed comes to the same end with Python and openssl, and names the same file",
  { skip },
  async (t) => {
    const made = await recorded(t);
    const zip = await saved(made);
    assert.deepEqual(byStranger(t, zip, made.key.fingerprint), { status: 0, said: "whole, and signed by that key" });
    const changed = async (name: string, at: (bytes: Buffer) => number) => {
      const entry = (await readZip(sourceOf(zip)))?.find((one) => one.name === name) ?? assert.fail(name);
      const bytes = Buffer.from(zip);
      const place = entry.dataAt + at(bytes.subarray(entry.dataAt, entry.dataAt + entry.bytes));
      bytes[place] = (bytes[place] ?? 0) ^ 1;
      return byStranger(t, bytes, made.key.fingerprint).said.split("\n");
    };
    const original = "originals/2026-11-22/ch01-main/s1.mp4";
    const [whole, fragment, ...more] = await changed(original, (bytes) => bytes.lastIndexOf("mdat") + 10);
    assert.deepEqual([whole, more], [`${original}: was changed`, []]);
    assert.match(fragment ?? "", /s1\.mp4: fragment at byte \d+ was changed/);
    assert.deepEqual(await changed("receipts.json", () => 5), ["receipts.json: was changed"]);
    assert.deepEqual(await changed("manifest.sig", () => 5), ["manifest.json: the signature is not of this key"]);
    const seal = await changed("manifest.json", (bytes) => bytes.indexOf("burglary"));
    assert.deepEqual(seal, ["manifest.json: the signature is not of this key"]);
  },
);

test(
  "a pack of a key that was retired since is whole for who wrote that key down, and not for another",
  { skip },
  async (t) => {
    const made = await recorded(t);
    const old = await saved(made);
    const fresh = newEvidenceKey(wallTime(start + 1000));
    made.put(wallTime(start), [{ ...made.key, privateKey: "", retiredAt: wallTime(start + 1000) }, fresh]);
    const now = await saved(made);
    for (const [zip, key, other] of [
      [old, made.key, fresh],
      [now, fresh, made.key],
    ] as const) {
      assert.equal(colourOf(await checked(zip, [key.fingerprint])), "green");
      assert.equal(colourOf(await checked(zip, [other.fingerprint])), "red");
      assert.equal(byStranger(t, zip, key.fingerprint).status, 0);
      assert.equal(byStranger(t, zip, other.fingerprint).said, "it was signed by another key");
    }
  },
);

test("who named no key is told whose it is, and that it was compared with none", async (t) => {
  const made = await recorded(t);
  const verdict = await checked(await saved(made));
  assert.equal(colourOf(verdict), "yellow");
  assert.deepEqual(verdict.notes[0], { kind: "key-not-compared", fingerprint: made.key.fingerprint });
});

test("what was deleted before is a stub with the end of its chain", async (t) => {
  const made = await recorded(t);
  const zip = await saved(made, { span: { channels: [1], from: start - 3000, to: start + 5000 } });
  const { manifest, findings, notes } = await checked(zip);
  assert.deepEqual(findings, []);
  const stub = manifest?.segments[0];
  assert.deepEqual([stub?.id, stub?.state, stub?.file, stub?.reason], ["s0", "deleted", undefined, "keep days"]);
  assert.equal(stub?.head, realSegment("s0", start - 5000, 5).head);
  assert.ok(notes.some(({ kind }) => kind === "deleted"));
  assert.match(String((await filesIn(zip)).get("journal.log")), /"segment-deleted"/);
});

test("a part of a segment begins at the key frame at or before its time, and its chain holds", async (t) => {
  const made = await recorded(t);
  const zip = await saved(made, { span: { channels: [1], from: start + 3500, to: start + 6000 } });
  const { manifest, findings } = await checked(zip);
  assert.deepEqual(findings, []);
  assert.deepEqual(
    manifest?.segments.map(({ id, first, count, of }) => [id, first, count, of]),
    [["s1", 3, 4, 10]],
  );
});

test("the rules are those of the time, by their lines in the journal, and hold no secret", async (t) => {
  const made = await recorded(t);
  const text = String((await filesIn(await saved(made))).get("rules.json"));
  const rules = JSON.parse(text) as { part: string; id: number; value: { name: string }; journal: { seq: number } }[];
  assert.deepEqual(
    rules.map(({ part, id, value, journal }) => [part, id, value.name, journal.seq]),
    [["channel", 1, "Yard", 2]],
  );
  assert.doesNotMatch(text, /s3cret|password|rtsp/);
});

test("one changed byte anywhere is found", async (t) => {
  const made = await recorded(t);
  const zip = await saved(made);
  const entries = (await readZip(sourceOf(zip))) ?? [];
  const inside = (at: number) => entries.find(({ dataAt, bytes }) => at >= dataAt && at < dataAt + bytes)?.name;
  // some of the ZIP's own and of the seal, every one of its end, and a few of each file
  for (let at = 0; at < zip.length; at++) {
    const name = inside(at);
    const isSeal = name === undefined || name === "manifest.sig";
    if (at < zip.length - 100 && at % (isSeal ? 5 : 499) !== 0) continue;
    const bytes = Buffer.from(zip);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << (at % 8));
    const { findings } = await checked(bytes, [made.key.fingerprint]);
    assert.ok(findings.length > 0, `byte ${at} of ${name ?? "the ZIP itself"}`);
    if (name !== undefined) assert.ok(said(findings).includes(name), `${name}, byte ${at}: ${said(findings)}`);
  }
  assert.match(said((await checked(zip.subarray(0, -1))).findings), /table can't be read/);
  assert.match(said((await checked(Buffer.concat([zip, Buffer.from("x")]))).findings), /end of the ZIP was changed/);
});

test("in an original the changed second is named", async (t) => {
  const files = await filesIn(await saved(await recorded(t)));
  const name = "originals/2026-11-22/ch01-main/s1.mp4";
  const bytes = Buffer.from(files.get(name) ?? "");
  const at = bytes.lastIndexOf(Buffer.from("mdat")) + 10;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  const { findings } = await unpacked(new Map([...files, [name, bytes]]));
  assert.match(
    said(findings),
    /s1\.mp4 was changed\. .*breaks in bytes \d+ to \d+, from 2026-11-22 02:10:09\.000 UTC on/,
  );
});

test("a left-out file, one that was added and a swapped receipt are named", async (t) => {
  const files = await filesIn(await saved(await recorded(t)));
  assert.deepEqual((await unpacked(files)).findings, []);
  const without = new Map(files);
  without.delete("clocks.json");
  assert.match(said((await unpacked(without)).findings), /^clocks\.json is left out\.$/);
  const more = new Map([...files, ["notes.txt", Buffer.from("hm")] as const]);
  assert.match(said((await unpacked(more)).findings), /^notes\.txt was added/);
  const swapped = Buffer.from(String(files.get("receipts.json")).replace('"done"', '"failed"'));
  const { findings } = await unpacked(new Map([...files, ["receipts.json", swapped] as const]));
  assert.match(said(findings), /receipts\.json was changed\..* receipt of event e is not the one/);
  const bare = new Map(files);
  bare.delete("manifest.sig");
  assert.match(said((await unpacked(bare)).findings), /nobody signed/);
});

test("a pack that somebody else signed is foreign to who has the site's fingerprint", async (t) => {
  const made = await recorded(t);
  const foreign = newEvidenceKey(wallTime(start));
  made.put(wallTime(start), [foreign]);
  const verdict = await checked(await saved(made), [made.key.fingerprint]);
  assert.match(said(verdict.findings), /foreign key/);
  // and a signature of another key under the site's name does not fit
  const files = await filesIn(await saved(made));
  const manifest = Buffer.from(
    String(files.get("manifest.json"))
      .replace(foreign.fingerprint, made.key.fingerprint)
      .replace(foreign.publicKey, made.key.publicKey),
  );
  const forged = await unpacked(new Map([...files, ["manifest.json", manifest] as const]), [made.key.fingerprint]);
  assert.match(said(forged.findings), /signature does not fit/);
});

test("a site without a key makes no evidence pack, and says why", async (t) => {
  const made = await recorded(t);
  made.put(wallTime(start), []);
  const job = await made.site.send("POST", "/api/exports", made.login, {
    alarmId: "alarm-e",
    evidence: true,
    ...police,
  });
  const url = `/api/exports/${String(job.at("id"))}`;
  let state = await made.site.send("GET", url, made.login);
  while (["waiting", "running"].includes(String(state.at("state.kind")))) {
    await new Promise((resolve) => setImmediate(resolve));
    state = await made.site.send("GET", url, made.login);
  }
  assert.match(String(state.at("state.reason")), /There is no key for evidence/);
});

test("the keys are shown by their public halves; only an administrator makes a new one", async (t) => {
  const made = await recorded(t);
  const { site, key } = made;
  const shown = await site.send("GET", "/api/evidence/keys", made.login);
  assert.equal(shown.at("signing"), key.fingerprint);
  assert.doesNotMatch(shown.text, new RegExp(key.privateKey.slice(0, 20).replaceAll("+", "\\+")));
  assert.equal((await site.send("POST", "/api/evidence/keys", made.login)).status, 403);
});

test("an original that lies in an archive only is in the pack as if it lay here", async (t) => {
  const made = await recorded(t);
  const bytes = readFileSync(made.first);
  const path = "footage/2026-11-22/ch01-main/s1.mp4";
  const archive = mkdtempSync(join(tmpdir(), "reed-evidence-"));
  t.after(() => rmSync(archive, { recursive: true }));
  mkdirSync(dirname(join(archive, path)), { recursive: true });
  renameSync(made.first, join(archive, path));
  const times = { startWall: wallTime(start), endWall: wallTime(start + 10_000) };
  const row = segmentRow("s1", { volumeId: "a", path, copy: true, ...times });
  const { head } = realSegment("s1", start, 10);
  const clock = fakeClock(instant(0), wallTime(start + 120_000));
  const note = (root: string, record: VolumeRecord) => {
    using journal = openJournal<VolumeRecord>(join(root, "journal"), ".rec.log", clock, () => undefined);
    journal.append(record);
  };
  note(archive, { kind: "segment-close", segment: row, head, fragments: 10 });
  note(made.first.slice(0, -path.length), {
    kind: "segment-deleted",
    id: "s1",
    path,
    head,
    reason: "it is in the archive",
  });
  const settings = { id: "a", path: archive, maxShare: 0.8, keepDays: 30 };
  const value = { ...settings, archive: { mode: "remote", takes: "all" } as const };
  made.site.put({ kind: "config", change: { part: "volume", value } });
  made.site.put({ kind: "segment", segment: row }, { kind: "segment-deleted", id: "s1", volumeId: "v" });
  const zip = await saved(made);
  assert.deepEqual((await filesIn(zip)).get("originals/2026-11-22/ch01-main/s1.mp4"), bytes);
  const verdict = await checked(zip, [made.key.fingerprint]);
  assert.deepEqual([verdict.findings, colourOf(verdict)], [[], "green"]);
});

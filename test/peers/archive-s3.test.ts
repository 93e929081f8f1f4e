/** An archive in a bucket: a real client, a real server, a line that is slow, hangs and is cut, kills, a lost index. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { findMarks } from "../../src/testkit/camera/sei.ts";
import { startCameraProgram, temporaryFolder } from "../../src/testkit/process.ts";
import { breaks, recorded, segmentFiles } from "../support/footage.ts";
import { startReed, until, type Api, type Json } from "../support/reed.ts";
import { live, smallSource, troubleKeys } from "../support/site.ts";
import { objectKeys, startObjectServer, type ObjectServer } from "./object-server.ts";

const hashOf = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");
/** Undefined when there is no such process. */
const parentOf = (pid: number): number | undefined =>
  existsSync(`/proc/${pid}/status`)
    ? Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1])
    : undefined;
const archiveOf = async (api: Api): Promise<Json> =>
  ((await api.get("volumes")) as Json[]).find((row) => row.archive !== undefined);
const segmentsIn = (server: ObjectServer): string[] =>
  [...server.objects("reed").keys()].filter((name) => name.endsWith(".mp4")).sort();
const numbersIn = (server: ObjectServer): number[] =>
  segmentsIn(server).flatMap((name) =>
    findMarks(readFileSync(server.objects("reed").get(name) ?? "")).map((m) => m.number),
  );

test(
  "footage goes to a bucket and comes back byte for byte, whatever the line does",
  { timeout: 170_000 },
  async (t) => {
    await using folder = await temporaryFolder();
    await using server = await startObjectServer(join(folder.path, "s3"), "reed");
    // files of more than one part
    const source = { ...smallSource(1, 24_000_000) };
    await using cameras = await startCameraProgram({ cameras: [{ source }] });
    await using reed = await startReed();
    const api = await reed.administrator();
    const own = join(reed.data, "footage");
    const bucket = { endpoint: server.url, bucket: "reed", prefix: "site-1/", ...objectKeys };
    const archive = { mode: "both", takes: "all", afterMin: 0, bucket };
    let cuts = 0;
    const cut = async () => {
      const files = segmentFiles(own, 1).length;
      await cameras.send({
        do: "change-parameters",
        camera: 1,
        source: { ...source, width: ++cuts % 2 === 0 ? 320 : 352 },
      });
      await until(() => segmentFiles(own, 1).length > files, "another file began");
    };
    const ready = () => until(async () => (await archiveOf(api)).live?.state === "ready", "the archive is ready");
    const range = { from: Date.now() - 1000, to: 0 };
    const play = () => api.bytes(`channels/1/footage.mp4?from=${range.from}&to=${range.to}`);
    const timeline = async () =>
      (await api.get(`timeline?channels=1&from=${range.from}&to=${range.to}`)).spans as Json[];
    const processOf = async (): Promise<Json> =>
      ((await api.get("system")).processes as Json[]).find(({ name }) => /^bucket-/.test(name as string));
    let played = "";
    let originals = 0;

    await t.test("a wrong key is named, and the right one mends it", async () => {
      const wrong = { ...bucket, secretKey: "not the key" };
      const tried = await api.post("volumes/bucket-test", { bucket: wrong });
      assert.equal(tried.problem, "The secret key does not belong to this access key.");
      const { id } = await api.post("volumes", { archive: { ...archive, bucket: wrong } });
      await until(async () => /secret key/.test((await archiveOf(api)).live?.reason), "the wrong key is named");
      await api.patch(`volumes/${id}`, { archive });
      await ready();
      const good = await api.post("volumes/bucket-test", { volume: id, bucket: { ...bucket, secretKey: "***" } });
      assert.deepEqual([good.ok, good.warnings.length], [true, 2], JSON.stringify(good));
    });

    await t.test("closed segments are copied while their originals stay", async () => {
      await api.post("channels", { url: cameras.urls[0] });
      await live(api, 1, 500);
      await until(() => recorded(own, 1).length > 170, "seven seconds are recorded");
      range.to = Date.now() - 1000;
      await cut();
      // a camera that sends its last GOP at once has a first file of that alone
      const closed = segmentFiles(own, 1).slice(0, -1);
      originals = closed.length;
      await until(() => segmentsIn(server).length === originals, "they are in the bucket");
      for (const [at, name] of segmentsIn(server).entries()) {
        const file = closed[at] ?? "";
        assert.ok(file.endsWith(name.replace("site-1/", "")));
        const inBucket = () => readFileSync(server.objects("reed").get(name) ?? "");
        await until(() => hashOf(inBucket()) === hashOf(readFileSync(file)), `${name} is the same there`);
      }
      assert.ok(
        closed.some((file) => statSync(file).size > 8 * 1024 * 1024),
        "one had several parts",
      );
      played = hashOf(await play());
    });

    await t.test("in mode remote the original goes, and what is played and downloaded is the same", async () => {
      const { id } = await archiveOf(api);
      await api.patch(`volumes/${id}`, { archive: { ...archive, mode: "remote" } });
      await until(() => segmentFiles(own, 1).length === 1, "the original went");
      await until(async () => hashOf(await play()) === played, "the same bytes come from the bucket");
      const list = await api.bytes(`channels/1/hls/video.m3u8?from=${range.from}&to=${range.to}&audio=false`);
      const [part = ""] = /^\.\.\/media\S+$/m.exec(list.toString()) ?? [];
      assert.ok((await api.bytes(part.replace("..", "channels/1"))).length > 100_000, list.toString());
    });

    await t.test("an evidence pack has the original bytes", async () => {
      const span = { channels: [1], from: range.from, to: range.to };
      const { id } = await api.post("exports", { span, evidence: true, reason: "test", recipient: "test" });
      let state: Json;
      const ended = async () => ["done", "failed"].includes((state = (await api.get(`exports/${id}`)).state).kind);
      await until(ended, "the pack is made");
      assert.equal(state.kind, "done", JSON.stringify(state));
      const zip = join(folder.path, "pack.zip");
      writeFileSync(zip, await api.bytes(`exports/${id}/file.zip`));
      const verified = spawnSync(process.execPath, ["dist/cli/main.js", "verify", zip], { encoding: "utf8" });
      assert.match(verified.stdout, new RegExp(`${originals} of them originals[^]*Nothing was changed since`));
      assert.doesNotMatch(verified.stdout, /could not be read|was deleted/);
    });

    await t.test("a kill in the middle of a copy: it goes on, nothing is doubled and nothing lost", async () => {
      const before = recorded(own, 1).length;
      await until(() => recorded(own, 1).length > before + 90, "four more seconds are recorded");
      server.line = { slow: 4_000_000 };
      const sent = server.sent;
      await cut();
      await until(() => server.sent > sent + 9e6, "more than a part went out");
      const holes = breaks(recorded(own, 1)).length;
      const running = await processOf();
      process.kill(reed.pid(running.name), "SIGKILL");
      await until(async () => ((await processOf())?.restarts ?? 0) > running.restarts, "core starts it again");
      await until(() => recorded(own, 1).length > before + 150, "recording goes on");
      assert.equal(breaks(recorded(own, 1)).length, holes, "the recorder notices nothing");
      process.kill(reed.pid("recorder-0"), "SIGKILL");
      server.line = "open";
      await live(api, 1, 500);
      await until(() => segmentsIn(server).length > originals, "it is in the bucket");
      await until(() => segmentFiles(own, 1).length === 1, "the originals went");
      assert.deepEqual(breaks(numbersIn(server)).length <= 1, true, "the kill itself is the only hole");
    });

    await t.test("a server that hangs, and one that is gone, keep nobody waiting", async () => {
      for (const line of ["hangs", "cut"] as const) {
        server.line = line;
        const before = recorded(own, 1).length;
        await until(() => recorded(own, 1).length > before + 30, "recording goes on");
      }
      await cut();
      await until(async () => (await troubleKeys(api)).some((key) => key.startsWith("volume:")), "the trouble is told");
      await until(async () => /was broken off|refused/.test((await archiveOf(api)).live.reason), "and its reason");
      // what is not in memory any more can't be played, and that is said
      const other = `channels/1/footage.mp4?from=${range.to + 2000}&to=${Date.now() - 3000}`;
      await assert.rejects(api.bytes(other), /503.*can't be read now/s);
      server.line = "open";
      await ready();
      await until(async () => (await troubleKeys(api)).length === 0, "no trouble is left");
      await until(() => segmentFiles(own, 1).length === 1, "copying went on");
    });

    await t.test("an index that is lost is made from the bucket", async () => {
      const before = await timeline();
      await reed.stop();
      rmSync(join(reed.data, "archives"), { recursive: true });
      await reed.start();
      await ready();
      assert.ok(existsSync(join(reed.data, "archives")));
      await until(async () => hashOf(await play()) === played, "the same bytes come from the bucket");
      assert.deepEqual(await timeline(), before);
      const log = reed.output() + readFileSync(join(reed.data, "logs", "api.log"), "utf8");
      assert.ok(!log.includes("not the key"));
    });

    await t.test("its process is one of those that core looks after, and goes with the archive", async () => {
      const { id } = await archiveOf(api);
      const { name, state } = await processOf();
      assert.equal(state, "running");
      const pid = reed.pid(name as string);
      assert.equal(parentOf(pid), reed.pid("core"));
      await api.remove(`volumes/${id}`);
      await until(() => parentOf(pid) === undefined, "it has ended");
      assert.equal(await processOf(), undefined);
    });
  },
);

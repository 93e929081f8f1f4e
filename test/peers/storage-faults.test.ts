/** A disk that hangs, slows, fails, turns read-only and is pulled out while a camera is recorded; and as an archive. */
import assert from "node:assert/strict";
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { startCameraProgram, temporaryFolder } from "../../src/testkit/process.ts";
import { breaks, recorded, segmentFiles } from "../support/footage.ts";
import { startReed, until, type Api, type Json } from "../support/reed.ts";
import { live, smallSource, troubleKeys } from "../support/site.ts";
import { faultyDisk, type Fault } from "./faulty-disk.ts";

const volumeRow = async (api: Api, path: string): Promise<Json> =>
  ((await api.get("volumes")) as Json[]).find((row) => row.path === path);
const stateOf = async (api: Api, path: string): Promise<string> => (await volumeRow(api, path)).live?.state;

/** Holes in what these volumes hold of the camera together. */
const missing = (...volumes: readonly string[]): string[] =>
  breaks([...new Set(volumes.flatMap((volume) => recorded(volume, 1)))].sort((a, b) => a - b));

const faults: readonly { readonly fault: Fault; readonly state: readonly string[] }[] = [
  { fault: "write-fails", state: ["failing"] },
  { fault: "sync-fails", state: ["failing"] },
  { fault: "short", state: ["full", "failing", "read-only"] },
  { fault: "read-only", state: ["read-only"] },
  { fault: "hang", state: ["stalled"] },
];

test("whatever a disk does, recording goes on beside it and nothing is missing", { timeout: 200_000 }, async (t) => {
  await using folder = await temporaryFolder();
  await using disk = await faultyDisk(t, folder.path);
  if (disk === undefined) return;
  await using cameras = await startCameraProgram({ cameras: [{ source: smallSource() }] });
  await using reed = await startReed();
  const api = await reed.administrator();
  const [first] = (await api.get("volumes")) as Json[];
  const second = join(folder.path, "second");
  mkdirSync(second);
  const { path } = disk;
  await api.post("volumes", { path, maxBytes: 100e6 });
  await api.post("volumes", { path: second, maxBytes: 500e6 });
  await api.remove(`volumes/${first.id}`);
  await until(async () => (await stateOf(api, path)) === "ready", "the disk is ready");
  assert.equal((await volumeRow(api, path)).live.fileSystem, "fuse");
  await api.post("channels", { url: cameras.urls[0] });
  await live(api, 1, 500);
  await until(() => segmentFiles(path, 1).length > 0, "it is recorded to the disk");

  let cuts = 0;
  /** New parameter sets begin a new file, which goes to the first volume again. */
  const goHome = async () => {
    const files = segmentFiles(path, 1).length;
    const source = { ...smallSource(), width: ++cuts % 2 === 0 ? 320 : 352 };
    await cameras.send({ do: "change-parameters", camera: 1, source });
    await until(() => segmentFiles(path, 1).length > files, "it is recorded to the disk again");
  };
  for (const { fault, state } of faults) {
    await t.test(fault, async () => {
      await disk.fault(fault);
      await until(async () => state.includes(await stateOf(api, path)), `it is ${state.join(" or ")}`);
      const before = recorded(second, 1).length;
      await until(() => recorded(second, 1).length > before + 10, "recording goes on beside it");
      await disk.fault("");
      await until(async () => (await stateOf(api, path)) === "ready", "it is taken back by itself");
      await goHome();
    });
  }

  await t.test("slow: it is only slow", async () => {
    await disk.fault("slow");
    const before = recorded(path, 1).length;
    await until(() => recorded(path, 1).length > before + 50, "it is recorded to");
    assert.equal(await stateOf(api, path), "ready");
    await disk.fault("");
  });

  await t.test("pulled out: nothing is written to the folder under it", async () => {
    await disk.pull();
    await until(async () => (await stateOf(api, path)) === "missing", "it is missing");
    const before = recorded(second, 1).length;
    await until(() => recorded(second, 1).length > before + 10, "recording goes on beside it");
    assert.deepEqual(readdirSync(path), []);
    await disk.plugIn();
    await until(async () => (await stateOf(api, path)) === "ready", "it is back");
  });

  await until(async () => (await troubleKeys(api)).length === 0, "no trouble is left");
  await until(() => missing(path, second).length === 0, "nothing is missing");
});

test(
  "an archive that is stopped keeps nobody waiting, and its copies are played from",
  { timeout: 120_000 },
  async (t) => {
    await using folder = await temporaryFolder();
    await using disk = await faultyDisk(t, folder.path);
    if (disk === undefined) return;
    await using cameras = await startCameraProgram({ cameras: [{ source: smallSource() }] });
    await using reed = await startReed();
    const api = await reed.administrator();
    const own = join(reed.data, "footage");
    const archive = { mode: "remote", takes: "all", afterMin: 0 };
    await api.post("volumes", { path: disk.path, archive });
    await until(async () => (await stateOf(api, disk.path)) === "ready", "the archive is ready");
    await api.post("channels", { url: cameras.urls[0] });
    await live(api, 1, 500);
    const cut = (width: number) => {
      const source = { ...smallSource(), width };
      return cameras.send({ do: "change-parameters", camera: 1, source });
    };
    await until(() => recorded(own, 1).length > 30, "it is recorded");
    disk.signal("SIGSTOP");
    await cut(352);
    await until(async () => (await stateOf(api, disk.path)) === "stalled", "the archive does not answer");
    const before = recorded(own, 1).length;
    await until(() => recorded(own, 1).length > before + 50, "recording goes on");
    assert.equal(await stateOf(api, own), "ready");
    disk.signal("SIGCONT");
    await until(() => segmentFiles(disk.path, 1).length > 0, "it is archived when the archive answers");
    await until(() => segmentFiles(own, 1).length === 1, "and the original goes");
    await until(() => missing(own, disk.path).length === 0, "nothing is missing");
    const [archived = ""] = segmentFiles(disk.path, 1);
    const { spans } = await api.get(`timeline?channels=1&from=${Date.now() - 600_000}&to=${Date.now() + 60_000}`);
    const from = Number(spans[0].from);
    // the database hears of the copy a moment after the original has gone
    let played: Buffer = Buffer.alloc(0);
    const play = async () => (played = await api.bytes(`channels/1/footage.mp4?from=${from}&to=${from + 1000}`));
    await until(async () => (await play()).length > 1000, "the copy is played");
    assert.ok(played.length > 1000 && readFileSync(archived).length > 1000);
    assert.equal(globSync(join(disk.path, "**", "*.part")).length, 0);
    assert.ok(existsSync(archived));
  },
);

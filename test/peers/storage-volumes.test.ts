/** Volumes that fill, vanish, come back and may not be written, while cameras are being recorded. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  globSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { startCameraProgram, temporaryFolder, type CameraProgram } from "../../src/testkit/process.ts";
import { breaks, isRun, recorded, segmentFiles } from "../support/footage.ts";
import { pause, startReed, until, type Api, type Json, type RunningReed } from "../support/reed.ts";
import {
  addAlarmInput,
  actionOf,
  closedReceipt,
  live,
  openContact,
  smallSource,
  troubleKeys,
} from "../support/site.ts";

const volumeRow = async (api: Api, path: string): Promise<Json> =>
  ((await api.get("volumes")) as Json[]).find((row) => row.path === path);
const stateOf = async (api: Api, path: string): Promise<string> => (await volumeRow(api, path)).live?.state;
const total = (files: readonly string[]): number => files.reduce((sum, file) => sum + statSync(file).size, 0);

/** Holes in what the first camera's files on these volumes hold together. */
const missing = (...volumes: readonly string[]): string[] =>
  breaks([...new Set(volumes.flatMap((volume) => recorded(volume, 1)))].sort((a, b) => a - b));

/** Records to this folder only. */
async function onlyVolume(api: Api, path: string, more: object = {}): Promise<string> {
  mkdirSync(path, { recursive: true });
  const [first] = (await api.get("volumes")) as Json[];
  const added = await api.post("volumes", { path, ...more });
  await api.remove(`volumes/${first.id}`);
  await until(async () => (await stateOf(api, path)) === "ready", "the volume is ready");
  return added.id;
}

/** The first of two volumes is `path`, and its camera records. */
async function besideAnother(reed: RunningReed, api: Api, path: string, url: string | undefined) {
  const id = await onlyVolume(api, path, { maxBytes: 100e6 });
  const second = join(reed.folder, "second");
  mkdirSync(second);
  await api.post("volumes", { path: second, maxBytes: 500e6 });
  await api.post("channels", { url });
  await live(api, 1, 500);
  return { id, second };
}

const size = (n: number) => ({ width: 1280 + 16 * (n % 2), height: 720 });
const rich = (n: number) => ({ kind: "synthetic", ...size(n), fps: 25, gopSeconds: 1, bitsPerSecond: 12e6 }) as const;

/** New parameter sets begin a new file: short segments, without losing an access unit. */
async function cutForSeconds(cameras: CameraProgram, seconds: number, look: () => Promise<void>): Promise<void> {
  for (let n = 1; n * 2 <= seconds; n++) {
    await cameras.send({ do: "change-parameters", camera: "all", source: rich(n) });
    await pause(2000);
    await look();
  }
}

test(
  "a volume at its cap: the oldest goes first down to the low mark, alarms stay, recording never stops",
  { timeout: 150_000 },
  async (t) => {
    const cap = 100e6;
    const channels = [1, 2, 3, 4];
    await using cameras = await startCameraProgram({ cameras: channels.map(() => ({ source: rich(0) })) });
    await using reed = await startReed();
    const api = await reed.administrator();
    const path = join(reed.folder, "disk");
    await onlyVolume(api, path, { maxBytes: cap });
    for (const url of cameras.urls) await api.post("channels", { url, preRecordS: 1 });
    await api.post("boards", { name: "By hand", driver: { kind: "virtual", inputs: 1, outputs: 0 } });
    const links = { recordChannels: [1], postRecordS: 0, debounceMs: 50 };
    await addAlarmInput(api, {
      ...links,
    });
    for (const channel of channels) await live(api, channel);
    // only an alarm that nobody has acknowledged is protected
    await api.post("arming", { armed: true });
    await cutForSeconds(cameras, 4, () => Promise.resolve());
    await openContact(api, 1, 1, "closed");
    await pause(300);
    await openContact(api, 1, 1, "open");
    const receipt = await closedReceipt(api, 1);
    assert.equal(actionOf(receipt, "record", 1).outcome.kind, "done");
    let most = 0;
    await cutForSeconds(cameras, 30, async () => {
      assert.equal(await stateOf(api, path), "ready");
      assert.deepEqual(await troubleKeys(api), []);
      most = Math.max(most, (await volumeRow(api, path)).live.usedBytes);
    });
    await until(
      async () => (await volumeRow(api, path)).live.usedBytes <= cap,
      "below the cap after a round of cleaning",
    );
    const files = channels.flatMap((channel) => segmentFiles(path, channel));
    t.diagnostic(
      `most ${Math.round(most / 1e6)} MB, now ${Math.round(total(files) / 1e6)} MB in ${files.length} files`,
    );
    assert.ok(most < cap * 1.5 && total(files) < cap * 1.4);
    for (const channel of channels.slice(1)) {
      const numbers = recorded(path, channel);
      assert.ok((numbers[0] ?? 0) > 50, "the oldest is gone");
      assert.ok(isRun(numbers), `nothing from the middle: ${breaks(numbers).join()}`);
    }
    const kept = await api.bytes(`receipts/${receipt.edge.eventId}/footage.mp4?channel=1`);
    assert.ok(kept.length > 500_000, "the alarm's footage is still there");
  },
);

test(
  "a volume that is renamed away gets nothing more, recording moves to another, and goes home by itself",
  { timeout: 120_000 },
  async (t) => {
    await using cameras = await startCameraProgram({ cameras: [{ source: smallSource() }] });
    await using reed = await startReed();
    const api = await reed.administrator();
    const path = join(reed.folder, "disk");
    const away = join(reed.folder, "away");
    const id = await onlyVolume(api, path);
    await api.post("channels", { url: cameras.urls[0] });
    await live(api, 1, 1500);
    const files = (folder: string) => globSync(join(folder, "**", "*.mp4"));
    await until(() => files(path).length > 0, "it is recorded");

    await t.test(
      "alone: trouble, nothing is written in its place, and after its return nothing is missing",
      async () => {
        renameSync(path, away);
        await until(async () => (await stateOf(api, path)) === "missing", "it is missing");
        assert.ok((await troubleKeys(api)).includes(`volume:${id}`));
        await pause(3000);
        assert.equal(existsSync(path), false, "nothing was made in its place");
        mkdirSync(path);
        await pause(6000);
        assert.deepEqual(
          globSync(join(path, "**")).filter((name) => name !== path),
          [],
          "an empty folder is not it",
        );
        rmSync(path, { recursive: true });
        renameSync(away, path);
        await until(async () => (await stateOf(api, path)) === "ready", "it is back");
        await until(async () => (await troubleKeys(api)).length === 0, "no trouble is left");
        const before = recorded(path, 1).length;
        await until(() => recorded(path, 1).length > before + 100, "recording goes on");
        await until(() => missing(path).length === 0, "the ring kept what came meanwhile");
      },
    );

    await t.test("with a second one: recording moves there", async () => {
      const second = join(reed.folder, "second");
      mkdirSync(second);
      await api.post("volumes", { path: second });
      await until(async () => (await stateOf(api, second)) === "ready", "the second is ready");
      renameSync(path, away);
      await until(async () => (await stateOf(api, path)) === "missing", "the first is missing");
      await until(() => recorded(second, 1).length > 50, "it is recorded on the second");
      renameSync(away, path);
      await until(async () => (await stateOf(api, path)) === "ready", "it is back");
      await until(() => missing(path, second).length === 0, "nothing is missing");
    });

    await t.test("of a group: it is recorded to the group's volume, and elsewhere while that is away", async () => {
      const second = join(reed.folder, "second");
      const groupKey = "volume-group:Yard";
      const group = async () => (await api.get("storage/groups")).groups[0];
      const { id: volumes } = await volumeRow(api, second);
      await api.put("storage/groups", { groups: [{ name: "Yard", volumes: [volumes], channels: [1] }] });
      const before = segmentFiles(second, 1).length;
      await cameras.send({ do: "change-parameters", camera: 1, source: rich(1) });
      await until(() => segmentFiles(second, 1).length > before, "the next file is the group's");
      assert.equal((await group()).place, "own");
      renameSync(second, away);
      await until(async () => (await troubleKeys(api)).includes(groupKey), "the group has none left");
      assert.equal((await group()).place, "elsewhere");
      renameSync(away, second);
      await until(async () => (await troubleKeys(api)).length === 0, "it is back");
      await until(() => missing(path, second).length === 0, "nothing is missing");
    });
  },
);

/** Nobody in particular: root may write everywhere, whatever a folder's mode says. */
const nobody = 65_534;
const asNobody =
  process.getuid?.() === 0 ? ["setpriv", `--reuid=${nobody}`, `--regid=${nobody}`, "--clear-groups", "--"] : [];

test(
  "a volume that may not be written any more is a trouble, and is ready again once it may",
  { timeout: 90_000 },
  async () => {
    await using folder = await temporaryFolder();
    if (asNobody.length > 0) chownSync(folder.path, nobody, nobody);
    await using cameras = await startCameraProgram({ cameras: [{ source: rich(0) }] });
    await using reed = await startReed({ data: join(folder.path, "data"), wrap: asNobody });
    const api = await reed.administrator();
    await api.post("channels", { url: cameras.urls[0] });
    await live(api, 1, 500);
    const path = join(reed.data, "footage");
    await until(() => segmentFiles(path, 1).length > 0, "it is recorded");
    const folders = [path, ...globSync(join(path, "**")).filter((name) => statSync(name).isDirectory())];
    const allow = (mode: number) => {
      for (const one of folders) chmodSync(one, mode);
    };
    allow(0o555);
    await until(async () => (await stateOf(api, path)) === "read-only", "nothing may be written");
    assert.ok((await troubleKeys(api)).some((key) => key.startsWith("volume:")));
    await cameras.send({ do: "change-parameters", camera: 1, source: rich(1) });
    await pause(2000);
    const count = segmentFiles(path, 1).length;
    allow(0o755);
    await until(async () => (await stateOf(api, path)) === "ready", "it may be written again");
    await until(async () => (await troubleKeys(api)).length === 0, "no trouble is left");
    await until(() => segmentFiles(path, 1).length > count, "and is");
    await until(() => missing(path).length === 0, "nothing is missing");
  },
);

/** A disk of its own, small; undefined where this user may not mount. */
function smallDisk(path: string, bytes: number): Disposable | undefined {
  mkdirSync(path, { recursive: true });
  const made = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${bytes}`, "tmpfs", path]);
  if (made.status !== 0 && process.env["CI"] === "true") throw new Error(`no tmpfs: ${made.stderr.toString()}`);
  if (made.status !== 0) return undefined;
  return { [Symbol.dispose]: () => void spawnSync("umount", ["-l", path]) };
}

test(
  "a disk that somebody else fills: trouble, recording moves, and comes back when there is room",
  { timeout: 120_000 },
  async (t) => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, "disk");
    using disk = smallDisk(path, 260e6);
    if (disk === undefined) {
      t.skip("needs the right to mount a tmpfs");
      return;
    }
    await using cameras = await startCameraProgram({ cameras: [{ source: rich(0) }] });
    await using reed = await startReed();
    const api = await reed.administrator();
    const { id, second } = await besideAnother(reed, api, path, cameras.urls[0]);
    await until(() => recorded(path, 1).length > 25, "it is recorded to the small disk");
    const filler = join(path, "somebody-elses");
    try {
      writeFileSync(filler, Buffer.alloc(260e6));
    } catch (error) {
      assert.equal((error as NodeJS.ErrnoException).code, "ENOSPC");
    }
    await until(async () => (await stateOf(api, path)) === "full", "it is full");
    assert.ok((await troubleKeys(api)).includes(`volume:${id}`));
    await until(() => recorded(second, 1).length > 50, "recording has moved");
    rmSync(filler);
    await until(async () => (await stateOf(api, path)) === "ready", "there is room again");
    await until(async () => (await troubleKeys(api)).length === 0, "no trouble is left");
    await until(() => missing(path, second).length === 0, "nothing is missing");
  },
);

/** A disk with a file system of its own, in a file; undefined where this user may not mount. */
function loopDisk(image: string, path: string): (Disposable & { fail(): void; mend(): void }) | undefined {
  const run = (command: string, ...args: string[]) => spawnSync(command, args, { encoding: "utf8" });
  mkdirSync(path, { recursive: true });
  writeFileSync(image, "");
  truncateSync(image, 400e6);
  const mount = () => run("mount", "-o", "loop,errors=remount-ro", image, path);
  run("mkfs.ext4", "-q", "-F", image);
  const made = mount();
  if (made.status !== 0 && process.env["CI"] === "true") throw new Error(`no loop device: ${made.stderr}`);
  if (made.status !== 0) return undefined;
  return {
    /** As after a write error: the kernel gives up the file system with all its open files. */
    fail() {
      const device = basename(run("findmnt", "-no", "SOURCE", path).stdout.trim());
      writeFileSync(`/sys/fs/ext4/${device}/trigger_fs_error`, "1");
    },
    mend() {
      run("umount", "-l", path);
      run("fsck.ext4", "-fy", image);
      const again = mount();
      assert.equal(again.status, 0, again.stderr);
    },
    [Symbol.dispose]: () => void run("umount", "-l", path),
  };
}

test(
  "a disk that the kernel turns read-only: trouble, recording moves, and goes home once it is mended",
  { timeout: 120_000 },
  async (t) => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, "disk");
    using disk = loopDisk(join(folder.path, "image"), path);
    if (disk === undefined) {
      t.skip("needs the right to mount a loop device");
      return;
    }
    await using cameras = await startCameraProgram({ cameras: [{ source: smallSource() }] });
    await using reed = await startReed();
    const api = await reed.administrator();
    const { id, second } = await besideAnother(reed, api, path, cameras.urls[0]);
    await until(() => recorded(path, 1).length > 25, "it is recorded to the disk");
    disk.fail();
    await until(async () => (await stateOf(api, path)) === "read-only", "the disk takes nothing any more");
    assert.ok((await troubleKeys(api)).includes(`volume:${id}`));
    await until(() => recorded(second, 1).length > 50, "recording has moved");
    disk.mend();
    await until(async () => (await stateOf(api, path)) === "ready", "it is taken back by itself");
    await until(async () => (await troubleKeys(api)).length === 0, "no trouble is left");
    await until(() => missing(path, second).length === 0, "nothing is missing");
  },
);

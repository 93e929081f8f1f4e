import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { after } from "../../kernel/time.ts";
import { fakeClock } from "../../testkit/fake-clock.ts";
import { createJobQueue, StalledError } from "./job-queue.ts";
import { isAlive, processStart, takeLock, thisProcess } from "./lock.ts";
import { findMarker, knownVolumes, markerTrouble } from "./marker.ts";
import { foldersToSync, nodeFiles } from "./node-files.ts";
import { createSyncRounds } from "./sync-rounds.ts";
import { makeDurableFolder } from "./whole-file.ts";

function folder(): { path: string; [Symbol.dispose](): void } {
  const path = mkdtempSync(join(tmpdir(), "reed-volume-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

test("a marker is made in an empty folder only, and a volume once used is refused without it", async () => {
  using temp = folder();
  const made = await findMarker(nodeFiles, temp.path, undefined, () => "u-1");
  assert.deepEqual(made, { ok: true, value: { uuid: "u-1" } });
  assert.deepEqual(await findMarker(nodeFiles, temp.path, "u-1", () => "u-2"), made);
  assert.equal((await findMarker(nodeFiles, temp.path, "other", () => "u-2")).ok, false);
  const empty = join(temp.path, "not-mounted");
  mkdirSync(empty);
  const refused = await findMarker(nodeFiles, empty, "u-1", () => "u-2");
  assert.match(refused.ok ? "" : refused.error, /not mounted/);
  writeFileSync(join(empty, "photos.zip"), "");
  const foreign = await findMarker(nodeFiles, empty, undefined, () => "u-2");
  assert.match(foreign.ok ? "" : foreign.error, /not empty/);
});

test("a marker that the power took while it was made is made again; nothing else in the folder is taken for it", async () => {
  using temp = folder();
  writeFileSync(join(temp.path, ".reed-volume"), "");
  const made = await findMarker(nodeFiles, temp.path, undefined, () => "u-1");
  assert.deepEqual(made, { ok: true, value: { uuid: "u-1" } });
  writeFileSync(join(temp.path, ".reed-volume"), "");
  assert.equal((await findMarker(nodeFiles, temp.path, "u-1", () => "u-2")).ok, false);
});

test("the names of new folders are durable: each parent up to the one that was there is synced", async () => {
  using temp = folder();
  const synced: string[] = [];
  const files = { ...nodeFiles, syncFolder: (path: string) => Promise.resolve(void synced.push(path)) };
  await makeDurableFolder(files, join(temp.path, "a", "b", "c"));
  assert.deepEqual(synced, [join(temp.path, "a", "b"), join(temp.path, "a"), temp.path]);
  await makeDurableFolder(files, join(temp.path, "a", "b", "c"));
  assert.equal(synced.length, 3);
});

test("a folder is never made in the place of a volume that vanished, nor is the volume's own", async () => {
  using temp = folder();
  const root = join(temp.path, "disk");
  await assert.rejects(nodeFiles.makeFolder(join(root, "footage", "day"), root), { code: "ENOENT" });
  assert.equal(await nodeFiles.facts(root), undefined);
  await nodeFiles.makeFolder(root);
  assert.equal(await nodeFiles.makeFolder(join(root, "footage", "day"), root), join(root, "footage"));
  assert.equal(await nodeFiles.makeFolder(join(root, "footage", "day"), root), undefined);
});

test("another device under the same path, another marker, or none, is noticed", async () => {
  using temp = folder();
  await findMarker(nodeFiles, temp.path, undefined, () => "u-1");
  const device = (await nodeFiles.facts(temp.path))?.device ?? 0;
  assert.equal(await markerTrouble(nodeFiles, temp.path, "u-1", device), undefined);
  assert.match((await markerTrouble(nodeFiles, temp.path, "u-1", device + 1)) ?? "", /another disk/);
  assert.match((await markerTrouble(nodeFiles, temp.path, "u-2", device)) ?? "", /another volume/);
  rmSync(join(temp.path, ".reed-volume"));
  assert.match((await markerTrouble(nodeFiles, temp.path, "u-1", device)) ?? "", /marker file is gone/);
});

test("what an installation remembers of its volumes survives it", async () => {
  using temp = folder();
  await knownVolumes(nodeFiles, temp.path).remember("a/b", "u-9");
  assert.equal(await knownVolumes(nodeFiles, temp.path).uuidOf("a/b"), "u-9");
  assert.equal(await knownVolumes(nodeFiles, temp.path).uuidOf("c"), undefined);
});

test("a lock holds against a live process and is taken over from one that is gone, by boot, pid and start time", async () => {
  using temp = folder();
  const me = thisProcess("boot-1");
  const parent = { pid: process.ppid, bootId: "boot-1", startTime: processStart(process.ppid) ?? "" };
  assert.equal((await takeLock(nodeFiles, temp.path, parent)).ok, true);
  const refused = await takeLock(nodeFiles, temp.path, me);
  assert.match(refused.ok ? "" : refused.error, /in use by another process/);
  rmSync(join(temp.path, ".reed-lock"));
  await takeLock(nodeFiles, temp.path, { ...parent, startTime: "1" });
  assert.equal((await takeLock(nodeFiles, temp.path, me)).ok, true, "the pid was given to another process");
  assert.equal((await takeLock(nodeFiles, temp.path, me)).ok, true, "one's own lock");
  assert.equal(isAlive(parent, "boot-2"), false, "a pid of an earlier boot");
});

test(
  "the lock of a process that was killed and that nobody has reaped is taken over",
  { skip: process.platform !== "linux" && "zombies are read from /proc" },
  async () => {
    using temp = folder();
    // its parent has become something that only sleeps: it stays a zombie
    const parent = spawn("sh", ["-c", "sleep 20 & echo $!; exec sleep 20"], { stdio: ["ignore", "pipe", "ignore"] });
    const [printed] = (await once(parent.stdout, "data")) as [Buffer];
    const pid = Number(printed.toString());
    const statOf = (of: number | undefined) => readFileSync(`/proc/${of}/stat`, "utf8");
    while (!statOf(parent.pid).includes("(sleep)")) await new Promise((resolve) => setImmediate(resolve));
    process.kill(pid, "SIGKILL");
    while (!statOf(pid).includes(") Z ")) await new Promise((resolve) => setImmediate(resolve));
    const startTime = statOf(pid).split(") ")[1]?.split(" ")[19] ?? "";
    await takeLock(nodeFiles, temp.path, { pid, bootId: "boot-1", startTime });
    const taken = await takeLock(nodeFiles, temp.path, thisProcess("boot-1"));
    parent.kill("SIGKILL");
    assert.deepEqual(taken, { ok: true, value: undefined });
  },
);

test("at most so many jobs are in flight; one past its deadline is given up, and nothing new begins until it ends", async () => {
  const clock = fakeClock();
  const queue = createJobQueue({ limit: 2, deadlineMs: 5000, now: () => clock.now() });
  const ends: ((value: undefined) => void)[] = [];
  const job = () => queue.run(() => new Promise<undefined>((resolve) => ends.push(resolve)));
  const results = [job(), job(), job()].map((promise) => promise.catch((error: unknown) => error));
  assert.equal(ends.length, 2);
  queue.tick(after(clock.now(), 5000));
  assert.equal(queue.stalled, false);
  clock.advance(5001);
  queue.tick(clock.now());
  assert.equal(queue.stalled, true);
  for (const result of await Promise.all(results)) assert.ok(result instanceof StalledError);
  await assert.rejects(() => job(), StalledError);
  for (const end of ends) end(undefined);
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(queue.stalled, false);
  assert.equal(await queue.run(() => Promise.resolve(7)), 7);
});

test("an urgent round waits for its writes, takes all dirty files, and the next one begins when it has ended", async () => {
  const clock = fakeClock();
  const rounds = createSyncRounds(2000, () => clock.now());
  const log: string[] = [];
  const held = Promise.withResolvers<undefined>();
  const file = (name: string, wait: Promise<unknown> = Promise.resolve()) => ({
    async sync() {
      log.push(`${name} begins`);
      await wait;
      log.push(`${name} ends`);
    },
  });
  const write = Promise.withResolvers<undefined>();
  rounds.mark(file("a", held.promise));
  rounds.urgent(write.promise as Promise<unknown> as Promise<void>);
  await Promise.resolve();
  assert.deepEqual(log, []);
  write.resolve(undefined);
  await new Promise((resolve) => setImmediate(resolve));
  rounds.mark(file("b"));
  rounds.urgent(Promise.resolve());
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(log, ["a begins"], "one round at a time");
  held.resolve(undefined);
  await rounds.drain();
  assert.deepEqual(log, ["a begins", "a ends", "b begins", "b ends"]);
});

test("a new file wants its folder synced, and each parent up to the volume, whoever made it", () => {
  assert.deepEqual(foldersToSync("/v/footage", "/v/footage/day/ch01"), [
    "/v/footage/day/ch01",
    "/v/footage/day",
    "/v/footage",
  ]);
});

import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { days, hours, wallTime } from "../../kernel/time.ts";
import { createLog } from "../../platform/log.ts";
import { fakeClock } from "../../testkit/fake-clock.ts";
import { openExportJobs, type ExportJobs, type ExportJobsDeps } from "./export-jobs.ts";

const made = { bytes: 3, sha256: "00", files: [] };
const turn = () => new Promise((resolve) => setImmediate(resolve));

type Jobs = ExportJobs<string>;
type Run = ExportJobsDeps<string>["run"];

/** A task is the name of what is run. */
function desk(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), "reed-jobs-"));
  const clock = fakeClock();
  const opened: Jobs[] = [];
  const runs = new Map<string, Run>();
  const ended: string[] = [];
  const open = () => {
    const jobs = openExportJobs<string>({
      ...{ folder, clock, log: createLog("api", "silent") },
      run: (job, task, making) => runs.get(task)?.(job, task, making) ?? Promise.reject(new Error(`no ${task}`)),
      ended: (task) => void ended.push(task),
    });
    opened.push(jobs);
    return jobs;
  };
  const start = (jobs: Jobs, id: string, run: Run) => {
    runs.set(id, run);
    return jobs.start(order(id), id);
  };
  t.after(async () => {
    for (const jobs of opened) await jobs.close();
    rmSync(folder, { recursive: true });
  });
  const order = (id: string) => ({
    ...{ id, title: id, name: `${id}.zip`, channels: [1], from: 0, to: 1, locked: false },
    ...{ reason: "r", recipient: "p", by: "anna", at: clock.wall() },
  });
  return { folder, clock, open, start, runs, ended };
}

/** An export that waits until it is let go of; it writes three bytes. */
function slow() {
  const gate = Promise.withResolvers<undefined>();
  const run: Run = async (_job, _task, { path, signal, progress }) => {
    progress.total(3);
    progress.passed(1);
    signal.addEventListener("abort", () => gate.reject(new Error("aborted")));
    await gate.promise;
    writeFileSync(path, "zip");
    return made;
  };
  return { run, go: () => gate.resolve(undefined) };
}

/** Ends with the state, however many turns the disk takes; or with the test when the export ends in another. */
async function until(jobs: Jobs, id: string, kind: string) {
  const state = () => jobs.get(id)?.state.kind;
  while (state() === "waiting" || (state() === "running" && kind !== "running")) await turn();
  assert.equal(state(), kind);
}

test("exports are made one after the other, with progress; a finished one has its ZIP and says for how long", async (t) => {
  const { open, start, clock, ended } = desk(t);
  const jobs = open();
  const [first, second] = [slow(), slow()];
  start(jobs, "a", first.run);
  start(jobs, "b", second.run);
  await until(jobs, "a", "running");
  assert.deepEqual(jobs.get("a")?.state, { kind: "running", doneBytes: 1, totalBytes: 3 });
  assert.equal(jobs.get("b")?.state.kind, "waiting");
  first.go();
  await until(jobs, "a", "done");
  assert.deepEqual(jobs.get("a")?.state, { kind: "done", ...made, until: wallTime(clock.wall() + days(1)) });
  assert.equal(readFileSync(jobs.pathOf("a"), "utf8"), "zip");
  await until(jobs, "b", "running");
  assert.deepEqual(ended, ["a"]);
});

test("a cancelled export leaves nothing and lets the next one begin, also when it had not begun itself", async (t) => {
  const { open, start, folder, ended } = desk(t);
  const jobs = open();
  const last = slow();
  for (const id of ["a", "b"]) start(jobs, id, slow().run);
  start(jobs, "c", last.run);
  jobs.remove("b");
  assert.equal(jobs.get("b")?.state.kind, "cancelled");
  await until(jobs, "a", "running");
  jobs.remove("a");
  await until(jobs, "a", "cancelled");
  await until(jobs, "c", "running");
  assert.deepEqual(ended, ["b", "a"]);
  last.go();
  await until(jobs, "c", "done");
  assert.deepEqual(
    readdirSync(folder).filter((name) => !name.endsWith(".json")),
    ["c.zip"],
  );
});

test("an export that fails says why", async (t) => {
  const { open, start } = desk(t);
  const jobs = open();
  start(jobs, "a", () => Promise.reject(new Error("Nothing is left of this footage.")));
  await until(jobs, "a", "failed");
  assert.deepEqual(jobs.get("a")?.state, { kind: "failed", reason: "Nothing is left of this footage." });
});

test("after a restart in the middle an export goes on with what is there, and the next ones after it; finished ones stay", async (t) => {
  const { open, start, folder, runs, ended } = desk(t);
  const before = open();
  const first = slow();
  start(before, "a", first.run);
  first.go();
  await until(before, "a", "done");
  start(before, "b", slow().run);
  await until(before, "b", "running");
  start(before, "c", slow().run);
  await before.close();
  assert.deepEqual(ended, ["a"], "what is put off keeps its leases");
  writeFileSync(join(folder, "b.part"), "half");
  writeFileSync(join(folder, "b-1.part"), "half");
  writeFileSync(join(folder, "a.part.log"), "whose?");
  writeFileSync(join(folder, "stray.zip"), "whose?");
  writeFileSync(join(folder, "stray.task"), "whose?");
  writeFileSync(join(folder, "torn.json"), "{");
  const [again, next] = [slow(), slow()];
  runs.set("b", again.run).set("c", next.run);
  const jobs = open();
  assert.equal(jobs.get("a")?.state.kind, "done");
  await until(jobs, "b", "running");
  assert.equal(readFileSync(join(folder, "b.part"), "utf8"), "half", "what is there is gone on with");
  assert.equal(existsSync(join(folder, "b-1.part")), false, "what was made for a while is made again");
  const resumed = jobs.list().filter((job) => job.resumed === true);
  assert.deepEqual(
    resumed.map(({ id }) => id),
    ["b"],
    "who waited or was ready has lost nothing",
  );
  again.go();
  await until(jobs, "b", "done");
  next.go();
  await until(jobs, "c", "done");
  assert.deepEqual(readdirSync(folder).sort(), ["a.json", "a.zip", "b.json", "b.zip", "c.json", "c.zip"]);
  assert.deepEqual(ended, ["a", "b", "c"]);
});

test("an export that Reed is restarted over again and again is given up", async (t) => {
  const { open, start, folder, ended } = desk(t);
  const first = open();
  start(first, "a", slow().run);
  await until(first, "a", "running");
  await first.close();
  for (let restart = 0; restart < 2; restart++) {
    const jobs = open();
    await until(jobs, "a", "running");
    await jobs.close();
  }
  const state = open().get("a")?.state;
  assert.match(state?.kind === "failed" ? state.reason : "", /restarted .* Start it again/);
  assert.deepEqual(readdirSync(folder), ["a.json"]);
  assert.deepEqual(ended, ["a"]);
});

test("an export of before tasks were kept, and one whose task is torn, have failed with a clear state", async (t) => {
  const { open, start, folder } = desk(t);
  const before = open();
  for (const id of ["a", "b"]) start(before, id, slow().run);
  await until(before, "a", "running");
  await before.close();
  rmSync(join(folder, "a.task"));
  writeFileSync(join(folder, "b.task"), "{");
  const jobs = open();
  assert.deepEqual([jobs.get("a")?.state.kind, jobs.get("b")?.state.kind], ["failed", "failed"]);
});

test("a ZIP is gone after a day, and an export that ended is removed on demand", async (t) => {
  const { open, start, clock } = desk(t);
  const jobs = open();
  for (const id of ["a", "b"]) {
    const one = slow();
    start(jobs, id, one.run);
    one.go();
    await until(jobs, id, "done");
  }
  jobs.remove("b");
  assert.equal(existsSync(jobs.pathOf("b")), false);
  clock.advance(hours(23));
  assert.ok(existsSync(jobs.pathOf("a")));
  clock.advance(hours(2));
  assert.equal(jobs.get("a"), undefined);
  assert.equal(existsSync(jobs.pathOf("a")), false);
});

test("no more than eight wait: the next one is refused", (t) => {
  const { open, start } = desk(t);
  const jobs = open();
  const started = Array.from({ length: 9 }, (_, i) => start(jobs, `j${i}`, slow().run));
  assert.deepEqual(
    started.map((job) => job !== undefined),
    [...Array<boolean>(8).fill(true), false],
  );
});

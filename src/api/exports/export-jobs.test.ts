import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { days, hours, wallTime } from "../../kernel/time.ts";
import { createLog } from "../../platform/log.ts";
import { fakeClock } from "../../testkit/fake-clock.ts";
import { openExportJobs, type ExportJobs, type RunExport } from "./export-jobs.ts";

const made = { bytes: 3, sha256: "00", files: [] };
const turn = () => new Promise((resolve) => setImmediate(resolve));

function desk(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), "reed-jobs-"));
  const clock = fakeClock();
  const opened: ExportJobs[] = [];
  const open = () => {
    const jobs = openExportJobs({ folder, clock, log: createLog("api", "silent") });
    opened.push(jobs);
    return jobs;
  };
  t.after(async () => {
    for (const jobs of opened) await jobs.close();
    rmSync(folder, { recursive: true });
  });
  const order = (id: string) => ({
    ...{ id, title: id, name: `${id}.zip`, channels: [1], from: 0, to: 1, locked: false },
    ...{ reason: "r", recipient: "p", by: "anna", at: clock.wall() },
  });
  return { folder, clock, open, order };
}

/** An export that waits until it is let go of; it writes three bytes. */
function slow() {
  const gate = Promise.withResolvers<undefined>();
  const run: RunExport = async (_job, path, signal, progress) => {
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
async function until(jobs: ExportJobs, id: string, kind: string) {
  const state = () => jobs.get(id)?.state.kind;
  while (state() === "waiting" || (state() === "running" && kind !== "running")) await turn();
  assert.equal(state(), kind);
}

test("exports are made one after the other, with progress; a finished one has its ZIP and says for how long", async (t) => {
  const { open, order, clock } = desk(t);
  const jobs = open();
  const [first, second] = [slow(), slow()];
  let ended = 0;
  jobs.start(order("a"), first.run, () => ended++);
  jobs.start(order("b"), second.run, () => ended++);
  await until(jobs, "a", "running");
  assert.deepEqual(jobs.get("a")?.state, { kind: "running", doneBytes: 1, totalBytes: 3 });
  assert.equal(jobs.get("b")?.state.kind, "waiting");
  first.go();
  await until(jobs, "a", "done");
  assert.deepEqual(jobs.get("a")?.state, { kind: "done", ...made, until: wallTime(clock.wall() + days(1)) });
  assert.equal(readFileSync(jobs.pathOf("a"), "utf8"), "zip");
  await until(jobs, "b", "running");
  assert.equal(ended, 1);
});

test("a cancelled export leaves nothing and lets the next one begin, also when it had not begun itself", async (t) => {
  const { open, order, folder } = desk(t);
  const jobs = open();
  const last = slow();
  let ended = 0;
  for (const id of ["a", "b"]) jobs.start(order(id), slow().run, () => ended++);
  jobs.start(order("c"), last.run, () => ended++);
  jobs.remove("b");
  assert.equal(jobs.get("b")?.state.kind, "cancelled");
  await until(jobs, "a", "running");
  jobs.remove("a");
  await until(jobs, "a", "cancelled");
  await until(jobs, "c", "running");
  assert.equal(ended, 2);
  last.go();
  await until(jobs, "c", "done");
  assert.deepEqual(
    readdirSync(folder).filter((name) => !name.endsWith(".json")),
    ["c.zip"],
  );
});

test("an export that fails says why", async (t) => {
  const { open, order } = desk(t);
  const jobs = open();
  jobs.start(
    order("a"),
    () => Promise.reject(new Error("Nothing is left of this footage.")),
    () => undefined,
  );
  await until(jobs, "a", "failed");
  assert.deepEqual(jobs.get("a")?.state, { kind: "failed", reason: "Nothing is left of this footage." });
});

test("a restart in the middle ends an export with a clear state and removes what was written; finished ones stay", async (t) => {
  const { open, order, folder } = desk(t);
  const before = open();
  const first = slow();
  before.start(order("a"), first.run, () => undefined);
  first.go();
  await until(before, "a", "done");
  before.start(order("b"), slow().run, () => undefined);
  await until(before, "b", "running");
  before.start(order("c"), slow().run, () => undefined);
  await before.close();
  writeFileSync(join(folder, "b.part"), "half");
  writeFileSync(join(folder, "stray.zip"), "whose?");
  writeFileSync(join(folder, "torn.json"), "{");
  const jobs = open();
  assert.equal(jobs.get("a")?.state.kind, "done");
  for (const id of ["b", "c"]) {
    const state = jobs.get(id)?.state;
    assert.match(state?.kind === "failed" ? state.reason : "", /restarted .* Start it again/);
  }
  assert.deepEqual(readdirSync(folder).sort(), ["a.json", "a.zip", "b.json", "c.json"]);
});

test("a ZIP is gone after a day, and an export that ended is removed on demand", async (t) => {
  const { open, order, clock } = desk(t);
  const jobs = open();
  for (const id of ["a", "b"]) {
    const one = slow();
    jobs.start(order(id), one.run, () => undefined);
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
  const { open, order } = desk(t);
  const jobs = open();
  const started = Array.from({ length: 9 }, (_, i) => jobs.start(order(`j${i}`), slow().run, () => undefined));
  assert.deepEqual(
    started.map((job) => job !== undefined),
    [...Array<boolean>(8).fill(true), false],
  );
});

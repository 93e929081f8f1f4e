import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { days } from "../kernel/time.ts";
import type { CoreRecord } from "../messages/journal.ts";
import { receiptRow } from "../testkit/store-rows.ts";
import { fakeClock } from "../testkit/fake-clock.ts";
import { closedSinceLastStop, openCoreJournal, readCoreJournal, toRepeat } from "./core-journal.ts";

const state = (armed: boolean): CoreRecord => ({ kind: "state", armed, open: [], holds: [], inputs: [] });

function setUp(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), "reed-journal-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const clock = fakeClock();
  const failures: (string | undefined)[] = [];
  const journal = openCoreJournal({
    clock,
    folder,
    opening: () => state(true),
    failed: (why) => void failures.push(why),
  });
  return { folder, clock, failures, journal };
}

const kinds = (folder: string) => readCoreJournal(folder).records.map(({ record }) => record.kind);

test("what was appended is read back in order, and a new day begins with what is true", async (t) => {
  const { folder, clock, journal } = setUp(t);
  journal.append({ kind: "armed", armed: true, by: "user anna" });
  clock.stepWall(days(1));
  journal.append({ kind: "clean-stop" });
  await journal.synced();
  await journal[Symbol.asyncDispose]();
  assert.equal(readdirSync(folder).length, 2);
  assert.deepEqual(kinds(folder), ["state", "armed", "state", "clean-stop"]);
  const numbers = readCoreJournal(folder).records.map(({ seq }) => seq);
  assert.deepEqual(numbers, [1, 2, 3, 4]);
});

test("a torn last line is left out and counted, and the next record is not swallowed by it", async (t) => {
  const { folder, clock, journal } = setUp(t);
  journal.append({ kind: "armed", armed: true, by: "user anna" });
  await journal[Symbol.asyncDispose]();
  const [name] = readdirSync(folder);
  appendFileSync(join(folder, name ?? ""), '0badc0de {"seq":9,"rec');
  const next = openCoreJournal({ clock, folder, opening: () => state(false), failed: () => undefined });
  next.append({ kind: "clean-stop" });
  await next[Symbol.asyncDispose]();
  assert.deepEqual(kinds(folder), ["state", "armed", "clean-stop"]);
  assert.equal(readCoreJournal(folder).damaged, 1);
});

test("a journal that can't be opened anew is told once and never thrown at the alarm", async (t) => {
  const { folder, clock, failures, journal } = setUp(t);
  await journal.synced();
  rmSync(folder, { recursive: true });
  clock.stepWall(days(1));
  journal.append({ kind: "clean-stop" });
  assert.equal(failures.length, 1);
  assert.match(failures[0] ?? "", /^the journal can't be written: /);
});

test("closing twice closes the file once", async (t) => {
  const { journal } = setUp(t);
  await journal[Symbol.asyncDispose]();
  await journal[Symbol.asyncDispose]();
  journal.append({ kind: "clean-stop" });
});

test("receipts that were closed after the last clean stop are given to the database once more, earlier ones not", async (t) => {
  const { folder, journal } = setUp(t);
  const close = (eventId: string) => journal.append({ kind: "receipt", receipt: receiptRow(eventId, 5) });
  close("stored");
  journal.append({ kind: "clean-stop" });
  close("first");
  journal.append({ kind: "armed", armed: true, by: "user anna" });
  close("second");
  await journal[Symbol.asyncDispose]();
  const closed = closedSinceLastStop(readCoreJournal(folder).records);
  assert.deepEqual(
    closed.map((receipt) => receipt.edge.eventId),
    ["first", "second"],
  );
});

test("a step is one line: its records are read back one behind the other, and a torn one is not there at all", async (t) => {
  const { folder, journal } = setUp(t);
  journal.step([]);
  journal.step([{ kind: "armed", armed: true, by: "user anna" }]);
  journal.step([
    { kind: "armed", armed: false, by: "user anna" },
    { kind: "receipt", receipt: receiptRow("shut", 5) },
  ]);
  await journal[Symbol.asyncDispose]();
  assert.deepEqual(kinds(folder), ["state", "armed", "armed", "receipt"]);
  assert.deepEqual(
    readCoreJournal(folder).records.map(({ seq }) => seq),
    [1, 2, 3, 3],
  );
  const path = join(folder, readdirSync(folder)[0] ?? "");
  truncateSync(path, statSync(path).size - 2);
  assert.deepEqual(kinds(folder), ["state", "armed"]);
});

test("what may wait is synced after two seconds, or with the next that may not, which never waits for its turn", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "reed-journal-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const clock = fakeClock();
  let syncs = 0;
  const sync = () => Promise.resolve(void syncs++);
  const failed = () => undefined;
  await using journal = openCoreJournal({ clock, folder, opening: () => state(true), failed, sync });
  const motion = { kind: "receipt", receipt: receiptRow("m", 1) } as const;
  for (let second = 0; second < 10; second++) {
    for (let i = 0; i < 100; i++) journal.step([motion], "patient");
    clock.advance(1000);
  }
  assert.ok(syncs >= 1 && syncs <= 5, `${syncs} syncs of a thousand motions in ten seconds`);
  await journal.synced();
  const before = syncs;
  journal.step([motion], "patient");
  assert.equal(syncs, before, "it waits");
  journal.step([{ kind: "armed", armed: true, by: "user anna" }]);
  assert.equal(syncs, before + 1, "at once, with what waited");
  await journal.synced();
  clock.advance(10_000);
  assert.equal(syncs, before + 1, "and nothing is left to sync");
});

test("of more than the database's queue holds the newest are given to it once more, and every alarm", () => {
  const { alarmId, ...quiet } = receiptRow("quiet", 5);
  assert.ok(alarmId !== undefined);
  const motion = (n: number) => ({ ...quiet, edge: { ...quiet.edge, eventId: `motion-${n}` }, actions: [] });
  const closed = [receiptRow("alarm", 5), ...Array.from({ length: 100_000 }, (_, n) => motion(n))];
  const repeated = toRepeat(closed);
  assert.ok(repeated.length < 25_000, "half of the queue");
  assert.deepEqual([repeated[0]?.edge.eventId, repeated.at(-1)?.edge.eventId], ["alarm", "motion-99999"]);
  assert.deepEqual(toRepeat(closed.slice(0, 1000)), closed.slice(0, 1000));
});

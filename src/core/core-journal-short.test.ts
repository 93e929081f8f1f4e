import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { stateRecord } from "../domain/engine.ts";
import type { EngineRecord } from "../domain/engine-records.ts";
import { mayWait } from "../domain/patient-records.ts";
import { engineWorld } from "../domain/testdata/engine-world.ts";
import { input, linkage, site } from "../domain/testdata/site.ts";
import { days, type Clock } from "../kernel/time.ts";
import { fakeClock } from "../testkit/fake-clock.ts";
import { openCoreJournal, readCoreJournal } from "./core-journal.ts";

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** A camera whose motion is recorded and calls nobody, journalled as the engine's shell does. */
function street(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), "reed-short-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const kind = "video-motion";
  const linked = linkage({ recordChannels: [1], outputs: [], notifiers: [] });
  const settings = input(1, { type: "NO", debounceMs: 0, kind, zone: "record-only", linkage: linked });
  const world = engineWorld(site({ inputs: [settings] }));
  const fake = fakeClock();
  // the journal's stamps are of the boot that the engine's moments are of
  const clock: Clock = { ...fake, now: () => fake.now(), wall: () => fake.wall(), bootId: "boot-1" };
  let before = world.state;
  const opening = () => stateRecord(before, world.now);
  const open = () => openCoreJournal({ clock, folder, opening, failed: (why) => assert.equal(why, undefined) });
  const journal = open();
  const all: EngineRecord[] = [stateRecord(before, world.now)];
  const step = (act: () => unknown) => {
    before = world.state;
    const known = world.journal.length;
    act();
    const records = world.journal.slice(known);
    all.push(...records);
    journal.step(records, mayWait(records, [before, world.state]) ? "patient" : undefined);
  };
  const begin = () => {
    step(() => world.contact(1, 1, "closed"));
    const holdId = [...world.state.holds.keys()].at(-1) ?? "";
    step(() => world.do({ kind: "hold-answer", holdId, answer: { kind: "recording" } }));
    return holdId;
  };
  const end = (holdId: string) => {
    step(() => world.contact(1, 1, "open"));
    step(() => world.pass(31_000));
    const { wall } = world.now;
    step(() => world.do({ kind: "hold-closed", holdId, result: "done", reason: "", from: wall, to: wall, gaps: [] }));
  };
  step(() => world.contact(1, 1, "open", "state"));
  const newest = () => join(folder, readdirSync(folder).sort().at(-1) ?? "");
  return { folder, fake, journal, world, all, step, begin, end, newest };
}

const recordsIn = (folder: string) => readCoreJournal(folder).records.map(({ record }) => record);

test("motion that calls nobody stands in short lines, and is read back as it was", async (t) => {
  const { folder, journal, all, begin, end, newest } = street(t);
  for (let i = 0; i < 3; i++) end(begin());
  await journal[Symbol.asyncDispose]();
  assert.deepEqual(recordsIn(folder), plain(all));
  const lines = readFileSync(newest(), "utf8").trimEnd().split("\n");
  const short = lines.filter((line) => line.includes('"kind":"short"'));
  assert.equal(short.length, 1 + 3 * 4);
  assert.ok(
    short.every((line) => !line.includes('"boot"')),
    "the boot stands in the lines before",
  );
  assert.ok(readCoreJournal(folder).records.every(({ boot }) => boot === "boot-1"));
  assert.ok(short.reduce((sum, line) => sum + line.length, 0) / 3 < 1500);
});

test("a motion over midnight ends in short lines of a file that begins with its receipt", async (t) => {
  const { folder, fake, journal, all, begin, end, newest } = street(t);
  const holdId = begin();
  fake.stepWall(days(1));
  const known = all.length;
  end(holdId);
  await journal[Symbol.asyncDispose]();
  assert.equal(readdirSync(folder).length, 2);
  const first = readdirSync(folder).sort()[0] ?? "";
  rmSync(join(folder, first));
  const [state, ...rest] = recordsIn(folder);
  assert.equal(state?.kind === "state" && state.open.length, 1);
  assert.deepEqual(rest, plain(all.slice(known)));
  assert.ok(readFileSync(newest(), "utf8").includes('"kind":"short"'));
});

test("a cut anywhere in short lines leaves those before it, whole", async (t) => {
  const { folder, journal, all, begin, end, newest } = street(t);
  for (let i = 0; i < 2; i++) end(begin());
  await journal[Symbol.asyncDispose]();
  const text = readFileSync(newest(), "utf8");
  for (let at = text.length; at > 0; at -= 97) {
    truncateSync(newest(), at);
    const records = recordsIn(folder);
    assert.deepEqual(records, plain(all.slice(0, records.length)));
    const whole = text.slice(0, at).split("\n").length - 1;
    assert.ok(records.length >= whole, `${records.length} records of ${whole} lines`);
  }
  assert.equal(statSync(newest()).size > 0, true);
});

test("what a short line can't say is written out: a step is never told otherwise than it was", async (t) => {
  const { folder, journal, world, all, begin, newest } = street(t);
  begin();
  const edge = world.journal.findLast((record) => record.kind === "edge");
  assert.ok(edge !== undefined);
  const odd = { ...edge, edge: { ...edge.edge, eventId: "odd" }, judgedUntil: world.now.wall };
  journal.step([odd], "patient");
  await journal[Symbol.asyncDispose]();
  assert.deepEqual(recordsIn(folder), plain([...all, odd]));
  assert.ok(!readFileSync(newest(), "utf8").trimEnd().split("\n").at(-1)?.includes('"short"'));
});

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { openCoreJournal, readCoreJournal } from "../src/core/core-journal.ts";
import { stateRecord } from "../src/domain/engine.ts";
import { mayWait } from "../src/domain/patient-records.ts";
import { engineWorld } from "../src/domain/testdata/engine-world.ts";
import { input, linkage, site } from "../src/domain/testdata/site.ts";
import { fakeClock } from "../src/testkit/fake-clock.ts";
import { readJournalFiles } from "./verifier/journal.ts";

test("the verifier reads short lines by code of its own, and finds what the engine journalled", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "reed-verifier-short-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const linked = linkage({ recordChannels: [1, 2], outputs: [], notifiers: [1] });
  const settings = input(1, { type: "NO", debounceMs: 200, kind: "video-rule", zone: "record-only", linkage: linked });
  const world = engineWorld(site({ inputs: [settings] }));
  const fake = fakeClock();
  const clock = { ...fake, now: () => fake.now(), wall: () => fake.wall(), bootId: "boot-1" };
  const opening = () => stateRecord(world.state, world.now);
  const journal = openCoreJournal({ clock, folder, opening, failed: (why) => assert.equal(why, undefined) });
  const step = (act: () => unknown) => {
    const before = world.state;
    const known = world.journal.length;
    act();
    const records = world.journal.slice(known);
    journal.step(records, mayWait(records, [before, world.state]) ? "patient" : undefined);
  };
  step(() => world.contact(1, 1, "open", "state"));
  for (let i = 0; i < 3; i++) {
    const report = { point: 1, level: "closed", at: world.now.instant, how: "change", title: "person" } as const;
    step(() => world.do({ kind: "level", board: 1, report }));
    step(() => world.pass(300));
    const holds = [...world.state.holds.values()].reverse();
    for (const { holdId } of holds)
      step(() => world.do({ kind: "hold-answer", holdId, answer: { kind: "recording" } }));
    for (const { holdId, edgeAt } of holds)
      step(() => world.do({ kind: "hold-durable", holdId, durableAt: edgeAt, preAchievedMs: 10_001.5 }));
    step(() => world.contact(1, 1, "open"));
    step(() => world.pass(31_000));
    const { wall } = world.now;
    const gaps = [{ from: wall, to: wall, reason: "camera down: timed out" }];
    for (const { holdId } of holds)
      step(() => world.do({ kind: "hold-closed", holdId, result: "short", reason: "camera down", gaps }));
  }
  await journal[Symbol.asyncDispose]();
  const read = readJournalFiles(folder, ".core.log");
  const own = readCoreJournal(folder);
  assert.equal(read.damaged + own.damaged, 0);
  assert.ok(read.lines.length > 30);
  assert.deepEqual(
    read.lines.map(({ record }) => record),
    own.records.map(({ record }) => record),
  );
  assert.deepEqual(new Set(read.lines.map(({ boot }) => boot)), new Set(["boot-1"]));
});

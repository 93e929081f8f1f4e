import assert from "node:assert/strict";
import { test } from "node:test";
import { pino } from "pino";
import { memoryFrom, type EngineEvent } from "../domain/engine.ts";
import type { Level } from "../domain/level.ts";
import { days, seconds } from "../kernel/time.ts";
import { fakeClock } from "../testkit/fake-clock.ts";
import { openCoreJournal, readCoreJournal, type CoreJournal } from "./core-journal.ts";
import { startEngineShell, type EngineShellDeps } from "./engine-shell.ts";
import { latencyBook } from "./latency.ts";
import { liveBook } from "./live-book.ts";
import { newFolder, site } from "./test-rooms.test.ts";

const nothing = () => undefined;

for (const when of ["before the records of an edge", "between the records of an edge"]) {
  test(`midnight falls ${when}: after a restart the engine knows what it knew`, async (t) => {
    const folder = newFolder(t);
    const clock = fakeClock();
    const latency = latencyBook();
    const live = liveBook(clock, { engine: () => shell.view(), latency: () => latency.stats() });
    let ids = 0;
    let midnight: "later" | "at the next edge" = "later";
    const passMidnight = () => {
      midnight = "later";
      clock.stepWall(days(1));
    };
    const deps: EngineShellDeps = {
      ...{ clock, log: pino({ level: "silent" }), live, latency },
      ...{ memory: undefined, newId: () => `id-${ids++}`, order: nothing, tell: nothing, store: nothing },
      ...{ notify: () => Promise.resolve({ kind: "done" }), modeChanged: nothing },
      want() {
        if (midnight !== "later" && when.startsWith("before")) passMidnight();
      },
      openJournal(opening): CoreJournal {
        const journal = openCoreJournal({ clock, folder, opening, failed: nothing });
        return {
          ...journal,
          append(record) {
            journal.append(record);
            if (midnight !== "later" && (record.kind === "input" || record.kind === "edge")) passMidnight();
          },
        };
      },
    };
    const shell = startEngineShell(deps, site);
    const level = (to: Level, how: "state" | "change" = "change"): EngineEvent => ({
      ...{ kind: "level", board: 1, report: { point: 1, level: to, at: clock.now(), how } },
    });
    const swing = () => {
      shell.feed(level("open"));
      clock.advance(seconds(1));
      shell.feed(level("closed"));
      clock.advance(seconds(1));
    };
    shell.feed({ kind: "resume" });
    shell.feed({ kind: "link", board: 1, link: { kind: "online" }, at: clock.now() });
    shell.feed(level("closed", "state"));
    shell.feed({ kind: "arm", armed: true, by: "anna" });
    swing();
    midnight = "at the next edge";
    shell.feed(level("open"));
    clock.advance(seconds(1));
    const known = shell.view();
    await shell[Symbol.asyncDispose]();
    const memory = memoryFrom(readCoreJournal(folder).records.map(({ record }) => record));
    assert.equal(midnight, "later", "it was midnight");
    assert.deepEqual(
      memory.alarms.map(({ count }) => count),
      [2],
    );
    assert.deepEqual(
      memory.inputs.map(({ input, active }) => [input, active]),
      known.inputs.map(({ input, active }) => [input, active]),
    );
    assert.deepEqual(memory.open, known.openReceipts);
    assert.deepEqual(memory.holds, known.openHolds);
  });
}

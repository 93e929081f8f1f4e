import { localClock } from "../kernel/local-time.ts";
import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { pino } from "pino";
import type { SiteTime } from "../domain/schedule-gate.ts";
import type { LiveEvent } from "../messages/api.ts";
import { memoryFrom, type EngineEvent } from "../domain/engine.ts";
import type { Level } from "../domain/level.ts";
import { days, seconds } from "../kernel/time.ts";
import { fakeClock } from "../testkit/fake-clock.ts";
import { closedSinceLastStop, openCoreJournal, readCoreJournal, type CoreJournal } from "./core-journal.ts";
import { startEngineShell, type EngineShellDeps } from "./engine-shell.ts";
import { latencyBook } from "./latency.ts";
import { liveBook } from "./live-book.ts";
import { newFolder, site } from "./test-rooms.test.ts";

const nothing = () => undefined;

interface Given {
  /** Before a relay is commanded; a step's first effect. */
  want?(): void;
  /** After a step was journalled. */
  journalled?(): void;
  /** Hears what pages are told. */
  heard?(event: LiveEvent): void;
  siteTime?(): SiteTime;
  broken?(error: unknown): void;
}

/** A door of an armed site, its contact shut; `swing` opens and shuts it. */
function doorShell(t: TestContext, given: Given = {}) {
  const folder = newFolder(t);
  const clock = fakeClock();
  const latency = latencyBook();
  const live = liveBook(clock, {
    engine: () => shell.view(),
    latency: () => latency.stats(),
    alarms: () => ({ unacknowledged: 0 }),
  });
  let ids = 0;
  const deps: EngineShellDeps = {
    ...{ clock, log: pino({ level: "silent" }), live, latency },
    ...{ memory: undefined, newId: () => `id-${ids++}`, order: nothing, tell: nothing, store: nothing },
    ...{
      snapshots: () => Promise.resolve({ kind: "done" }),
      turn: () => Promise.resolve({ kind: "done" }),
      notify: () => Promise.resolve({ kind: "done" }),
      modeChanged: nothing,
      receiptKept: nothing,
      want: () => given.want?.(),
    },
    siteTime: () => given.siteTime?.() ?? { clock: localClock("UTC"), trusted: true },
    broken: (error) => (given.broken === undefined ? assert.fail(error as Error) : given.broken(error)),
    openJournal(opening): CoreJournal {
      const journal = openCoreJournal({ clock, folder, opening, failed: nothing });
      return {
        ...journal,
        step(records) {
          journal.step(records);
          given.journalled?.();
        },
      };
    },
  };
  live.onEvent((_, event) => given.heard?.(event));
  const shell = startEngineShell(deps, site);
  const level = (to: Level, how: "state" | "change" = "change") => {
    const event: EngineEvent = { kind: "level", board: 1, report: { point: 1, level: to, at: clock.now(), how } };
    shell.feed(event);
    clock.advance(seconds(1));
  };
  shell.feed({ kind: "resume" });
  shell.feed({ kind: "link", board: 1, link: { kind: "online" }, at: clock.now() });
  level("closed", "state");
  shell.feed({ kind: "arm", armed: true, by: "anna" });
  const swing = () => {
    level("open");
    level("closed");
  };
  return { folder, clock, shell, level, swing };
}

for (const when of ["before", "right behind"]) {
  test(`midnight falls ${when} the records of an edge: after a restart the engine knows what it knew`, async (t) => {
    let midnight: "later" | "at the next edge" = "later";
    const passMidnight = (which: string) => {
      if (midnight === "later" || when !== which) return;
      midnight = "later";
      clock.stepWall(days(1));
    };
    const { folder, clock, shell, swing, level } = doorShell(t, {
      want: () => passMidnight("before"),
      journalled: () => passMidnight("right behind"),
    });
    swing();
    midnight = "at the next edge";
    level("open");
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

test("wherever a kill cuts the journal, an input is remembered on the side of its last edge, and each edge with its receipt and the ends of its holds", async (t) => {
  const { folder, shell, swing } = doorShell(t);
  swing();
  swing();
  await shell[Symbol.asyncDispose]();
  const [name = ""] = readdirSync(folder);
  const whole = readFileSync(join(folder, name));
  const cut = newFolder(t);
  mkdirSync(cut, { recursive: true });
  let edges = 0;
  for (let at = 0; at <= whole.length; at++) {
    // each end of a line, and some places between
    if (at % 13 > 0 && whole[at - 1] !== 0x0a) continue;
    copyFileSync(join(folder, name), join(cut, name));
    truncateSync(join(cut, name), at);
    const { records } = readCoreJournal(cut);
    const memory = memoryFrom(records.map(({ record }) => record));
    const accepted = records.flatMap(({ record }) => (record.kind === "edge" ? [record.edge] : []));
    const last = accepted.findLast(({ input }) => input === 1);
    const open = accepted.length > 0 && last?.kind !== "cleared";
    const where = `cut at byte ${at} of ${whole.length}`;
    assert.equal(memory.inputs.find(({ input }) => input === 1)?.active === true, open, where);
    const kept = [...memory.open, ...closedSinceLastStop(records)].map(({ edge }) => edge.eventId);
    assert.deepEqual(new Set(kept), new Set(accepted.map(({ eventId }) => eventId)), where);
    if (!open)
      assert.ok(
        memory.holds.every(({ endAt }) => endAt !== undefined),
        where,
      );
    edges = accepted.length;
  }
  assert.equal(edges, 4);
});

test("a listener that throws keeps no event and no relay waiting", (t) => {
  let fails = false;
  const wanted: number[] = [];
  const { shell, level, swing } = doorShell(t, {
    want: () => void wanted.push(1),
    heard: ({ kind }) => {
      if (fails && kind === "input") throw new Error("a page's socket is gone");
    },
  });
  fails = true;
  swing();
  level("open");
  assert.equal(shell.view().inputs.find(({ input }) => input === 1)?.active, true);
  assert.ok(wanted.length > 0, "the relay was commanded");
  let answered = false;
  shell.feed({ kind: "arm", armed: false, by: "anna" }, () => (answered = true));
  assert.equal(answered, true);
});

test("a step that fails is told, and the next event is taken all the same", (t) => {
  const told: unknown[] = [];
  let fails = false;
  const { shell, swing } = doorShell(t, {
    siteTime() {
      if (fails) throw new Error("no such time zone");
      return { clock: localClock("UTC"), trusted: true };
    },
    broken: (error) => void told.push(error),
  });
  fails = true;
  shell.feed({ kind: "wake" });
  fails = false;
  swing();
  assert.match(String(told), /no such time zone/);
  assert.ok(shell.view().openReceipts.length > 0);
});

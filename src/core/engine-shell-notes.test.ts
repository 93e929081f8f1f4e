import assert from "node:assert/strict";
import { test } from "node:test";
import { pino } from "pino";
import { input, linkage, site } from "../domain/testdata/site.ts";
import { localClock } from "../kernel/local-time.ts";
import { seconds } from "../kernel/time.ts";
import type { CoreToRecorder } from "../messages/recorder.ts";
import type { StoreIntent } from "../messages/store.ts";
import { fakeClock } from "../testkit/fake-clock.ts";
import { openCoreJournal } from "./core-journal.ts";
import { startEngineShell, type EngineShellDeps } from "./engine-shell.ts";
import { latencyBook } from "./latency.ts";
import { liveBook } from "./live-book.ts";
import { newFolder } from "./test-rooms.test.ts";

test("receipts of motion that calls nobody are kept by core alone, those of a contact lie beside the footage, too", async (t) => {
  const clock = fakeClock();
  const folder = newFolder(t);
  const told: CoreToRecorder[] = [];
  const stored: StoreIntent[] = [];
  const nothing = () => undefined;
  const done = () => Promise.resolve({ kind: "done" } as const);
  const latency = latencyBook();
  const live = liveBook(clock, {
    engine: () => shell.view(),
    latency: () => latency.stats(),
    alarms: () => ({ unacknowledged: 0 }),
  });
  let ids = 0;
  const deps: EngineShellDeps = {
    ...{ clock, live, latency, log: pino({ level: "silent" }), memory: undefined, newId: () => `id-${ids++}` },
    ...{ order: nothing, want: nothing, modeChanged: nothing, receiptKept: nothing },
    ...{ snapshots: done, turn: done, notify: done },
    tell: (_channel, message) => void told.push(message),
    store: (intent) => void stored.push(intent),
    siteTime: () => ({ clock: localClock("UTC"), trusted: true }),
    broken: (error) => assert.fail(error as Error),
    openJournal: (opening) => openCoreJournal({ clock, folder, opening, failed: nothing }),
  };
  const bare = linkage({ recordChannels: [], outputs: [], notifiers: [] });
  const inputs = [
    input(1, { type: "NO", debounceMs: 0, kind: "video-motion", zone: "record-only", linkage: bare }),
    input(2, { type: "NO", debounceMs: 0, zone: "record-only", linkage: bare }),
  ];
  await using shell = startEngineShell(deps, site({ inputs }));
  shell.feed({ kind: "resume" });
  const level = (point: number, to: "open" | "closed", how: "change" | "state" = "change") => {
    shell.feed({ kind: "level", board: 1, report: { point, level: to, at: clock.now(), how } });
    clock.advance(seconds(1));
  };
  const noted = () => told.filter(({ kind }) => kind === "note").length;
  const kept = () => stored.filter(({ kind }) => kind === "receipt").length;
  for (const point of [1, 2]) level(point, "open", "state");
  for (const to of ["closed", "open"] as const) level(1, to);
  assert.deepEqual([kept(), noted()], [2, 0]);
  for (const to of ["closed", "open"] as const) level(2, to);
  assert.deepEqual([kept(), noted()], [4, 2]);
});

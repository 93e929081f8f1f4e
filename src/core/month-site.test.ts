/**
 * A shop for `month.test.ts`: the engine's real shell and arming by the clock on a clock that a test moves, a journal in
 * memory of which a restart reads the two newest days as core does, boards and recorders that do what they are told.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { pino } from "pino";
import { memoryFrom, type EngineEvent } from "../domain/engine.ts";
import type { Level, OutputState } from "../domain/level.ts";
import type { Outcome, Receipt } from "../domain/receipt.ts";
import type { SiteConfig } from "../domain/site-config.ts";
import { input, linkage, output, site } from "../domain/testdata/site.ts";
import { localClock } from "../kernel/local-time.ts";
import { after, instant, seconds, wallTime, type Clock } from "../kernel/time.ts";
import type { CoreRecord, Stamped } from "../messages/journal.ts";
import type { HoldOrder } from "../messages/recorder.ts";
import { fakeClock, type FakeClock } from "../testkit/fake-clock.ts";
import { autoArmStart, startAutoArm, type AutoArm } from "./auto-arm.ts";
import { startEngineShell, type EngineShell } from "./engine-shell.ts";
import { latencyBook } from "./latency.ts";
import { liveBook } from "./live-book.ts";

const hours = (from: number, to: number) => [{ fromMin: from * 60, toMin: to * 60 }];
const zones = ["entry-exit", "follower", "instant", "24h-audible", "record-only", "instant", "24h-silent"] as const;

/** Contacts of the shop: 1 door, 2 hall, 3 window, 4 panic, 5 doorbell, 6 store room (watched at night), 7 safe. */
export const shop: SiteConfig = site({
  site: {
    ...{ name: "Shop", timeZone: "Europe/Berlin" },
    holidays: [
      { date: "2020-10-03", yearly: true, name: "Unity" },
      { date: "2026-10-14", yearly: false, name: "Inventory" },
    ],
    autoArm: { schedule: 1, armWhen: "ends", mode: "away", disarm: true, warningMin: 10, notifiers: [1] },
  },
  schedules: [
    {
      ...{ schedule: 1, name: "Shop hours", holiday: [] },
      week: [...Array.from({ length: 5 }, () => hours(8, 18)), hours(9, 13), []],
    },
    { schedule: 2, name: "Small hours", week: Array.from({ length: 7 }, () => hours(2, 3)) },
  ],
  inputs: zones.map((zone, i) =>
    input(i + 1, {
      ...{ zone, swingerAlarms: 3 },
      linkage: linkage({
        outputs: [
          { output: 1, holdS: 10 },
          { output: 2, holdS: 0 },
        ],
        ...(i === 5 ? { schedule: 2 } : {}),
      }),
    }),
  ),
  outputs: [output(1), output(2, { kind: "light", maxOnS: 600, behaviour: { kind: "timed", s: 120 } })],
});

/** What the month left behind. */
export interface Ledger {
  edges: number;
  readonly receipts: Map<string, Receipt>;
  readonly ordered: Set<string>;
  readonly forgotten: Set<string>;
  readonly messages: string[];
  readonly warnings: string[];
  /** Lines and bytes of each journal file, by day. */
  readonly files: Map<string, { lines: number; bytes: number }>;
  /** Times that each output was on, ms. */
  readonly on: { readonly output: number; readonly ms: number }[];
  wakesAtMost: number;
}

/** A shop with its machine. Times are UTC, ms since 1970. */
export interface Shop {
  readonly ledger: Ledger;
  readonly wall: number;
  readonly mode: string;
  readonly engine: EngineShell;
  readonly autoArm: AutoArm;
  feed(event: EngineEvent): void;
  contact(point: number, level: Level): void;
  /** Its board goes, or is back with the levels of now. */
  board(online: boolean): void;
  /** The message that is sent next fails. */
  failNext(): void;
  /** Time passes up to `wall`; messages arrive meanwhile. */
  until(wall: number, each?: () => void): Promise<void>;
  stepClock(ms: number): void;
  /** Killed, and started again so much later; `reboot`: of a power cut. */
  restart(awayMs: number, reboot: boolean): void;
}

const minute = 60_000;
const dayOf = (wall: number): string => new Date(wall).toISOString().slice(0, 10);

/** Counts the wakes that wait; `lateMs`: this one calls so much later than it was asked to, as a busy machine may. */
function watched(clock: Clock, waiting: Set<symbol>, lateMs = 0): Clock {
  return {
    ...{ bootId: clock.bootId, now: () => clock.now(), wall: () => clock.wall() },
    wakeAt(at, call) {
      const one = Symbol("wake");
      waiting.add(one);
      const cancel = clock.wakeAt(after(at, seconds(lateMs / 1000)), () => {
        waiting.delete(one);
        call();
      });
      return () => {
        waiting.delete(one);
        cancel();
      };
    },
  };
}

export function openShop(start: number): Shop {
  const ledger: Ledger = {
    ...{ edges: 0, receipts: new Map(), ordered: new Set(), forgotten: new Set(), messages: [], warnings: [] },
    ...{ files: new Map(), on: [], wakesAtMost: 0 },
  };
  const files = new Map<string, string[]>();
  const levels = new Map<number, Level>(zones.map((_, i) => [i + 1, "closed"]));
  const onSince = new Map<number, number>();
  let clock: FakeClock = fakeClock(instant(1_000_000), wallTime(start));
  let boots = 0;
  let ids = 0;
  let failing = false;
  let online = true;
  let config = shop;
  let life = begin();

  function begin() {
    const boot = `boot-${boots}`;
    const waiting = new Set<symbol>();
    const own: Clock = { ...watched(clock, waiting), bootId: boot };
    const kept = [...files.values()].slice(-2).flat();
    const records = kept.map((line) => JSON.parse(line) as Stamped<CoreRecord>);
    const latency = latencyBook();
    const live = liveBook(own, {
      engine: () => engine.view(),
      latency: () => latency.stats(),
      alarms: () => ({ unacknowledged: 0 }),
    });
    // what boards and recorders do is no wake of Reed's
    const world = clock;
    const later = (ms: number, work: () => void) => void world.wakeAt(after(own.now(), seconds(ms / 1000)), work);
    const append = (record: CoreRecord, opening: () => CoreRecord) => {
      const day = dayOf(clock.wall());
      const write = (one: CoreRecord) => {
        const line = JSON.stringify({ seq: 0, boot, at: own.now(), wall: own.wall(), record: one });
        const { lines, bytes } = ledger.files.get(day) ?? { lines: 0, bytes: 0 };
        ledger.files.set(day, { lines: lines + 1, bytes: bytes + line.length });
        files.get(day)?.push(line);
      };
      if (!files.has(day)) {
        files.set(day, []);
        write(opening());
        for (const old of [...files.keys()].slice(0, -2)) files.delete(old);
      }
      if (record.kind === "edge") ledger.edges++;
      write(record);
    };
    const closed = (hold: HoldOrder, endAt: number) =>
      later(Math.max(0, endAt - own.now()) + 200, () =>
        engine.feed({ kind: "hold-closed", holdId: hold.holdId, result: "done", reason: "", gaps: [] }),
      );
    const holds = new Map<string, HoldOrder>();
    const notify = (_: number, receipt: Receipt): Promise<Outcome> => {
      ledger.messages.push(receipt.edge.eventId);
      const outcome: Outcome = failing ? { kind: "failed", reason: "refused" } : { kind: "done" };
      failing = false;
      return Promise.resolve(outcome);
    };
    const engine: EngineShell = startEngineShell(
      {
        ...{ clock: own, log: pino({ level: "silent" }), live, latency },
        ...{ memory: records.length === 0 ? undefined : memoryFrom(records.map(({ record }) => record)) },
        newId: () => `id-${String(++ids)}`,
        siteTime: () => time,
        openJournal: (opening) => ({
          append: (record) => append(record, opening),
          step: (all) => all.forEach((record) => append(record, opening)),
          synced: () => Promise.resolve(),
          [Symbol.asyncDispose]: () => Promise.resolve(),
        }),
        want(board, point, state) {
          switched(point, state);
          if (!online) return;
          later(20, () => online && engine.feed({ kind: "commanded", board, point, state, at: own.now() }));
          later(50, () => online && engine.feed({ kind: "read-back", board, point, state, at: own.now() }));
        },
        order(hold) {
          ledger.ordered.add(hold.holdId);
          holds.set(hold.holdId, hold);
          later(10, () => engine.feed({ kind: "hold-answer", holdId: hold.holdId, answer: { kind: "recording" } }));
          closed(hold, hold.endAt ?? hold.boundAt);
        },
        tell(_, message) {
          const hold = "holdId" in message ? holds.get(message.holdId) : undefined;
          if (message.kind === "end-hold" && hold !== undefined) closed(hold, message.endAt);
          if (message.kind === "forget-hold") ledger.forgotten.add(message.holdId);
        },
        store(intent) {
          if (intent.kind === "receipt") ledger.receipts.set(intent.receipt.edge.eventId, intent.receipt);
        },
        receiptKept: () => undefined,
        notify: ({ notifier, receipt }) => notify(notifier, receipt),
        snapshots: () => Promise.resolve({ kind: "done" }),
        turn: () => Promise.resolve({ kind: "done" }),
        broken: (error) => assert.fail(error as Error),
        modeChanged(number, mode) {
          const outputs = config.outputs.map((one) => (one.output === number ? { ...one, mode } : one));
          config = { ...config, outputs };
          engine.configure(config);
        },
      },
      config,
    );
    const autoArm = startAutoArm(
      {
        // a look a minute instead of one every 5 s: late ones do no harm
        clock: { ...watched(clock, waiting, 55_000), bootId: boot },
        ...{ config: () => config, time: () => time, armed: () => engine.view().arming.mode !== "disarmed" },
        arm: ({ armed, by, mode }) => engine.feed({ kind: "arm", armed, by, ...(mode === undefined ? {} : { mode }) }),
        announce: (_, { title }) => void ledger.warnings.push(title),
        publish: (event) => live.publish(event),
        journal: (record) => engine.journal.append(record),
      },
      autoArmStart(records),
    );
    return { engine, autoArm, waiting };
  }
  const time = { clock: localClock("Europe/Berlin"), trusted: true };

  function switched(point: number, state: OutputState): void {
    const since = onSince.get(point);
    if (state === "on" && since === undefined) onSince.set(point, clock.now());
    if (state === "on" || since === undefined) return;
    ledger.on.push({ output: point, ms: clock.now() - since });
    onSince.delete(point);
  }

  function connectAll(): void {
    life.engine.feed({ kind: "resume" });
    connect();
    life.autoArm.look();
  }
  function connect(): void {
    life.engine.feed({ kind: "link", board: 1, link: { kind: "online" }, at: clock.now() });
    for (const [point, level] of levels)
      life.engine.feed({ kind: "level", board: 1, report: { point, level, at: clock.now(), how: "state" } });
  }
  connectAll();
  const self: Shop = {
    ledger,
    get wall() {
      return clock.wall();
    },
    get mode() {
      return life.engine.view().arming.mode;
    },
    get engine() {
      return life.engine;
    },
    get autoArm() {
      return life.autoArm;
    },
    feed: (event) => life.engine.feed(event),
    contact(point, level) {
      levels.set(point, level);
      if (online)
        life.engine.feed({ kind: "level", board: 1, report: { point, level, at: clock.now(), how: "change" } });
    },
    board(up) {
      online = up;
      if (up) connect();
      else life.engine.feed({ kind: "link", board: 1, link: { kind: "lost", reason: "no answer" }, at: clock.now() });
    },
    failNext: () => void (failing = true),
    async until(wall, each) {
      while (clock.wall() < wall) {
        clock.advance(seconds(Math.min(minute, wall - clock.wall()) / 1000));
        // what was sent has its answer
        await Promise.resolve();
        await Promise.resolve();
        ledger.wakesAtMost = Math.max(ledger.wakesAtMost, life.waiting.size);
        each?.();
      }
    },
    stepClock: (ms) => clock.stepWall(seconds(ms / 1000)),
    restart(awayMs, reboot) {
      life.engine.halt();
      life.autoArm[Symbol.dispose]();
      for (const { output: number } of config.outputs) switched(number, "off");
      if (reboot) {
        boots++;
        clock = fakeClock(instant(5000), wallTime(clock.wall() + awayMs));
      } else clock.advance(seconds(awayMs / 1000));
      life = begin();
      connectAll();
    },
  };
  return self;
}

// other tests import this file; this one is run once
if (import.meta.main) {
  test("the shop of the month opens disarmed, with nothing on", () => {
    const one = openShop(Date.UTC(2026, 8, 30, 22));
    assert.equal(one.mode, "disarmed");
    assert.deepEqual(one.ledger.on, []);
  });
}

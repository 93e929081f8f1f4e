import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { ok } from "../kernel/result.ts";
import { memoryFrom } from "../domain/engine.ts";
import type { Level, OutputState } from "../domain/level.ts";
import type { Receipt } from "../domain/receipt.ts";
import type { AlarmInputSettings, SiteConfig } from "../domain/site-config.ts";
import type { DriverDeps, NetworkMessage } from "../drivers/driver.ts";
import type { Actor, ApiToCore, Command, CoreToApi, LiveState } from "../messages/api.ts";
import type { CoreToRecorder, HoldOrder, RecorderToCore, TroubleReport } from "../messages/recorder.ts";
import type { StoreIntent } from "../messages/store.ts";
import type { Lines } from "../platform/lines.ts";
import { pino } from "pino";
import { fakeClock, type FakeClock } from "../testkit/fake-clock.ts";
import { keptSinceLastStop, withKept } from "./alarm-desk.ts";
import { autoArmStart } from "./auto-arm.ts";
import { readCoreJournal } from "./core-journal.ts";
import { openRooms, type Rooms } from "./rooms.ts";

export const door: AlarmInputSettings = {
  input: 1,
  name: "Front door",
  enabled: true,
  kind: "door",
  board: 1,
  point: 1,
  type: "NC",
  debounceMs: 250,
  antiDitherS: 5,
  linkage: {
    recordChannels: [1, 2],
    postRecordS: 30,
    maxRecordS: 600,
    outputs: [{ output: 1, holdS: 10 }],
    notifiers: [],
  },
};

export const channel = (number: number) => ({
  channel: number,
  name: `Camera ${number}`,
  enabled: true,
  mainUrl: "rtsp://192.0.2.1/main",
  username: "u",
  password: "secret-of-camera",
  audio: false,
  recordMode: "continuous" as const,
  preRecordS: 10,
});

export const site: SiteConfig = {
  site: { name: "Shop", timeZone: "UTC" },
  volumes: [{ id: "v1", path: "/v1", maxShare: 0.8, keepDays: 14 }],
  channels: [channel(1), channel(2)],
  boards: [
    { board: 1, name: "Board", enabled: true, driver: { kind: "virtual", inputs: 2, outputs: 2 } },
    {
      board: 2,
      name: "Doorbell",
      enabled: true,
      driver: { kind: "http-trigger", inputs: [{ point: 1, key: "k", maxS: 60 }] },
    },
  ],
  inputs: [
    door,
    { ...door, input: 2, name: "Doorbell", kind: "button", board: 2, point: 1, type: "NO", debounceMs: 50 },
  ],
  outputs: [
    { output: 1, name: "Siren", kind: "siren", board: 1, point: 1, mode: "auto", maxOnS: 180, restState: "off" },
    { output: 2, name: "Gate", kind: "gate", board: 1, point: 2, mode: "auto", maxOnS: 60, restState: "off" },
  ],
  notifiers: [],
  views: [],
  subscriptions: [],
  schedules: [],
};

/** The far end of a connection, with all that it was sent. */
export interface TestLines<In, Out> extends Lines<In, Out> {
  readonly received: In[];
}

/** Two ends of a connection in memory; what one sends the other has at once. */
export function linesPair<NearIn, FarIn>(): { near: Lines<NearIn, FarIn>; far: TestLines<FarIn, NearIn> } {
  const toNear: ((message: NearIn) => void)[] = [];
  const toFar: ((message: FarIn) => void)[] = [];
  const onClose: (() => void)[] = [];
  const close = () => onClose.splice(0).forEach((handle) => handle());
  const received: FarIn[] = [];
  toFar.push((message) => void received.push(message));
  const ends = { close, onClose: (handle: () => void) => void onClose.push(handle), queued: 0 };
  return {
    near: {
      ...ends,
      send: (message) => toFar.forEach((handle) => handle(message)),
      onMessage: (handle) => void toNear.push(handle),
    },
    far: {
      ...ends,
      received,
      send: (message) => toNear.forEach((handle) => handle(message)),
      onMessage: (handle) => void toFar.push(handle),
    },
  };
}

const nothingKnown = { alarms: { unacknowledged: [], events: [] }, locks: { held: [], released: [] } };

export interface World {
  readonly clock: FakeClock;
  readonly rooms: Rooms;
  readonly intents: StoreIntent[];
  /** What first start was told of users. */
  readonly users: string[];
  /** Messages of the log, with their level. */
  readonly logged: string[];
  /** What the pages' process was sent. */
  readonly told: readonly CoreToApi[];
  readonly wants: string[];
  /** Messages that are of no edge. */
  readonly announced: string[];
  /** Channels whose PTZ login is tried again. */
  readonly triedAgain: number[];
  records(): readonly unknown[];
  /** Kinds of the journal's records. */
  journal(): string[];
  level(level: Level, point?: number): void;
  /** What a driver hands on of a message; the board is the one without contacts. */
  message(said: Omit<NetworkMessage, "point">): void;
  readBack(point: number, state: OutputState): void;
  recorder(): TestLines<CoreToRecorder, RecorderToCore>;
  receipts(): Receipt[];
  ask(command: Command): Promise<CoreToApi>;
  snapshot(): LiveState;
}

/** Lets promises and the journal's syncs run. */
export const settled = () => new Promise((resolve) => setImmediate(resolve));
export const owner: Actor = { kind: "user", name: "anna" };

export async function world(
  t: TestContext,
  folder = newFolder(t),
  clock = fakeClock(),
  leftTroubles: readonly TroubleReport[] = [],
): Promise<World> {
  const intents: StoreIntent[] = [];
  const logged: string[] = [];
  const users: string[] = [];
  const wants: string[] = [];
  const announced: string[] = [];
  const triedAgain: number[] = [];
  const drivers = new Map<string, DriverDeps>();
  const kinds = () => readCoreJournal(folder).records.map(({ record }) => record.kind as string);
  const { records } = readCoreJournal(folder);
  let id = records.length * 1000;
  let firsts = 0;
  const rooms = openRooms({
    clock,
    log: linesLog(logged),
    version: "0",
    pid: 1,
    journalFolder: folder,
    config: site,
    memory: records.length === 0 ? undefined : memoryFrom(records.map(({ record }) => record)),
    sealer: { seal: (change) => (change.part === "channel" ? sealedChannel(change) : change) },
    createDriver(settings, deps) {
      drivers.set(settings.kind, deps);
      return {
        want: (point, state) => {
          wants.push(`${point} ${state}`);
          wants.push(`journal: ${kinds().filter((kind) => kind === "edge").length} edges`);
          deps.events.commanded(point, state, clock.now());
        },
        [Symbol.asyncDispose]: () => Promise.resolve(),
      };
    },
    store: {
      put: (intent) => void intents.push(intent),
      flushed: () => Promise.resolve(),
      dropped: 0,
      [Symbol.asyncDispose]: () => Promise.resolve(),
    },
    recorders: 1,
    frame: { memoryBytes: 1e9 },
    newId: () => `id-${id++}`,
    clockFacts: () => ({ synchronised: "yes", hasHardwareClock: true }),
    lastSeen: undefined,
    autoArmStart: autoArmStart(records),
    announce: (notifier, { title }) => Promise.resolve(void announced.push(`${notifier}: ${title}`)),
    snapshots: () => Promise.resolve({ kind: "done" }),
    picture: () => Promise.reject(new Error("no picture")),
    pictureShelf: { put: () => Promise.resolve(), tidy: () => Promise.resolve() },
    notify: () => Promise.resolve({ kind: "done" }),
    notifier: {
      test: () => Promise.resolve({ outcome: { kind: "done" }, ms: 1 }),
      sendAgain: () => Promise.resolve({ outcome: { kind: "done" }, ms: 1 }),
      letters: { list: () => [], get: () => undefined, remove: () => Promise.resolve(), onChange: () => undefined },
    },
    leftTroubles,
    known: withKept(nothingKnown, keptSinceLastStop(records)),
    cameraEvents: { dahua: { open: () => ({ [Symbol.asyncDispose]: () => Promise.resolve() }) } },
    ptz: {
      tryAgain: (one) => void triedAgain.push(one),
      go: () => Promise.resolve({ kind: "done" }),
      turn: () => Promise.resolve({ outcome: { kind: "done" }, ms: 1 }),
      presets: () => Promise.resolve(ok([])),
    },
    people: { changed: () => undefined },
    broken: (error) => assert.fail(error as Error),
    newPushKeys: () => ({ publicKey: "public", privateKey: "private" }),
    firstStart: {
      token: "t",
      take: () => firsts++ === 0,
      created: (name) => void users.push(`+${name}`),
      removed: (name) => void users.push(`-${name}`),
    },
    connected: () => true,
    disconnected: () => undefined,
    silent: () => undefined,
  });
  rooms.begin();
  await settled();
  const board = () => {
    const deps = drivers.get("virtual");
    assert.ok(deps !== undefined);
    return deps.events;
  };
  board().link({ kind: "online" }, clock.now());
  const api = linesPair<ApiToCore, CoreToApi>();
  rooms.clients.accept({ kind: "hello", role: "api", index: 0, pid: 2 }, api.near);
  t.after(() => rooms.close());
  let asked = 0;
  return {
    clock,
    rooms,
    intents,
    logged,
    users,
    told: api.far.received,
    wants,
    announced,
    triedAgain,
    journal: kinds,
    records: () => readCoreJournal(folder).records,
    message: (said) => drivers.get("http-trigger")?.events.message?.({ point: 1, ...said }),
    level: (level, point = 1) => board().level({ point, level, at: clock.now(), how: "change" }),
    readBack: (point, state) => board().readBack(point, state, clock.now()),
    recorder() {
      const pair = linesPair<RecorderToCore, CoreToRecorder>();
      const hello = {
        kind: "hello",
        role: "recorder",
        index: 0,
        pid: 3,
        bootId: clock.bootId,
        planRevision: 0,
      } as const;
      rooms.recorders.accept(hello, pair.near);
      return pair.far;
    },
    receipts: () => [
      ...new Map(
        intents.flatMap((intent) =>
          intent.kind === "receipt" ? [[intent.receipt.edge.eventId, intent.receipt] as const] : [],
        ),
      ).values(),
    ],
    async ask(command) {
      const number = ++asked;
      api.far.send({ kind: "command", id: number, actor: owner, command });
      const answered = async () => {
        for (let turn = 0; turn < 20; turn++) {
          const reply = api.far.received.find((message) => message.kind === "reply" && message.id === number);
          if (reply !== undefined) return reply;
          await rooms.engine.journal.synced();
          await settled();
        }
        return undefined;
      };
      const soon = await answered();
      if (soon !== undefined) return soon;
      clock.advance(2000);
      const late = await answered();
      assert.ok(late !== undefined, `no reply to ${command.kind}`);
      return late;
    },
    snapshot: () => rooms.live.snapshot(),
  };
}

export function newFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "reed-core-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const sealedChannel = (change: { part: "channel"; value: SiteConfig["channels"][number] }) => ({
  ...change,
  value: { ...change.value, password: "sealed" },
});

export const holdsOf = (messages: readonly CoreToRecorder[]): HoldOrder[] =>
  messages.flatMap((message) => (message.kind === "hold" ? [message.hold] : []));

export const replyOf = (message: CoreToApi): unknown => {
  assert.ok(message.kind === "reply");
  return message.ok ? message.result : message.error;
};

/** A door that is opened and accepted: the site is armed, the door was shut. */
export async function openedDoor(world: World) {
  world.level("closed");
  world.clock.advance(300);
  assert.ok((await world.ask({ kind: "arm", armed: true })).kind === "reply");
  world.wants.length = 0;
  world.level("open");
  world.clock.advance(250);
}

/** A log whose lines can be looked at: `info edge accepted …`. */
function linesLog(lines: string[]) {
  const write = (line: string) => {
    const { level, msg } = JSON.parse(line) as { level: number; msg: string };
    lines.push(`${pino.levels.labels[level] ?? level} ${msg}`);
  };
  return pino({ base: null }, { write });
}

// other tests import this file; this one is run once
if (import.meta.main) {
  test("the rooms of a test hear a board and write a journal, as the real ones do", async (t) => {
    const w = await world(t);
    w.level("closed");
    w.clock.advance(300);
    assert.ok(w.journal().includes("input"));
    assert.equal(w.snapshot().inputs[0]?.level, "closed");
  });
}

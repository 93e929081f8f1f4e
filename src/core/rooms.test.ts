import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { memoryFrom } from "../domain/engine.ts";
import type { Level, OutputState } from "../domain/level.ts";
import type { Receipt } from "../domain/receipt.ts";
import type { AlarmInputSettings, SiteConfig } from "../domain/site-config.ts";
import type { DriverDeps } from "../drivers/driver.ts";
import type { Actor, ApiToCore, Command, CoreToApi, LiveState, TriggerAnswer } from "../messages/api.ts";
import type { CoreToRecorder, HoldAnswer, HoldOrder, RecorderToCore } from "../messages/recorder.ts";
import type { StoreIntent } from "../messages/store.ts";
import type { Lines } from "../platform/lines.ts";
import { createLog } from "../platform/log.ts";
import { fakeClock, type FakeClock } from "../testkit/fake-clock.ts";
import { readCoreJournal } from "./core-journal.ts";
import { openRooms, type Rooms } from "./rooms.ts";

const door: AlarmInputSettings = {
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

const channel = (number: number) => ({
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

const site: SiteConfig = {
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
};

/** The far end of a connection, with all that it was sent. */
interface TestLines<In, Out> extends Lines<In, Out> {
  readonly received: In[];
}

/** Two ends of a connection in memory; what one sends the other has at once. */
function linesPair<NearIn, FarIn>(): { near: Lines<NearIn, FarIn>; far: TestLines<FarIn, NearIn> } {
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

interface World {
  readonly clock: FakeClock;
  readonly rooms: Rooms;
  readonly intents: StoreIntent[];
  readonly wants: string[];
  records(): readonly unknown[];
  /** Kinds of the journal's records. */
  journal(): string[];
  level(level: Level, point?: number): void;
  readBack(point: number, state: OutputState): void;
  recorder(): TestLines<CoreToRecorder, RecorderToCore>;
  receipts(): Receipt[];
  ask(command: Command): Promise<CoreToApi>;
  snapshot(): LiveState;
}

/** Lets promises and the journal's syncs run. */
const settled = () => new Promise((resolve) => setImmediate(resolve));
const owner: Actor = { kind: "user", name: "anna" };

async function world(t: TestContext, folder = newFolder(t), clock = fakeClock()): Promise<World> {
  const intents: StoreIntent[] = [];
  const wants: string[] = [];
  const drivers = new Map<string, DriverDeps>();
  const kinds = () => readCoreJournal(folder).records.map(({ record }) => record.kind as string);
  const { records } = readCoreJournal(folder);
  let id = records.length * 1000;
  let firsts = 0;
  const rooms = openRooms({
    clock,
    log: createLog("test", "silent"),
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
    notify: () => Promise.resolve({ kind: "done" }),
    testNotifier: () => Promise.resolve({ kind: "done" }),
    firstStart: { token: "t", take: () => firsts++ === 0, end: () => undefined },
    connected: () => undefined,
    disconnected: () => undefined,
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
    wants,
    journal: kinds,
    records: () => readCoreJournal(folder).records,
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
      for (let turn = 0; turn < 20; turn++) {
        const reply = api.far.received.find((message) => message.kind === "reply" && message.id === number);
        if (reply !== undefined) return reply;
        await rooms.engine.journal.synced();
        await settled();
      }
      clock.advance(2000);
      await settled();
      const late = api.far.received.find((message) => message.kind === "reply" && message.id === number);
      assert.ok(late !== undefined, "no reply");
      return late;
    },
    snapshot: () => rooms.live.snapshot(),
  };
}

function newFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "reed-core-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const sealedChannel = (change: { part: "channel"; value: SiteConfig["channels"][number] }) => ({
  ...change,
  value: { ...change.value, password: "sealed" },
});

const holdsOf = (messages: readonly CoreToRecorder[]): HoldOrder[] =>
  messages.flatMap((message) => (message.kind === "hold" ? [message.hold] : []));

const replyOf = (message: CoreToApi): unknown => {
  assert.ok(message.kind === "reply");
  return message.ok ? message.result : message.error;
};

/** A door that is opened and accepted: the site is armed, the door was shut. */
async function openedDoor(world: World) {
  world.level("closed");
  world.clock.advance(300);
  assert.ok((await world.ask({ kind: "arm", armed: true })).kind === "reply");
  world.wants.length = 0;
  world.level("open");
  world.clock.advance(250);
}

test("the relay is commanded before anything of the edge is journalled", async (t) => {
  const w = await world(t);
  w.recorder();
  await openedDoor(w);
  assert.deepEqual(w.wants, ["1 on", "journal: 0 edges"]);
  assert.equal(w.journal().filter((kind) => kind === "edge").length, 1);
  assert.equal(w.snapshot().latency.edgeToCommand.count, 1);
});

test("an edge is told to the recorder once for each camera, and its receipt closes when all are known", async (t) => {
  const w = await world(t);
  const recorder = w.recorder();
  await openedDoor(w);
  const holds = holdsOf(recorder.received);
  assert.deepEqual(holds.map((hold) => hold.channel).sort(), [1, 2]);
  w.readBack(1, "on");
  const now = w.clock.wall();
  for (const { holdId } of holds) {
    recorder.send({ kind: "hold-answer", holdId, answer: { kind: "recording" } });
    recorder.send({ kind: "hold-durable", holdId, durableAt: w.clock.now(), preAchievedMs: 10_000 });
  }
  assert.equal(w.snapshot().latency.edgeToDurable.count, 2);
  w.level("closed");
  w.clock.advance(60_000);
  for (const { holdId } of holds)
    recorder.send({ kind: "hold-closed", holdId, result: "done", reason: "", from: now, to: now, gaps: [] });
  const receipt = w.receipts().find((candidate) => candidate.edge.kind === "raised");
  assert.ok(receipt?.closedAt !== undefined, JSON.stringify(receipt));
  assert.deepEqual(
    receipt.actions.map((action) => action.outcome?.kind),
    ["done", "done", "done"],
  );
  assert.ok(recorder.received.some((message) => message.kind === "note"));
  assert.ok(w.intents.some((intent) => intent.kind === "span" && intent.cause === "alarm"));
});

test("a dead recorder is a trouble, and its holds are sent again in full when it returns", async (t) => {
  const w = await world(t);
  const first = w.recorder();
  await openedDoor(w);
  first.close();
  assert.ok(w.snapshot().troubles.some((trouble) => trouble.key === "recorder:0"));
  assert.ok(w.snapshot().channels.every((state) => state.state === "down"));
  const second = w.recorder();
  const [plan, holds] = second.received;
  assert.equal(plan?.kind, "plan");
  assert.ok(holds?.kind === "holds");
  assert.deepEqual(holds.holds.map((hold) => hold.channel).sort(), [1, 2]);
  assert.ok(!w.snapshot().troubles.some((trouble) => trouble.key === "recorder:0"));
  const ended = w.intents.filter((intent) => intent.kind === "trouble" && intent.trouble.key === "recorder:0");
  assert.equal(ended.length, 2);
});

test("receipts that a crash left open are resolved after the restart", async (t) => {
  const folder = newFolder(t);
  const before = await world(t, folder);
  before.recorder();
  await openedDoor(before);
  const open = before.rooms.engine.view().openReceipts;
  assert.equal(open.length, 1);
  // no clean stop: the second core finds only what the first one journalled
  before.rooms.engine.halt();
  const after = await world(t, folder, before.clock);
  assert.equal(after.snapshot().armed, true);
  const recorder = after.recorder();
  const holds = recorder.received.flatMap((message) => (message.kind === "holds" ? message.holds : []));
  assert.deepEqual(holds.map((hold) => hold.channel).sort(), [1, 2]);
  for (const { holdId } of holds)
    recorder.send({ kind: "hold-closed", holdId, result: "short", reason: "cut by a crash", gaps: [] });
  const receipt = after.receipts().find((candidate) => candidate.edge.eventId === open[0]?.edge.eventId);
  assert.ok(receipt?.closedAt !== undefined);
  assert.ok(receipt.actions.every((action) => action.outcome !== undefined));
});

test("a trigger answers per camera what the recorder really does, and a repeated one does nothing again", async (t) => {
  const w = await world(t);
  const recorder = w.recorder();
  const answers: Record<number, HoldAnswer> = {
    1: { kind: "recording" },
    2: { kind: "failed", reason: "camera offline" },
  };
  recorder.onMessage((message) => {
    const answer = message.kind === "hold" ? answers[message.hold.channel] : undefined;
    if (message.kind === "hold" && answer !== undefined)
      recorder.send({ kind: "hold-answer", holdId: message.hold.holdId, answer });
  });
  const ring: Command = { kind: "trigger", board: 2, point: 1, verb: "pulse", eventId: "bell-1" };
  const first = replyOf(await w.ask(ring)) as TriggerAnswer;
  assert.equal(first.repeated, false);
  assert.deepEqual(
    first.cameras.map(({ channel: number, answer }) => [number, answer]),
    [
      [1, answers[1]],
      [2, answers[2]],
    ],
  );
  const told = holdsOf(recorder.received).length;
  const again = replyOf(await w.ask(ring)) as TriggerAnswer;
  assert.deepEqual([again.repeated, again.eventId], [true, first.eventId]);
  assert.equal(holdsOf(recorder.received).length, told);
});

test("a trigger whose recorder is silent says so after two seconds and never claims that it records", async (t) => {
  const w = await world(t);
  w.recorder();
  const answer = replyOf(await w.ask({ kind: "trigger", board: 2, point: 1, verb: "pulse" })) as TriggerAnswer;
  assert.deepEqual(
    answer.cameras.map((camera) => camera.answer.kind),
    ["failed", "failed"],
  );
});

test("a linked camera can't be removed, and nothing changes", async (t) => {
  const w = await world(t);
  const error = replyOf(await w.ask({ kind: "remove", part: "channel", id: 1 })) as { code: string; message: string };
  assert.equal(error.code, "conflict");
  assert.match(error.message, /Front door/);
  assert.ok(!w.journal().includes("config-removed"));
});

test("a changed camera reaches journal and database sealed, the recorder in plain, the audit log without secrets", async (t) => {
  const w = await world(t);
  const recorder = w.recorder();
  const value = { ...channel(3), password: "new-secret" };
  assert.deepEqual(replyOf(await w.ask({ kind: "put", change: { part: "channel", value } })), {});
  assert.ok(w.journal().includes("config"));
  const config = w.intents.filter((intent) => intent.kind === "config" || intent.kind === "audit");
  assert.equal(config.length, 2);
  assert.ok(!JSON.stringify([config, w.records()]).includes("new-secret"));
  const plan = recorder.received.findLast((message) => message.kind === "plan");
  assert.ok(plan?.plan.channels.some((row) => row.password === "new-secret"));
  const audit = w.intents.find((intent) => intent.kind === "audit");
  assert.deepEqual(audit?.details, { part: "channel", id: 3 });
  assert.deepEqual(audit.actor, owner);
});

test("outputs to rest asks first when a gate would move", async (t) => {
  const w = await world(t);
  w.wants.length = 0;
  await w.ask({ kind: "output-mode", output: 2, mode: "on" });
  assert.ok(w.wants.includes("2 on"));
  const question = replyOf(await w.ask({ kind: "rest-outputs", confirmed: false })) as {
    code: string;
    message: string;
  };
  assert.equal(question.code, "conflict");
  assert.match(question.message, /"Gate" \(gate\)/);
  assert.ok(!w.wants.includes("2 off"));
  await w.ask({ kind: "rest-outputs", confirmed: true });
  assert.ok(w.wants.includes("2 off"));
  assert.equal(w.rooms.site.config().outputs.find((row) => row.output === 2)?.mode, "auto");
});

test("a clean stop puts a howling siren to rest, waits for the relay to say so, and is journalled", async (t) => {
  const w = await world(t);
  const recorder = w.recorder();
  await openedDoor(w);
  w.readBack(1, "on");
  const quiet = w.rooms.quieten();
  assert.equal(w.wants.at(-2), "1 off");
  await settled();
  assert.ok(!recorder.received.some((message) => message.kind === "stop"), "the siren still howls");
  w.readBack(1, "off");
  await quiet;
  assert.ok(recorder.received.some((message) => message.kind === "stop"));
  await w.rooms.close();
  assert.equal(w.journal().at(-1), "clean-stop");
});

test("a siren on a lost board holds a clean stop up for two seconds at the most", async (t) => {
  const w = await world(t);
  await openedDoor(w);
  w.readBack(1, "on");
  const quiet = w.rooms.quieten();
  w.clock.advance(2000);
  await quiet;
});

test("the pages get a snapshot and then every change once, in order of their numbers", async (t) => {
  const w = await world(t);
  const page = linesPair<ApiToCore, CoreToApi>();
  w.rooms.clients.accept({ kind: "hello", role: "api", index: 1, pid: 9 }, page.near);
  await openedDoor(w);
  const [snapshot, ...events] = page.far.received;
  assert.ok(snapshot?.kind === "snapshot");
  const numbers = events.flatMap((message) => (message.kind === "event" ? [message.seq] : []));
  assert.deepEqual(
    numbers,
    numbers.map((_, index) => snapshot.seq + 1 + index),
  );
  assert.ok(events.some((message) => message.kind === "event" && message.event.kind === "receipt"));
});

test("of two people with the first-start token one becomes administrator", async (t) => {
  const w = await world(t);
  const create = (name: string): Command => ({
    kind: "account",
    op: { kind: "create-user", name, role: "administrator", passwordHash: "h", firstStart: true },
  });
  assert.deepEqual(replyOf(await w.ask(create("anna"))), {});
  assert.equal((replyOf(await w.ask(create("mallory"))) as { code: string }).code, "conflict");
  assert.equal(w.intents.filter((intent) => intent.kind === "account").length, 1);
});

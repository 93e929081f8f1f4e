import assert from "node:assert/strict";
import { test } from "node:test";
import { wallTime } from "../kernel/time.ts";
import { fakeClock } from "../testkit/fake-clock.ts";
import { receiptRow } from "../testkit/store-rows.ts";
import { openAlarmDesk, withKept } from "./alarm-desk.ts";
import { newFolder, openedDoor, replyOf, world, type World } from "./test-rooms.test.ts";

const alarmOf = (w: World): string => {
  const alarmId = w.receipts().find((receipt) => receipt.alarmId !== undefined)?.alarmId;
  assert.ok(alarmId !== undefined);
  return alarmId;
};
const unseen = (w: World): number => w.snapshot().alarms.unacknowledged;
const alarmEvents = (w: World) =>
  w.told.flatMap((message) => (message.kind === "event" && message.event.kind === "alarms" ? [message.event] : []));

test("an alarm is told as new once, however often its edges and receipts change, and counted until somebody has seen it", async (t) => {
  const w = await world(t);
  w.recorder();
  await openedDoor(w);
  w.level("closed");
  w.clock.advance(300);
  w.level("open");
  w.clock.advance(300);
  const alarmId = alarmOf(w);
  assert.deepEqual(alarmEvents(w), [
    { kind: "alarms", alarms: { unacknowledged: 1 }, changed: { alarmId, state: "new" } },
  ]);
  await w.ask({ kind: "acknowledge-alarm", alarmId });
  assert.equal(unseen(w), 0);
  assert.deepEqual(alarmEvents(w).at(-1)?.changed, { alarmId, state: "acknowledged" });
});

test("a siren that is latched on goes on after the door is shut, and off when its alarm is acknowledged", async (t) => {
  const w = await world(t);
  w.recorder();
  const siren = w.rooms.site.config().outputs.find(({ output }) => output === 1);
  assert.ok(siren !== undefined);
  await w.ask({
    kind: "put",
    change: { part: "output", value: { ...siren, behaviour: { kind: "latched" } } },
  });
  await openedDoor(w);
  w.level("closed");
  w.clock.advance(60_000);
  assert.equal(
    w.wants.findLast((want) => want.startsWith("1 ")),
    "1 on",
  );
  await w.ask({ kind: "acknowledge-alarm", alarmId: alarmOf(w) });
  assert.equal(
    w.wants.findLast((want) => want.startsWith("1 ")),
    "1 off",
  );
});

test("an edge while disarmed is an event: nobody is asked to look at it", async (t) => {
  const w = await world(t);
  w.level("closed");
  w.clock.advance(300);
  w.level("open");
  w.clock.advance(300);
  assert.equal(w.receipts().length, 1);
  assert.equal(unseen(w), 0);
});

test("who acknowledged and resolved, with the note, is journalled, stored and in the audit log", async (t) => {
  const w = await world(t);
  await openedDoor(w);
  const alarmId = alarmOf(w);
  await w.ask({ kind: "acknowledge-alarm", alarmId });
  await w.ask({ kind: "resolve-alarm", alarmId, note: "the cat" });
  const said = w.intents.filter((intent) => intent.kind === "alarm-reviewed");
  const by = said[0]?.by;
  assert.deepEqual(
    said.map(({ state, note }) => [state, note]),
    [
      ["acknowledged", undefined],
      ["resolved", "the cat"],
    ],
  );
  assert.ok(by !== undefined && by !== "");
  assert.equal(w.journal().filter((kind) => kind === "alarm-reviewed").length, 2);
  const audited = w.intents.flatMap((intent) => (intent.kind === "audit" ? intent.what : []));
  assert.deepEqual(audited.slice(-2), ["acknowledge-alarm", "resolve-alarm"]);
});

test("after a restart an alarm that somebody has seen is not new again, though its receipt still changes", async (t) => {
  const folder = newFolder(t);
  const clock = fakeClock();
  const before = await world(t, folder, clock);
  before.recorder();
  await openedDoor(before);
  await before.ask({ kind: "acknowledge-alarm", alarmId: alarmOf(before) });
  await before.rooms.close();
  const w = await world(t, folder, clock);
  w.recorder();
  clock.advance(120_000);
  assert.ok(
    w.receipts().some((receipt) => receipt.alarmId !== undefined),
    "its receipt went on",
  );
  assert.equal(unseen(w), 0);
});

test("recorders hear which events nobody has looked at, and which somebody has, also after a restart", async (t) => {
  const folder = newFolder(t);
  const clock = fakeClock();
  const before = await world(t, folder, clock);
  const recorder = before.recorder();
  const reviews = () => recorder.received.filter((one) => one.kind === "unreviewed" || one.kind === "reviewed");
  await openedDoor(before);
  const events = before.receipts().flatMap(({ alarmId, edge }) => (alarmId === undefined ? [] : [edge.eventId]));
  assert.deepEqual(reviews(), [
    { kind: "unreviewed", events: [], all: true },
    { kind: "unreviewed", events, all: false },
  ]);
  const plan = recorder.received.findIndex(({ kind }) => kind === "plan");
  assert.ok(recorder.received.findIndex(({ kind }) => kind === "unreviewed") < plan, "before it may clean");
  assert.deepEqual(
    before.recorder().received.find(({ kind }) => kind === "unreviewed"),
    { kind: "unreviewed", events, all: true },
  );
  await before.ask({ kind: "acknowledge-alarm", alarmId: alarmOf(before) });
  await before.rooms.engine.journal.synced();
  const after = await world(t, folder, clock);
  const [said] = after.recorder().received.filter(({ kind }) => kind === "unreviewed");
  assert.deepEqual(said, { kind: "unreviewed", events: [], all: true });
});

test("events of what a start found are named only while nobody has acknowledged their alarm", () => {
  const alarms = { unacknowledged: ["a", "b"], events: [{ alarmId: "a", eventId: "1" }] };
  const receipt = { ...receiptRow("2", 5), alarmId: "b" };
  const start = withKept(
    { alarms, locks: { held: [], released: [] } },
    [{ kind: "alarm-reviewed", alarmId: "a", by: "user anna", at: wallTime(9), state: "acknowledged" }],
    [receipt],
  );
  const deps = { clock: fakeClock(), newId: () => "id", journal() {}, store() {}, publish() {}, locksChanged() {} };
  const desk = openAlarmDesk({ ...deps, reviewsChanged() {} }, { ...start, running: [] });
  assert.deepEqual(desk.unreviewed(), ["2"]);
});

const lock = {
  kind: "lock-footage",
  spans: [{ channel: 1, from: 1000, to: 9000 }],
  reason: "burglary",
  alarmId: "a1",
} as const;

test("a lock reaches the recorder at once and again before the plan when it returns, also after a restart", async (t) => {
  const folder = newFolder(t);
  const clock = fakeClock();
  const before = await world(t, folder, clock);
  const first = before.recorder();
  const { ids } = replyOf(await before.ask(lock)) as { ids: string[] };
  const told = first.received.flatMap((message) => (message.kind === "locks" ? [message.locks] : []));
  assert.deepEqual(
    told.at(-1)?.map(({ id, channel, reason }) => [id, channel, reason]),
    [[ids[0], 1, "burglary"]],
  );
  // no clean stop: the database may have lost the row
  await before.rooms.engine.journal.synced();
  const w = await world(t, folder, clock);
  const second = w.recorder();
  const [locks] = second.received;
  assert.ok(locks?.kind === "locks");
  assert.deepEqual(
    locks.locks.map(({ id }) => id),
    ids,
  );
});

test("a released lock is named as released for ever, so that a volume that was away hears of it", async (t) => {
  const folder = newFolder(t);
  const clock = fakeClock();
  const before = await world(t, folder, clock);
  const { ids } = replyOf(await before.ask(lock)) as { ids: string[] };
  await before.ask({ kind: "release-locks", ids });
  await before.rooms.engine.journal.synced();
  // the life before, and one after it that was cut off
  for (const w of [before, await world(t, folder, clock)]) {
    const [locks] = w.recorder().received;
    assert.ok(locks?.kind === "locks");
    assert.deepEqual([locks.locks, locks.released], [[], ids]);
  }
});

test("a lease is told to the recorder with its end and is not journalled", async (t) => {
  const w = await world(t);
  const recorder = w.recorder();
  await w.ask({ ...lock, forMs: 60_000 });
  const told = recorder.received.findLast((message) => message.kind === "locks");
  assert.equal(told?.locks[0]?.until, w.clock.wall() + 60_000);
  assert.equal(w.journal().includes("footage-locked"), false);
});

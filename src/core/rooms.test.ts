import assert from "node:assert/strict";
import { test } from "node:test";
import { wallTime } from "../kernel/time.ts";
import type { ApiToCore, Command, CoreToApi, TriggerAnswer } from "../messages/api.ts";
import type { HoldAnswer } from "../messages/recorder.ts";
import {
  door,
  site,
  channel,
  holdsOf,
  linesPair,
  newFolder,
  openedDoor,
  owner,
  replyOf,
  settled,
  world,
} from "./test-rooms.test.ts";

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
  assert.equal(w.snapshot().latency.edgeToDecision.count, 1);
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
  const [, , plan, holds] = second.received;
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

test("a message that a driver hands on is an edge with its title; the same id again is none, also after a restart", async (t) => {
  const folder = newFolder(t);
  const before = await world(t, folder);
  const raised = (w: typeof before) =>
    w.rooms.engine.view().openReceipts.flatMap(({ edge }) => (edge.kind === "raised" ? [edge.inputName] : []));
  before.message({ title: "Parcel box opened", id: "812" });
  before.message({ title: "Parcel box opened", id: "812" });
  before.message({ title: "Parcel box shut", id: "813" });
  before.message({});
  const told = ["Doorbell: Parcel box opened", "Doorbell: Parcel box shut", "Doorbell"];
  assert.deepEqual(raised(before), told);
  before.rooms.engine.halt();
  const after = await world(t, folder, before.clock);
  after.message({ title: "Parcel box opened", id: "812" });
  assert.deepEqual(raised(after), told);
});

test("record now answers what the recorder said; its spans are manual, and it ends when it is stopped", async (t) => {
  const w = await world(t);
  const recorder = w.recorder();
  recorder.onMessage((message) => {
    if (message.kind !== "hold") return;
    recorder.send({ kind: "hold-answer", holdId: message.hold.holdId, answer: { kind: "recording" } });
  });
  const began = replyOf(await w.ask({ kind: "record", channel: 2, maxS: 60 })) as TriggerAnswer;
  assert.deepEqual(began.cameras, [{ channel: 2, answer: { kind: "recording" } }]);
  const [hold] = holdsOf(recorder.received);
  assert.equal(hold?.trigger, "manual");
  recorder.send({ kind: "hold-durable", holdId: hold.holdId, durableAt: w.clock.now(), preAchievedMs: 4000 });
  const causes = w.intents.flatMap((intent) => (intent.kind === "span" ? [intent.cause] : []));
  assert.deepEqual(causes, ["manual"]);
  await w.ask({ kind: "record-stop", channel: 2 });
  assert.ok(recorder.received.some((message) => message.kind === "end-hold" && message.holdId === hold.holdId));
  const refused = replyOf(await w.ask({ kind: "record", channel: 9, maxS: 60 })) as { code: string };
  assert.equal(refused.code, "not-found");
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

test("troubles that a crash left open are over after a while, unless they are raised again", async (t) => {
  const left = [
    { key: "channel:1", what: "Channel 1: offline", since: wallTime(100) },
    { key: "recorder:0", what: "recorder process 0 is down", since: wallTime(200) },
  ];
  const w = await world(t, undefined, undefined, left);
  const recorder = w.recorder();
  recorder.send({ kind: "trouble", trouble: { key: "channel:1", what: "Channel 1: offline", since: w.clock.wall() } });
  assert.equal(w.snapshot().troubles[0]?.since, 100);
  const ended = () =>
    w.intents.flatMap((intent) =>
      intent.kind === "trouble" && intent.trouble.ended !== undefined
        ? [[intent.trouble.key, intent.trouble.since]]
        : [],
    );
  w.clock.advance(19_000);
  assert.deepEqual(ended(), []);
  w.clock.advance(1000);
  assert.deepEqual(ended(), [["recorder:0", 200]]);
  recorder.send({
    kind: "trouble",
    trouble: { key: "channel:1", what: "Channel 1: offline", since: w.clock.wall(), ended: w.clock.wall() },
  });
  assert.deepEqual(ended().at(-1), ["channel:1", 100]);
});

test("a recorder that dies takes its cameras' troubles with it, and a removed camera's trouble goes too", async (t) => {
  const w = await world(t);
  const first = w.recorder();
  const offline = (number: number) => {
    const trouble = { key: `channel:${number}`, what: "offline", since: w.clock.wall() };
    return { kind: "trouble", trouble } as const;
  };
  first.send(offline(1));
  first.close();
  assert.deepEqual(
    w.snapshot().troubles.map(({ key }) => key),
    ["recorder:0"],
  );
  await w.ask({ kind: "put", change: { part: "channel", value: channel(3) } });
  w.recorder().send(offline(3));
  await w.ask({ kind: "put", change: { part: "channel", value: { ...channel(3), enabled: false } } });
  assert.deepEqual(w.snapshot().troubles, []);
});

test("a removed row leaves the pages' copy of the state: they get a new snapshot", async (t) => {
  const w = await world(t);
  await w.ask({ kind: "put", change: { part: "channel", value: channel(3) } });
  const state = { channel: 3, state: "live", since: w.clock.wall(), reason: "", bitsPerSecond: 0, ringMs: 0 } as const;
  w.recorder().send({ kind: "channel", state });
  const snapshots = () => w.told.flatMap((message) => (message.kind === "snapshot" ? [message] : []));
  assert.equal(snapshots().length, 1);
  await w.ask({ kind: "remove", part: "channel", id: 3 });
  const [, fresh] = snapshots();
  assert.ok(fresh !== undefined && fresh.state.channels.every((row) => row.channel !== 3));
  const next = w.told.flatMap((message) => (message.kind === "event" && message.seq > fresh.seq ? [message.seq] : []));
  assert.equal(next[0], fresh.seq + 1);
});

test("the log says what a person looks for, once each: the edge, the receipt's sentence, troubles", async (t) => {
  const w = await world(t);
  const recorder = w.recorder();
  await openedDoor(w);
  const edge = w.logged.filter((line) => line.includes("edge accepted"));
  assert.deepEqual(edge, ["info edge accepted: Front door raised"]);
  w.readBack(1, "on");
  w.clock.advance(600_000);
  for (const { holdId } of holdsOf(recorder.received))
    recorder.send({ kind: "hold-closed", holdId, result: "short", reason: "cut", gaps: [] });
  const closed = w.logged.filter((line) => line.startsWith("info receipt closed"));
  assert.equal(closed.length, 1);
  assert.match(
    closed[0] ?? "",
    /Front door raised .* 1 output switched · channel 1: short: cut · channel 2: short: cut/,
  );
  recorder.close();
  w.recorder();
  const troubles = w.logged.filter((line) => /recorder process/.test(line) && !line.includes("gone"));
  assert.deepEqual(troubles, [
    "info trouble: recorder process 0 is down: channels 1, 2 affected",
    "info over: recorder process 0 is down: channels 1, 2 affected",
  ]);
});

test("a clean stop is quiet: that the recorder goes is neither an error nor a trouble", async (t) => {
  const w = await world(t);
  const recorder = w.recorder();
  w.readBack(1, "off");
  await w.rooms.quieten();
  recorder.close();
  await w.rooms.close();
  assert.deepEqual(
    w.logged.filter((line) => /^(warn|error)|trouble/.test(line)),
    [],
  );
});

test("every command that changes something is in the audit log with who asked", async (t) => {
  const w = await world(t);
  w.recorder();
  const session = { kind: "create-session", tokenHash: "h", user: "anna", expiresAt: 1 } as const;
  const commands: Command[] = [
    { kind: "put", change: { part: "channel", value: channel(3) } },
    { kind: "remove", part: "channel", id: 3 },
    { kind: "arm", armed: true },
    { kind: "silence" },
    { kind: "rest-outputs", confirmed: true },
    { kind: "output-mode", output: 1, mode: "off" },
    { kind: "output-test", output: 2, seconds: 1, confirmed: true },
    { kind: "trigger", board: 2, point: 1, verb: "pulse" },
    { kind: "virtual-input", board: 1, point: 1, level: "closed" },
    { kind: "retry-camera", channel: 1 },
    { kind: "record", channel: 1, maxS: 60 },
    { kind: "record-stop", channel: 1 },
    { kind: "account", op: session },
    { kind: "account", op: { kind: "end-session", tokenHash: "h" } },
    { kind: "audit", what: "login-refused", details: {} },
  ];
  for (const command of commands) {
    w.intents.length = 0;
    await w.ask(command);
    if (command.kind === "retry-camera") assert.deepEqual(w.triedAgain, [1], "its PTZ login too");
    const audits = w.intents.flatMap((intent) => (intent.kind === "audit" ? [intent] : []));
    assert.deepEqual(
      audits.map(({ actor }) => actor),
      [owner],
      command.kind,
    );
  }
});

test("first start hears of each user who came and went", async (t) => {
  const w = await world(t);
  const user = { name: "anna", role: "administrator", passwordHash: "h", firstStart: true } as const;
  await w.ask({ kind: "account", op: { kind: "create-user", ...user } });
  await w.ask({ kind: "account", op: { kind: "remove-user", name: "anna" } });
  assert.deepEqual(w.users, ["+anna", "-anna"]);
});

test("several settings are put together: all of them, or none when one can't be", async (t) => {
  const w = await world(t);
  const longer = (input: typeof door, postRecordS: number) =>
    ({ part: "input", value: { ...input, linkage: { ...input.linkage, postRecordS } } }) as const;
  const other = { ...door, input: 3, name: "Gate", point: 2 };
  const puts = () => w.intents.flatMap((one) => (one.kind === "together" ? one.intents : [])).length;
  const refused = await w.ask({ kind: "put-all", changes: [longer(door, 60), longer({ ...other, board: 9 }, 60)] });
  assert.ok(refused.kind === "reply" && !refused.ok && /no board 9/.test(refused.error.message));
  assert.deepEqual([puts(), w.rooms.site.config().inputs[0]?.linkage.postRecordS], [0, 30]);
  const done = await w.ask({ kind: "put-all", changes: [longer(door, 60), longer(other, 60)] });
  assert.ok(done.kind === "reply" && done.ok);
  assert.deepEqual([puts(), w.rooms.site.config().inputs.length], [2, 3]);
});

test("a feedback contact must be there", async (t) => {
  const w = await world(t);
  const [siren] = site.outputs;
  assert.ok(siren);
  const put = (point: number) =>
    w.ask({
      kind: "put",
      change: { part: "output", value: { ...siren, feedback: { board: 1, point, onWhen: "closed" } } },
    });
  const refused = await put(7);
  assert.ok(refused.kind === "reply" && !refused.ok && /no input point 7/.test(refused.error.message));
  const done = await put(2);
  assert.ok(done.kind === "reply" && done.ok);
});

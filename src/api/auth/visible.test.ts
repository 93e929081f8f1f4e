import assert from "node:assert/strict";
import { test } from "node:test";
import type { OutputView } from "../../domain/engine-types.ts";
import { wallTime } from "../../kernel/time.ts";
import { receipt as receiptAnswer } from "../../contract/receipt.ts";
import type { LiveEvent, LiveState } from "../../messages/api.ts";
import { receiptRow } from "../../testkit/store-rows.ts";
import { quietArming, quietState } from "../test-site.test.ts";
import { seenReceipt, type View } from "../../domain/rights.ts";
import { seenEvent, seenLinkage, seenState } from "./visible.ts";

/** May see channel 1; input 1 records it. */
const view: View = { rights: { live: [1], playback: [] }, inputs: new Set([1]) };

const since = wallTime(1);
const channel = (number: number) =>
  ({ channel: number, state: "live", since, reason: "", bitsPerSecond: 1, ringMs: 1 }) as const;
const input = (number: number) => ({ input: number, level: "open", active: false, since }) as const;
const trouble = (key: string) => ({ key, what: "away", since });
const quietBoard = {
  ...{ measuredPollMs: 0, points: [], warnings: [] },
  health: { exchanges: 1, errorRate: 0, pollMedianMs: 50, pollP99Ms: 52 },
};
const board = { board: 1, state: "online", since, reason: "", ...quietBoard } as const;
const record = (channel: number) =>
  ({
    id: `e/record/${channel}`,
    target: { kind: "record", channel, preS: 10 },
    because: { rule: "input 1", eventId: "e" },
  }) as const;
const stats = {
  channels: [1, 2].map((number) => ({
    channel: number,
    ...{ accessUnits: 1, bytes: 1, lostPackets: 0, droppedGops: 0, reconnects: 0 },
  })),
  ...{ ringBytes: 1, rssBytes: 1, loopDelayP99Ms: 1 },
};
const both = receiptRow("e", 1, { actions: [record(1), record(2)] });

test("a linkage names the cameras that may be seen only: what it records, its pictures and its tour", () => {
  const channels = [1, 2];
  const quiet = { postRecordS: 30, maxRecordS: 600, outputs: [], notifiers: [] };
  const tour = { channels, atOnce: 1, everyS: 5 } as const;
  const page = { popup: true, sound: "off", voice: "", tour } as const;
  const linkage = { ...quiet, recordChannels: channels, snapshots: { channels, count: 1, intervalS: 1 }, page };
  const seen = seenLinkage(view.rights, linkage);
  assert.deepEqual([seen.recordChannels, seen.snapshots?.channels, seen.page?.tour?.channels], [[1], [1], [1]]);
});

test("the state has the one channel, its input and its troubles, and nothing of the others", () => {
  const state: LiveState = {
    ...quietState,
    channels: [channel(1), channel(2)],
    inputs: [input(1), input(2)],
    boards: [board],
    troubles: [trouble("channel:1"), trouble("channel:2"), trouble("gop:2"), trouble("database")],
    openReceipts: [both, receiptRow("f", 1, { actions: [record(2)] })],
    recorderStats: [stats],
  };
  const seen = seenState(view, state, { unacknowledged: 1 });
  assert.deepEqual(seen.alarms, { unacknowledged: 1 });
  assert.deepEqual(seen.channels, [channel(1)]);
  assert.deepEqual(seen.inputs, [input(1)]);
  assert.deepEqual(seen.boards, []);
  assert.deepEqual(
    seen.troubles.map((row) => row.key),
    ["channel:1", "database"],
  );
  assert.deepEqual(
    seen.openReceipts.map((row) => [row.edge.eventId, row.actions.length]),
    [["e", 1]],
  );
  assert.deepEqual(
    seen.recorderStats.flatMap((one) => one.channels.map((row) => row.channel)),
    [1],
  );
});

const troublesOf = (number: number) =>
  ["input:N:chatter", "input:N:changes", "loop:N", "silent:N", "unseen:N", "battery:N", "open:N", "swinger:N"].map(
    (key) => trouble(key.replace("N", `${number}`)),
  );

test("of troubles of inputs and loops those are told whose input may be known; boards, UPSs and recorders are nobody's", () => {
  const others = ["board:1", "power:1", "ups:1", "ups-low:1", "recorder:1"].map(trouble);
  const everybodys = ["output:2", "clock", "restart:armed", "volume:1"].map(trouble);
  const troubles = [...troublesOf(1), ...troublesOf(2), ...others, ...everybodys];
  const seen = seenState(view, { ...quietState, troubles }, { unacknowledged: 0 });
  assert.deepEqual(seen.troubles, [...troublesOf(1), ...everybodys]);
  for (const one of [...troublesOf(2), ...others])
    assert.equal(seenEvent(view, { kind: "trouble", trouble: one }, { unacknowledged: 0 }), undefined, one.key);
  const all = { rights: { live: "all", playback: "all" }, inputs: new Set([1]) } as const;
  assert.deepEqual(seenState(all, { ...quietState, troubles }, { unacknowledged: 0 }).troubles, troubles);
});

test("an output says that something holds it, and which input only where that may be known", () => {
  const hold = (number: number) => ({
    by: `input ${number} e`,
    input: number,
    until: since,
    latched: `alarm-${number}`,
  });
  const output = (holds: readonly object[]) =>
    ({ output: 1, mode: "auto", wanted: "on", commanded: "on", readBack: "on", holds }) as unknown as OutputView;
  const chime = { by: "chime:2:1700", input: 0, until: since };
  const seen = output([hold(1), { by: "", input: 0, until: since, latched: "" }, { ...chime, by: "chime" }]);
  const held = output([hold(1), hold(2), chime]);
  assert.deepEqual(seenState(view, { ...quietState, outputs: [held] }, { unacknowledged: 0 }).outputs, [seen]);
  assert.deepEqual(seenEvent(view, { kind: "output", output: held }, { unacknowledged: 0 }), {
    ...{ kind: "output", output: seen },
  });
});

test("what happens elsewhere is not told", () => {
  const told = (event: LiveEvent) => seenEvent(view, event, { unacknowledged: 1 }) !== undefined;
  assert.deepEqual(
    [told({ kind: "channel", channel: channel(1) }), told({ kind: "channel", channel: channel(2) })],
    [true, false],
  );
  assert.deepEqual([told({ kind: "input", input: input(1) }), told({ kind: "input", input: input(2) })], [true, false]);
  assert.equal(told({ kind: "board", board }), false);
  assert.equal(told({ kind: "trouble", trouble: trouble("channel:2") }), false);
  assert.equal(told({ kind: "armed", armed: true, arming: quietArming }), true);
  assert.equal(told({ kind: "receipt", receipt: receiptRow("f", 1, { actions: [record(2)] }) }), false);
});

test("a receipt of two channels says what became of the one", () => {
  const seen = seenReceipt(view.rights, both);
  assert.deepEqual(seen?.actions, [record(1)]);
  assert.equal(seenReceipt(view.rights, receiptRow("f", 1, { actions: [] })), undefined);
});

test("a receipt that became graver says by what where one of its cameras may be known, and else does not", () => {
  const by = {
    severity: "critical",
    input: 9,
    name: "Vault: a person moves",
    eventId: "v",
    at: since,
    afterMs: 3000,
  } as const;
  const became = { ...receiptRow("g", 1, { actions: [record(1)] }), graver: by };
  const seen = seenReceipt(view.rights, became);
  assert.deepEqual(seen?.graver, { ...by, input: 0, name: "…", eventId: "" });
  assert.equal(receiptAnswer.safeParse(seen).success, true);
  const seenBy = (channels: readonly number[]) =>
    seenReceipt(view.rights, { ...became, graver: { ...by, channels } })?.graver;
  assert.deepEqual(seenBy([2, 1]), { ...by, channels: [1] }, "without the cameras that are kept from them");
  assert.deepEqual(seenBy([2]), { ...by, input: 0, name: "…", eventId: "" });
  const own = { ...by, input: became.edge.input };
  const byItself = (channels: readonly number[]) =>
    seenReceipt(view.rights, { ...became, graver: { ...own, channels } })?.graver;
  assert.deepEqual(
    [byItself([1, 2]), byItself([2])],
    [{ ...own, channels: [1] }, own],
    "also where it made itself graver",
  );
  assert.deepEqual(seenReceipt({ live: "all", playback: "all" }, became)?.graver, by);
});

test("an alarm of cameras that are offline names none that may not be known, in its title or beside it", () => {
  const away = (channels: readonly number[]) => {
    const receipt = receiptRow("e", 1, { actions: [record(1)] });
    const trigger = { verb: "start", until: since, title: "Porch, Yard", away: channels } as const;
    return { ...receipt, edge: { ...receipt.edge, inputName: "Cameras: Porch, Yard", trigger } };
  };
  const { edge } = seenReceipt(view.rights, away([1, 2])) ?? assert.fail("it records a channel that is known");
  assert.equal(edge.inputName, "Cameras");
  assert.deepEqual(edge.trigger, { verb: "start", until: since, away: [1] });
  assert.doesNotMatch(JSON.stringify(edge), /Yard/);
  assert.deepEqual(seenReceipt(view.rights, away([1]))?.edge, away([1]).edge);
  assert.deepEqual(seenReceipt({ live: "all", playback: "all" }, away([1, 2]))?.edge, away([1, 2]).edge);
});

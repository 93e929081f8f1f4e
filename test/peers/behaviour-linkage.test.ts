/** One site over its day, as a user of the API sees it: two cameras, a Modbus board, a board by hand. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { startCameraProgram } from "../../src/testkit/process.ts";
import { startBoardProgram, type BoardProgram } from "../support/board.ts";
import { breaks, recorded } from "../support/footage.ts";
import { pause, startReed, until, type Api, type Json } from "../support/reed.ts";
import {
  actionOf,
  closedReceipt,
  live,
  openContact,
  raisedReceipts,
  smallSource,
  troubleKeys,
} from "../support/site.ts";
import { walkTest } from "./walk-steps.ts";

const contacts = 10;
const siren = 1;
/** Points of the board by hand. */
const handBoard = 2;
const [left, right] = [11, 12];
const alarmOnly = 1;
const continuous = 2;

const relays = async (board: BoardProgram): Promise<boolean[]> =>
  ((await board.send({ do: "status" })) as { relays: boolean[] }).relays;

const boardBody = (port: number) => ({
  name: "Cabinet",
  driver: {
    kind: "modbus-tcp",
    host: "127.0.0.1",
    port,
    inputs: Array.from({ length: contacts }, (_, i) => ({ point: i + 1, address: i })),
    outputs: [{ point: 1, address: 0 }],
  },
});

async function configure(api: Api, urls: readonly string[], port: number): Promise<void> {
  await api.post("channels", { name: "Yard", url: urls[0], recordMode: "alarm", preRecordS: 2 });
  await api.post("channels", { name: "Hall", url: urls[1], preRecordS: 2 });
  await api.post("boards", boardBody(port));
  await api.post("boards", { name: "By hand", driver: { kind: "virtual", inputs: 2, outputs: 1 } });
  await api.post("outputs", { name: "Siren", kind: "siren", board: 1, point: 1, maxOnS: 60 });
  const common = { kind: "other", type: "NO", antiDitherS: 0, postRecordS: 1, recordChannels: [alarmOnly, continuous] };
  for (let i = 1; i <= contacts; i++) {
    await api.post("inputs", {
      zone: "instant",
      swingerAlarms: 0,
      ...common,
      name: `Window ${i}`,
      board: 1,
      point: i,
      debounceMs: 250,
    });
  }
  const byHand = { ...common, board: handBoard, debounceMs: 50, outputs: [{ output: siren, holdS: 1 }] };
  await api.post("inputs", { zone: "instant", swingerAlarms: 0, ...byHand, name: "Left", point: 1 });
  await api.post("inputs", { zone: "instant", swingerAlarms: 0, ...byHand, name: "Right", point: 2 });
}

test(
  "a site by its API: edges, sirens, arming, silence and a board that goes away",
  { timeout: 240_000 },
  async (t) => {
    await using cameras = await startCameraProgram({ cameras: [{ source: smallSource() }, { source: smallSource() }] });
    await using stack = new AsyncDisposableStack();
    let board = stack.use(await startBoardProgram({ contacts, relays: 1 }));
    await using reed = await startReed();
    const api = await reed.administrator();
    const volume = join(reed.data, "footage");
    await configure(api, cameras.urls, board.port);
    for (const channel of [alarmOnly, continuous]) await live(api, channel, 2500);
    await until(async () => (await api.get("inputs")).every((row: Json) => row.live?.active === false), "all at rest");

    await t.test("ten inputs within a second: ten receipts, one span of footage, nothing written twice", async () => {
      for (let i = 0; i < contacts; i++) {
        // longer than the debounce by many polls, so that a machine that polls late sees it
        await board.send({ do: "pulse", contact: i, ms: 1500 });
        await pause(60);
      }
      let [from, to] = [Infinity, -Infinity];
      for (let input = 1; input <= contacts; input++) {
        const receipt = await closedReceipt(api, input);
        assert.equal((await raisedReceipts(api, input)).length, 1);
        const kept = actionOf(receipt, "record", alarmOnly).record;
        [from, to] = [Math.min(from, kept.from), Math.max(to, kept.to)];
        for (const channel of [alarmOnly, continuous]) {
          const { outcome, record } = actionOf(receipt, "record", channel);
          assert.deepEqual(outcome, { kind: "done" }, receipt.sentence);
          assert.ok(record.preAchievedMs >= 2000, receipt.sentence);
        }
      }
      await pause(1500);
      for (const channel of [alarmOnly, continuous]) assert.deepEqual(breaks(recorded(volume, channel)), []);
      const units = recorded(volume, alarmOnly).length;
      // what the ten receipts span together, once, and the GOP at its end: far from ten times that
      const spanned = ((to - from) / 1000) * 25;
      assert.ok(units >= spanned - 25 && units <= spanned + 75, `${units} access units, ${spanned} in the receipts`);
    });

    await t.test("disarmed, an edge is an event that records; outputs are suppressed and it is no alarm", async () => {
      await openContact(api, handBoard, 1, "closed");
      await pause(200);
      await openContact(api, handBoard, 1, "open");
      const receipt = await closedReceipt(api, left);
      assert.equal(receipt.armed, false);
      assert.equal(receipt.alarmId, undefined);
      assert.deepEqual(actionOf(receipt, "output").outcome, { kind: "suppressed", gate: "disarmed" });
      assert.deepEqual(actionOf(receipt, "record", continuous).outcome, { kind: "done" });
      assert.deepEqual(await relays(board), [false]);
    });

    await t.test("a walk test ticks a contact by a new frame, a relay and a message, and calls nobody", () =>
      walkTest({ api, board, cameras, volume, input: contacts, siren, stalled: alarmOnly, other: continuous }),
    );

    await t.test("two rules on one siren: the first to end does not silence the other", async () => {
      await api.post("arming", { armed: true });
      await openContact(api, handBoard, 1, "closed");
      await openContact(api, handBoard, 2, "closed");
      await until(async () => (await relays(board))[0] === true, "the siren is on");
      await until(async () => (await api.get(`outputs/${siren}`)).live.holds.length === 2, "two reasons");
      await openContact(api, handBoard, 1, "open");
      await until(async () => (await api.get(`outputs/${siren}`)).live.holds.length === 1, "one reason is left");
      assert.deepEqual(await relays(board), [true]);
      await openContact(api, handBoard, 2, "open");
      await until(async () => (await relays(board))[0] === false, "the siren is off");
      const receipt = await closedReceipt(api, right);
      const { outcome, output } = actionOf(receipt, "output", siren);
      assert.deepEqual(outcome, { kind: "done" });
      // commanded counts from the decision, confirmed from the edge before it
      const first = actionOf(await closedReceipt(api, left, 2), "output", siren).output;
      assert.ok(first.commandedAfterMs >= 0 && first.commandedAfterMs < first.confirmedAfterMs, JSON.stringify(first));
      assert.equal(typeof output.confirmedAfterMs, "number");
    });

    await t.test("silence ends the siren while its input stays open; edges that follow sound it again", async () => {
      await openContact(api, handBoard, 1, "closed");
      await until(async () => (await relays(board))[0] === true, "the siren is on");
      await api.post("silence");
      await until(async () => (await relays(board))[0] === false, "the siren is quiet");
      await openContact(api, handBoard, 1, "open");
      await openContact(api, handBoard, 2, "closed");
      await until(async () => (await relays(board))[0] === true, "another input sounds it");
      await openContact(api, handBoard, 2, "open");
      await until(async () => (await relays(board))[0] === false, "and lets it go");
    });

    await t.test("a lost board is a fault and a trouble, and after 10 s a tamper event that records", async () => {
      await openContact(api, handBoard, 1, "closed");
      await until(async () => (await relays(board))[0] === true, "the siren is on");
      const { port } = board;
      await board.stop();
      await until(async () => (await api.get("inputs/1")).live.level === "fault", "the contact is at fault");
      assert.ok((await troubleKeys(api)).includes("board:1"));
      assert.equal((await api.get("boards/1")).live.state, "lost");
      let tamper: Json;
      await until(async () => {
        const { receipts } = await api.get("receipts?limit=20");
        tamper = (receipts as Json[]).find((receipt) => receipt.edge.kind === "tamper");
        return tamper !== undefined;
      }, "the loss is a tamper event");
      assert.equal(tamper.edge.board, 1);
      assert.equal((await raisedReceipts(api, 1)).length, 1, "the loss raised no input");
      board = stack.use(await startBoardProgram({ contacts, relays: 1, port }));
      await until(async () => (await relays(board))[0] === true, "it is told again what it shall be", 30_000);
      await until(async () => !(await troubleKeys(api)).includes("board:1"), "no trouble any more");
      const closed = async () => await api.get(`receipts/${tamper.edge.eventId}`);
      await until(async () => (await closed()).closedAt !== undefined, "the tamper receipt is closed", 30_000);
      const receipt = await closed();
      assert.deepEqual(actionOf(receipt, "record", alarmOnly).outcome, { kind: "done" }, receipt.sentence);
      await openContact(api, handBoard, 1, "open");
      await until(async () => (await relays(board))[0] === false, "the siren is off");
    });

    await t.test("a debounce under twice the measured poll is warned of", async () => {
      const slow = { ...boardBody(board.port).driver, pollMs: 200 };
      await api.patch("boards/1", { driver: slow });
      await until(
        async () => {
          const { live: status } = await api.get("boards/1");
          return status.warnings.length === contacts && status.measuredPollMs >= 180;
        },
        "each contact's debounce is too short for this poll",
        30_000,
      );
      assert.match((await api.get("boards/1")).live.warnings[0], /^Window 1: /);
    });

    await t.test("arming survives a restart, and the contacts found at rest raise nothing", async () => {
      assert.equal(await reed.stop(), 0);
      await reed.start();
      assert.equal((await api.get("arming")).armed, true);
      await until(async () => (await api.get("boards/1")).live?.state === "online", "the board is back");
      assert.equal((await raisedReceipts(api, 1)).length, 1);
      await live(api, continuous, 500);
      await openContact(api, handBoard, 1, "closed");
      await until(async () => (await relays(board))[0] === true, "the siren sounds");
      await openContact(api, handBoard, 1, "open");
    });
  },
);

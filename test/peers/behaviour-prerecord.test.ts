/** What is on the disk from before an edge, for short and long GOPs, in both modes, and with the camera away. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { startCameraProgram, temporaryFolder } from "../../src/testkit/process.ts";
import { breaks, decode, keyArrivals, recorded, sentUnits } from "../support/footage.ts";
import { pause, startReed, until, type Api, type Json } from "../support/reed.ts";
import { actionOf, closedReceipt, live, openContact, smallSource } from "../support/site.ts";

const fps = 25;
const preS = 5;
/** No session is as old as this, however slowly a machine starts. */
const longPreS = 60;
/** Channels that are asked for so much at first. */
const young = [1, 5];
/** Seconds between key frames of camera 1, 2, …; each once as mode `alarm` and once as `continuous`. */
const gops = [1, 2, 4, 10] as const;
const alarmChannels = gops.map((_, i) => i + 1);
const continuousChannels = gops.map((_, i) => gops.length + i + 1);
const longGop = 2 * gops.length + 1;
const flaky = longGop + 1;

async function configure(api: Api, urls: readonly string[]): Promise<void> {
  const add = (url: string | undefined, recordMode: string, preRecordS: number) =>
    api.post("channels", { url, recordMode, preRecordS });
  const first = (channel: number) => (young.includes(channel) ? longPreS : preS);
  for (const [i] of gops.entries()) await add(urls[i], "alarm", first(i + 1));
  for (const [i] of gops.entries()) await add(urls[i], "continuous", first(gops.length + i + 1));
  await add(urls[gops.length], "alarm", preS);
  await add(urls[gops.length + 1], "alarm", 1);
  await api.post("boards", { name: "By hand", driver: { kind: "virtual", inputs: 4, outputs: 0 } });
  const common = { kind: "other", type: "NO", debounceMs: 50, antiDitherS: 0, board: 1, postRecordS: 1 };
  await api.post("inputs", {
    zone: "instant",
    swingerAlarms: 0,
    ...common,
    name: "Young",
    point: 1,
    recordChannels: [...young, longGop],
  });
  const all = [...alarmChannels, ...continuousChannels, longGop];
  await api.post("inputs", {
    zone: "instant",
    swingerAlarms: 0,
    ...common,
    name: "All",
    point: 2,
    recordChannels: all,
  });
  await api.post("inputs", {
    zone: "instant",
    swingerAlarms: 0,
    ...common,
    name: "Flaky",
    point: 3,
    recordChannels: [flaky],
  });
}

async function trip(api: Api, point: number): Promise<void> {
  await openContact(api, 1, point, "closed");
  await pause(300);
  await openContact(api, 1, point, "open");
}

test("pre-record", { timeout: 240_000 }, async (t) => {
  await using logs = await temporaryFolder();
  await using cameras = await startCameraProgram({
    cameras: [...gops, 30, 1].map((gop) => ({ source: smallSource(gop, 200_000) })),
    ownPorts: true,
    logFolder: logs.path,
  });
  await using reed = await startReed();
  const api = await reed.administrator();
  const volume = join(reed.data, "footage");
  await configure(api, cameras.urls);

  await t.test("a session that is younger than asked is short, and the receipt says why", async () => {
    for (const channel of young) await live(api, channel, 500);
    await trip(api, 1);
    const receipt = await closedReceipt(api, 1);
    for (const channel of young) {
      const { outcome, record } = actionOf(receipt, "record", channel);
      assert.equal(outcome.kind, "short", receipt.sentence);
      assert.match(outcome.reason, /\w+ \w+/);
      assert.ok(record.preAchievedMs < longPreS * 1000);
      t.diagnostic(`channel ${channel}: ${outcome.reason}`);
    }
    const long = actionOf(receipt, "record", longGop);
    t.diagnostic(`GOP of 30 s: ${JSON.stringify(long.outcome)}`);
    assert.notEqual(long.outcome.kind, "done");
    for (const channel of young) await api.patch(`channels/${channel}`, { preRecordS: preS });
  });

  await t.test("a camera that is down: the answer and the receipt say since when; it returns and records", async () => {
    await live(api, flaky, 200);
    const down = Date.now();
    await cameras.send({ do: "down", camera: 6 });
    await until(async () => (await api.get(`channels/${flaky}`)).live.state === "down", "the camera is down");
    const missed = Date.now();
    await openContact(api, 1, 3, "closed");
    await pause(2000);
    let open: Json;
    await until(async () => {
      open = (await api.get("receipts?input=3")).receipts[0];
      return open !== undefined && actionOf(open, "record", flaky).record?.answer !== undefined;
    }, "the recorder has answered");
    assert.equal(actionOf(open, "record", flaky).record.answer, "will-backfill");
    assert.equal(open.closedAt, undefined);
    await cameras.send({ do: "up", camera: 6 });
    await live(api, flaky, 200);
    const back = Date.now();
    await pause(1500);
    await openContact(api, 1, 3, "open");
    const receipt = await closedReceipt(api, 3);
    const { outcome, record } = actionOf(receipt, "record", flaky);
    assert.equal(outcome.kind, "short", receipt.sentence);
    assert.ok(record.awaySince >= down && record.awaySince <= missed, receipt.sentence);
    assert.match(receipt.sentence, /away since/);
    const gap = record.gaps.find((one: Json) => one.from < back && one.to > down + 500);
    assert.ok(gap !== undefined, "the time without the camera is a gap");
    assert.match(gap.reason, /camera|refused|connect/i);
    assert.ok(record.gaps[0].to > down, "from when there is footage again");
    const numbers = recorded(volume, flaky);
    assert.ok(numbers.length > fps, `${numbers.length} units after it came back`);
  });

  await t.test("it begins at the key frame at or before the asked time, with GOPs of 1, 2, 4 and 10 s", async () => {
    const all = [...alarmChannels, ...continuousChannels];
    // a GOP of 30 s begins within 30 s; then every other session is old enough
    await live(api, longGop, preS * 1000 + 500);
    for (const channel of all) await live(api, channel);
    await trip(api, 2);
    const receipt = await closedReceipt(api, 2);
    await cameras.send({ do: "flush" });
    for (const [i, channel] of all.entries()) {
      const gop = gops[i % gops.length] ?? 0;
      const { outcome, record } = actionOf(receipt, "record", channel);
      assert.deepEqual(outcome, { kind: "done" }, `GOP ${gop} s: ${JSON.stringify(outcome)} ${JSON.stringify(record)}`);
      assert.ok(record.preAchievedMs >= preS * 1000, `${record.preAchievedMs}`);
      const asked = receipt.edge.at.instant - preS * 1000;
      const newest = keyArrivals(volume, channel).findLast((at) => at <= asked) ?? NaN;
      const behind = receipt.edge.at.instant - newest - record.preAchievedMs;
      assert.ok(Math.abs(behind) < 0.01, `GOP ${gop} s: ${record.preAchievedMs} ms, the newest key frame ${behind}`);
      const numbers = recorded(volume, channel);
      const keys = sentUnits(logs.path, (i % gops.length) + 1).filter((unit) => unit.key);
      assert.ok(
        keys.some((unit) => unit.number === numbers[0]),
        "the first unit on disk is a key frame",
      );
      const units = new Set(numbers);
      assert.equal(units.size, numbers.length, "nothing twice");
      if (channel > gops.length) assert.deepEqual(breaks(numbers), []);
    }
  });

  await t.test("the footage of a receipt plays from its first picture on", async () => {
    const receipt = await closedReceipt(api, 2);
    for (const channel of [2, 4, 6]) {
      const file = join(reed.folder, `${channel}.mp4`);
      writeFileSync(file, await api.bytes(`receipts/${receipt.edge.eventId}/footage.mp4?channel=${channel}`));
      const { frames, errors, audio } = decode(file);
      assert.equal(errors, "");
      assert.deepEqual(audio, []);
      const { record } = actionOf(receipt, "record", channel);
      const expected = ((record.to - record.from) / 1000) * fps;
      // by arrival, which may be late by a second of pictures
      assert.ok(frames >= expected - fps && frames <= expected + 12 * fps, `${frames} frames, expected ${expected}`);
    }
  });

  await t.test("a GOP of 30 s: done from its key frame on, or short with the reason, never a claim", async () => {
    const receipt = await closedReceipt(api, 2);
    const { outcome, record } = actionOf(receipt, "record", longGop);
    t.diagnostic(`GOP of 30 s: ${JSON.stringify(outcome)} ${record?.preAchievedMs} ms`);
    if (outcome.kind === "done") assert.ok(record.preAchievedMs >= preS * 1000);
    else assert.match(outcome.reason, /\w+ \w+/);
    const numbers = recorded(volume, longGop);
    assert.deepEqual(breaks(numbers), []);
    const first = sentUnits(logs.path, gops.length + 1).find((unit) => unit.number === numbers[0]);
    assert.equal(first?.key ?? true, true);
  });
});

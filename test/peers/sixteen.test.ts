/** Sixteen cameras as the issue asks: 4 Mbit/s each over camera links, 30 s of pre-record, sixteen viewers that read. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import WebSocket from "ws";
import { startCameraProgram, temporaryFolder } from "../../src/testkit/process.ts";
import { findMarks } from "../../src/testkit/camera/sei.ts";
import { breaks, recorded, sentUnits } from "../support/footage.ts";
import { pause, startReed, until, type Api, type Json } from "../support/reed.ts";
import { actionOf, closedReceipt, live, openContact } from "../support/site.ts";

const count = 16;
const channels = Array.from({ length: count }, (_, i) => i + 1);
const preRecordS = 30;
const source = { kind: "synthetic", width: 1920, height: 1080, fps: 25, gopSeconds: 2, bitsPerSecond: 4e6 } as const;

interface Viewer {
  readonly numbers: number[];
  readonly dropped: number[];
  readonly closed: () => number | undefined;
  pause(): void;
  resume(): void;
  close(): void;
}

/** A live reader that remembers which access units it got. */
async function watch(url: string, key: string, channel: number): Promise<Viewer> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/api/live/${channel}`, {
    headers: { authorization: `Bearer ${key}` },
  });
  const numbers: number[] = [];
  const dropped: number[] = [];
  let closed: number | undefined;
  socket.on("message", (data: Buffer, isBinary: boolean) => {
    if (isBinary) numbers.push(...findMarks(data).map((mark) => mark.number));
    else {
      const message = JSON.parse(data.toString());
      if (message.kind === "dropped") dropped.push(message.gops);
    }
  });
  socket.on("close", (code) => (closed = code));
  await new Promise<void>((resolve, reject) => {
    socket.once("open", () => resolve());
    socket.once("error", reject);
  });
  return {
    numbers,
    dropped,
    closed: () => closed,
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    close: () => socket.terminate(),
  };
}

async function configure(api: Api, urls: readonly string[]): Promise<void> {
  for (const url of urls) await api.post("channels", { url, preRecordS });
  await api.post("boards", { name: "By hand", driver: { kind: "virtual", inputs: 1, outputs: 0 } });
  const linkage = { recordChannels: channels, postRecordS: 2, debounceMs: 50 };
  await api.post("inputs", {
    zone: "instant",
    swingerAlarms: 0,
    name: "Gate",
    kind: "other",
    type: "NO",
    board: 1,
    point: 1,
    ...linkage,
  });
}

const secondsOf = (numbers: readonly number[]): number => numbers.length / source.fps;

test(
  "sixteen cameras, sixteen viewers, one that never reads: not one access unit is lost",
  { timeout: 200_000 },
  async (t) => {
    await using logs = await temporaryFolder();
    await using cameras = await startCameraProgram({
      cameras: channels.map(() => ({ source, shape: "link100" as const })),
      logFolder: logs.path,
    });
    await using reed = await startReed();
    const api = await reed.administrator();
    await configure(api, cameras.urls);
    for (const channel of channels) await live(api, channel);
    const liveSince = performance.now();
    const viewers = await Promise.all(channels.map((channel) => watch(reed.url, api.key, channel)));
    const slow = await watch(reed.url, api.key, 1);
    slow.pause();
    await pause(Math.max(0, (preRecordS + 3) * 1000 - (performance.now() - liveSince)));

    await openContact(api, 1, 1, "closed");
    await pause(500);
    await openContact(api, 1, 1, "open");
    const receipt = await closedReceipt(api, 1);
    for (const channel of channels) {
      const { outcome, record } = actionOf(receipt, "record", channel);
      assert.deepEqual(outcome, { kind: "done" }, `channel ${channel}: ${JSON.stringify(record)}`);
      assert.ok(record.preAchievedMs >= preRecordS * 1000, `${record.preAchievedMs}`);
    }
    t.diagnostic(receipt.sentence);

    slow.resume();
    await until(() => slow.dropped.length > 0, "the slow viewer is told that whole GOPs were left out");
    const gop = source.gopSeconds * source.fps;
    for (const gap of breaks(slow.numbers)) {
      // the GOP that was under way is cut off at its end, then whole ones are missing: what comes can be decoded
      assert.equal(Number(gap.split("→")[1]) % gop, 0, `it goes on with a key frame, not ${gap}`);
    }
    assert.ok(breaks(slow.numbers).length > 0);
    t.diagnostic(`slow viewer: ${slow.dropped.join("+")} GOPs left out, ${breaks(slow.numbers).join(", ")}`);
    for (const [i, viewer] of viewers.entries()) {
      assert.deepEqual(breaks(viewer.numbers), [], `viewer ${i + 1} got everything`);
      assert.deepEqual(viewer.dropped, []);
      assert.equal(viewer.closed(), undefined);
      assert.ok(secondsOf(viewer.numbers) > preRecordS);
    }
    for (const viewer of [...viewers, slow]) viewer.close();
    const [stats] = (await api.get("channels")) as Json[];
    assert.equal(stats.live.state, "live");

    const status = await cameras.send({ do: "flush" });
    assert.deepEqual(
      status.map((camera) => camera.counts.dropped),
      channels.map(() => 0),
      "counted at the sender",
    );
    const stopping = Number(process.hrtime.bigint() / 1000n);
    assert.equal(await reed.stop(), 0);
    await cameras.send({ do: "flush" });
    for (const channel of channels) {
      const numbers = recorded(join(reed.data, "footage"), channel);
      assert.deepEqual(breaks(numbers), [], `channel ${channel}`);
      const sent = sentUnits(logs.path, channel).filter((unit) => unit.sentTo.length > 0);
      assert.equal(numbers[0], sent[0]?.number, "from the first one sent");
      assert.equal(sent.flatMap((unit) => unit.droppedFor).length, 0);
      // what was on its way as the session was ended is not ours
      const due = sent.findLast((unit) => unit.sentMicros <= stopping - 1e6)?.number ?? Infinity;
      assert.ok((numbers.at(-1) ?? 0) >= due, `channel ${channel} to the end`);
      assert.ok(secondsOf(numbers) > preRecordS);
    }
  },
);

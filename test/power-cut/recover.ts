/** Reed's recorder, started on a rebuilt disk after a power cut: another boot, no cameras. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { instant, wallTime, type Clock } from "../../src/kernel/time.ts";
import { createBlockPool } from "../../src/media/block.ts";
import type { HoldOrder, RecorderToCore } from "../../src/messages/recorder.ts";
import { systemClock } from "../../src/platform/clock.ts";
import type { Ingest } from "../../src/recorder/ingest/ingest.ts";
import { startRecorder } from "../../src/recorder/recorder.ts";
import { nodeFiles } from "../../src/recorder/volumes/node-files.ts";
import { channelPlan } from "../peers/recorder-peer.ts";
import { until } from "../support/reed.ts";

/** The machine's clock after a minute without power, and a boot a minute ago. */
function nextBoot(): Clock {
  const clock = systemClock();
  const shift = clock.now() - 60_000;
  return {
    ...clock,
    bootId: "the boot after the power cut",
    now: () => instant(clock.now() - shift),
    wall: () => wallTime(clock.wall() + 60_000),
    wakeAt: (at, call) => clock.wakeAt(instant(at + shift), call),
  };
}

const noCamera = (): Ingest => ({
  retry: () => undefined,
  renew: () => undefined,
  setEager: () => undefined,
  askSound: () => undefined,
  stats: { accessUnits: 0, bytes: 0, lostPackets: 0, reconnects: 0, clockJumps: 0 },
  state: { state: "connecting", reason: "", since: wallTime(0) },
  [Symbol.asyncDispose]: () => Promise.resolve(),
});

type Closed = Extract<RecorderToCore, { kind: "hold-closed" }>;

/** Opens the volume, orders the holds, waits for their results, ends. Rejects when the volume is not opened. */
export async function recoverOn(data: string, volumeId: string, holds: readonly HoldOrder[]): Promise<Closed[]> {
  mkdirSync(join(data, "run"), { recursive: true });
  const complaints: string[] = [];
  const messages: RecorderToCore[] = [];
  const recorder = await startRecorder({
    ...{ clock: nextBoot(), files: nodeFiles, dataFolder: data, mediaSocket: join(data, "run", "m"), index: 0 },
    pool: createBlockPool(),
    log: { info: () => undefined, warn: (fields, text) => void complaints.push(`${text} ${JSON.stringify(fields)}`) },
    startIngest: noCamera,
    loopDelayP99Ms: () => 0,
  });
  try {
    recorder.connected((message) => messages.push(message));
    const channels = [1, 2, 3].map((channel) => channelPlan(channel, "rtsp://192.0.2.1/", "continuous"));
    const volumes = [{ id: volumeId, path: "footage", maxShare: 0.8, maxBytes: 1e9, keepDays: 14 }];
    recorder.receive({
      kind: "plan",
      plan: { revision: 1, channels, volumes, memoryBytes: 256e6, segmentMs: 300_000 },
    });
    recorder.receive({ kind: "holds", holds });
    const closed = () => messages.filter((message) => message.kind === "hold-closed");
    const state = () => messages.findLast((message) => message.kind === "volume")?.volume;
    await until(
      () => state()?.state === "ready" && closed().length >= holds.length,
      "the volume is open",
      10_000,
    ).catch((error: unknown) => {
      throw new Error(`${String(error)}; volume: ${JSON.stringify(state())}; ${complaints.join("; ")}`);
    });
    return closed();
  } finally {
    await recorder[Symbol.asyncDispose]();
  }
}

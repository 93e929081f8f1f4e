/**
 * Virtual cameras and the real recorder on a clock that runs as fast as the machine can: hours of footage, reboots, time
 * jumps and clock steps in seconds. Files, journals and archives are real; only syncing them is left out.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ChannelPlan, RecorderPlan, RecorderToCore } from "../../src/messages/recorder.ts";
import { createBlockPool } from "../../src/media/block.ts";
import { startRecorder } from "../../src/recorder/recorder.ts";
import { faultyFiles } from "../../src/recorder/support.test.ts";
import { fakeClock, type FakeClock } from "../../src/testkit/fake-clock.ts";
import type { Source } from "../../src/testkit/camera/clip.ts";
import { lapseCamera, type LapseCamera } from "./lapse-camera.ts";

export interface LapseOptions {
  /** Camera and channel 1, 2, … */
  readonly sources: readonly Source[];
  readonly segmentMs: number;
  readonly onMessage: (message: RecorderToCore) => void;
}

export interface TimeLapse extends AsyncDisposable {
  readonly data: string;
  readonly clock: FakeClock;
  readonly cameras: readonly LapseCamera[];
  /** The cameras send for so long. */
  run(ms: number): Promise<void>;
  /** The recorder process ends and begins anew, as after an update; nothing is sent meanwhile. */
  restart(): Promise<void>;
  /** Time passes without pictures, e.g. for the archive. */
  pass(ms: number): Promise<void>;
  /** From now on what is closed goes to the archive, and its original goes. */
  archive(): Promise<void>;
  /** The cameras are switched off, for a while that is long enough to write what came. */
  cameraEnds(): Promise<void>;
  /** The recorder ends cleanly. */
  stop(): Promise<void>;
}

/** The cameras' pictures come within this grain of time, ms. */
const grainMs = 40;
const passMs = 250;

export async function timeLapse(options: LapseOptions): Promise<TimeLapse> {
  const clock = fakeClock();
  const data = mkdtempSync(join(tmpdir(), "rd-lapse-"));
  const real = faultyFiles();
  const done = () => Promise.resolve();
  const files = { ...real, dataSync: done, syncFolder: done };
  const pool = createBlockPool();
  const cameras = options.sources.map((source, i) => lapseCamera({ number: i + 1, source, clock, pool }));
  const channels = options.sources.map((_, i): ChannelPlan => ({
    ...{ channel: i + 1, name: `camera ${i + 1}`, url: `rtsp://192.0.2.1/${i + 1}`, username: "", password: "" },
    ...{ audio: true, recordMode: "continuous", preRecordMs: 2000 },
  }));
  const volume = { maxShare: 0.99, maxBytes: 10e9, keepDays: 14 };
  /** For the archive. */
  let afterMin = 100_000;
  const plan = (): RecorderPlan => ({
    ...{ revision: 1, channels, memoryBytes: 256e6, segmentMs: options.segmentMs },
    volumes: [
      { ...volume, id: "v1", path: "footage" },
      { ...volume, id: "a1", path: "archive", archive: { mode: "remote", takes: "all", afterMin } },
    ],
  });
  const quiet = async (): Promise<void> => {
    for (let calm = 0; calm < 3; calm = real.inFlight === 0 ? calm + 1 : 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const cameraOf = (channel: number): LapseCamera => {
    const camera = cameras[channel - 1];
    if (camera === undefined) throw new Error(`no camera ${channel}`);
    return camera;
  };
  let starts = 0;
  const start = async () => {
    const recorder = await startRecorder({
      ...{ clock, files, dataFolder: data, mediaSocket: join(data, `media-${++starts}.sock`), index: 0, pool },
      log: { info: () => undefined, warn: () => undefined },
      loopDelayP99Ms: () => 0,
      startIngest: (plan, onUnit, onState) => cameraOf(plan.channel).connect(onUnit, onState),
    });
    recorder.connected(options.onMessage);
    recorder.receive({ kind: "plan", plan: plan() });
    await quiet();
    return recorder;
  };
  let recorder = await start();
  const stop = async () => {
    for (const camera of cameras) camera.disconnect();
    await quiet();
    await recorder[Symbol.asyncDispose]();
  };
  const pass = async (ms: number): Promise<void> => {
    for (let left = ms; left > 0; left -= passMs) {
      clock.advance(passMs);
      await quiet();
    }
  };
  return {
    ...{ data, clock, cameras, stop, pass },
    async archive() {
      afterMin = 0;
      recorder.receive({ kind: "plan", plan: plan() });
      await quiet();
    },
    async cameraEnds() {
      for (const camera of cameras) camera.disconnect();
      await pass(3000);
    },
    async run(ms) {
      for (let left = ms; left > 0; left -= grainMs) {
        clock.advance(grainMs);
        for (const camera of cameras) camera.advance();
        if (left % 400 < grainMs) await quiet();
      }
      await quiet();
    },
    async restart() {
      await stop();
      recorder = await start();
    },
    async [Symbol.asyncDispose]() {
      rmSync(data, { recursive: true, force: true });
      await Promise.resolve();
    },
  };
}

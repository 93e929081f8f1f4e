/**
 * Recording beside `ffmpeg -c copy`, in the same windows, from the same cameras:
 * `node bench/record/run.ts [--streams 16] [--seconds 60] [--warm-up 15] [--windows 3] [--shape link100|burst|packet]
 * [--modes unwatched,eager,watched] [--folder DIR] [--sync-ms 30]`. See `bench/README.md`.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { CameraProgram } from "../../src/testkit/process.ts";
import { recorded, sentUnits } from "../../test/support/footage.ts";
import { pause } from "../../test/support/reed.ts";
import {
  metric,
  shapes,
  slowSyncs,
  startFarm,
  startReedWith,
  type ReedUnderTest,
  type Shape,
} from "../support/farm.ts";
import { startFfmpeg } from "../support/ffmpeg.ts";
import { describeMachine } from "../support/machine.ts";
import { createMeter, type Meter } from "../support/meter.ts";
import { openViewers } from "../support/viewers.ts";
import { completeness, type Completeness } from "./completeness.ts";
import { report, type ModeResult } from "./report.ts";
import { measureWindow } from "./window.ts";

const { values } = parseArgs({
  options: {
    streams: { type: "string", default: "16" },
    seconds: { type: "string", default: "60" },
    "warm-up": { type: "string", default: "15" },
    windows: { type: "string", default: "3" },
    shape: { type: "string", default: "link100" },
    modes: { type: "string", default: "unwatched,eager,watched" },
    folder: { type: "string", default: join(tmpdir(), "reed-bench") },
    /** Every sync takes so many ms longer. */
    "sync-ms": { type: "string", default: "0" },
  },
});
const streams = Number(values.streams);
const windows = Number(values.windows);
const seconds = Number(values.seconds);
if (!shapes.includes(values.shape)) throw new Error(`--shape is one of ${shapes.join(", ")}`);
const modes = values.modes.split(",");
if (!modes.every((mode) => ["unwatched", "eager", "watched"].includes(mode)))
  throw new Error("--modes unwatched,eager,watched");

mkdirSync(values.folder, { recursive: true });
const folder = mkdtempSync(join(values.folder, "r-"));
const logFolder = join(folder, "sent");
mkdirSync(logFolder);
try {
  console.log(describeMachine(folder));
  console.log(
    `${streams} streams, arrival ${values.shape}, ${windows} windows of ${seconds} s a mode, syncs ${values["sync-ms"]} ms longer\n`,
  );
  console.log(report(streams, await run()));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function run(): Promise<{ results: ModeResult[]; complete: Record<"reed" | "ffmpeg", Completeness> }> {
  await using farm = await startFarm(streams, values.shape as Shape, logFolder);
  using farmMeter = createMeter("cameras");
  farmMeter.add(farm.pid);
  const data = join(folder, "d");
  await using under = await startReedWith(farm.urls, data, {}, slowSyncs(Number(values["sync-ms"])));
  const ffmpeg = startFfmpeg(farm.urls, join(folder, "ffmpeg"));
  using ffmpegMeter = createMeter("ffmpeg");
  for (const pid of ffmpeg.pids) ffmpegMeter.add(pid);
  await pause(Number(values["warm-up"]) * 1000);
  const meters = [...under.meters, ffmpegMeter, farmMeter];
  const fromMicros = performanceMicros();
  const results: ModeResult[] = [];
  for (const mode of modes) results.push(await measureMode(mode, { under, meters, farm }));
  const toMicros = performanceMicros();
  await pause(3000);
  await ffmpeg.stop();
  await under.stop();
  await farm.send({ do: "flush" });
  const sent = (camera: number) => sentUnits(logFolder, camera);
  const check = (read: (camera: number) => number[]) => completeness(streams, { fromMicros, toMicros, sent, read });
  return {
    results,
    complete: {
      reed: check((camera) => recorded(join(data, "footage"), camera)),
      ffmpeg: check((camera) => ffmpeg.recorded(camera)),
    },
  };
}

interface Bench {
  readonly under: ReedUnderTest;
  readonly meters: readonly Meter[];
  readonly farm: CameraProgram;
}

async function measureMode(mode: string, { under, meters, farm }: Bench): Promise<ModeResult> {
  const channels = Array.from({ length: streams }, (_, i) => i + 1);
  using stack = new DisposableStack();
  const viewers = mode === "watched" ? stack.use(await openViewers(under, channels)) : undefined;
  if (mode === "eager") stack.defer(await keepEager(farm));
  if (mode !== "unwatched") await pause(3000);
  const before = viewers?.messages ?? 0;
  const measured = [];
  for (let n = 0; n < windows; n++) measured.push(await measureWindow(meters, seconds * 1000));
  return {
    mode,
    windows: measured,
    pss: meters.map((meter) => ({ name: meter.name, bytes: meter.pssBytes() })),
    ringBytes: await metric(under, "reed_ring_bytes"),
    how: meters[0]?.how ?? "",
    viewedPerSecond: ((viewers?.messages ?? 0) - before) / (seconds * windows),
  };
}

/** After a lost packet Reed reads a camera without pauses for 60 s: each loses one every 30 s. */
async function keepEager(farm: CameraProgram): Promise<() => void> {
  const lose = () => farm.send({ do: "lose", camera: "all", packets: 1 });
  await lose();
  const timer = setInterval(() => void lose(), 30_000);
  return () => clearInterval(timer);
}

/** CLOCK_MONOTONIC in microseconds, as in the senders' logs. */
function performanceMicros(): number {
  return Number(process.hrtime.bigint() / 1000n);
}

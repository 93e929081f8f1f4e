/**
 * From the contact to relay and durable footage, alone and under load:
 * `node bench/alarm/run.ts [--streams 16] [--edges 200] [--every 1000] [--poll 20] [--phases quiet,loaded] [--motion 5]
 * [--shape link100] [--folder DIR]`. See `bench/README.md`.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { BoardProgram } from "../../test/support/board.ts";
import { pause, type Json } from "../../test/support/reed.ts";
import { live } from "../../test/support/site.ts";
import { metricsText, shapes, startFarm, startReedWith, type ReedUnderTest, type Shape } from "../support/farm.ts";
import { watchLateness } from "../support/lateness.ts";
import { describeMachine, processorTime } from "../support/machine.ts";
import { spread } from "../support/numbers.ts";
import { startLoad } from "./load.ts";
import { seedMonth } from "./month.ts";
import { measureMotion } from "./motion.ts";
import { bucketsOf, difference, phaseReport } from "./report.ts";
import { configureAlarm, contactToCoil, makeEdges, receiptsSince, startBoard, type AlarmSite } from "./site.ts";

const { values } = parseArgs({
  options: {
    streams: { type: "string", default: "16" },
    edges: { type: "string", default: "200" },
    every: { type: "string", default: "1000" },
    poll: { type: "string", default: "20" },
    phases: { type: "string", default: "quiet,loaded" },
    motion: { type: "string", default: "0" },
    shape: { type: "string", default: "link100" },
    folder: { type: "string", default: join(tmpdir(), "reed-bench") },
  },
});
const streams = Number(values.streams);
if (!shapes.includes(values.shape)) throw new Error(`--shape is one of ${shapes.join(", ")}`);
const site: AlarmSite = { pollMs: Number(values.poll), debounceMs: 100, preRecordS: 10 };
const gopS = 2;

mkdirSync(values.folder, { recursive: true });
const folder = mkdtempSync(join(values.folder, "a-"));
const logFolder = join(folder, "sent");
const boardLog = join(folder, "board.log");
mkdirSync(logFolder);
try {
  console.log(describeMachine(folder));
  console.log(`${streams} streams of 1080p25 at 4 Mbit/s, GOP ${gopS} s, arrival ${values.shape}\n`);
  await run();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function run(): Promise<void> {
  await using farm = await startFarm(streams, values.shape as Shape, logFolder);
  await using board = await startBoard(boardLog);
  await using under = await startReedWith(farm.urls, join(folder, "d"), { preRecordS: site.preRecordS });
  await configureAlarm(under, board, site);
  await under.reed.stop();
  console.log(`a month of timeline: ${seedMonth(join(folder, "d"), streams, Date.now())} rows\n`);
  await under.reed.start();
  for (let channel = 1; channel <= streams; channel++) await live(under.api, channel);
  await pause((site.preRecordS + gopS + 3) * 1000);
  for (const phase of values.phases.split(",")) await measure(phase, under, board);
  if (Number(values.motion) > 0) await besideMotion(farm.urls[0] ?? "");
}

async function measure(name: string, under: ReedUnderTest, board: BoardProgram): Promise<void> {
  const load = name === "loaded" ? await startLoad(under, streams) : undefined;
  await pause(2000);
  const histogram = async () => bucketsOf(await metricsText(under), "reed_edge_to_command_milliseconds");
  const before = await histogram();
  const machine = processorTime();
  const sleeper = watchLateness();
  const fromMicros = Number(process.hrtime.bigint() / 1000n);
  const since = Date.now();
  await makeEdges(board, Number(values.edges), Number(values.every));
  const { busyMs, allMs } = processorTime();
  const lateness = await sleeper.stop();
  const counts = await load?.stop();
  const receipts: Json[] = await receiptsSince(under, since, Number(values.edges));
  // live state is told to the api every few seconds
  await pause(6000);
  const phase = {
    name,
    receipts,
    contactToCoil: contactToCoil(boardLog, fromMicros),
    histogram: difference(await histogram(), before),
    lateness,
    busy: (busyMs - machine.busyMs) / (allMs - machine.allMs),
  };
  console.log(phaseReport(phase, site));
  console.log(counts === undefined ? "" : `meanwhile: ${JSON.stringify(counts)}\n`);
}

async function besideMotion(url: string): Promise<void> {
  const events = await measureMotion(url, folder, { events: Number(values.motion), preRecordS: site.preRecordS });
  console.log("## motion, passthrough, one camera, the same farm and Reed still recording");
  console.log(
    `eventstart → file with 100 kB (page cache, not synced), ms: ${spread(events.map((e) => e.fileAfterMs))}`,
  );
  console.log(`pre-record in the file, s: ${events.map((event) => event.preRecordS.toFixed(1)).join(", ")}`);
}

/**
 * 16 analysed beside 16 recorded channels: does recording lose anything, do alarms stay within their figures, and by how
 * much does detection slow itself?
 *
 *     node bench/analysis/load.ts [--cameras 16] [--edges 80] [--phases recording,motion,people] [--folder DIR]
 *
 * Each camera sends 1080p25 of 4 Mbit/s, which is recorded, and a sub stream of 640 × 360 with ten pictures a second of
 * `vtest.avi` (people walk all the time), which is looked at: not at all, for motion, and for people as well. Meanwhile
 * doors on a Modbus board record all channels and switch relays, as in `bench/alarm`. Needs ffmpeg.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { allCells, hexOfCells } from "../../src/domain/detection/motion-grid.ts";
import { startCameraProgram } from "../../src/testkit/process.ts";
import type { BoardProgram } from "../../test/support/board.ts";
import { recorded, sentUnits } from "../../test/support/footage.ts";
import { pause, until, type Json } from "../../test/support/reed.ts";
import { live } from "../../test/support/site.ts";
import { streetClip } from "../../test/support/street-clip.ts";
import { bucketsOf, difference, phaseReport } from "../alarm/report.ts";
import { configureAlarm, contactToCoil, makeEdges, receiptsSince, startBoard, type AlarmSite } from "../alarm/site.ts";
import { completeness } from "../record/completeness.ts";
import { fullHd, metricsText, startReedWith, type ReedUnderTest } from "../support/farm.ts";
import { watchLateness } from "../support/lateness.ts";
import { describeMachine, processorTime } from "../support/machine.ts";
import { createMeter } from "../support/meter.ts";

const text = { type: "string" } as const;
const { values } = parseArgs({
  options: {
    cameras: { ...text, default: "16" },
    edges: { ...text, default: "80" },
    phases: { ...text, default: "recording,motion,people" },
    folder: { ...text, default: join(tmpdir(), "reed-bench") },
  },
});
const cameras = Number(values.cameras);
const channels = Array.from({ length: cameras }, (_, i) => i + 1);
const site: AlarmSite = { pollMs: 20, debounceMs: 100, preRecordS: 5 };
const everyMs = 500;

const region = { name: "All", cells: hexOfCells(allCells()), sensitivity: 60, threshold: 6 };
const motion = { regions: [region], holdS: 1 };
const lookedFor: Readonly<Record<string, object>> = {
  recording: {},
  motion: { motion },
  people: { motion, smart: { human: true, vehicle: true, sensitivity: "middle" } },
};
const phases = values.phases.split(",");
if (!phases.every((phase) => phase in lookedFor)) throw new Error("--phases recording,motion,people");

mkdirSync(values.folder, { recursive: true });
const folder = mkdtempSync(join(values.folder, "l-"));
const logFolder = join(folder, "sent");
const boardLog = join(folder, "board.log");
const data = join(folder, "d");
mkdirSync(logFolder);
try {
  console.log(describeMachine(folder));
  console.log(`${cameras} cameras: 1080p25 of 4 Mbit/s recorded, 640 × 360 with 10 pictures a second looked at\n`);
  await run();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

interface Span {
  readonly phase: string;
  readonly fromMicros: number;
  readonly toMicros: number;
}

async function run(): Promise<void> {
  const path = streetClip({ width: 640, height: 360, fps: 10, seconds: 60 });
  await using farm = await startCameraProgram({
    cameras: channels.map(() => ({
      ...{ source: fullHd, shape: "link100" },
      sub: { kind: "file", path, audio: "none" },
    })),
    logFolder,
  });
  await using board = await startBoard(boardLog);
  await using under = await startReedWith([], data);
  for (const channel of channels) {
    const url = `rtsp://127.0.0.1:${farm.port}/cam${channel}`;
    await under.api.post("channels", { url, subUrl: `${url}/sub`, preRecordS: site.preRecordS });
  }
  for (const channel of channels) await live(under.api, channel);
  await configureAlarm(under, board, site);
  await pause((site.preRecordS + 5) * 1000);
  const spans: Span[] = [];
  for (const phase of phases) spans.push(await measure(phase, under, board));
  await pause(2500);
  await under.stop();
  await farm.send({ do: "flush" });
  console.log("## Access units of the recorded streams, by the cameras' own logs");
  const sent = (camera: number) => sentUnits(logFolder, camera);
  const read = (camera: number) => recorded(join(data, "footage"), camera);
  for (const { phase, ...span } of spans) {
    const { sent: count, missing, twice } = completeness(cameras, { ...span, sent, read });
    console.log(`${phase}: ${count} sent, ${missing} missing, ${twice} twice`);
  }
}

async function measure(phase: string, under: ReedUnderTest, board: BoardProgram): Promise<Span> {
  const { api, reed } = under;
  const settings = lookedFor[phase] ?? {};
  const isWatched = Object.keys(settings).length > 0;
  for (const channel of channels) if (isWatched) await api.put(`channels/${channel}/detection`, settings);
  const status = async (): Promise<Json[]> => (isWatched ? await api.get("detection") : []);
  if (isWatched)
    await until(async () => {
      const all = await status();
      return all.length === cameras && all.every(({ state }) => state === "watching");
    }, "all cameras are looked at");
  await pause(8000);
  using detection = createMeter("detection");
  if (isWatched) for (const pid of withChildren(reed.pid("detection"))) detection.add(pid);
  const meters = isWatched ? [...under.meters, detection] : under.meters;
  const histogram = async () => bucketsOf(await metricsText(under), "reed_edge_to_command_milliseconds");
  const before = { histogram: await histogram(), machine: processorTime(), cpu: meters.map((meter) => meter.read()) };
  const sleeper = watchLateness();
  const [fromMicros, since, began] = [Number(process.hrtime.bigint() / 1000n), Date.now(), performance.now()];
  const shares: Json[] = [];
  const watching = { on: true };
  const watcher = watch(status, shares, watching);
  await makeEdges(board, Number(values.edges), everyMs);
  const cpu = meters.map((meter, index) => ({
    name: meter.name,
    share: (meter.read().cpuMs - (before.cpu[index]?.cpuMs ?? 0)) / (performance.now() - began),
  }));
  const { busyMs, allMs } = processorTime();
  const toMicros = Number(process.hrtime.bigint() / 1000n);
  const lateness = await sleeper.stop();
  watching.on = false;
  await watcher;
  // the last recording ends, and live state is told to the api every few seconds
  await pause(6000);
  // as many as there are: a pulse of 400 ms may be over before a machine that others use as well has come to read it
  const receipts: Json[] = await receiptsSince(under, since, 0);
  const report = {
    ...{
      name: `16 recorded, looked at: ${isWatched ? Object.keys(settings).join(" and ") : "nothing"}`,
      receipts,
      lateness,
    },
    contactToCoil: contactToCoil(boardLog, fromMicros),
    histogram: difference(await histogram(), before.histogram),
    busy: (busyMs - before.machine.busyMs) / (allMs - before.machine.allMs),
  };
  console.log(phaseReport(report, site));
  console.log(`edges without a receipt: ${Number(values.edges) - receipts.length} of ${values.edges}`);
  console.log(`of a core: ${cpu.map(({ name, share }) => `${name} ${(100 * share).toFixed(1)} %`).join(", ")}`);
  if (isWatched) console.log(`looked at: ${lookedText(shares)}`);
  console.log("");
  return { phase, fromMicros, toMicros };
}

/** The detection process and that of its model. */
function withChildren(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ");
  return [pid, ...children.filter(Boolean).map(Number)];
}

/** Asks every two seconds how detection goes with each camera. */
async function watch(status: () => Promise<Json[]>, into: Json[], watching: { readonly on: boolean }): Promise<void> {
  while (watching.on) {
    into.push(...(await status()));
    await pause(2000);
  }
}

function lookedText(shares: readonly Json[]): string {
  const mean = (of: (row: Json) => number): number =>
    shares.reduce((sum: number, row: Json) => sum + of(row), 0) / Math.max(1, shares.length);
  const blind = shares.filter(({ state }) => state === "blind").length;
  return [
    `${mean(({ lookedAt }) => lookedAt).toFixed(2)} pictures a second and camera of 5 that are due`,
    `left out ${Math.round(100 * mean(({ slowedBy }) => slowedBy))} % (slowedBy)`,
    `${mean(({ costMs }) => costMs).toFixed(1)} ms a second and camera by its own account`,
    `blind ${blind} times of ${shares.length}`,
  ].join("; ");
}

/**
 * From the picture's own number to the relay: how long after the camera sent the first picture in which something moves
 * (or somebody appears, or crosses a line) is its picture at the recorder, the alarm input's edge decided, the relay of a
 * Modbus board switched by the board's own log? And is the footage from before there?
 *
 *     node bench/analysis/latency.ts [--seconds 150] [--folder DIR]
 *
 * Cameras send short films in a loop, of which it is known with which picture it begins. Needs ffmpeg.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { loadClip } from "../../src/testkit/camera/clip.ts";
import { readUnits, type UnitLine } from "../../src/testkit/camera/sender-log.ts";
import { startCameraProgram } from "../../src/testkit/process.ts";
import { startBoardProgram } from "../../test/support/board.ts";
import { pause, until, type Json } from "../../test/support/reed.ts";
import { startReedWith, type ReedUnderTest } from "../support/farm.ts";
import { watchLateness } from "../support/lateness.ts";
import { describeMachine, processorTime } from "../support/machine.ts";
import { quantile, spread } from "../support/numbers.ts";
import { loops, type Loop } from "./loops.ts";

const text = { type: "string" } as const;
const { values } = parseArgs({
  options: { seconds: { ...text, default: "150" }, folder: { ...text, default: tmpdir() } },
});
const preRecordS = 5;
const pollMs = 20;
/** What follows within so long of the first picture is told of it, ms. */
const withinMs = 3000;

const folder = mkdtempSync(join(values.folder, "reed-latency-"));
const logFolder = join(folder, "sent");
const boardLog = join(folder, "board.log");
mkdirSync(logFolder);
try {
  console.log(describeMachine(folder));
  await run();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function run(): Promise<void> {
  const shown = loops(folder);
  await using program = await startCameraProgram({
    cameras: shown.map(({ path }) => ({ source: { kind: "file", path, audio: "none" } as const })),
    logFolder,
  });
  await using board = await startBoardProgram({ contacts: 1, relays: shown.length, logFile: boardLog });
  await using under = await startReedWith(program.urls, join(folder, "d"), { preRecordS });
  const inputs = await configure(under, board.port, shown);
  await until(
    async () => ((await under.api.get("inputs")) as Json[]).every((row) => row.live?.level !== "unknown"),
    "everything is watched",
  );
  await under.api.post("arming", { armed: true });
  await pause((preRecordS + 5) * 1000);
  const sleeper = watchLateness();
  const machine = processorTime();
  const fromMs = Number(process.hrtime.bigint() / 1000n) / 1000;
  const slowedBy = await slowedFor(under, Number(values.seconds));
  const toMs = Number(process.hrtime.bigint() / 1000n) / 1000;
  const { busyMs, allMs } = processorTime();
  const { p95, max } = await sleeper.stop();
  await pause(4000);
  const receipts = await Promise.all(inputs.map((input) => raisedOf(under, input)));
  await program.stop();
  console.log(
    `${values.seconds} s; machine busy ${percent((busyMs - machine.busyMs) / (allMs - machine.allMs))}; who only sleeps is woken late by p95 ${p95.toFixed(1)}, at most ${max.toFixed(1)} ms; poll of the board ${pollMs} ms; of the pictures detection left out ${percent(slowedBy)} to keep pace\n`,
  );
  const coils = coilsOf(readFileSync(boardLog, "utf8"));
  const events = shown.map((loop, index) => {
    const sent = readUnits(readFileSync(join(logFolder, `cam${index + 1}.log`), "utf8"));
    return eventsOf({ loop, sent, receipts: receipts[index] ?? [], coils: coils.get(index) ?? [], fromMs, toMs });
  });
  for (const kind of ["motion", "smart motion", "tripwire"] as const)
    report(
      kind,
      events.filter((_, index) => shown[index]?.kind === kind),
    );
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

/** Waits so long; the share of pictures that detection leaves out meanwhile, on the mean of all cameras. */
async function slowedFor({ api }: ReedUnderTest, seconds: number): Promise<number> {
  const shares: number[] = [];
  for (const end = performance.now() + seconds * 1000; performance.now() < end;) {
    await pause(Math.min(2000, end - performance.now()));
    shares.push(...((await api.get("detection")) as Json[]).map(({ slowedBy }) => Number(slowedBy)));
  }
  return shares.reduce((sum, share) => sum + share, 0) / Math.max(1, shares.length);
}

/** A board that watches each camera, an alarm input on its point, and a relay of its own for each; their numbers. */
async function configure({ api }: ReedUnderTest, port: number, shown: readonly Loop[]): Promise<number[]> {
  const outputs = shown.map((_, index) => ({ point: index + 1, address: index }));
  const modbus = { kind: "modbus-tcp", host: "127.0.0.1", port, pollMs, inputs: [{ point: 1, address: 0 }], outputs };
  const { board: relays } = await api.post("boards", { name: "Relays", driver: modbus });
  const inputs: number[] = [];
  for (const [index, { settings, point, kind }] of shown.entries()) {
    const channel = index + 1;
    const driver = { kind: "video-detection", channel, ...settings };
    const { board } = await api.post("boards", { name: `Camera ${channel}`, driver });
    const relay = { name: `Relay ${channel}`, kind: "siren", board: relays, point: channel };
    const { output } = await api.post("outputs", relay);
    const { input } = await api.post("inputs", {
      ...{ zone: "instant", swingerAlarms: 0, name: `${kind} ${channel}`, kind: "other", type: "NO", board, point },
      ...{ debounceMs: 0, antiDitherS: 0, postRecordS: 0, recordChannels: [channel], outputs: [{ output, holdS: 0 }] },
    });
    inputs.push(Number(input));
  }
  return inputs;
}

async function raisedOf({ api }: ReedUnderTest, input: number): Promise<Json[]> {
  const { receipts } = await api.get(`receipts?input=${input}&limit=500`);
  return (receipts as Json[]).filter(({ edge }) => edge.kind === "raised");
}

/** When each relay was switched on, ms of CLOCK_MONOTONIC, by the board. */
function coilsOf(log: string): Map<number, number[]> {
  const coils = new Map<number, number[]>();
  for (const line of log.split("\n")) {
    const [what, relay, state, micros, , changed] = line.split(" ");
    if (what !== "coil" || state !== "on" || changed !== "changed") continue;
    const times = coils.get(Number(relay)) ?? [];
    coils.set(Number(relay), [...times, Number(micros) / 1000]);
  }
  return coils;
}

interface Watched {
  readonly loop: Loop;
  readonly sent: readonly UnitLine[];
  readonly receipts: readonly Json[];
  readonly coils: readonly number[];
  readonly fromMs: number;
  readonly toMs: number;
}

interface Events {
  readonly happened: number;
  readonly others: number;
  /** Of each event that was told, ms after the camera sent the picture with which it began. */
  readonly told: readonly { picture: number; decided: number; relay: number; preMs: number; short: boolean }[];
}

/** Times by CLOCK_MONOTONIC, which camera, Reed and board have in common. */
function eventsOf({ loop, sent, receipts, coils, fromMs, toMs }: Watched): Events {
  const length = loadClip({ kind: "file", path: loop.path, audio: "none" }).video.units.length;
  const begins = sent
    .filter(({ number }) => number % length === loop.begins)
    .map(({ sentMicros }) => sentMicros / 1000)
    .filter((at) => at >= fromMs && at <= toMs - withinMs);
  const told = begins.flatMap((began) => {
    const after = (at: number): boolean => at >= began - loop.earlyMs && at <= began + withinMs;
    const receipt = receipts.find(({ edge }) => after(Number(edge.at.instant)));
    const relay = coils.find(after);
    if (receipt === undefined || relay === undefined) return [];
    const record = (receipt.actions as Json[]).find(({ target }) => target.kind === "record");
    const preMs = Number(record?.record?.preAchievedMs ?? NaN);
    const { at, decidedAt } = receipt.edge;
    const ms = { picture: Number(at.instant) - began, decided: Number(decidedAt.instant) - began };
    return [{ ...ms, relay: relay - began, preMs, short: !(preMs >= preRecordS * 1000) }];
  });
  const counted = receipts.filter(({ edge }) => edge.at.instant >= fromMs && edge.at.instant <= toMs - withinMs);
  return { happened: begins.length, told, others: Math.max(0, counted.length - told.length) };
}

function report(kind: string, all: readonly Events[]): void {
  const told = all.flatMap((events) => events.told);
  const sum = (of: (events: Events) => number): number => all.reduce((total, events) => total + of(events), 0);
  const line = (name: string, of: (one: Events["told"][number]) => number): void =>
    console.log(`  ${name}, ms: ${spread(told.map(of))}`);
  console.log(
    `${kind}: it began ${sum(({ happened }) => happened)} times, told ${told.length}; told otherwise ${sum(({ others }) => others)}`,
  );
  if (told.length === 0) return;
  line(
    "first picture sent → the picture that showed it was at the recorder (the receipt's time)",
    (one) => one.picture,
  );
  line("first picture sent → the edge was decided", (one) => one.decided);
  line("first picture sent → relay switched, by the board", (one) => one.relay);
  line("the picture that showed it at the recorder → relay switched", (one) => one.relay - one.picture);
  const pre = told.map(({ preMs }) => preMs);
  console.log(
    `  footage from before that picture, of ${preRecordS} s asked, s: least ${(quantile(pre, 0) / 1000).toFixed(2)}, middle ${(quantile(pre, 0.5) / 1000).toFixed(2)}; short ${told.filter(({ short }) => short).length} of ${told.length}`,
  );
}

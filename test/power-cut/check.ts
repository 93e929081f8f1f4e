/** One power cut: the disk is rebuilt, Reed's recovery runs on it twice, and everything that was claimed is checked. */
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import type { HoldOrder } from "../../src/messages/recorder.ts";
import type { Json } from "../support/reed.ts";
import { readJournalFiles, type Line } from "../verifier/journal.ts";
import { footageOf, readMs, unitsOf, type Claims } from "./claims.ts";
import { writeDisk, type Chance } from "./cut.ts";
import type { Recording } from "./record.ts";
import { continuous } from "./record.ts";
import { recoverOn } from "./recover.ts";
import { fingerprint, readFootage, wholeParts, type Footage, type WholeParts } from "./volume.ts";

export interface Cut {
  /** An instant, ms. */
  readonly at: number;
  readonly why: string;
  readonly chance: Chance;
}

export interface Trial {
  readonly recording: Recording;
  readonly claims: Claims;
  /** What the run recorded in all, without a cut. */
  readonly all: Footage;
}

export interface Found {
  /** Sentences; none = all is well. */
  readonly problems: readonly string[];
  /** What was lost behind the newest access unit on the disk, ms, where a camera was continuously recorded. */
  readonly losses: readonly { readonly held: boolean; readonly ms: number }[];
}

/** The end of a hold may lie this much behind the last picture: the next one was not due yet. */
const pictureMs = 250 - readMs;

/** Loss in a power cut: with an alarm, and without (a sync round every 2 s, fragments of 1 s). docs/design/recording.md */
const bounds = { held: 1000, quiet: 3000 };

export async function checkCut(trial: Trial, cut: Cut, folder: string): Promise<Found> {
  const { recording, claims } = trial;
  writeDisk(recording.disk, recording.toReal(cut.at), cut.chance, folder);
  const volume = join(folder, "footage");
  try {
    const before = existsSync(volume) ? wholeParts(volume) : new Map<string, never>();
    const core = journalOf(folder);
    const problems = [...toldProblems(recording, core, cut.at), ...databaseProblems(folder)];
    const holds = openHolds(core);
    const results = await recoverOn(folder, claims.volumeId, holds);
    const after = readFootage(volume);
    problems.push(...after.problems, ...deletedProblems(before, wholeParts(volume)));
    const has = (channel: number, number: number) => after.units.get(channel)?.includes(number) === true;
    for (const claim of claims.footage.filter(({ at }) => at <= cut.at)) {
      const missing = unitsOf(recording, claim).filter((number) => !has(claim.channel, number));
      if (missing.length > 0) problems.push(`${claim.what}: channel ${claim.channel} lacks ${list(missing)}`);
    }
    problems.push(...closeProblems(trial, wholeParts(volume), cut.at), ...resultProblems(trial, holds, results, after));
    const losses = continuous.map((channel) => lossOf(trial, channel, cut.at, after));
    problems.push(...losses.flatMap(({ problem }) => problem));
    const once = fingerprint(volume);
    await recoverOn(folder, claims.volumeId, []);
    if (fingerprint(volume) !== once) problems.push("a second recovery changed the footage");
    return { problems: problems.map((problem) => `${cut.why}: ${problem}`), losses };
  } catch (error) {
    return {
      problems: [`${cut.why}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`],
      losses: [],
    };
  } finally {
    if (process.env["REED_KEEP"] === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

/** Short: the first, the last and how many. */
const list = (numbers: readonly number[]): string => `${numbers.length} units (${numbers[0]}…${numbers.at(-1)})`;

function journalOf(folder: string): readonly Line[] {
  const journal = join(folder, "journal");
  return existsSync(journal) ? readJournalFiles(journal, ".core.log").lines : [];
}

/** Records are read without Reed's types. */
const recordsOf = (lines: readonly Line[]): Json[] => lines.map((line) => line.record);

/** What a caller was told must have survived. */
function toldProblems(recording: Recording, core: readonly Line[], at: number): string[] {
  const problems: string[] = [];
  const records = recordsOf(core);
  const armed = records.reduce(
    (now, record) => ("armed" in record && record.kind !== "edge" ? record.armed : now),
    false,
  );
  const lastTold = recording.told.findLast((told) => told.kind === "armed" && told.at <= at);
  const asking = recording.told.some((told) => told.kind === "armed" && told.asked <= at && told.at > at);
  if (lastTold?.kind === "armed" && !asking && lastTold.armed !== armed) problems.push(`told armed ${lastTold.armed}`);
  for (const told of recording.told.filter((each) => each.at <= at)) {
    const kept =
      told.kind === "armed" ||
      (told.kind === "triggered" && records.some(({ edge }) => edge?.trigger?.callerId === told.eventId)) ||
      (told.kind === "channel" && records.some(({ change }) => change?.value?.channel === told.channel));
    if (!kept) problems.push(`told ${JSON.stringify(told)}, and the journal has lost it`);
  }
  return problems;
}

/** SQLite keeps its promise: an older state perhaps, never a broken one. */
function databaseProblems(folder: string): string[] {
  const path = join(folder, "reed.db");
  if (!existsSync(path)) return [];
  try {
    const database = new Sqlite(path);
    const answer = String(database.pragma("integrity_check", { simple: true }));
    database.close();
    return answer === "ok" ? [] : [`database: ${answer}`];
  } catch (error) {
    return [`database: ${String(error)}`];
  }
}

/** Record holds without an outcome, as core orders them again. */
function openHolds(core: readonly Line[]): HoldOrder[] {
  const open = new Map<string, HoldOrder>();
  for (const record of recordsOf(core)) {
    if (record.kind === "edge") for (const hold of record.holds as HoldOrder[]) open.set(hold.holdId, hold);
    const known = open.get(record.holdId);
    if (record.kind === "hold-end" && known !== undefined) open.set(record.holdId, { ...known, endAt: record.endAt });
    if (record.kind === "outcome") open.delete(record.actionId);
  }
  return [...open.values()];
}

function deletedProblems(before: WholeParts, after: WholeParts): string[] {
  return [...before].flatMap(([path, part]) => {
    const left = after.get(path);
    return part.fragments === 0 || (left?.head === part.head && left.bytes === part.bytes)
      ? []
      : [`${path}: ${part.fragments} whole fragments before the recovery, ${left?.fragments ?? "no file"} behind it`];
  });
}

function closeProblems({ claims }: Trial, parts: WholeParts, at: number): string[] {
  return claims.closes
    .filter((claim) => claim.at <= at)
    .flatMap((claim) => {
      const part = parts.get(claim.path);
      return part?.bytes === claim.bytes && part.head === claim.head && part.fragments === claim.fragments
        ? []
        : [`segment-close ${claim.path}: ${claim.fragments} fragments claimed, ${part?.fragments ?? "no file"} there`];
    });
}

type Results = Awaited<ReturnType<typeof recoverOn>>;

/** Outcomes that the recovery gave. */
function resultProblems({ recording }: Trial, holds: readonly HoldOrder[], results: Results, after: Footage): string[] {
  return holds.flatMap((hold) => {
    const given = results.filter((result) => result.holdId === hold.holdId);
    const [result] = given;
    if (result === undefined || given.length !== 1) return [`${hold.holdId} has ${given.length} results`];
    const end = Math.min(hold.endAt ?? hold.boundAt, hold.boundAt);
    const window = { channel: hold.channel, from: hold.edgeAt - hold.preMs, to: end - pictureMs, gaps: [] };
    const claims = footageOf(result, (wall) => hold.edgeAt + (wall - hold.edgeWall));
    const stated = claims.flatMap((claim) => unitsOf(recording, { ...claim, channel: hold.channel }));
    const must = new Set([...stated, ...(result.result === "done" ? unitsOf(recording, window) : [])]);
    const there = after.units.get(hold.channel) ?? [];
    const missing = [...must].filter((number) => !there.includes(number));
    const hidden =
      result.result === "failed" ? unitsOf(recording, window).filter((number) => there.includes(number)) : [];
    return [
      ...(missing.length > 0 ? [`recovered ${hold.holdId} is ${result.result}, and lacks ${list(missing)}`] : []),
      ...(hidden.length > 0 ? [`recovered ${hold.holdId} is failed, and has ${list(hidden)}`] : []),
    ];
  });
}

/** The disk's own time is part of a round, ms. */
const slowestSync = ({ disk }: Recording): number =>
  1000 * disk.things.flatMap((thing) => thing.syncs).reduce((most, { begin, end }) => Math.max(most, end - begin), 0);

function lossOf({ recording, claims, all }: Trial, channel: number, at: number, after: Footage) {
  const held = claims.held.some((hold) => hold.channel === channel && hold.from <= at - bounds.held && hold.to >= at);
  const bound = (held ? bounds.held : bounds.quiet) + slowestSync(recording);
  const there = new Set(after.units.get(channel));
  const recorded = new Set(all.units.get(channel));
  const lost = (recording.sent.get(channel)?.units ?? []).filter(
    ({ number, sent }) => recorded.has(number) && !there.has(number) && sent < at - readMs,
  );
  const ms = lost[0] === undefined ? 0 : at - lost[0].sent;
  const problem =
    ms > bound + readMs ? [`channel ${channel} lost ${Math.round(ms)} ms, ${held ? "with" : "without"} an alarm`] : [];
  return { held, ms, problem };
}

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { readSegment, type SegmentOnDisk } from "./boxes.ts";
import { readJournalFiles, type JournalOnDisk } from "./journal.ts";
import { readBoardLog, readSenderLog, type BoardFacts, type SenderFacts, type Span } from "./logs.ts";

/** A receipt as the API gives it; only what is checked is named. Walls are ms since 1970, instants ms. */
export interface ReceiptAnswer {
  readonly edge: {
    readonly eventId: string;
    readonly input: number;
    readonly board?: number;
    readonly kind: "raised" | "cleared" | "raised(found)" | "tamper";
    readonly at: { readonly instant: number; readonly wall: number };
    readonly decidedAt: { readonly instant: number; readonly wall: number };
    readonly notBefore?: number;
    readonly severity?: string;
  };
  /** Something else saw it, too, after it was told. */
  readonly graver?: {
    readonly severity: string;
    readonly input: number;
    readonly name: string;
    readonly eventId: string;
    readonly afterMs: number;
  };
  readonly alarmId?: string;
  readonly armed: boolean;
  readonly actions: readonly ActionAnswer[];
  readonly closedAt?: number;
}

export interface ActionAnswer {
  readonly id: string;
  readonly target: {
    readonly kind: string;
    readonly channel?: number;
    readonly output?: number;
    readonly notifier?: number;
    readonly preS?: number;
  };
  readonly because?: { readonly rule: string; readonly eventId: string };
  /** While it waits for the end of the entry delay. */
  readonly waitsUntil?: number;
  readonly outcome?: {
    readonly kind: "done" | "short" | "failed" | "suppressed";
    readonly reason?: string;
    readonly gate?: string;
  };
  readonly record?: {
    readonly preAchievedMs?: number;
    readonly durableAfterMs?: number;
    readonly from?: number;
    readonly to?: number;
    readonly gaps?: readonly { readonly from: number; readonly to: number; readonly reason: string }[];
    readonly inputStillOpen?: boolean;
  };
  readonly output?: { readonly commandedAfterMs?: number; readonly confirmedAfterMs?: number };
}

export interface InputSetting {
  readonly input: number;
  readonly board: number;
  /** From 0. */
  readonly contact: number;
  readonly type: "NO" | "NC";
  readonly debounceMs: number;
  readonly postRecordS: number;
  readonly maxRecordS: number;
  readonly recordChannels: readonly number[];
  readonly outputs: readonly { readonly output: number; readonly holdS: number }[];
  /** Absent: `instant`. */
  readonly zone?: string;
  /** Armed in these modes; absent: in all. */
  readonly modes?: readonly string[];
  readonly antiDitherS: number;
  readonly notifiers: readonly number[];
  /** Left alone after so many alarms of one arming; absent or 0: never. */
  readonly swingerAlarms?: number;
  /** Others that see the same: within these seconds its alarm is so grave. */
  readonly confirm?: { readonly inputs: readonly number[]; readonly withinS: number; readonly severity?: string };
  /** Of a key switch. */
  readonly keySwitch?: { readonly acts: "toggle" | "follow"; readonly mode?: string };
}

/** A mode of arming with its delays. */
export interface ModeSetting {
  readonly mode: string;
  readonly name: string;
  readonly exitS: number;
  readonly entryS: number;
}

/** Somebody asked for a mode; instants of CLOCK_MONOTONIC. */
export interface ArmingAsked {
  readonly mode: string;
  readonly bypass: readonly number[];
  readonly at: number;
  /** When it was answered; absent: Reed was gone before it answered. */
  readonly answered?: number;
}

export interface OutputSetting {
  readonly output: number;
  readonly board: number;
  /** From 0. */
  readonly relay: number;
  readonly maxOnS: number;
  readonly kind: "siren" | "light";
}

export interface Kill {
  readonly what: "core" | "recorder" | "all";
  /** ms of CLOCK_MONOTONIC. */
  readonly at: number;
}

/** Everything that the verifier is given: where the traces of a run lie, and what the run was set to. */
export interface Evidence {
  readonly cameras: readonly { readonly channel: number; readonly log: string; readonly gopUnits: number }[];
  readonly boards: readonly {
    readonly board: number;
    readonly log: string;
    /** The longest poll that Reed itself measured in the run, ms. */
    readonly measuredPollMs: number;
  }[];
  readonly inputs: readonly InputSetting[];
  readonly outputs: readonly OutputSetting[];
  readonly volumes: readonly string[];
  readonly coreJournal: string;
  readonly modes: readonly ModeSetting[];
  readonly armings: readonly ArmingAsked[];
  /** What the receiver of the messages got. */
  readonly messages: readonly { readonly eventId: string; readonly at: number }[];
  readonly receipts: readonly ReceiptAnswer[];
  readonly kills: readonly Kill[];
  /** When a thread that only sleeps was not woken: nobody got a turn, the recorded and the recorder alike. */
  readonly stalls?: readonly Span[];
  /** From here on everything was set and connected, until here contacts were watched; ms of CLOCK_MONOTONIC. */
  readonly from: number;
  readonly until: number;
}

/**
 * How far statements may lie from the truth, ms. `read`: from the sender's clock to the recorder's, reads pause 50 ms
 * and the machine is busy. `edge`: what a contact's change may be late beyond the measured poll. `decide`: what core may take beyond poll and debounce.
 * `delay`: what the
 * end of an entry delay may be late; `blur`: how far around the end of a delay both sides of it are true. `inMemory`: what a recorder that is killed may not have written yet (the design's bound).
 */
export const tolerance = {
  edge: 400,
  read: 400,
  decide: 400,
  connect: 1500,
  inMemory: 1500,
  switch: 600,
  delay: 600,
  blur: 60,
  pictureMs: 250,
} as const;

/** The evidence, read. */
export interface Facts extends Omit<Evidence, "coreJournal" | "volumes"> {
  readonly sent: ReadonlyMap<number, SenderFacts>;
  readonly boardFacts: ReadonlyMap<number, BoardFacts>;
  readonly segments: readonly SegmentOnDisk[];
  readonly volumeJournals: readonly JournalOnDisk[];
  readonly core: JournalOnDisk;
  /** When the entry delay of an event was over, and when the site was disarmed: as core's journal says, see `arming.ts`. */
  readonly releases: ReadonlyMap<string, number>;
  readonly disarms: readonly number[];
  readonly units: ReadonlyMap<number, ReadonlyMap<number, SegmentOnDisk["units"][number]>>;
  /** Those that can be shown: all from a key frame on are there. */
  readonly usable: ReadonlyMap<number, ReadonlySet<number>>;
}

export function readEvidence(evidence: Evidence): Facts {
  const segments = evidence.volumes.flatMap(segmentsOf).sort((a, b) => a.startInstant - b.startInstant);
  const units = new Map(
    evidence.cameras.map(({ channel }) => [channel, new Map<number, SegmentOnDisk["units"][number]>()]),
  );
  for (const segment of segments) for (const unit of segment.units) units.get(segment.channel)?.set(unit.number, unit);
  return {
    ...evidence,
    segments,
    units,
    usable: new Map([...units].map(([channel, all]) => [channel, usableOf([...all.values()])])),
    sent: new Map(evidence.cameras.map(({ channel, log }) => [channel, readSenderLog(log)])),
    boardFacts: new Map(evidence.boards.map(({ board, log }) => [board, readBoardLog(log)])),
    volumeJournals: evidence.volumes.map((root) => readJournalFiles(join(root, "journal"), ".rec.log")),
    ...armingFacts(readJournalFiles(evidence.coreJournal, ".core.log")),
  };
}

/** Core's journal, and what is looked up in it again and again. */
export const armingFacts = (core: JournalOnDisk): Pick<Facts, "core" | "releases" | "disarms"> => ({
  core,
  releases: new Map(
    core.lines.flatMap(({ at, record }) =>
      record.kind === "released" ? [[String(record["eventId"]), at] as const] : [],
    ),
  ),
  disarms: core.lines.flatMap(({ at, record }) => (record.kind === "armed" && record["armed"] === false ? [at] : [])),
});

/** When an event's outputs and messages began: as it was decided, or at the end of its entry delay. */
export const beganAt = ({ releases }: Pick<Facts, "releases">, { edge }: ReceiptAnswer): number =>
  releases.get(edge.eventId) ?? edge.decidedAt.instant;

function usableOf(units: SegmentOnDisk["units"][number][]): Set<number> {
  const usable = new Set<number>();
  for (const { number, key } of units.sort((a, b) => a.number - b.number)) {
    if (key || usable.has(number - 1)) usable.add(number);
  }
  return usable;
}

function segmentsOf(root: string): SegmentOnDisk[] {
  const footage = join(root, "footage");
  if (!existsSync(footage)) return [];
  return readdirSync(footage, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".mp4"))
    .map((name) => readSegment(join(footage, name), `footage/${name}`));
}

/** Says where in the run an instant lies, for sentences. */
export const when = (facts: Pick<Evidence, "from">, at: number): string =>
  `+${((at - facts.from) / 1000).toFixed(3)} s`;

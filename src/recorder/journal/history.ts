import type { Stamped, VolumeRecord } from "../../messages/journal.ts";
import { seeWall, type WallSeen } from "../../domain/clock-trust.ts";
import type { FootageLock } from "../../domain/footage-lock.ts";
import type { Instant, WallTime } from "../../kernel/time.ts";
import type { FootageGap, HoldOrder, SegmentRow } from "../../messages/recorder.ts";
import type { ReviewBook } from "../holds/review-book.ts";
import { createCauseBook, type CauseBook } from "./cause-book.ts";
import { createSegmentIndex, type SegmentIndex } from "./segment-index.ts";

export type HoldDurable = Extract<VolumeRecord, { kind: "hold-durable" }>;
export type HoldClosed = Extract<VolumeRecord, { kind: "hold-closed" }>;

/** What became of a hold, as far as the journal knows. */
export interface HoldHistory {
  readonly order: HoldOrder;
  readonly durable?: HoldDurable;
  readonly closed?: HoldClosed;
}

/** What a volume's journal tells: folded record by record, oldest first. */
export interface History {
  readonly index: SegmentIndex;
  /** By hold id; closed ones too, so that a result can be said again. */
  readonly holds: Map<string, HoldHistory>;
  /** What footage shows, of all holds that were ever closed. */
  readonly causes: CauseBook;
  /** Locks that nobody released, by id. */
  readonly locks: Map<string, FootageLock>;
  /** Counts the changes of `holds`. */
  holdChanges: number;
  /** Paths that were to be unlinked. */
  readonly deleted: Set<string>;
  /** Segments whose rows changed since the last clean stop. */
  readonly changed: Set<string>;
  /** Was the segment recorded for an alarm that nobody has acknowledged, as far as closed holds tell? */
  alarmTouches(row: SegmentRow, reviews: Pick<ReviewBook, "isUnreviewed" | "version">): boolean;
  /** Newest outages of each channel; one that a crash ended lasts until the last sign of life. */
  readonly outages: Map<number, FootageGap[]>;
  /** Wall time of the newest record that was read: the last sign of life of the recorder before. */
  lastSign: WallTime | undefined;
  /** When that recorder began. */
  lastStart: WallTime | undefined;
  lastSequence: number;
  /** What was seen of the wall clock, by the journal and by the checks since. */
  wallSeen: WallSeen | undefined;
  clean: boolean;
  /** Of each boot what its two clocks showed at its newest record. */
  readonly boots: Map<string, BootClocks>;
}

export interface BootClocks {
  readonly at: Instant;
  readonly wall: WallTime;
}

/** Closed holds that are remembered, to say their results again. */
const rememberedHolds = 5000;
/** Outages that are remembered of a channel. */
const rememberedOutages = 200;
/** Boots whose clocks are remembered: holds of older ones are long closed. */
const rememberedBoots = 50;
const noEnd = { head: "", fragments: 0 };

export function emptyHistory(): History {
  const holds = new Map<string, HoldHistory>();
  let alarms = new Map<number, readonly AlarmSpan[]>();
  let alarmsOf = "";
  const history: History = {
    holdChanges: 0,
    index: createSegmentIndex(),
    holds,
    causes: createCauseBook(),
    locks: new Map(),
    deleted: new Set(),
    outages: new Map(),
    lastSign: undefined,
    lastStart: undefined,
    changed: new Set(),
    alarmTouches(row, reviews) {
      // asked for every segment of a full volume: found by halving, not by a walk over all holds
      const version = `${history.holdChanges}/${reviews.version}`;
      if (alarmsOf !== version) alarms = alarmSpans(holds.values(), (eventId) => reviews.isUnreviewed(eventId));
      alarmsOf = version;
      const spans = alarms.get(row.channel) ?? [];
      let low = 0;
      let high = spans.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((spans[middle]?.from ?? Infinity) <= row.endWall) low = middle + 1;
        else high = middle;
      }
      return (spans[low - 1]?.to ?? -Infinity) >= row.startWall;
    },
    lastSequence: 0,
    wallSeen: undefined,
    clean: true,
    boots: new Map(),
  };
  return history;
}

interface AlarmSpan {
  readonly from: WallTime;
  readonly to: WallTime;
}

/** What closed holds of these events kept of each channel, in order and without overlaps. */
function alarmSpans(
  holds: Iterable<HoldHistory>,
  isMeant: (eventId: string) => boolean,
): Map<number, readonly AlarmSpan[]> {
  const byChannel = new Map<number, AlarmSpan[]>();
  for (const { order, closed } of holds) {
    if (closed?.from === undefined || closed.to === undefined || !isMeant(order.eventId)) continue;
    const spans = byChannel.get(order.channel) ?? [];
    spans.push({ from: closed.from, to: closed.to });
    byChannel.set(order.channel, spans);
  }
  return new Map([...byChannel].map(([channel, spans]) => [channel, joined(spans)]));
}

function joined(spans: readonly AlarmSpan[]): AlarmSpan[] {
  const all: AlarmSpan[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = all.at(-1);
    if (last === undefined || span.from > last.to) all.push(span);
    else if (span.to > last.to) all[all.length - 1] = { from: last.from, to: span.to };
  }
  return all;
}

/** Takes one record; kinds that it does not know are skipped. */
export function fold(history: History, stamped: Stamped<VolumeRecord>): void {
  const { record } = stamped;
  if (record.kind === "start") {
    endOutages(history);
    history.lastStart = stamped.wall;
  }
  if (stamped.wall > 0) {
    history.lastSign = stamped.wall;
    history.wallSeen = seeWall(history.wallSeen, stamped.wall);
    rememberBoot(history.boots, stamped);
  }
  history.lastSequence = Math.max(history.lastSequence, stamped.seq);
  history.clean = record.kind === "clean-stop";
  switch (record.kind) {
    case "clean-stop":
      history.changed.clear();
      break;
    case "segment-open":
      history.index.put(record.segment, noEnd);
      history.changed.add(record.segment.id);
      break;
    case "segment-close":
    case "segment-recovered":
      history.index.put(record.segment, record);
      history.changed.add(record.segment.id);
      break;
    case "segment-untrusted": {
      const known = history.index.get(record.id);
      if (known !== undefined) history.index.put({ ...known, trusted: false, closed: true }, known);
      history.changed.add(record.id);
      break;
    }
    case "segment-deleted":
      history.index.remove(record.id);
      history.changed.delete(record.id);
      history.deleted.add(record.path);
      break;
    case "hold":
    case "hold-end":
    case "hold-durable":
    case "hold-closed":
      foldHold(history, record);
      break;
    case "footage-locked":
    case "lock-released":
      foldLock(history, record);
      break;
    case "outage":
      foldOutage(history, record);
      break;
    case "start":
    case "gap":
    case "clock-step":
    case "note":
      break;
  }
}

function rememberBoot(boots: History["boots"], { boot, at, wall }: Stamped<VolumeRecord>): void {
  boots.set(boot, { at, wall });
  if (boots.size > rememberedBoots) boots.delete(boots.keys().next().value ?? "");
}

type Outage = Extract<VolumeRecord, { kind: "outage" }>;

/** What a life left open ended with its last sign: what the next one saw stands in its own records. */
function endOutages({ outages, lastSign }: History): void {
  if (lastSign === undefined) return;
  for (const [channel, known] of outages) {
    outages.set(
      channel,
      known.map((outage) => (outage.to === Infinity ? { ...outage, to: lastSign } : outage)),
    );
  }
}

/** Until its end is known an outage lasts at least until the newest record. */
function foldOutage(history: History, { channel, from, to, reason }: Outage): void {
  const known = history.outages.get(channel) ?? [];
  const begun = to === undefined ? undefined : known.findLast((one) => one.to === Infinity && one.reason === reason);
  const others = known.filter((one) => one !== begun).slice(-rememberedOutages);
  history.outages.set(channel, [...others, { from, to: to ?? (Infinity as WallTime), reason }]);
}

/** Also while the recorder runs. */
export function foldLock({ locks }: Pick<History, "locks">, record: VolumeRecord): void {
  if (record.kind === "footage-locked") locks.set(record.lock.id, record.lock);
  else if (record.kind === "lock-released") locks.delete(record.id);
}

/** The part that goes on while the recorder runs. */
export function foldHold(history: Pick<History, "holds" | "holdChanges" | "causes">, record: VolumeRecord): void {
  const { holds } = history;
  if (record.kind === "hold") {
    history.holdChanges++;
    holds.set(record.hold.holdId, { ...holds.get(record.hold.holdId), order: record.hold });
    if (holds.size > rememberedHolds) holds.delete(holds.keys().next().value ?? "");
    return;
  }
  if (record.kind !== "hold-end" && record.kind !== "hold-durable" && record.kind !== "hold-closed") return;
  const known = holds.get(record.holdId);
  if (known === undefined) return;
  history.holdChanges++;
  if (record.kind === "hold-end") {
    holds.set(record.holdId, { ...known, order: { ...known.order, endAt: record.endAt } });
  } else if (record.kind === "hold-durable") holds.set(record.holdId, { ...known, durable: record });
  else {
    holds.set(record.holdId, { ...known, closed: record });
    const { from, to } = record;
    if (from !== undefined && to !== undefined) history.causes.add(known.order, { from, to });
  }
}

import { causeOfTrigger } from "../domain/footage-cause.ts";
import type { Receipt } from "../domain/receipt.ts";
import { isGeneral, type RecordMode } from "../domain/recording-rule.ts";
import type { WallTime } from "../kernel/time.ts";
import type { Stamped, VolumeRecord } from "../messages/journal.ts";
import type { HoldOrder, SegmentRow } from "../messages/recorder.ts";
import type { StoreIntent } from "../messages/store.ts";

/** What the journals of the volumes say. Segments come last, when it is known what became of them. */
export interface ReplayedFootage {
  readonly found: readonly StoreIntent[];
  readonly deleted: readonly StoreIntent[];
  /** Locks that nobody released, for the case that core's journal is lost. */
  readonly locks: readonly StoreIntent[];
}

/** What is handed over as it is read: there may be millions of holds. */
export interface FootageTakers {
  found(intent: StoreIntent): void;
  note(receipt: Receipt): void;
}

/** Replays records of all volumes; a segment counts as it was last written down. */
export function replayVolume(
  records: Iterable<Stamped<VolumeRecord>>,
  modeAt: (channel: number, at: WallTime) => RecordMode | undefined,
  take: FootageTakers,
): ReplayedFootage {
  const segments = new Map<string, SegmentRow>();
  const holds = new Map<string, HoldOrder>();
  const found: StoreIntent[] = [];
  const deleted: StoreIntent[] = [];
  const locks = new Map<string, StoreIntent>();
  for (const { record } of records) {
    if (record.kind === "hold") holds.set(record.hold.holdId, record.hold);
    else if (record.kind === "hold-closed") {
      footageOf(record, holds.get(record.holdId)).forEach((one) => take.found(one));
      holds.delete(record.holdId);
    } else if (record.kind === "gap") take.found({ kind: "gap", channel: record.channel, gap: record.gap });
    else if (record.kind === "outage") gapOf(record).forEach((one) => take.found(one));
    else if (record.kind === "segment-deleted") deleted.push(deletionOf(record));
    else if (record.kind === "footage-locked") locks.set(record.lock.id, record);
    else if (record.kind === "lock-released") locks.delete(record.id);
    else if (record.kind === "note") receiptIn(record.note).forEach((receipt) => take.note(receipt));
    else replaySegment(segments, record);
  }
  const originals = new Set([...segments.values()].filter(({ copy }) => copy !== true).map(({ id }) => id));
  // a copy shows nothing that its original does not, as long as a journal knows of that
  for (const segment of segments.values())
    found.push(...intentsOf(segment, segment.copy === true && originals.has(segment.id) ? () => "off" : modeAt));
  return { found, deleted, locks: [...locks.values()] };
}

/** An outage counts when it is over, as it is told to core. */
function gapOf({ channel, from, to, reason }: Extract<VolumeRecord, { kind: "outage" }>): StoreIntent[] {
  return to === undefined ? [] : [{ kind: "gap", channel, gap: { from, to, reason } }];
}

const deletionOf = ({ id, volumeId }: Extract<VolumeRecord, { kind: "segment-deleted" }>): StoreIntent => ({
  ...{ kind: "segment-deleted", id },
  ...(volumeId === undefined ? {} : { volumeId }),
});

function replaySegment(segments: Map<string, SegmentRow>, record: VolumeRecord): void {
  if (record.kind === "segment-open" || record.kind === "segment-close" || record.kind === "segment-recovered") {
    const { id, volumeId } = record.segment;
    segments.set(`${id} ${volumeId}`, record.segment);
  } else if (record.kind === "segment-untrusted") {
    // what is copied is trusted: only the original can lose it
    const key = [...segments.keys()].findLast((one) => one.startsWith(`${record.id} `));
    const segment = key === undefined ? undefined : segments.get(key);
    if (key !== undefined && segment !== undefined) segments.set(key, { ...segment, trusted: false });
  }
}

function intentsOf(
  segment: SegmentRow,
  modeAt: (channel: number, at: WallTime) => RecordMode | undefined,
): StoreIntent[] {
  const { channel, startWall, endWall } = segment;
  const row: StoreIntent = { kind: "segment", segment };
  // a channel of which the configuration is lost recorded continuously, as new ones do
  const mode = modeAt(channel, startWall) ?? "continuous";
  return segment.stream === "main" && isGeneral(segment, mode)
    ? [row, { kind: "span", channel, cause: "continuous", from: startWall, to: endWall }]
    : [row];
}

function footageOf(closed: Extract<VolumeRecord, { kind: "hold-closed" }>, hold: HoldOrder | undefined): StoreIntent[] {
  if (hold === undefined) return [];
  const { channel, eventId } = hold;
  const gaps = closed.gaps.map((gap): StoreIntent => ({ kind: "gap", channel, gap }));
  if (closed.from === undefined || closed.to === undefined) return gaps;
  const cause = causeOfTrigger(hold.trigger);
  return [...gaps, { kind: "span", channel, cause, from: closed.from, to: closed.to, eventId }];
}

/** A note is whatever core sent to lie beside the footage; a receipt is known by its edge and actions. */
function receiptIn(note: unknown): Receipt[] {
  const candidate: unknown = typeof note === "object" && note !== null && "receipt" in note ? note.receipt : note;
  return isReceipt(candidate) ? [candidate] : [];
}

const isReceipt = (value: unknown): value is Receipt =>
  typeof value === "object" &&
  value !== null &&
  "actions" in value &&
  Array.isArray(value.actions) &&
  "edge" in value &&
  typeof value.edge === "object" &&
  value.edge !== null &&
  "eventId" in value.edge &&
  typeof value.edge.eventId === "string";

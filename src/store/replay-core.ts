import { graver, isSettled, judged, receiptOf, released } from "../domain/receipt-book.ts";
import type { Receipt } from "../domain/receipt.ts";
import type { ChannelSettings, RecordMode } from "../domain/site-config.ts";
import { walkRecord } from "../domain/walk-test.ts";
import type { WallTime } from "../kernel/time.ts";
import type { CoreRecord, Stamped } from "../messages/journal.ts";
import type { StoreIntent } from "../messages/store.ts";

/** What core's journal says, in the order in which it was written. */
export interface ReplayedCore {
  readonly config: readonly StoreIntent[];
  readonly arming: readonly StoreIntent[];
  readonly receipts: ReadonlyMap<string, Receipt>;
  /** What people made of alarms, locks and bookmarks; after the receipts. */
  readonly kept: readonly StoreIntent[];
  /** How a channel recorded at a time; a time before the first record counts as after it. */
  readonly modeAt: (channel: number, at: WallTime) => RecordMode | undefined;
}

/**
 * @param take is given each receipt as it closes, which is then no longer among the answer's, and what begins as an alarm or becomes one:
 * a month of busy cameras is more than memory holds
 */
export function replayCore(records: Iterable<Stamped<CoreRecord>>, take?: (receipt: Receipt) => void): ReplayedCore {
  const config: StoreIntent[] = [];
  const arming: StoreIntent[] = [];
  const receipts = new Map<string, Receipt>();
  const kept: StoreIntent[] = [];
  const modes = new Map<number, { readonly from: WallTime; readonly mode: RecordMode }[]>();
  for (const { record, wall } of records) {
    if (record.kind === "config") {
      config.push({ kind: "config", change: record.change });
      if (record.change.part === "channel") noteMode(modes, record.change.value, wall);
    } else if (record.kind === "config-removed") config.push(record);
    else if (record.kind === "armed") arming.push({ kind: "armed", armed: record.armed, by: record.by, at: wall });
    else if (isKept(record)) kept.push(record);
    else if (record.kind === "walk") kept.push({ kind: "walk-test", walk: walkRecord(record.walk, record.ended) });
    else {
      replayReceipt(receipts, record);
      if (take !== undefined) handOver(receipts, record, take);
    }
  }
  return {
    config,
    arming,
    receipts,
    kept,
    modeAt: (channel, at) => {
      const known = modes.get(channel) ?? [];
      return (known.findLast((entry) => entry.from <= at) ?? known[0])?.mode;
    },
  };
}

const keptKinds = ["alarm-reviewed", "footage-locked", "lock-released", "bookmark", "bookmark-removed"] as const;
type Kept = Extract<CoreRecord, { kind: (typeof keptKinds)[number] }>;

const isKept = (record: CoreRecord): record is Kept => keptKinds.some((kind) => kind === record.kind);

function noteMode(
  modes: Map<number, { readonly from: WallTime; readonly mode: RecordMode }[]>,
  channel: ChannelSettings,
  from: WallTime,
): void {
  const known = modes.get(channel.channel) ?? [];
  known.push({ from, mode: channel.enabled ? channel.recordMode : "off" });
  modes.set(channel.channel, known);
}

function handOver(receipts: Map<string, Receipt>, record: CoreRecord, take: (receipt: Receipt) => void): void {
  if (record.kind === "edge" && record.alarmId !== undefined) take(receiptOf(record));
  const begun = record.kind === "released" ? receipts.get(record.eventId) : undefined;
  if (begun !== undefined) take(begun);
  if (record.kind !== "receipt" || record.receipt.closedAt === undefined) return;
  receipts.delete(record.receipt.edge.eventId);
  take(record.receipt);
}

function replayReceipt(receipts: Map<string, Receipt>, record: CoreRecord): void {
  if (record.kind === "state") {
    for (const open of record.open) if (!receipts.has(open.edge.eventId)) receipts.set(open.edge.eventId, open);
  } else if (record.kind === "edge") {
    receipts.set(record.edge.eventId, receiptOf(record));
  } else if (record.kind === "released") {
    const receipt = receipts.get(record.eventId);
    if (receipt !== undefined) receipts.set(record.eventId, released(receipt, record.alarmId));
  } else if (record.kind === "graver" || record.kind === "judged") {
    const receipt = receipts.get(record.eventId);
    if (receipt === undefined) return;
    receipts.set(record.eventId, record.kind === "graver" ? graver(receipt, record) : judged(receipt));
  } else if (record.kind === "receipt") receipts.set(record.receipt.edge.eventId, record.receipt);
  else if (record.kind === "outcome" || record.kind === "facts") {
    const receipt = receipts.get(record.eventId);
    if (receipt !== undefined) receipts.set(record.eventId, withFacts(receipt, record));
  }
}

function withFacts(receipt: Receipt, record: Extract<CoreRecord, { kind: "outcome" | "facts" }>): Receipt {
  const outcome = record.kind === "outcome" ? { outcome: record.outcome, outcomeAt: record.at } : {};
  const actions = receipt.actions.map((action) =>
    action.id === record.actionId
      ? {
          ...action,
          ...outcome,
          ...(record.record === undefined ? {} : { record: record.record }),
          ...(record.output === undefined ? {} : { output: record.output }),
        }
      : action,
  );
  const closed = isSettled({ ...receipt, actions }) && receipt.closedAt === undefined;
  return { ...receipt, actions, ...(closed && record.kind === "outcome" ? { closedAt: record.at } : {}) };
}

/** Footage that a receipt vouches for, for the case that a volume's journal has lost its holds. */
export const spansOfReceipt = ({ edge, actions }: Receipt): StoreIntent[] =>
  actions.flatMap(({ target, record }): StoreIntent[] =>
    target.kind === "record" && record?.from !== undefined && record.to !== undefined
      ? [
          {
            ...{ kind: "span", channel: target.channel, cause: edge.cause ?? "alarm" },
            ...{ from: record.from, to: record.to, eventId: edge.eventId },
          },
        ]
      : [],
  );

/**
 * What stands in the journals. Two kinds of file, one format (`platform/journal-file.ts`): core's own
 * (`<data>/journal/<date>.core.log`: edges, decisions, outcomes, arming, configuration) and one a volume
 * (`<volume>/journal/<date>.rec.log`: segments, holds, gaps, clock steps, copies of receipts).
 * Order is (boot, seq); wall time is an attribute. A record kind that a reader does not know is skipped.
 */
import type { EngineRecord } from "../domain/engine-types.ts";
import type { AutoArmState } from "../domain/auto-arm.ts";
import type { Bookmark } from "../domain/bookmark.ts";
import type { FootageLock } from "../domain/footage-lock.ts";
import { noteRecord, type ShortBook } from "../domain/short-book.ts";
import { restore, type ShortPart } from "../domain/short-lines.ts";
import type { Instant, WallTime } from "../kernel/time.ts";
import type { FootageGap, HoldOrder, SegmentRow } from "./recorder.ts";
import type { ConfigChange } from "./api.ts";

export interface JournalStamp {
  readonly seq: number;
  readonly boot: string;
  readonly at: Instant;
  readonly wall: WallTime;
}

export type { AlarmMemory, InputMemory } from "../domain/engine-types.ts";

/** The engine's own records, and what core adds around them. */
export type CoreRecord =
  | EngineRecord
  | { readonly kind: "start"; readonly version: string; readonly pid: number }
  | { readonly kind: "clean-stop" }
  | { readonly kind: "config"; readonly change: ConfigChange }
  | { readonly kind: "config-removed"; readonly part: string; readonly id: number | string }
  | ReviewRecord
  /** What arming by the clock goes on from. */
  | { readonly kind: "auto-arm"; readonly state: AutoArmState }
  | { readonly kind: "footage-locked"; readonly lock: FootageLock }
  | ReleaseRecord
  | BookmarkRecord;

/** What a person made of an alarm. */
export interface ReviewRecord {
  readonly kind: "alarm-reviewed";
  readonly alarmId: string;
  readonly state: "acknowledged" | "resolved";
  readonly by: string;
  readonly at: WallTime;
  /** Of a resolved one. */
  readonly note?: string;
}

export type BookmarkRecord =
  | { readonly kind: "bookmark"; readonly bookmark: Bookmark }
  | { readonly kind: "bookmark-removed"; readonly id: string; readonly by: string };

export interface ReleaseRecord {
  readonly kind: "lock-released";
  readonly id: string;
  readonly by: string;
  readonly at: WallTime;
}

/**
 * A line of core's journal. What one step of the engine decided is one line: whatever cuts the journal, a step is in it
 * whole or not at all (an input that is known at rest, and the edge that says so).
 */
export type CoreLine =
  | CoreRecord
  | { readonly kind: "step"; readonly records: readonly CoreRecord[] }
  | ShortLine
  /** Instead of lines that were taken out, see `ThinnedRecord`. */
  | ThinnedRecord;

/** A step of what pictures show and calls nobody (`domain/short-lines.ts`). */
export interface ShortLine {
  readonly kind: "short";
  readonly of: readonly ShortPart[];
}

/**
 * Short lines stood here whose events and footage are gone. Its stamp is that of the first of them; `sha256` is of their
 * bytes, line feeds and all.
 */
export interface ThinnedRecord {
  readonly kind: "thinned";
  readonly lines: number;
  readonly to: number;
  readonly sha256: string;
}

/** The records of core's journal, one behind the other; those of one step have the step's stamp. */
export function coreRecords(lines: readonly Stamped<CoreLine>[]): Stamped<CoreRecord>[] {
  const read = coreReader();
  return lines.flatMap((line) => read(line));
}

/** Takes the lines in their order, one by one: short ones leave out what those before them said. */
export function coreReader(): (line: Stamped<CoreLine>) => Stamped<CoreRecord>[] {
  const book: ShortBook = new Map();
  return ({ record, ...stamp }) => {
    const records = recordsIn(record, stamp.boot, book);
    for (const one of records) noteRecord(book, one);
    return records.map((one) => ({ ...stamp, record: one }));
  };
}

function recordsIn(line: CoreLine, boot: string, book: ShortBook): readonly CoreRecord[] {
  switch (line.kind) {
    case "step":
      return line.records;
    case "short":
      return restore(line.of, boot, book);
    case "thinned":
      return [];
    default:
      return [line];
  }
}

export type VolumeRecord =
  | { readonly kind: "start"; readonly pid: number; readonly volumeId: string }
  | { readonly kind: "clean-stop" }
  | { readonly kind: "segment-open"; readonly segment: SegmentRow }
  /** `head`: the chain's SHA-256 after the last fragment, hex. */
  | { readonly kind: "segment-close"; readonly segment: SegmentRow; readonly head: string; readonly fragments: number }
  /** After a crash: the tail beyond the last whole fragment was cut off. */
  | {
      readonly kind: "segment-recovered";
      readonly segment: SegmentRow;
      readonly head: string;
      readonly fragments: number;
      readonly cutBytes: number;
    }
  | { readonly kind: "segment-untrusted"; readonly id: string; readonly reason: string }
  | {
      readonly kind: "segment-deleted";
      readonly id: string;
      /** Absent in older journals. */
      readonly volumeId?: string;
      readonly path: string;
      readonly reason: string;
      readonly head: string;
    }
  | { readonly kind: "gap"; readonly channel: number; readonly gap: FootageGap }
  | { readonly kind: "hold"; readonly hold: HoldOrder }
  | { readonly kind: "hold-end"; readonly holdId: string; readonly endAt: Instant }
  | {
      readonly kind: "hold-durable";
      readonly holdId: string;
      readonly durableAt: Instant;
      readonly preAchievedMs: number;
      readonly short?: string;
    }
  | {
      readonly kind: "hold-closed";
      readonly holdId: string;
      readonly result: "done" | "short" | "failed";
      readonly reason: string;
      readonly from?: WallTime;
      readonly to?: WallTime;
      readonly gaps: readonly FootageGap[];
    }
  /** Why footage of that time is missing (camera or disk away), for receipts after a crash. Without `to`: it began. */
  | {
      readonly kind: "outage";
      readonly channel: number;
      readonly from: WallTime;
      readonly to?: WallTime;
      readonly reason: string;
    }
  | { readonly kind: "clock-step"; readonly byMs: number }
  /** Copies of core's locks, so that footage and what protects it lie together. */
  | { readonly kind: "footage-locked"; readonly lock: FootageLock }
  | { readonly kind: "lock-released"; readonly id: string }
  | { readonly kind: "note"; readonly note: unknown };

export type Stamped<R> = JournalStamp & { readonly record: R };

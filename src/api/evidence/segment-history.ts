/** What the volumes' journals say of the segments of a span: those that are there, and those that were deleted. */
import { join } from "node:path";
import type { SegmentRow } from "../../messages/recorder.ts";
import type { VolumeRecord } from "../../messages/journal.ts";
import { journalLines, type JournalLine } from "./journal-lines.ts";

export interface SegmentHistory {
  readonly row: SegmentRow;
  /** As it was closed, or recovered after a crash. */
  readonly closed?: { readonly head: string; readonly fragments: number };
  /** From everywhere: the last deletion. */
  readonly deleted?: { readonly at: number; readonly reason: string; readonly head: string };
  /** Volumes that have it; the one that it was recorded to before archives. */
  readonly places: readonly string[];
}

export interface FootageSpan {
  readonly channel: number;
  /** Wall time, ms. */
  readonly from: number;
  readonly to: number;
}

export interface History {
  /** By their beginning. */
  readonly segments: readonly SegmentHistory[];
  /** Steps of the recorder's clock near the spans. */
  readonly clockSteps: readonly { readonly at: number; readonly byMs: number }[];
  /** The lines that say all this, as they stand in the journals. */
  readonly lines: readonly string[];
}

const dayMs = 86_400_000;
const words = ['"kind":"segment-', '"kind":"clock-step"'];

interface Known {
  row: SegmentRow;
  closed?: { head: string; fragments: number };
  /** By volume. */
  readonly deleted: Map<string, { at: number; reason: string; head: string }>;
  readonly volumes: Set<string>;
  readonly lines: string[];
}

/** @param roots folders of the volumes, by their ids */
export async function historyOf(roots: ReadonlyMap<string, string>, spans: readonly FootageSpan[]): Promise<History> {
  const from = Math.min(...spans.map((span) => span.from));
  const to = Math.max(...spans.map((span) => span.to));
  const known = new Map<string, Known>();
  const steps: { at: number; byMs: number; line: string }[] = [];
  const since = new Date(Math.max(0, from - dayMs)).toISOString().slice(0, 10);
  for (const [volume, root] of roots) {
    for await (const line of journalLines<VolumeRecord>(join(root, "journal"), ".rec.log", words, since)) {
      const { record, wall } = line.stamped;
      if (record.kind === "clock-step") {
        if (wall >= from - dayMs && wall <= to + dayMs) steps.push({ at: wall, byMs: record.byMs, line: line.text });
      } else takeSegment(known, volume, line, spans);
    }
  }
  const found = [...known.values()].filter(({ row, closed }) => touches(row, spans, closed !== undefined));
  found.sort((a, b) => a.row.channel - b.row.channel || a.row.startWall - b.row.startWall);
  return {
    segments: found.map(({ row, closed, deleted, volumes }) => {
      const places = [...volumes].filter((volume) => !deleted.has(volume));
      const last = [...deleted.values()].sort((a, b) => b.at - a.at)[0];
      return {
        ...{ row, places },
        ...(closed === undefined ? {} : { closed }),
        ...(places.length > 0 || last === undefined ? {} : { deleted: last }),
      };
    }),
    clockSteps: steps.map(({ at, byMs }) => ({ at, byMs })),
    lines: [...found.flatMap(({ lines }) => lines), ...steps.map(({ line }) => line)],
  };
}

function takeSegment(
  known: Map<string, Known>,
  volume: string,
  line: JournalLine<VolumeRecord>,
  spans: readonly FootageSpan[],
): void {
  const { record, wall } = line.stamped;
  switch (record.kind) {
    case "segment-open":
    case "segment-close":
    case "segment-recovered": {
      const { segment } = record;
      if (segment.stream !== "main" || !touches(segment, spans, false)) return;
      const one: Known = known.get(segment.id) ?? { row: segment, lines: [], volumes: new Set(), deleted: new Map() };
      // a copy is what its original was
      if (segment.copy !== true || one.closed === undefined) one.row = segment;
      one.volumes.add(volume);
      one.deleted.delete(volume);
      one.lines.push(line.text);
      if (record.kind !== "segment-open") one.closed = { head: record.head, fragments: record.fragments };
      known.set(segment.id, one);
      return;
    }
    case "segment-deleted": {
      const one = known.get(record.id);
      if (one === undefined) return;
      one.deleted.set(volume, { at: wall, reason: record.reason, head: record.head });
      one.lines.push(line.text);
      return;
    }
    default:
  }
}

/** An open segment reaches as far as it will. */
const touches = (row: SegmentRow, spans: readonly FootageSpan[], closed: boolean): boolean =>
  spans.some(
    ({ channel, from, to }) => channel === row.channel && row.startWall < to && (!closed || row.endWall > from),
  );

import type { FootageRange } from "../../domain/footage-lock.ts";
import { wallOf, type Instant, type Moment } from "../../kernel/time.ts";
import type { SegmentRow } from "../../messages/recorder.ts";
import type { SegmentEnd } from "../ports.ts";
import { segmentPath } from "../recording/segment-format.ts";
import type { ShiftOf } from "./footage-runs.ts";

/** One segment as it is kept in memory: the path is not, it follows from the rest. */
interface Entry extends Omit<SegmentRow, "path"> {
  readonly head: string;
  readonly fragments: number;
  /** Counts up as segments come. */
  readonly number: number;
}

/** The segments of one volume, in the order in which they were begun. */
export interface SegmentIndex {
  put(row: SegmentRow, end: SegmentEnd): void;
  get(id: string): (SegmentRow & SegmentEnd) | undefined;
  /** Undefined: it is not there. */
  bytesOf(id: string): number | undefined;
  remove(id: string): void;
  all(): Iterable<SegmentRow & SegmentEnd>;
  /** How many came in all; the newest has this number. */
  readonly begun: number;
  /** Segments that came after the one with this number. */
  begunAfter(number: number): Iterable<SegmentRow & SegmentEnd>;
  /** Segments of a channel that may touch [from, now], oldest first. */
  touching(channel: number, from: Instant, now: Moment, shiftOf: ShiftOf): (SegmentRow & SegmentEnd)[];
  /** Bytes of the segments that fit; between the pieces of a long list the process does what else it has to do. */
  sum(fits: (range: FootageRange) => boolean): Promise<number>;
  readonly usedBytes: number;
  readonly size: number;
}

/** Segments that are summed in one go: a few ms. */
const summedAtOnce = 20_000;

export function createSegmentIndex(): SegmentIndex {
  const entries = new Map<string, Entry>();
  /** Rows of a journal each bring their own copy of the same few strings. */
  const shared = new Map<string, string>();
  const share = (text: string): string => {
    const known = shared.get(text);
    if (known === undefined) shared.set(text, text);
    return known ?? text;
  };
  let usedBytes = 0;
  let begun = 0;
  const rowOf = (entry: Entry): SegmentRow & SegmentEnd => {
    const { id, volumeId, channel, stream, bootId, startInstant, startWall, endWall } = entry;
    const { bytes, accessUnits, closed, trusted, codec, copy, cause, head, fragments } = entry;
    return {
      ...{ id, volumeId, channel, stream, bootId, startInstant, startWall, endWall },
      ...{ bytes, accessUnits, closed, trusted, codec, head, fragments },
      ...(copy === undefined ? {} : { copy }),
      ...(cause === undefined ? {} : { cause }),
      // asked for of few: naming a day of each of half a million takes seconds
      get path() {
        return segmentPath({ ...entry, segmentId: id });
      },
    };
  };

  return {
    put(row, end) {
      const known = entries.get(row.id);
      usedBytes += row.bytes - (known?.bytes ?? 0);
      entries.set(row.id, {
        id: row.id,
        number: known?.number ?? ++begun,
        ...(row.copy === undefined ? {} : { copy: row.copy }),
        volumeId: share(row.volumeId),
        channel: row.channel,
        stream: row.stream,
        bootId: share(row.bootId),
        startInstant: row.startInstant,
        startWall: row.startWall,
        endWall: row.endWall,
        bytes: row.bytes,
        accessUnits: row.accessUnits,
        closed: row.closed,
        trusted: row.trusted,
        codec: share(row.codec),
        ...(row.cause === undefined ? {} : { cause: row.cause }),
        head: end.head,
        fragments: end.fragments,
      });
    },
    get(id) {
      const entry = entries.get(id);
      return entry === undefined ? undefined : rowOf(entry);
    },
    bytesOf: (id) => entries.get(id)?.bytes,
    remove(id) {
      usedBytes -= entries.get(id)?.bytes ?? 0;
      entries.delete(id);
    },
    get begun() {
      return begun;
    },
    *begunAfter(number) {
      if (number >= begun) return;
      for (const entry of entries.values()) if (entry.number > number) yield rowOf(entry);
    },
    *all() {
      for (const entry of entries.values()) yield rowOf(entry);
    },
    touching(channel, from, now, shiftOf) {
      const found: (SegmentRow & SegmentEnd)[] = [];
      for (const entry of entries.values()) {
        if (entry.channel !== channel || !mayReach(entry, from, now, shiftOf)) continue;
        // of another boot only what lies before now: it can't be placed later
        const shift = shiftOf(entry.bootId);
        const begun = shift === undefined ? entry.startWall <= now.wall : entry.startInstant + shift <= now.instant;
        if (begun) found.push(rowOf(entry));
      }
      return found;
    },
    async sum(fits) {
      let bytes = 0;
      let seen = 0;
      for (const entry of entries.values()) {
        if (fits(entry)) bytes += entry.bytes;
        if (++seen % summedAtOnce === 0) await new Promise<void>((resolve) => setImmediate(resolve));
      }
      return bytes;
    },
    get usedBytes() {
      return usedBytes;
    },
    get size() {
      return entries.size;
    },
  };
}

/** The wall clock may have been set while the segment ran: nothing is known of its length but that. */
const longestSegmentMs = 2 * 3_600_000;
const slackMs = 60_000;

/**
 * May the segment hold something that arrived at `from` or later? The instants tell, whatever the wall clock showed; of
 * a boot whose clock nobody knows the wall times do, as the clock is set now. An open one may have grown since.
 */
export function mayReach(
  row: Pick<SegmentRow, "bootId" | "startInstant" | "startWall" | "endWall" | "closed">,
  from: Instant,
  now: Moment,
  shiftOf: ShiftOf,
): boolean {
  if (!row.closed) return true;
  const shift = shiftOf(row.bootId);
  // a picture arrives after it was taken, and wall times are of the taking
  if (shift === undefined) return row.endWall + slackMs >= wallOf(now, from);
  const length = row.endWall - row.startWall;
  const longest = length >= 0 && length <= longestSegmentMs ? length : longestSegmentMs;
  return row.startInstant + shift + longest + slackMs >= from;
}

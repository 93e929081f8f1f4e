/** What Reed claimed in the run, when, and what the disk must hold from then on. */
import { crc32 } from "node:zlib";
import type { Json } from "../support/reed.ts";
import type { Span } from "../verifier/logs.ts";
import type { FileThing } from "./disk.ts";
import type { Recording } from "./record.ts";

/** A line of a journal as it was written; `written` is when its write began, seconds of CLOCK_REALTIME. */
export interface WrittenLine {
  readonly written: number;
  readonly at: number;
  readonly wall: number;
  /** Read without Reed's types. */
  readonly record: Json;
}

/** "This footage is on the medium": all that a camera sent in [from, to], but for the gaps. Instants, ms. */
export interface FootageClaim extends Span {
  readonly what: string;
  readonly channel: number;
  /** From here on it must hold, whatever happens. */
  readonly at: number;
  readonly gaps: readonly Span[];
}

/** "This file is whole and durable." */
export interface CloseClaim {
  readonly path: string;
  readonly bytes: number;
  readonly head: string;
  readonly fragments: number;
  readonly at: number;
}

export interface Claims {
  readonly footage: readonly FootageClaim[];
  readonly closes: readonly CloseClaim[];
  /** When a hold was open on a channel. */
  readonly held: readonly (Span & { readonly channel: number })[];
  readonly volumeId: string;
}

/** From a unit's arrival at the recorder's socket until it is read and in the ring, ms. */
export const readMs = 150;
/** The edges of a gap are where the next unit was due, not where the last one came. */
const gapEdgeMs = 400;

/** All whole lines that were ever written to journals whose names end in `suffix`. */
export function linesOf(recording: Recording, suffix: string): WrittenLine[] {
  const files = recording.disk.things.filter((thing): thing is FileThing => thing.kind === "file");
  return files
    .filter((file) => file.path.endsWith(suffix))
    .flatMap((file) => file.ops)
    .flatMap((op) =>
      op.kind === "write"
        ? op.bytes
            .toString()
            .split("\n")
            .map((line) => ({ op, line }))
        : [],
    )
    .filter(({ line }) => parseInt(line.slice(0, 8), 16) === crc32(line.slice(9)))
    .map(({ op, line }) => ({ ...(JSON.parse(line.slice(9)) as Omit<WrittenLine, "written">), written: op.begin }));
}

export function claimsOf(recording: Recording): Claims {
  const lines = linesOf(recording, ".rec.log");
  const holds = new Map(
    lines.filter(({ record }) => record.kind === "hold").map(({ record }) => [record.hold.holdId, record.hold]),
  );
  const closed = new Map(
    lines.filter(({ record }) => record.kind === "hold-closed").map((line) => [line.record.holdId, line]),
  );
  const footage = lines.flatMap(({ at, record }): FootageClaim[] => {
    const hold = holds.get(record.holdId);
    if (hold === undefined) return [];
    const base = { channel: hold.channel, gaps: [] };
    if (record.kind === "hold-durable" && (record.short === undefined || record.short.startsWith("only "))) {
      const from = hold.edgeAt - record.preAchievedMs;
      return [{ ...base, what: `hold-durable ${record.holdId}`, at: record.durableAt, from, to: hold.edgeAt }];
    }
    if (record.kind !== "hold-closed") return [];
    return footageOf(record, (wall) => Number(hold.edgeAt) + (wall - Number(hold.edgeWall))).map((claim) => ({
      ...base,
      ...claim,
      at,
    }));
  });
  const closes = lines.flatMap(({ written, record }): CloseClaim[] =>
    record.kind !== "segment-close"
      ? []
      : [
          {
            ...{ path: record.segment.path, bytes: record.segment.bytes, head: record.head },
            ...{ fragments: record.fragments, at: recording.toInstant(written) },
          },
        ],
  );
  const held = [...holds.values()].map((hold) => ({
    channel: hold.channel,
    from: lines.find(({ record }) => record.kind === "hold" && record.hold.holdId === hold.holdId)?.at ?? 0,
    to: closed.get(hold.holdId)?.at ?? Infinity,
  }));
  const volumeId = lines.find(({ record }) => record.kind === "start")?.record.volumeId as string;
  return { footage, closes, held, volumeId };
}

interface Closed {
  readonly holdId: string;
  readonly result: string;
  readonly from?: number;
  readonly to?: number;
  readonly gaps: readonly { readonly from: number; readonly to: number }[];
}

/** What the result of a hold says lies on the disk; `instant` places its wall times. */
export function footageOf(closed: Closed, instant: (wall: number) => number): Omit<FootageClaim, "at" | "channel">[] {
  if (closed.from === undefined || closed.to === undefined) return [];
  const gaps = closed.gaps.map((gap) => ({ from: instant(gap.from) - gapEdgeMs, to: instant(gap.to) + gapEdgeMs }));
  const what = `hold-closed ${closed.holdId} (${closed.result})`;
  return [{ what, from: instant(closed.from), to: instant(closed.to), gaps }];
}

/** Numbers of the units that the claim says are there. A unit that was sent while nobody listened is none. */
export function unitsOf(recording: Recording, claim: Omit<FootageClaim, "at" | "what">): number[] {
  const inGap = (at: number) => claim.gaps.some((gap) => at >= gap.from && at <= gap.to);
  return (recording.sent.get(claim.channel)?.units ?? [])
    .filter(({ sent, to }) => sent >= claim.from && sent <= claim.to - readMs && to.length > 0 && !inGap(sent))
    .map((unit) => unit.number);
}

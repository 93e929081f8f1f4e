import { footageCauses } from "../domain/footage-cause.ts";
import { type Direct } from "./database.ts";
import type { SpanTable } from "./schema.ts";
import { coverParts } from "./span-parts.ts";
import { noteStored } from "./stored-hours.ts";

/** Runs that are this close (ms) are one to the eye: the pause between a segment's last unit and the next one's first. */
export const joinMs = 1000;

interface Range {
  readonly from: number;
  readonly to: number;
}

/** Adds a run of footage and merges it with what it overlaps or touches, so that the timeline reads few rows. */
export function addSpan(db: Direct, span: SpanTable): void {
  if (!(span.to_wall > span.from_wall)) return;
  const near = overlapping(db, span.channel, span.cause, { from: span.from_wall - joinMs, to: span.to_wall + joinMs });
  const first = near.find((other) => other.from_wall <= span.from_wall) ?? span;
  const merged: SpanTable = {
    ...span,
    from_wall: Math.min(span.from_wall, ...near.map((other) => other.from_wall)),
    to_wall: Math.max(span.to_wall, ...near.map((other) => other.to_wall)),
    event_id: first.event_id ?? span.event_id,
  };
  if (near.length === 1 && near[0]?.from_wall === merged.from_wall && near[0].to_wall === merged.to_wall) return;
  for (const other of near) removeSpan(db, other);
  db.run(db.build.insertInto("span").values(merged));
  const covers = near.map((other) => ({ from: other.from_wall, to: other.to_wall }));
  for (const piece of uncovered({ from: merged.from_wall, to: merged.to_wall }, covers)) changed(db, span, piece, 1);
}

/** What is summed of runs follows them: only by what is new or gone, however long the run is. */
function changed(db: Direct, span: SpanTable, piece: Range, sign: 1 | -1): void {
  coverParts(db, span, piece, sign);
  // footage is `continuous` where nothing else is known of it: no run of it changes what a segment shows
  if (span.cause === "continuous") return;
  noteStored(db, span.channel, { from: piece.from - longestSegmentMs, to: piece.to });
}

/** Takes a whole run away. */
export function dropSpan(db: Direct, span: SpanTable): void {
  removeSpan(db, span);
  changed(db, span, { from: span.from_wall, to: span.to_wall }, -1);
}

/** Takes the time of footage that is gone out of a channel's runs, as far as no other segment of it covers that time. */
export function cutSpans(db: Direct, channel: number, gone: Range): void {
  for (const piece of uncovered(gone, coverage(db, channel, gone))) {
    for (const span of allOverlapping(db, channel, piece)) {
      removeSpan(db, span);
      const left: SpanTable = { ...span, to_wall: piece.from };
      const right: SpanTable = { ...span, from_wall: piece.to };
      const stays = [left, right].filter((rest) => rest.to_wall - rest.from_wall > joinMs);
      for (const rest of stays) db.run(db.build.insertInto("span").values(rest));
      const from = stays.includes(left) ? piece.from : span.from_wall;
      changed(db, span, { from, to: stays.includes(right) ? piece.to : span.to_wall }, -1);
    }
  }
}

const removeSpan = (db: Direct, span: SpanTable) =>
  db.run(
    db.build
      .deleteFrom("span")
      .where("channel", "=", span.channel)
      .where("cause", "=", span.cause)
      .where("from_wall", "=", span.from_wall),
  );

/** Spans of one channel and cause that reach into the range. They are disjoint, so only one can begin before it. */
function overlapping(db: Direct, channel: number, cause: string, range: Range): SpanTable[] {
  const of = db.build.selectFrom("span").selectAll().where("channel", "=", channel).where("cause", "=", cause);
  const before = db.all(of.where("from_wall", "<", range.from).orderBy("from_wall", "desc").limit(1));
  const within = db.all(
    of.where("from_wall", ">=", range.from).where("from_wall", "<=", range.to).orderBy("from_wall"),
  );
  return [...before.filter((span) => span.to_wall >= range.from), ...within];
}

export const causes = footageCauses;

const allOverlapping = (db: Direct, channel: number, range: Range): SpanTable[] =>
  causes.flatMap((cause) => overlapping(db, channel, cause, range));

/** A segment is cut after 60 min at most; twice that bounds how far before a range one may begin. */
export const longestSegmentMs = 2 * 3_600_000;

const coverage = (db: Direct, channel: number, range: Range): Range[] =>
  db
    .all(
      db.build
        .selectFrom("segment")
        .select(["start_wall", "end_wall"])
        .where("channel", "=", channel)
        .where("stream", "=", "main")
        .where("start_wall", "<", range.to)
        .where("start_wall", ">", range.from - longestSegmentMs)
        .where("end_wall", ">", range.from)
        .orderBy("start_wall"),
    )
    .map((row) => ({ from: row.start_wall, to: row.end_wall }));

/** What of `range` none of `covers` (in order of their start) covers. */
export function uncovered(range: Range, covers: readonly Range[]): Range[] {
  const holes: Range[] = [];
  let at = range.from;
  for (const cover of covers) {
    const to = Math.min(cover.from, range.to);
    if (to > at) holes.push({ from: at, to });
    at = Math.max(at, cover.to);
  }
  if (at < range.to) holes.push({ from: at, to: range.to });
  return holes;
}

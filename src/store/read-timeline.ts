/** What was recorded when. As runs, or where there are too many of them for a picture, as how much of each part of it. */
import { type Kysely, sql } from "kysely";
import { type TimelineCell, runsOfCells } from "../domain/timeline-cells.ts";
import { wallTime } from "../kernel/time.ts";
import type { FootageGap } from "../messages/recorder.ts";
import type { Tables } from "./schema.ts";
import { partUnits } from "./span-parts.ts";
import { causes } from "./spans.ts";

/** Wall-clock milliseconds, from inclusive, to exclusive. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

export interface TimelineSpan extends TimeRange {
  readonly channel: number;
  readonly cause: string;
  readonly eventId?: string;
  /** How much of it was recorded, of several runs; absent: one run. */
  readonly share?: number;
}

export interface TimelineReads {
  /** With a resolution (ms) runs that are too many for it come as parts of that length, with their share. */
  timeline(channels: readonly number[], range: TimeRange, resolutionMs?: number): Promise<TimelineSpan[]>;
  /** With a resolution, where there are very many, those that are shorter are left out. */
  gaps(channel: number, range: TimeRange, resolutionMs?: number): Promise<FootageGap[]>;
}

export interface SpanRow {
  readonly channel: number;
  readonly cause: string;
  readonly from_wall: number;
  readonly to_wall: number;
  readonly event_id: string | null;
}

/** So many runs of a channel and cause, and gaps of a channel, are told one by one at every resolution. */
export const mostTold = 1000;
/** Runs of so long a time are read one by one; of a longer one their sums by hour are. */
const readByRun = 10 * 86_400_000;
/** Gaps from this length on have an index of their own. */
const longGapMs = 3_600_000;

export const timelineReads = (db: Kysely<Tables>): TimelineReads => ({
  async timeline(channels, range, resolutionMs) {
    if (resolutionMs === undefined) return (await timelineQuery(channels, range).execute(db)).rows.map(spanOf);
    const found: TimelineSpan[] = [];
    for (const channel of channels) {
      for (const cause of causes) found.push(...(await spansOf(db, { channel, cause }, range, resolutionMs)));
    }
    return found;
  },
  gaps: (channel, range, resolutionMs) => gaps(db, channel, range, resolutionMs),
});

/** Where the run begins that reaches into the range, or the range itself. */
const begin = (channel: unknown, cause: unknown, { from }: TimeRange) => sql`coalesce(
  (select max(p.from_wall) from span p where p.channel = ${channel} and p.cause = ${cause} and p.from_wall <= ${from}),
  ${from})`;

/**
 * Reads rows of `span` only. Spans of one channel and cause are disjoint, so of those that began before the range only
 * the last can reach into it: its start is looked up in the primary key, and the rest is one run of that key.
 */
export const timelineQuery = (channels: readonly number[], range: TimeRange) => sql<SpanRow>`
  select s.channel, s.cause, s.from_wall, s.to_wall, s.event_id
  from json_each(${JSON.stringify(channels)}) c
  cross join json_each(${JSON.stringify(causes)}) k
  cross join span s on s.channel = c.value and s.cause = k.value
  where s.from_wall >= ${begin(sql`c.value`, sql`k.value`, range)}
    and s.from_wall < ${range.to} and s.to_wall > ${range.from}
  order by s.channel, s.cause, s.from_wall`;

interface Of {
  readonly channel: number;
  readonly cause: string;
}

const runsQuery = ({ channel, cause }: Of, range: TimeRange, limit: number) => sql<SpanRow>`
  select channel, cause, from_wall, to_wall, event_id from span
  where channel = ${channel} and cause = ${cause} and from_wall >= ${begin(channel, cause, range)}
    and from_wall < ${range.to} and to_wall > ${range.from}
  order by from_wall limit ${limit}`;

/** Where the last run ends that begins before the range's end. */
const lastQuery = ({ channel, cause }: Of, { to }: TimeRange) => sql<{ to: number }>`
  select to_wall as "to" from span where channel = ${channel} and cause = ${cause} and from_wall < ${to}
  order by from_wall desc limit 1`;

/** Sums of `units` hours or days each. A bound number would be a float, and the division no whole one. */
export const cellsQuery = ({ channel, cause }: Of, range: TimeRange, unit: number, units: number) => sql<TimelineCell>`
  select part / ${sql.lit(units)} as cell, sum(covered) as covered from span_part
  where channel = ${channel} and cause = ${cause} and unit = ${unit}
    and part >= ${Math.floor(range.from / unit / units) * units} and part * ${unit} < ${range.to}
  group by 1 order by 1`;

async function spansOf(db: Kysely<Tables>, of: Of, range: TimeRange, resolutionMs: number): Promise<TimelineSpan[]> {
  const few = (await runsQuery(of, range, mostTold + 1).execute(db)).rows;
  const [first] = few;
  if (few.length <= mostTold || first === undefined) return few.map(spanOf);
  const last = (await lastQuery(of, range).execute(db)).rows[0]?.to ?? range.to;
  const bounds = { from: first.from_wall, to: last };
  const [hour, day] = partUnits;
  if (range.to - range.from <= readByRun) {
    const runs = (await runsQuery(of, range, -1).execute(db)).rows;
    const cellMs = Math.min(resolutionMs, hour);
    return runsOfCells(cellsOfRuns(runs, cellMs), cellMs, bounds).map((run) => ({ ...of, ...run }));
  }
  const unit = resolutionMs >= day ? day : hour;
  const units = Math.max(1, Math.floor(resolutionMs / unit));
  const cells = (await cellsQuery(of, range, unit, units).execute(db)).rows;
  return runsOfCells(cells, unit * units, bounds).map((run) => ({ ...of, ...run }));
}

function cellsOfRuns(runs: readonly SpanRow[], cellMs: number): TimelineCell[] {
  const cells = new Map<number, number>();
  for (const { from_wall: from, to_wall: to } of runs) {
    for (let cell = Math.floor(from / cellMs); cell * cellMs < to; cell++) {
      const covered = Math.min(to, (cell + 1) * cellMs) - Math.max(from, cell * cellMs);
      cells.set(cell, (cells.get(cell) ?? 0) + covered);
    }
  }
  return [...cells].map(([cell, covered]) => ({ cell, covered })).sort((a, b) => a.cell - b.cell);
}

export const spanOf = (row: SpanRow): TimelineSpan => ({
  channel: row.channel,
  cause: row.cause,
  from: row.from_wall,
  to: row.to_wall,
  ...(row.event_id === null ? {} : { eventId: row.event_id }),
});

interface GapRow {
  readonly from_wall: number;
  readonly to_wall: number;
  readonly reason: string;
}

/** Gaps may overlap: the long ones, of which there are few, may begin far before the range, and have an index. */
export const longGapsQuery = (channel: number, range: TimeRange, shortestMs: number) => sql<GapRow>`
  select from_wall, to_wall, reason from gap indexed by gap_long
  where to_wall - from_wall >= ${sql.lit(longGapMs)} and channel = ${channel} and from_wall < ${range.to}
    and to_wall > ${range.from} and to_wall - from_wall >= ${shortestMs}`;

export const shortGapsQuery = (channel: number, range: TimeRange, shortestMs: number, limit: number) => sql<GapRow>`
  select from_wall, to_wall, reason from gap
  where channel = ${channel} and from_wall >= ${range.from - longGapMs} and from_wall < ${range.to}
    and to_wall > ${range.from} and to_wall - from_wall < ${sql.lit(longGapMs)} and to_wall - from_wall >= ${shortestMs}
  order by from_wall limit ${limit}`;

async function gaps(db: Kysely<Tables>, channel: number, range: TimeRange, resolutionMs?: number) {
  const short = (shortest: number, limit: number) => shortGapsQuery(channel, range, shortest, limit).execute(db);
  let [few, shortest] = [(await short(0, resolutionMs === undefined ? -1 : mostTold + 1)).rows, 0];
  if (resolutionMs !== undefined && few.length > mostTold) {
    shortest = resolutionMs;
    few = range.to - range.from <= readByRun ? (await short(shortest, -1)).rows : [];
  }
  const long = (await longGapsQuery(channel, range, shortest).execute(db)).rows;
  return [...long, ...few]
    .sort((a, b) => a.from_wall - b.from_wall)
    .map((row): FootageGap => ({ from: wallTime(row.from_wall), to: wallTime(row.to_wall), reason: row.reason }));
}

/** Channels that footage is there of, also of removed cameras: one seek each. */
export const recordedChannels = sql<{ channel: number }>`
  with recursive known (channel) as (
    select min(channel) from span
    union all select (select min(channel) from span where channel > known.channel)
      from known where known.channel is not null)
  select channel from known where channel is not null`;

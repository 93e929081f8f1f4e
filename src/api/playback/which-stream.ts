import type { StoreReads, TimeRange } from "../../store/read.ts";

type Rows = readonly { readonly startWall: number; readonly endWall: number }[];

/** So much of the main stream's footage the other one may lack; its files end a moment earlier or later, ms. */
const toleranceMs = 1500;

/** The stream that is played of a span: `sub` only where it lacks nothing that the main stream has. */
export async function whichStream(
  reads: Pick<StoreReads, "segments">,
  channel: number,
  range: TimeRange,
  wanted: "main" | "sub",
): Promise<"main" | "sub"> {
  if (wanted === "main") return "main";
  const sub = await reads.segments(channel, range, "sub");
  if (sub.length === 0) return "main";
  const main = await reads.segments(channel, range, "main");
  return lacking(main, sub, range) <= toleranceMs ? "sub" : "main";
}

/** How much of what `all` covers inside the range `other` does not, ms. */
export function lacking(all: Rows, other: Rows, range: TimeRange): number {
  let missing = 0;
  let at = range.from;
  for (const { from, to } of all.map((row) => within(row, range))) {
    if (to <= at) continue;
    missing += to - Math.max(at, from) - covered(other, { from: Math.max(at, from), to });
    at = to;
  }
  return missing;
}

/** Both lists are in the order of their starts; clock steps may lay one row over another. */
function covered(rows: Rows, range: TimeRange): number {
  let sum = 0;
  let at = range.from;
  for (const { from, to } of rows.map((row) => within(row, range))) {
    sum += Math.max(0, to - Math.max(at, from));
    at = Math.max(at, to);
  }
  return sum;
}

const within = ({ startWall, endWall }: Rows[number], { from, to }: TimeRange): TimeRange => ({
  from: Math.max(from, startWall),
  to: Math.min(to, endWall),
});

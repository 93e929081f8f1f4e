/** What the timeline draws for a channel: one cause at a time, the one that matters most, and gaps with their reason. Pure. */
import type { Range } from "./line.ts";

/** The record colours of docs/design/web.md; `motion-alarm` where both hold. */
export type BandKind = "continuous" | "motion" | "alarm" | "motion-alarm" | "intelligent" | "manual" | "gap";

export interface Band extends Range {
  readonly kind: BandKind;
  readonly reason?: string;
  /** How much of it was recorded, where it stands for many runs with holes. */
  readonly share?: number;
}

export interface SpanFact extends Range {
  readonly cause: string;
  readonly share?: number;
}

export interface GapFact extends Range {
  readonly reason: string;
}

/** From the least to the most telling. */
const ranks = ["continuous", "manual", "motion", "intelligent", "alarm"] as const;

function kindOf(causes: ReadonlySet<string>): Exclude<BandKind, "gap"> | undefined {
  if (causes.has("alarm") && (causes.has("motion") || causes.has("intelligent"))) return "motion-alarm";
  const top = ranks.findLast((rank) => causes.has(rank));
  return top ?? (causes.size > 0 ? "continuous" : undefined);
}

/** The most that any of them covers; absent: all of it. */
function shareOf(open: readonly SpanFact[]): { share?: number } {
  const share = Math.max(...open.map((span) => span.share ?? 1));
  return share >= 0.9999 ? {} : { share };
}

/** Bands in order, none over another; `reason` only for gaps. */
export function bandsOf(spans: readonly SpanFact[], gaps: readonly GapFact[]): Band[] {
  const borders = [...new Set(spans.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
  const bands: Band[] = [];
  const begins = [...spans].sort((a, b) => a.from - b.from);
  let open: SpanFact[] = [];
  let next = 0;
  for (let i = 0; i + 1 < borders.length; i++) {
    const [from = 0, to = 0] = [borders[i], borders[i + 1]];
    for (let span = begins[next]; span !== undefined && span.from <= from; span = begins[++next]) open.push(span);
    open = open.filter((span) => span.to > from);
    const kind = kindOf(new Set(open.map(({ cause }) => cause)));
    const last = bands.at(-1);
    if (kind === undefined) continue;
    const share = shareOf(open);
    if (last?.kind === kind && last.to === from && last.share === share.share)
      bands[bands.length - 1] = { ...last, to };
    else bands.push({ kind, from, to, ...share });
  }
  const missing = gaps.map(({ from, to, reason }): Band => ({ kind: "gap", from, to, reason }));
  return [...bands, ...missing].sort((a, b) => a.from - b.from);
}

const weights: readonly BandKind[] = [
  ...(["gap", "continuous", "manual", "motion", "intelligent", "alarm", "motion-alarm"] as const),
];

/**
 * What is worth drawing: of bands narrower than `pixelMs` that stand together only the most telling one, so that a month
 * of a busy door is no more to draw than a day of it.
 */
export function drawn(bands: readonly Band[], pixelMs: number): Band[] {
  const out: Band[] = [];
  for (const band of bands) {
    const last = out.at(-1);
    const isNarrow = band.to - band.from < pixelMs;
    if (last === undefined || !isNarrow || band.to - last.from >= pixelMs) out.push(band);
    else if (weights.indexOf(band.kind) > weights.indexOf(last.kind))
      out[out.length - 1] = { ...band, from: last.from };
    else out[out.length - 1] = { ...last, to: Math.max(last.to, band.to) };
  }
  return out;
}

/** How high a band is drawn, 0 to 1: one with holes never as high as one without, and always seen. */
export const heightOf = ({ share }: Pick<Band, "share">): number =>
  share === undefined ? 1 : Math.max(0.15, Math.min(0.75, share));

/** Where the last footage of any of these before a time ends; `wall` itself when there is footage at it. */
export function footageBefore(spans: readonly Range[], wall: number): number | undefined {
  let best: number | undefined;
  for (const { from, to } of spans) {
    if (from >= wall) continue;
    const at = Math.min(to, wall);
    if (best === undefined || at > best) best = at;
  }
  return best;
}

/** Where the next footage of any of these begins; `wall` itself when there is footage at it. */
export function footageAfter(spans: readonly Range[], wall: number): number | undefined {
  let best: number | undefined;
  for (const { from, to } of spans) {
    if (to <= wall) continue;
    const at = Math.max(from, wall);
    if (best === undefined || at < best) best = at;
  }
  return best;
}

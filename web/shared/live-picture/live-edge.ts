/**
 * Staying at the live edge: a little faster while we are behind, a jump when we are far behind or a gap lies between,
 * and a larger distance for a network that starves us. Pure; seconds, except `now` (ms).
 */

export interface Range {
  readonly start: number;
  readonly end: number;
}

/** The media element and its SourceBuffer as they are. */
export interface BufferFacts {
  readonly ranges: readonly Range[];
  readonly position: number;
  /** It was started. */
  readonly playing: boolean;
}

export interface Edge {
  /** How far behind the newest picture in the buffer we want to be. */
  readonly target: number;
  readonly rate: number;
  /** The element ran dry since the last look. */
  readonly starved: boolean;
  /** When it last ran dry or the target was last lowered. */
  readonly calmSince: number;
  readonly lookedAt: number;
}

export type EdgeAction =
  | { readonly kind: "seek"; readonly to: number }
  | { readonly kind: "rate"; readonly rate: number }
  | { readonly kind: "play" };

export const settings = {
  /** Distance to the newest picture: at the start, at the least, at the most. */
  firstTargetS: 0.2,
  leastTargetS: 0.12,
  mostTargetS: 0.8,
  /** Farther behind than this beyond the target: jump. */
  jumpS: 1.5,
  /** Farther behind than this beyond the target: a little faster. */
  slackS: 0.08,
  mostRate: 1.3,
  /** Kept behind the position; removed when this much more has gathered. */
  keepS: 4,
  trimS: 12,
  /** Not looked at more often than this, ms. */
  lookMs: 100,
  /** Without running dry for this long the target comes down a step, ms. */
  calmMs: 6000,
  stepS: 0.06,
} as const;

export const newEdge: Edge = { target: settings.firstTargetS, rate: 1, starved: false, calmSince: 0, lookedAt: 0 };

/** How far the position is behind the newest picture; undefined without pictures. */
export function behindBy({ ranges, position }: BufferFacts): number | undefined {
  const last = ranges.at(-1);
  return last === undefined ? undefined : last.end - position;
}

/** What to do after something was appended. */
export function edgeAction(
  edge: Edge,
  buffer: BufferFacts,
  now: number,
): { readonly edge: Edge; readonly actions: readonly EdgeAction[] } {
  const last = buffer.ranges.at(-1);
  if (last === undefined) return { edge, actions: [] };
  const outside = buffer.position < last.start || buffer.position > last.end;
  if (buffer.playing && !outside && !edge.starved && now - edge.lookedAt < settings.lookMs)
    return { edge, actions: [] };
  const looked = { ...retargeted(edge, now), lookedAt: now };
  const to = Math.max(last.start, last.end - looked.target);
  if (!buffer.playing) {
    const rest: Edge = { ...looked, rate: 1 };
    return { edge: rest, actions: [{ kind: "seek", to }, { kind: "rate", rate: 1 }, { kind: "play" }] };
  }
  const over = last.end - buffer.position - looked.target;
  if (outside || over > settings.jumpS) {
    return {
      edge: { ...looked, rate: 1 },
      actions: [
        { kind: "seek", to },
        { kind: "rate", rate: 1 },
      ],
    };
  }
  const rate = rateFor(over, looked.rate);
  return rate === looked.rate
    ? { edge: looked, actions: [] }
    : { edge: { ...looked, rate }, actions: [{ kind: "rate", rate }] };
}

/** In steps of 5 %, so that it is not set anew with each picture; once faster, until the target is reached. */
function rateFor(over: number, rate: number): number {
  if (over <= 0 || (rate === 1 && over < settings.slackS)) return 1;
  const wanted = 1 + Math.ceil(Math.min(settings.mostRate - 1, over / 2) * 20) / 20;
  return Math.round(wanted * 100) / 100;
}

function retargeted(edge: Edge, now: number): Edge {
  if (edge.starved) {
    const target = Math.min(settings.mostTargetS, edge.target + settings.stepS);
    return { ...edge, target, starved: false, calmSince: now };
  }
  if (now - edge.calmSince < settings.calmMs) return edge;
  return { ...edge, target: Math.max(settings.leastTargetS, edge.target - settings.stepS / 2), calmSince: now };
}

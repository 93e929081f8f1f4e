/**
 * Whether a camera's pictures need to be decoded now, by the sizes of its access units; and whether that may be believed
 * of this camera. While everything is decoded it is written down what the gate would have done: it is believed when it
 * was open at the beginning of all motion, wide and so often that luck is no explanation, and no more from the first
 * motion on that it did not see, or saw by a hair. So a camera whose sizes say nothing (a constant bit rate) stays at the full rate. Pure.
 */
import type { GateProof } from "./gate-proof.ts";
import { createUnitSizes, type UnitSize } from "./unit-sizes.ts";

export interface SizeGate {
  /** Takes the next unit that is not a key one. */
  unit(unit: UnitSize): void;
  /** What a picture showed: `stirs`: it alone is another one in some cells; `moves`: motion was found. */
  looked(picture: { readonly stirs: boolean; readonly moves: boolean }, at: number): void;
  /** The sizes say that something moves, or did a moment ago; also as long as they are not believed. */
  isOpen(at: number): boolean;
  readonly trusted: boolean;
  /** What is proven, to be kept; undefined while nothing is. */
  readonly proof: GateProof | undefined;
}

/** A unit stands out from so many spreads on: tried side by side, the first that is believed counts. */
const levels = [7, 5.5, 4.2, 3.2] as const;
/** Open for so long after the last unit that stood out: it opens again at no loss. */
export const gateHoldMs = 1500;
/**
 * Motion after so long without any begins anew: motion holds the gate open for this long, so what comes later had to be
 * seen by its own sizes.
 */
export const motionHoldMs = 1500;
/** The sizes may tell by so much later than the pictures: those since are kept and decoded then. */
export const gateLateMs = 1000;
/** Longer than it takes until motion is found whose pictures are decoded late. */
const rememberedMs = 10_000;
/**
 * Proof is only what stood out by so many times what the level takes: where motion was seen by a hair, the next one,
 * smaller or shorter, is not.
 */
const margin = 1.5;
/**
 * How sure it has to be that the gate was not open by chance alone, as a power of two; each motion that it saw adds by
 * how much of the quiet time it is shut, at most `mostSure`. Each motion that it missed doubles what it takes.
 */
const sureFrom = 8;
const sureMost = 64;
const mostSure = 3;
/** Quiet time is counted over about so long. */
const quietMemoryMs = 600_000;

/** What was proven before a restart counts after so long, once it is known again what is usual, if nothing refutes it. */
const provenAgainMs = 20_000;

/** What is known of one of the levels. */
interface Level {
  readonly from: number;
  /** When the newest unit that stood out came. */
  out: number;
  /** How long nothing stirred, and how much of it the gate was open, ms. */
  quietMs: number;
  openMs: number;
  sure: number;
  needed: number;
}

const isOpenAt = ({ out }: Level, at: number): boolean => at - out < gateHoldMs;

const unproven = { quietMs: 0, openMs: 0, sure: 0, needed: sureFrom } as const;

/** `before`: what was proven of the same stream before a restart. */
export function createSizeGate(before?: GateProof): SizeGate {
  const sizes = createUnitSizes();
  const kept = before?.length === levels.length ? before : undefined;
  const all = levels.map((from, index): Level => ({ from, out: -Infinity, ...(kept?.[index] ?? unproven) }));
  /** By how much units stood out lately, the newest last. */
  let recent: { readonly at: number; readonly over: number }[] = [];
  let stirred = -Infinity;
  let moved = -Infinity;
  /** Motion began, and it is not known yet whether the sizes tell. */
  let begun: number | undefined;
  /** The newest unit, and since when it is known what is usual. */
  let last: number | undefined;
  let knownSince: number | undefined;

  const proven = (): Level | undefined => all.find(({ sure, needed }) => sure >= needed);
  const isDoubted = (): boolean =>
    kept !== undefined && (last === undefined || knownSince === undefined || last - knownSince < provenAgainMs);
  const chosen = (): Level | undefined => (isDoubted() ? undefined : proven());
  const judge = (): void => {
    if (begun === undefined || last === undefined) return;
    const [from, to] = [begun - gateHoldMs, begun + gateLateMs];
    if (last <= to) return;
    // nobody can tell what stands out before it is known what is usual
    if (knownSince !== undefined && knownSince < from)
      weigh(all, Math.max(...recent.filter(({ at }) => at > from && at <= to).map(({ over }) => over)));
    begun = undefined;
  };
  return {
    unit(unit) {
      const over = sizes.next(unit);
      const passed = last === undefined || unit.at < last ? 0 : Math.min(1000, unit.at - last);
      last = unit.at;
      recent = recent.filter(({ at }) => at <= unit.at && unit.at - at < rememberedMs);
      if (over !== undefined) {
        knownSince ??= unit.at;
        recent.push({ at: unit.at, over });
      }
      for (const level of all) {
        if (over !== undefined && over >= level.from) level.out = unit.at;
        else if (level.out > unit.at) level.out = -Infinity;
        if (knownSince !== undefined && unit.at - stirred >= gateHoldMs) countQuiet(level, unit.at, passed);
      }
      judge();
    },
    looked({ stirs, moves }, at) {
      sizes.told(!stirs, at);
      if (stirs) stirred = at;
      if (!moves) return;
      if (at - moved >= motionHoldMs) begun = at;
      moved = at;
      judge();
    },
    isOpen(at) {
      const level = chosen();
      return level === undefined || isOpenAt(level, at);
    },
    get trusted() {
      return chosen() !== undefined;
    },
    get proof() {
      if (proven() === undefined) return undefined;
      return all.map(({ sure, needed, quietMs, openMs }) => ({ sure, needed, quietMs, openMs }));
    },
  };
}

function countQuiet(level: Level, at: number, passedMs: number): void {
  if (level.quietMs > quietMemoryMs) [level.quietMs, level.openMs] = [level.quietMs / 2, level.openMs / 2];
  level.quietMs += passedMs;
  if (isOpenAt(level, at)) level.openMs += passedMs;
}

/** Motion began, and units stood out by so much. */
function weigh(all: readonly Level[], peak: number): void {
  for (const level of all) {
    // with a second of quiet time that nobody saw
    if (peak >= level.from * margin)
      level.sure += Math.min(mostSure, -Math.log2((level.openMs + 1000) / (level.quietMs + 2000)));
    else level.sure = 0;
    if (peak < level.from) level.needed = Math.min(sureMost, level.needed * 2);
  }
}

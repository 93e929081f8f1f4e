/**
 * Decodes less: key units, and what lies between them only while something may move. Units that are left out are kept
 * until the next key unit, so that whoever finds something to be seen can look at what led up to it.
 */
import type { GateProof } from "../domain/detection/gate-proof.ts";
import { createSizeGate, motionHoldMs } from "../domain/detection/size-gate.ts";
import type { MediaParameters } from "../messages/media.ts";
import type { MediaUnit } from "../platform/media-reader.ts";
import { createUnitPlaces } from "./unit-place.ts";

export interface GatingDeps {
  /** Hands a unit to the decoder. */
  decode(unit: MediaUnit): void;
  /** Asks the decoder for what it holds; the next unit is a key one. */
  drain(): void;
  /** So many pictures that were due are not decoded; below 0: they are after all. */
  leftOut(pictures: number): void;
  /** Every picture is wanted for now: somebody looks on, an object is followed. */
  wanted(at: number): boolean;
  /** Only key units are decoded, for lack of time: nothing is learnt of what lies between them. */
  keysOnly(): boolean;
  /** What was proven of a stream with these parameters before a restart. */
  proven(parameters: string): GateProof | undefined;
}

/** What is to be kept over a restart. */
export interface Proven {
  /** Of which stream, as `GatingDeps.proven` is asked. */
  readonly parameters: string;
  /** Undefined: nothing is proven, or not any more. */
  readonly proof: GateProof | undefined;
  /** It counts now. */
  readonly trusted: boolean;
}

export interface Gating {
  parameters(parameters: MediaParameters): void;
  /** Of the video track, in decode order; `due`: it would be looked at. False: it was left out, for now. */
  unit(unit: MediaUnit, due: boolean): boolean;
  /**
   * Asked of each picture that comes, by its time in the stream; `stirs` says whether it would stir. False: it is not
   * looked at now, it comes again behind those that were left out before it.
   */
  accept(pts: number, stirs: () => boolean): boolean;
  /** A picture was looked at. */
  looked(picture: GatedPicture, at: number): void;
  /** Units were left out by others. */
  gap(): void;
  /** Undefined before the stream began. */
  readonly proven: Proven | undefined;
}

interface Kept {
  readonly unit: MediaUnit;
  readonly due: boolean;
}

export interface GatedPicture {
  /** Nothing is known of motion yet, or not any more. */
  readonly learning: boolean;
  /** It alone is another one in some cells. */
  readonly stirs: boolean;
  readonly moves: boolean;
  /** How much there is to decode. */
  readonly pixels: number;
}

/** Longer groups of pictures are decoded as a whole: catching up with them would keep the other cameras waiting. */
const mostKept = { ms: 4000, units: 256, bytes: 8 * 1024 * 1024, megapixels: 150 } as const;
/** A picture that is another one is looked after for so long, until a second one shows that it moves. */
const stirHoldMs = 1000;
/** So often a camera that may be believed is decoded as a whole for a while, to see whether it still may. */
const check = { everyMs: 600_000, forMs: 20_000 } as const;

export function createGating(deps: GatingDeps): Gating {
  let known = "";
  let gate = createSizeGate();
  let places = createUnitPlaces("");
  let newestKey: MediaUnit | undefined;
  /** Left out, since the newest unit that the decoder was given. */
  let kept: Kept[] = [];
  let keptBytes = 0;
  /** The decoder had to be drained for the picture of the newest key unit: it begins with that again. */
  let isDrained = false;
  /** The key unit whose picture is waited for. */
  let awaited: { readonly pts: number; readonly isAhead: boolean; isShown: boolean; isFound: boolean } | undefined;
  let isDecoding = false;
  let openUntil = -Infinity;
  let checked: number | undefined;
  let keyAt: number | undefined;
  let unitsSinceKey = 0;
  /** The last group of pictures was one that can be caught up with. */
  let isShort = false;
  /** The decoder gives pictures at once. */
  let isPrompt = false;
  let pixels = 0;

  const forget = (): void => {
    kept = [];
    keptBytes = 0;
    isDrained = false;
  };
  const fits = (at: number): boolean =>
    keyAt !== undefined &&
    at - keyAt <= mostKept.ms &&
    unitsSinceKey < mostKept.units &&
    keptBytes < mostKept.bytes &&
    unitsSinceKey * pixels <= mostKept.megapixels * 1e6;
  const isChecking = (at: number): boolean => {
    if (checked === undefined || at - checked > check.everyMs + check.forMs) checked = at;
    return at - checked > check.everyMs;
  };
  const mayShut = (at: number): boolean =>
    isPrompt &&
    isShort &&
    fits(at) &&
    gate.trusted &&
    at >= openUntil &&
    !gate.isOpen(at) &&
    !isChecking(at) &&
    !deps.wanted(at);
  const decode = (unit: MediaUnit): void => {
    isDecoding = true;
    deps.decode(unit);
    isDecoding = false;
  };
  /** Decodes what was left out, from where the decoder is or from the newest key unit on. */
  const catchUp = (fromKey: boolean): void => {
    const behind = kept;
    forget();
    deps.leftOut(-behind.filter(({ due }) => due).length);
    if (fromKey && newestKey !== undefined) decode(newestKey);
    for (const { unit } of behind) decode(unit);
  };
  /** Its picture is compared first where units before it were left out: what it shows may have begun among them. */
  const decodeKey = (unit: MediaUnit): void => {
    const key = { pts: unit.pts, isAhead: kept.length > 0, isShown: false, isFound: false };
    awaited = key;
    decode(unit);
    // the decoder waits for what is shown before it
    const isLate = !key.isShown && (key.isAhead || mayShut(unit.arrival));
    if (isLate) deps.drain();
    awaited = undefined;
    if (key.isFound) {
      deps.drain();
      catchUp(true);
      decode(unit);
    }
    forget();
    isDrained = isLate && !key.isFound;
  };
  const gap = (): void => {
    forget();
    [keyAt, newestKey] = [undefined, undefined];
  };
  return {
    parameters(parameters) {
      const next = JSON.stringify(parameters);
      gap();
      if (next === known) return;
      known = next;
      gate = createSizeGate(deps.proven(next));
      places = createUnitPlaces(parameters.codec);
      [isShort, isPrompt] = [false, false];
    },
    unit(unit, due) {
      const { arrival: at } = unit;
      const place = places.next(unit);
      if (deps.keysOnly()) {
        gap();
        decode(unit);
        return true;
      }
      if (unit.key) {
        isShort = fits(at);
        [keyAt, unitsSinceKey] = [at, 0];
        decodeKey(unit);
        newestKey = unit;
        return true;
      }
      unitsSinceKey++;
      gate.unit({ place, size: unit.data.length, at });
      if (mayShut(at)) {
        kept.push({ unit, due });
        keptBytes += unit.data.length;
        if (due) deps.leftOut(1);
        return false;
      }
      if (kept.length > 0 || isDrained) catchUp(isDrained);
      decode(unit);
      return true;
    },
    accept(pts, stirs) {
      isPrompt ||= isDecoding;
      if (awaited?.pts !== pts) return true;
      awaited.isShown = true;
      awaited.isFound = awaited.isAhead && stirs();
      return !awaited.isFound;
    },
    looked({ learning, stirs, moves, pixels: size }, at) {
      pixels = size;
      if (deps.keysOnly()) return;
      gate.looked({ stirs: stirs || learning, moves }, at);
      if (moves || learning) openUntil = Math.max(openUntil, at + motionHoldMs);
      else if (stirs) openUntil = Math.max(openUntil, at + stirHoldMs);
    },
    gap,
    get proven() {
      return known === "" ? undefined : { parameters: known, proof: gate.proof, trusted: gate.trusted };
    },
  };
}

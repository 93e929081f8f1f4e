/**
 * What the sound of a camera says: that it is gone, and that it suddenly became louder. Levels are dB below full scale
 * (RMS of 50 ms). Sudden is measured against a baseline that follows within some ten seconds, so that a street that
 * grows busy is none. Pure; keeps its own memory.
 */
import { detectionPoints } from "./points.ts";
import type { AudioSettings } from "./settings.ts";
import type { PointLevel } from "./video-stages.ts";

export interface SoundStage {
  /** Samples −1 … 1 that came at this time, ms. */
  hear(samples: Float32Array, sampleRate: number, at: number): readonly PointLevel[];
  /** Nothing came since; called now and then. */
  silence(at: number): readonly PointLevel[];
  /** The camera's sound is not reached any more, so that nothing is known. */
  pause(): void;
  /** Of the last 50 ms, dB below full scale (≤ 0); undefined: nothing was heard. */
  readonly db: number | undefined;
}

const windowS = 0.05;
/** Quieter than any microphone in a room: a muted or broken one. */
const silentDb = -72;
/** What was once as loud as this has a microphone that hears. */
const heardDb = -60;
/** Silent for so long, or nothing came, and the sound is lost. */
export const soundLossMs = 10_000;
/** Sound before anything is called sudden. */
const learnMs = 3000;
const baselineS = 10;
/** A rise is held for so long. */
const riseMs = 2000;
/** No level is below this: the logarithm of nothing. */
const floorDb = -96;

/** dB above the baseline that count as sudden: 30 at sensitivity 0, 16.5 at 50, 3 at 100. */
export const riseNeeds = (sensitivity: number): number => 30 - 0.27 * sensitivity;
/** The least level that counts, dB below full scale: −60 at threshold 0, −35 at 50, −10 at 100. */
export const leastLevel = (threshold: number): number => -60 + 0.5 * threshold;

export function createSoundStage({ loss, rise }: AudioSettings): SoundStage {
  let window = { sum: 0, count: 0 };
  let db: number | undefined;
  let baseline: number | undefined;
  let begun: number | undefined;
  let lastCame: number | undefined;
  let lastSound = 0;
  let heard = false;
  let rose: { readonly at: number; readonly by: number } | undefined;

  const level = (square: number, at: number): void => {
    db = Math.max(floorDb, 10 * Math.log10(Math.max(square, 1e-12)));
    if (db > silentDb) lastSound = at;
    heard ||= db > heardDb;
    const before = (baseline ??= db);
    const by = db - before;
    const known = begun !== undefined && at - begun >= learnMs;
    if (rise !== undefined && known && by >= riseNeeds(rise.sensitivity) && db >= leastLevel(rise.threshold))
      rose = { at, by: Math.round(by) };
    baseline = before + (windowS / baselineS) * by;
  };
  const points = (at: number): PointLevel[] => {
    const told: PointLevel[] = [];
    if (loss === true) told.push({ point: detectionPoints.audioLoss, ...lossAt(at) });
    if (rise !== undefined) told.push({ point: detectionPoints.audioRise, ...riseAt(at) });
    return told;
  };
  const lossAt = (at: number): Omit<PointLevel, "point"> => {
    if (lastCame === undefined) return { level: "unknown", reason: "no sound has come" };
    if (at - lastCame >= soundLossMs) return { level: "closed", title: "the camera sends no sound any more" };
    if (heard && at - lastSound >= soundLossMs) return { level: "closed", title: "the sound fell silent" };
    return { level: "open" };
  };
  const riseAt = (at: number): Omit<PointLevel, "point"> => {
    if (lastCame === undefined || at - lastCame >= soundLossMs)
      return { level: "unknown", reason: "no sound has come" };
    if (rose !== undefined && at - rose.at < riseMs)
      return { level: "closed", title: `it became louder by ${rose.by} dB` };
    if (begun === undefined || at - begun < learnMs) return { level: "unknown", reason: "the sound is being learnt" };
    return { level: "open" };
  };
  return {
    hear(samples, sampleRate, at) {
      begun ??= at;
      if (lastCame === undefined) lastSound = at;
      lastCame = at;
      const size = Math.max(1, Math.round(sampleRate * windowS));
      for (const sample of samples) {
        window.sum += sample * sample;
        if (++window.count < size) continue;
        level(window.sum / window.count, at);
        window = { sum: 0, count: 0 };
      }
      return points(at);
    },
    silence: points,
    pause() {
      [begun, lastCame, rose, db] = [undefined, undefined, undefined, undefined];
    },
    get db() {
      return db === undefined ? undefined : Math.round(db);
    },
  };
}

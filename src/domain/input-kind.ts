/** What can stand at the end of an input's loop, and how such a thing is usually wired and filtered. */
import type { SensorType } from "./level.ts";

/** In the order in which they are offered. */
export const inputKinds = [
  "door",
  "window",
  "pir",
  "glass",
  "smoke",
  "water",
  "panic",
  "tamper",
  "key-switch",
  "button",
  "other",
  "video-motion",
  "video-tamper",
  "video-loss",
  "audio",
  "video-rule",
] as const;
export type InputKind = (typeof inputKinds)[number];

/** What a camera's pictures and sound show: kinds of inputs on points of a `video-detection` board. */
export const pictureKinds = ["video-motion", "video-tamper", "video-loss", "audio", "video-rule"] as const;
export type PictureKind = (typeof pictureKinds)[number];

const ofPictures: ReadonlySet<InputKind> = new Set(pictureKinds);
export const isPictureKind = (kind: InputKind): kind is PictureKind => ofPictures.has(kind);

/**
 * How such a thing is normally wired. What guards against people breaks its loop, so that a cut cable is noticed; smoke
 * and water detectors, buttons and key switches close theirs.
 */
export const usualType: Readonly<Record<InputKind, SensorType>> = {
  door: "NC",
  window: "NC",
  pir: "NC",
  glass: "NC",
  smoke: "NO",
  water: "NO",
  panic: "NC",
  tamper: "NC",
  "key-switch": "NO",
  button: "NO",
  other: "NO",
  "video-motion": "NO",
  "video-tamper": "NO",
  "video-loss": "NO",
  audio: "NO",
  "video-rule": "NO",
};

/**
 * Milliseconds that its contact has to hold still by default: short for what is pressed or breaks once (a glass-break
 * contact opens for a moment only), long for what drips or smoulders.
 */
export const usualDebounceMs: Readonly<Record<InputKind, number>> = {
  door: 250,
  window: 250,
  pir: 250,
  glass: 50,
  smoke: 1000,
  water: 1000,
  panic: 100,
  tamper: 250,
  "key-switch": 100,
  button: 50,
  other: 250,
  // what is seen in pictures does not bounce: how long it has to be seen is a setting of the rule
  "video-motion": 0,
  "video-tamper": 0,
  "video-loss": 0,
  audio: 0,
  "video-rule": 0,
};

/** Kinds that should alarm at any hour, armed or not: a person in danger, fire, water, somebody at the wiring. */
export const aroundTheClock = (kind: InputKind): boolean =>
  kind === "smoke" || kind === "water" || kind === "panic" || kind === "tamper";

/** What footage of such an input is recorded for while it does not act; undefined: as of every contact, for an alarm. */
export const seenAs = (kind: InputKind): "motion" | "intelligent" | undefined =>
  kind === "video-motion" ? "motion" : kind === "video-rule" ? "intelligent" : undefined;

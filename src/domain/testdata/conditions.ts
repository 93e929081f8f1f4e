/**
 * What happens before a camera, besides people: made-up conditions of which it is known for each picture that nobody is
 * there. Pictures are of `yardCamera`, five a second; `step` counts them.
 */
import { analysedHeight as height, analysedWidth as width } from "../detection/motion-grid.ts";
import type { GreyPicture } from "../detection/grey-picture.ts";
import { grain, type Scene } from "./grey-pictures.ts";

export interface Condition {
  readonly name: string;
  /** The part of a walk of 30 pictures in which somebody is told at least, and by which picture for the first time. */
  readonly told: { readonly share: number; readonly by: number };
  /** It is motion itself, which a grey picture can't tell from somebody: a known limit. */
  readonly isMotion?: true;
  /** How the place looks. */
  scene(step: number): Scene;
  /** What else is done to the picture; absent: nothing. */
  over?(picture: GreyPicture, step: number): GreyPicture;
}

/** 0 ≤ x < 1, the same for the same step, another one for each nth thing that happens in it. */
const chance = (step: number, nth: number): number => grain(step, nth, 0);

const mapped = (picture: GreyPicture, level: (was: number, x: number, y: number) => number): GreyPicture =>
  picture.map((was, at) => Math.max(0, Math.min(255, Math.round(level(was, at % width, Math.floor(at / width))))));

/** 1 in the middle of an ellipse, 0 from its border on, soft between. */
const within = (x: number, y: number, rx: number, ry: number): number =>
  Math.max(0, Math.min(1, 2 * (1 - Math.hypot(x / rx, y / ry))));

/** The light of a car that turns outside of the picture: an ellipse on the ground, brighter where it is bright. */
const headlight =
  (from: number, pixelsAStep: number) =>
  (picture: GreyPicture, step: number): GreyPicture => {
    const middle = from + ((step * pixelsAStep) % (width + 120)) - 60;
    return mapped(picture, (was, x, y) => was * (1 + 1.2 * within(x - middle, y - 100, 45, 22)));
  };

/** A cloud's shadow with a soft edge that goes over the yard, and comes again. */
const cloud = (picture: GreyPicture, step: number): GreyPicture => {
  const edge = ((step * 2) % (2 * width)) - 20;
  return mapped(picture, (was, x) => {
    const shade = Math.max(0, Math.min(1, (edge - x) / 40)) * Math.max(0, Math.min(1, (x - edge + width) / 40));
    return was * (1 - 0.35 * shade);
  });
};

/** Something small and near, out of focus, in one picture only: each time elsewhere. */
const insect = (every: number) => (picture: GreyPicture, step: number): GreyPicture => {
  if (step % every !== 0) return picture;
  const [atX, atY] = [chance(step, 1) * width, chance(step, 2) * height];
  return mapped(picture, (was, x, y) => was + (235 - was) * 0.8 * within(x - atX, y - atY, 16, 12));
};

/** Streaks of falling rain or snow near a lamp at night, each in one picture. */
const streaks = (count: number, length: number, level: number) => (picture: GreyPicture, step: number): GreyPicture => {
  const drawn = picture.slice();
  for (let drop = 0; drop < count; drop++) {
    const [x, y] = [chance(step * 97 + drop, 3) * width, chance(step * 89 + drop, 4) * height];
    for (let down = 0; down < length; down++) {
      const at = (Math.floor(y) + down) * width + Math.floor(x + down / 4);
      if (at < drawn.length) drawn[at] = level;
    }
  }
  return drawn;
};

const night = { light: -75, clear: 0.45, noise: 5 } as const;
const swing = [0, 1, 1, 0, -1, -1] as const;

export const conditions: readonly Condition[] = [
  { name: "by day", told: { share: 0.95, by: 2 }, scene: () => ({}) },
  { name: "at night", told: { share: 0.95, by: 2 }, scene: () => night },
  { name: "on a night with more noise", told: { share: 0.6, by: 2 }, scene: () => ({ ...night, noise: 9 }) },
  { name: "in fog", told: { share: 0.95, by: 2 }, scene: () => ({ clear: 0.3 }) },
  { name: "in rain", told: { share: 0.95, by: 2 }, scene: () => ({}), over: streaks(40, 8, 225) },
  { name: "in snow at night", told: { share: 0.95, by: 2 }, scene: () => night, over: streaks(60, 3, 230) },
  { name: "while headlights sweep over the ground", told: { share: 0.9, by: 2 }, isMotion: true, scene: () => night, over: headlight(0, 6) },
  { name: "while a car waits and goes, its lights on the ground", told: { share: 0.95, by: 2 }, scene: () => night, over: headlight(0, 1) },
  { name: "while clouds go over", told: { share: 0.6, by: 2 }, scene: () => ({}), over: cloud },
  { name: "while a lamp goes on and off", told: { share: 0.95, by: 2 }, scene: (step) => ({ light: step % 40 < 20 ? 0 : 40 }) },
  { name: "while infrared light goes on and off", told: { share: 0.8, by: 6 }, scene: (step) => ({ infrared: step % 80 >= 40 }) },
  {
    name: "while the mast swings",
    told: { share: 0.7, by: 2 },
    scene: (step) => ({ shift: { x: swing[step % 6] ?? 0, y: swing[(step + 2) % 6] ?? 0 } }),
  },
  { name: "with insects before the lens", told: { share: 0.95, by: 2 }, scene: () => night, over: insect(4) },
];

import type { ObjectBox } from "./objects.ts";

/**
 * Where a box is and how it moves: a Kalman filter of constant velocity over its middle, width and height (SORT: Bewley
 * et al. 2016; the noise in parts of the object's height as in DeepSORT and ByteTrack, given for 30 pictures a second
 * and here turned into seconds, because our pictures come at any rate). The four numbers do not influence each other in
 * these methods, so that each has a filter of its own with two states.
 */
interface Coordinate {
  readonly value: number;
  /** A second. */
  readonly velocity: number;
  /** Covariance: of the value, of value and velocity, of the velocity. */
  readonly vv: number;
  readonly vd: number;
  readonly dd: number;
}

export interface BoxMotion {
  readonly x: Coordinate;
  readonly y: Coordinate;
  readonly width: Coordinate;
  readonly height: Coordinate;
}

/** Standard deviation of a seen box, parts of its height. */
const seenNoise = 1 / 20;
/** How much the velocity wanders in a second, heights a second: 1/160 a picture at 30 a second. */
const wander = 1;
/** Standard deviation of the velocity of something new, heights a second. */
const newVelocity = 1.9;
/** A box is not moved on further than this without being seen, seconds. */
const longestPrediction = 1;
const leastSide = 1e-4;

const centres = (box: ObjectBox): readonly [number, number, number, number] => [
  box.x + box.width / 2,
  box.y + box.height / 2,
  box.width,
  box.height,
];

/** What is known after it was seen once. */
export function firstSeen(box: ObjectBox): BoxMotion {
  const scale = Math.max(leastSide, box.height);
  const start = (value: number): Coordinate => ({
    value,
    velocity: 0,
    vv: (seenNoise * scale * 2) ** 2,
    vd: 0,
    dd: (newVelocity * scale) ** 2,
  });
  const [x, y, width, height] = centres(box);
  return { x: start(x), y: start(y), width: start(width), height: start(height) };
}

/** Where it should be after so many seconds. */
export function predicted(motion: BoxMotion, seconds: number): BoxMotion {
  const time = Math.min(longestPrediction, Math.max(0, seconds));
  const noise = (wander * Math.max(leastSide, motion.height.value)) ** 2;
  const move = (of: Coordinate): Coordinate => ({
    value: of.value + of.velocity * time,
    velocity: of.velocity,
    vv: of.vv + 2 * time * of.vd + time ** 2 * of.dd + (noise * time ** 3) / 3,
    vd: of.vd + time * of.dd + (noise * time ** 2) / 2,
    dd: of.dd + noise * time,
  });
  const side = (of: Coordinate): Coordinate => {
    const moved = move(of);
    return { ...moved, value: Math.max(leastSide, moved.value) };
  };
  return { x: move(motion.x), y: move(motion.y), width: side(motion.width), height: side(motion.height) };
}

/** After it was seen there. */
export function corrected(motion: BoxMotion, box: ObjectBox): BoxMotion {
  const noise = (seenNoise * Math.max(leastSide, box.height)) ** 2;
  const correct = (of: Coordinate, seen: number): Coordinate => {
    const [gain, gainVelocity] = [of.vv / (of.vv + noise), of.vd / (of.vv + noise)];
    const off = seen - of.value;
    return {
      value: of.value + gain * off,
      velocity: of.velocity + gainVelocity * off,
      vv: (1 - gain) * of.vv,
      vd: (1 - gain) * of.vd,
      dd: of.dd - gainVelocity * of.vd,
    };
  };
  const [x, y, width, height] = centres(box);
  return {
    x: correct(motion.x, x),
    y: correct(motion.y, y),
    width: correct(motion.width, width),
    height: correct(motion.height, height),
  };
}

/** The box, which may reach out of the picture. */
export function boxOf(motion: BoxMotion): ObjectBox {
  const [width, height] = [Math.max(leastSide, motion.width.value), Math.max(leastSide, motion.height.value)];
  return { x: motion.x.value - width / 2, y: motion.y.value - height / 2, width, height };
}

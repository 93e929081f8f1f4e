/** Made-up grey pictures for tests of detection: a textured yard, things that move in it, and what only looks like it. */
import { analysedHeight as height, analysedWidth as width } from "../detection/motion-grid.ts";
import type { GreyPicture } from "../detection/grey-picture.ts";

/** Pixels of the analysed picture. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface Scene {
  /** Things that are there, each with a texture of its own. */
  readonly things?: readonly Box[];
  /** Grey levels added to everything. */
  readonly light?: number;
  /** Everything is so much brighter or darker, as by exposure; 1: as it is. */
  readonly gain?: number;
  /** Standard deviation of the sensor's noise, grey levels; 2 where it is absent. */
  readonly noise?: number;
  /** The camera moved by so many pixels. */
  readonly shift?: { readonly x: number; readonly y: number };
  /** Single bright streaks at random places, as rain in the light of a lamp. */
  readonly drops?: number;
  /** Contrast of the picture's detail and of its large parts, as in fog: 1 is as it is, 0 an even grey. */
  readonly clear?: number;
  /** Everything is the mean of what lies so many pixels around it: out of focus. */
  readonly blur?: number;
  /** Something lies on the lens: this grey level, with nothing but noise. From this column on to the right, 0: all of it. */
  readonly cover?: { readonly level: number; readonly from: number };
  /** Infrared light: the lawn is bright, the wall darker, and its texture stronger. */
  readonly infrared?: boolean;
  /** Another place altogether: the camera was turned. */
  readonly elsewhere?: boolean;
}

/** 0 ≤ x < 1, the same for the same seed and place. */
export const grain = (x: number, y: number, seed: number): number => {
  let value = (x * 374_761_393 + y * 668_265_263 + seed * 2_147_483_647) | 0;
  value = Math.imul(value ^ (value >>> 13), 1_274_126_177);
  return ((value ^ (value >>> 16)) >>> 0) / 2 ** 32;
};

const clamped = (value: number): number => Math.max(0, Math.min(255, Math.round(value)));

/** A wall, a lawn and a path with coarse texture; `elsewhere`: a gate and a street that runs across. */
function yard(x: number, y: number, seed: number, elsewhere: boolean): number {
  const street = y > height / 2 + x / 4 ? 95 : x < width / 4 ? 160 : 125;
  const garden = y < height / 3 ? 150 : x > width / 2 && x < width / 2 + 40 ? 120 : 85;
  const ground = elsewhere ? street : garden;
  return ground + 50 * (grain(x >> 2, y >> 2, seed) - 0.5) + 12 * (grain(x, y, seed) - 0.5);
}

/** What the sensor of one kind of light makes of a place. */
function lit(level: number, y: number, { infrared, clear = 1 }: Scene): number {
  const seen = infrared !== true ? level : y < height / 3 ? 60 + level * 0.4 : 60 + level * 1.3;
  return 140 + (seen - 140) * clear;
}

const covered = (x: number, cover: Scene["cover"]): number | undefined =>
  cover !== undefined && x >= cover.from ? cover.level : undefined;

/** Mean over a square of `2 × by + 1` pixels. */
function blurred(level: (x: number, y: number) => number, by: number): (x: number, y: number) => number {
  if (by === 0) return level;
  return (x, y) => {
    let sum = 0;
    for (let dy = -by; dy <= by; dy++) for (let dx = -by; dx <= by; dx++) sum += level(x + dx, y + dy);
    return sum / (2 * by + 1) ** 2;
  };
}

/** Noise of standard deviation 1: the sum of four even grains is nearly normal. */
const noiseField = Float32Array.from({ length: 1 << 16 }, (_, at) => {
  let sum = 0;
  for (let n = 0; n < 4; n++) sum += grain(at, n, 7919) - 0.5;
  return sum * 1.73;
});

/** The place without things and noise. */
function groundOf(seed: number, scene: Scene): Float32Array {
  const { shift = { x: 0, y: 0 }, blur = 0, elsewhere } = scene;
  const place = elsewhere === true ? seed + 100 : seed;
  const level = blurred((x, y) => lit(yard(x, y, place, elsewhere === true), y, scene), blur);
  const levels = new Float32Array(width * height);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) levels[at] = covered(x, scene.cover) ?? level(x + shift.x, y + shift.y);
  return levels;
}

/** Makes pictures of one place; each call is the next one, with noise of its own. */
export function yardCamera(seed = 1): (scene?: Scene) => GreyPicture {
  let count = 0;
  let ground: { readonly key: string; readonly levels: Float32Array } | undefined;
  return (scene = {}) => {
    const { things = [], light = 0, gain = 1, noise = 2, drops = 0 } = scene;
    const { shift, clear, blur, cover, infrared, elsewhere } = scene;
    count++;
    const key = JSON.stringify({ shift, clear, blur, cover, infrared, elsewhere });
    if (ground?.key !== key) ground = { key, levels: groundOf(seed, scene) };
    const levels = ground.levels.slice();
    for (const [index, box] of things.entries()) draw(levels, box, seed + 7 + index);
    const first = Math.floor(grain(count, seed, 3) * noiseField.length);
    // a plain loop: thousands of pictures are made, and `Uint8Array.from` with a function takes five times as long
    const picture = new Uint8Array(levels.length);
    for (let at = 0; at < levels.length; at++)
      picture[at] = clamped(((levels[at] ?? 0) + light) * gain + noise * (noiseField[(first + at) & 0xff_ff] ?? 0));
    for (let drop = 0; drop < drops; drop++) {
      const [x, y] = [Math.floor(grain(drop, count, 5) * width), Math.floor(grain(drop, count, 6) * (height - 6))];
      for (let down = 0; down < 6; down++) picture[(y + down) * width + x] = 235;
    }
    return picture;
  };
}

/** A thing with a texture of its own; the first that is drawn is behind. */
function draw(levels: Float32Array, { x: left, y: top, w, h }: Box, seed: number): void {
  for (let y = Math.max(0, top); y < Math.min(height, top + h); y++)
    for (let x = Math.max(0, left); x < Math.min(width, left + w); x++)
      levels[y * width + x] = 200 - 110 * grain((x - left) >> 2, (y - top) >> 2, seed);
}

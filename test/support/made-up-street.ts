/** A street that nobody filmed, as a camera would send it: mostly nothing, now and then something crosses. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { grain } from "../../src/domain/testdata/grey-pictures.ts";

export interface Weather {
  /** Standard deviation of the sensor's noise, grey levels. */
  readonly noise: number;
  /** Bright streaks in each picture. */
  readonly drops?: number;
  /** All is so much darker, 0–1; 1: as by day. */
  readonly light?: number;
  /** What crosses is two lamps, with the light that they throw before them. */
  readonly headlights?: true;
}

export interface Crossing {
  /** When it enters on the left, s from the beginning. */
  readonly at: number;
  /** Pixels a second, of a picture 640 wide. */
  readonly speed: number;
  /** Of a picture 640 × 360. */
  readonly width: number;
  readonly height: number;
  /** It walks so far into the picture and back out again; absent: through all of it. */
  readonly turnsAt?: number;
}

export interface MadeUpStreet {
  readonly width: number;
  readonly height: number;
  /** Pictures a second. */
  readonly fps: number;
  readonly seconds: number;
  readonly weather: Weather;
  readonly crossings: readonly Crossing[];
}

/** ffmpeg's words for the coded stream. */
export type Coding = readonly string[];

/** Noise of standard deviation 1, hundredths. */
const noiseField = Int16Array.from({ length: 1 << 18 }, (_, at) => {
  let sum = 0;
  for (let n = 0; n < 4; n++) sum += grain(at, n, 7919) - 0.5;
  return Math.round(sum * 173);
});

/** Houses, a pavement and a road, with coarse and fine texture. */
function backgroundOf({ width, height, weather: { light = 1 } }: MadeUpStreet): Uint8Array {
  return Uint8Array.from({ length: width * height }, (_, at) => {
    const [x, y] = [((at % width) * 640) / width, (Math.floor(at / width) * 360) / height];
    const ground = y < 150 ? 150 + (Math.floor(x / 90) % 2) * 25 : y < 200 ? 120 : 80;
    const texture = 40 * (grain(Math.floor(x / 14), Math.floor(y / 10), 1) - 0.5) + 12 * (grain(at, 0, 2) - 0.5);
    return Math.max(0, Math.min(255, (ground + texture) * light));
  });
}

/** Where what crosses has its left side at this time; undefined: not in the picture. */
export function leftOf({ at, speed, width, turnsAt }: Crossing, seconds: number): number | undefined {
  const gone = (seconds - at) * speed;
  if (gone < 0) return undefined;
  const left = turnsAt === undefined || gone < turnsAt ? gone - width : 2 * turnsAt - gone - width;
  return left > 640 || left < -width ? undefined : left;
}

/** The pictures, planar 4:2:0, one after the other; a new buffer each. */
export function* streetPictures(street: MadeUpStreet): Generator<Uint8Array> {
  const { width, height, fps, seconds, weather } = street;
  const background = backgroundOf(street);
  const pixels = width * height;
  for (let n = 0; n < fps * seconds; n++) {
    const picture = new Uint8Array((pixels * 3) / 2).fill(128);
    picture.set(background);
    for (const crossing of street.crossings) drawCrossing(picture, street, crossing, n / fps);
    for (let drop = 0; drop < (weather.drops ?? 0); drop++) drawDrop(picture, street, n, drop);
    const first = Math.floor(grain(n, 5, 3) * noiseField.length);
    for (let at = 0; at < pixels; at++) {
      const noise = (noiseField[(first + at) & (noiseField.length - 1)] ?? 0) * weather.noise;
      picture[at] = Math.max(0, Math.min(255, Math.round((picture[at] ?? 0) + noise / 100)));
    }
    yield picture;
  }
}

function drawDrop(picture: Uint8Array, { width, height }: MadeUpStreet, n: number, drop: number): void {
  const x = Math.floor(grain(drop, n, 11) * width);
  const y = Math.floor(grain(drop, n, 12) * (height - 24));
  for (let down = 0; down < 20; down++) picture[(y + down) * width + x] = 200;
}

function drawCrossing(picture: Uint8Array, street: MadeUpStreet, crossing: Crossing, seconds: number): void {
  const left = leftOf(crossing, seconds);
  if (left === undefined) return;
  const { width, height, weather } = street;
  const [right, bottom] = [width / 640, height / 360];
  const [x0, y0] = [Math.round(left * right), Math.round((250 - crossing.height) * bottom)];
  const [w, h] = [Math.round(crossing.width * right), Math.round(crossing.height * bottom)];
  const reach = weather.headlights === true ? w * 2 : 0;
  for (let y = Math.max(0, y0); y < Math.min(height, y0 + h); y++)
    for (let x = Math.max(0, x0); x < Math.min(width, x0 + w + reach); x++) {
      const at = y * width + x;
      const was = picture[at] ?? 0;
      if (x >= x0 + w) picture[at] = Math.min(255, was + 120 * (1 - (x - x0 - w) / reach));
      else if (weather.headlights === true) picture[at] = x > x0 + w - 6 ? 255 : was * 0.7;
      else
        picture[at] = (60 + 130 * grain(Math.floor((x - x0) / 4), Math.floor((y - y0) / 5), 9)) * (weather.light ?? 1);
    }
}

/** Codes the pictures into an MP4 file. */
export async function filmStreet(street: MadeUpStreet, coding: Coding, file: string): Promise<void> {
  const { width, height, fps } = street;
  const child = spawn(
    "ffmpeg",
    [
      ...["-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", `${width}x${height}`, "-r", String(fps)],
      ...["-i", "-", "-an", ...coding, file],
    ],
    { stdio: ["pipe", "ignore", "inherit"] },
  );
  const ended = once(child, "exit");
  for (const picture of streetPictures(street)) if (!child.stdin.write(picture)) await once(child.stdin, "drain");
  child.stdin.end();
  const [code] = (await ended) as [number | null];
  if (code !== 0) throw new Error(`ffmpeg ended with ${code}`);
}

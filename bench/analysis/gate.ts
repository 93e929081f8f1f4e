/**
 * What the gate by sizes misses, and what it spares: made-up streets in all weathers, coded in all ways, and people who
 * walk all the time (`vtest.avi`), each decoded as a whole and gated, through the detection's own channel:
 *
 *     node bench/analysis/gate.ts [--seconds 120] [--runs 3] [--only day] [--short] [--folder DIR]
 *
 * Something crosses every 20 s. `--short`: six that cross, by which a camera may prove itself, then twelve people and
 * cars that come a little into the picture and go, most of them between two key pictures; shown once. No real time passes: it takes as long as decoding does. Needs ffmpeg with libx264.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { filmStreet, type Coding, type Crossing, type Weather } from "../../test/support/made-up-street.ts";
import { streetClip } from "../../test/support/street-clip.ts";
import { missedOf, watchClip } from "../../test/support/watched-clip.ts";
import { table } from "../support/numbers.ts";

const text = { type: "string" } as const;
const { values } = parseArgs({
  options: {
    seconds: { ...text, default: "120" },
    runs: { ...text, default: "3" },
    only: { ...text, default: "" },
    folder: { ...text, default: tmpdir() },
    short: { type: "boolean", default: false },
  },
});
const seconds = values.short ? 262 : Number(values.seconds);
const runs = values.short ? 1 : Number(values.runs);

const weathers: Readonly<Record<string, Weather>> = {
  clear: { noise: 0 },
  day: { noise: 1.5 },
  night: { noise: 6, light: 0.4 },
  rain: { noise: 2.5, drops: 40 },
  headlights: { noise: 4, light: 0.3, headlights: true },
};
const keys = ["-force_key_frames", "expr:gte(t,n_forced*2)", "-g", "300", "-pix_fmt", "yuv420p"];
const x264 = (...more: string[]): Coding => ["-c:v", "libx264", "-preset", "veryfast", ...keys, ...more];
const rate = (kbit: number, buffer: number) => ["-b:v", `${kbit}k`, "-maxrate", `${kbit}k`, "-bufsize", `${buffer}k`];
const codings: Readonly<Record<string, Coding>> = {
  quality: x264("-crf", "24", "-bf", "0"),
  "quality, B": x264("-crf", "24", "-bf", "2"),
  "quality, ultrafast": x264("-preset", "ultrafast", "-crf", "26"),
  "mean rate": x264("-b:v", "300k", "-bf", "0"),
  "constant rate": x264(...rate(300, 150), "-minrate", "300k", "-bf", "0", "-nal-hrd", "cbr"),
  "constant, no delay": x264("-tune", "zerolatency", ...rate(256, 64)),
};
const person: Omit<Crossing, "at"> = { width: 20, height: 50, speed: 100 };
const car: Omit<Crossing, "at"> = { width: 80, height: 36, speed: 220 };
const short: readonly Omit<Crossing, "at">[] = [
  { ...person, turnsAt: 60 },
  { width: 30, height: 24, speed: 150, turnsAt: 100 },
  { ...car, turnsAt: 130 },
  { width: 16, height: 40, speed: 80, turnsAt: 40 },
];
const long = values.short ? 6 : Math.floor((seconds - 1) / 20);
const crossings: readonly Crossing[] = [
  ...Array.from({ length: long }, (_, n) => ({
    at: 20 * (n + 1) + 0.3 * (n % 5),
    ...(n % 2 === 0 ? person : car),
  })),
  ...(values.short ? [...short, ...short, ...short] : []).map((one, n) => ({ at: 140.3 + 10 * n, ...one })),
];

const rows: string[][] = [];
function compare(name: readonly [string, string], path: string): void {
  const full = watchClip(path, { runs, everyPicture: true });
  const gated = watchClip(path, { runs, everyPicture: false });
  const missed = missedOf(full.events, gated.events);
  const latest = Math.max(0, ...gated.events.map(({ from, told }) => told - from));
  const row = [
    ...name,
    ...[String(full.events.length), String(missed.length), latest.toFixed(1)],
    `${Math.round((gated.lastDecoded / full.lastDecoded) * 100)} %`,
    `${gated.watchedSeconds}/${full.watchedSeconds}`,
  ];
  console.log(row.join(" | "));
  rows.push(row);
}

const folder = mkdtempSync(join(values.folder, "reed-gate-"));
try {
  for (const [weather, sky] of Object.entries(weathers))
    for (const [coding, words] of Object.entries(codings)) {
      if (!`${weather} ${coding}`.includes(values.only)) continue;
      const file = join(folder, `${rows.length}.mp4`);
      await filmStreet({ width: 640, height: 360, fps: 8, seconds, weather: sky, crossings }, words, file);
      compare([weather, coding], file);
      rmSync(file);
    }
  compare(["vtest.avi", "quality"], streetClip({ width: 640, height: 360, fps: 5, seconds: 60 }));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(
  table([
    ["clip", "coded at", "motions", "missed gated", "told late by ≤ s", "decoded at the end", "watched, s"],
    ...rows,
  ]),
);
console.log("decoded at the end: of the last run of the clip, beside full decoding");

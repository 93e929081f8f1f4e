/** Short films for cameras that send them again and again, each with a picture from which on something is to be told. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { allCells, hexOfCells } from "../../src/domain/detection/motion-grid.ts";
import { ruleScale } from "../../src/domain/detection/rules.ts";
import { streetClip } from "../../test/support/street-clip.ts";

export interface Loop {
  readonly kind: "motion" | "smart motion" | "tripwire";
  readonly path: string;
  /** The number of the picture in the film with which it begins. */
  readonly begins: number;
  /** Labels are so inexact, ms: it may be told so much before. */
  readonly earlyMs: number;
  /** What the camera's board is set to, and the point that is asked. */
  readonly settings: object;
  readonly point: number;
}

const fps = 10;
const everything = { name: "Everything", cells: hexOfCells(allCells()), sensitivity: 60, threshold: 6 };
const motion = { regions: [everything], holdS: 1 };

/** Six cameras with something that slides through a still picture, two with a walker, one with somebody who crosses:
 * no more than a detector on one core keeps pace with. */
export const loops = (folder: string): Loop[] => [
  ...Array.from({ length: 6 }, (_, n) => slidingLoop(folder, 25 + 4 * n)),
  ...Array.from({ length: 2 }, walkerLoop),
  crossingLoop(),
];

/** 6 s of a street without anybody on the lawn; from picture `begins` on something dark slides over it for a second. */
function slidingLoop(folder: string, begins: number): Loop {
  const still = join(folder, "still.png");
  const source = streetClip({ width: 768, height: 576, fps, seconds: 80 });
  execFileSync("ffmpeg", ["-v", "error", "-y", "-i", source, "-frames:v", "1", "-vf", "scale=640:360", still]);
  const path = join(folder, `slides-${begins}.mp4`);
  const [from, to] = [begins / fps - 0.01, begins / fps + 0.99];
  const slide = `overlay=x='if(between(t,${from},${to}),60+150*(t-${from}),-100)':y=230:eval=frame`;
  execFileSync("ffmpeg", [
    ...["-v", "error", "-y", "-loop", "1", "-framerate", String(fps), "-t", "6", "-i", still],
    ...["-f", "lavfi", "-t", "6", "-i", `color=c=0x201818:size=34x80:rate=${fps}`],
    ...["-filter_complex", `[0][1]${slide},noise=alls=4:allf=t,format=yuv420p`, "-t", "6", "-r", String(fps)],
    ...["-c:v", "libx264", "-preset", "veryfast", "-g", String(2 * fps), "-bf", "0", "-crf", "24", path],
  ]);
  return { kind: "motion", path, begins, earlyMs: 0, settings: { motion }, point: 1 };
}

/** The far walker of the film comes out from behind a wall at 7.5 s. */
function walkerLoop(): Loop {
  const part = { x: 0, y: 0, width: 310, height: 140 };
  const path = streetClip({ width: 620, height: 280, fps, seconds: 6, from: 5, part });
  const smart = { human: true, vehicle: false, sensitivity: "middle" };
  return { kind: "smart motion", path, begins: 25, earlyMs: 200, settings: { motion, smart }, point: 21 };
}

/** Somebody in a white hood crosses the line at the left end at 18.6 s (`test/support/street/rules.ts`). */
function crossingLoop(): Loop {
  const part = { x: 0, y: 120, width: 384, height: 216 };
  const path = streetClip({ width: 640, height: 360, fps, seconds: 4, from: 16.5, part });
  const [x, y] = [
    (at: number) => Math.round((at / 384) * ruleScale),
    (at: number) => Math.round((at / 216) * ruleScale),
  ];
  const line = [
    { x: x(181), y: y(210) },
    { x: x(181), y: y(30) },
  ];
  const usual = { rule: 1, name: "Left end", enabled: true, targets: ["human"], sensitivity: 5 };
  const rules = [{ ...usual, kind: "tripwire", line, direction: "b-to-a" }];
  return { kind: "tripwire", path, begins: 21, earlyMs: 200, settings: { rules }, point: 11 };
}

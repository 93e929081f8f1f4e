/**
 * How many people and vehicles the model that comes with Reed finds, on pictures that nobody here made, beside OpenCV's
 * HOG people detector on the same pictures in the same run.
 *
 *   node bench/detection/run.ts [--folder DIR] [--model FILE]
 *
 * Needs ffmpeg and Debian's python3-opencv; fetches the packages with the pictures (not installed, only unpacked).
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { plannedCrops } from "../../src/domain/detection/crops.ts";
import { createMotionStage } from "../../src/domain/detection/motion-stage.ts";
import { analysedHeight, analysedWidth, noCells, type CellMap } from "../../src/domain/detection/motion-grid.ts";
import { targetClassOf, type SeenObject, type TargetClass } from "../../src/domain/detection/objects.ts";
import { ownModel } from "../../src/platform/model-files.ts";
import { openModel } from "../../src/detection/objects/session.ts";
import type { RgbPicture } from "../../src/detection/ports.ts";
import { emptyScore, judged, percent, type Found, type Score } from "./score.ts";

const text = { type: "string" } as const;
const { values } = parseArgs({ options: { folder: text, model: text } });
const folder = values.folder ?? join(tmpdir(), "reed-bench-detection");
const labels = JSON.parse(readFileSync(join(import.meta.dirname, "labels.json"), "utf8")) as Labels;
type Box = readonly [number, number, number, number];
interface HogLine {
  readonly path: string;
  readonly size: number;
  readonly ms: number;
  readonly boxes: readonly (readonly [...Box, number])[];
}
type Truth = Partial<Record<TargetClass | "ignore", readonly Box[]>>;
interface Labels {
  readonly vtest: {
    readonly package: string;
    readonly file: string;
    readonly vehicle: readonly Box[];
    readonly frames: Record<string, Truth>;
  };
  readonly photos: readonly (Truth & { readonly package: string; readonly file: string })[];
}

/** A file of a Debian package, which is fetched and unpacked once. */
function fileOf(name: string, file: string): string {
  const unpacked = join(folder, name);
  if (!existsSync(join(unpacked, file))) {
    mkdirSync(unpacked, { recursive: true });
    execFileSync("apt-get", ["download", name], { cwd: unpacked, stdio: "ignore" });
    const deb = readdirSync(unpacked).find((one) => one.endsWith(".deb")) ?? "";
    execFileSync("dpkg", ["-x", join(unpacked, deb), unpacked]);
  }
  return join(unpacked, file);
}

const ffmpeg = (...args: readonly string[]): Buffer =>
  execFileSync("ffmpeg", ["-v", "error", ...args], { maxBuffer: 1 << 30 });

function pictureOf(file: string): RgbPicture {
  const ppm = ffmpeg("-i", file, "-f", "image2pipe", "-c:v", "ppm", "pipe:1");
  const head = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(ppm.subarray(0, 40).toString("latin1"));
  const [all, width, height] = [head?.[0] ?? "", Number(head?.[1]), Number(head?.[2])];
  return { width, height, bytes: Uint8Array.from(ppm.subarray(all.length)) };
}

interface Labelled {
  readonly group: "vtest" | "photos";
  readonly path: string;
  readonly truth: Truth;
  /** Cells that move, where there is a past. */
  readonly moving?: CellMap;
}

const video = fileOf(labels.vtest.package, labels.vtest.file);
/** What moves in each labelled frame, looked at five times a second as the process does. */
function motionOf(frames: readonly number[]): ReadonlyMap<number, CellMap> {
  const size = `${analysedWidth}:${analysedHeight}`;
  const filter = `select='not(mod(n,2))',scale=${size}:flags=area,format=gray`;
  const grey = ffmpeg("-i", video, "-vf", filter, "-vsync", "0", "-f", "rawvideo", "pipe:1");
  const stage = createMotionStage();
  const moving = new Map<number, CellMap>();
  const bytes = analysedWidth * analysedHeight;
  for (let at = 0; at * bytes < grey.length; at++) {
    const { strength } = stage.look(Uint8Array.from(grey.subarray(at * bytes, (at + 1) * bytes)));
    if (frames.includes(at * 2))
      moving.set(
        at * 2,
        noCells().map((_, cell) => ((strength[cell] ?? 0) > 0 ? 1 : 0)),
      );
  }
  return moving;
}

const frames = Object.keys(labels.vtest.frames).map(Number);
const moving = motionOf(frames);
const pictures: Labelled[] = [
  ...frames.map((frame): Labelled => {
    const path = join(folder, `vtest-${frame}.png`);
    ffmpeg("-y", "-i", video, "-vf", `select='eq(n,${frame})'`, "-frames:v", "1", path);
    const truth = { ...labels.vtest.frames[String(frame)], vehicle: labels.vtest.vehicle };
    return { group: "vtest", path, truth, moving: moving.get(frame) ?? noCells() };
  }),
  ...labels.photos.map((photo): Labelled => ({
    group: "photos",
    path: fileOf(photo.package, photo.file),
    truth: photo,
  })),
];

const model = await openModel(values.model ?? ownModel);
const rows = new Map<string, Score>();
const add = (row: string, found: readonly Found[], truth: Truth, target: TargetClass): void => {
  const score = rows.get(row) ?? emptyScore();
  judged(score, found, truth[target] ?? [], truth.ignore ?? []);
  rows.set(row, score);
};
const foundOf = (
  seen: readonly SeenObject[],
  target: TargetClass,
  sure: number,
  { width, height }: RgbPicture,
): Found[] =>
  seen
    .filter(({ label, confidence }) => targetClassOf(label) === target && confidence >= sure)
    .map(({ box: { x, y, width: w, height: h }, confidence }) => ({
      box: [x * width, y * height, (x + w) * width, (y + h) * height],
      confidence,
    }));

const spent = { model: 0, runs: 0, hog: [0, 0] };
for (const { group, path, truth, moving: cells } of pictures) {
  const picture = pictureOf(path);
  const whole = [{ x: 0, y: 0, width: picture.width, height: picture.height }];
  const before = process.cpuUsage();
  const seen = await model.detect(picture, whole);
  const { user, system } = process.cpuUsage(before);
  spent.model += (user + system) / 1000;
  spent.runs++;
  for (const sure of [0.3, 0.4, 0.5])
    for (const target of ["human", "vehicle"] as const)
      add(`${group} ${target} NanoDet, whole picture, ≥ ${sure}`, foundOf(seen, target, sure, picture), truth, target);
  const plan = { width: picture.width, height: picture.height, modelSide: model.spec.input.width, most: 3 };
  const crops = cells === undefined ? [] : plannedCrops(cells, [], plan);
  if (crops.length === 0) continue;
  const near = await model.detect(picture, crops);
  for (const sure of [0.3, 0.4, 0.5])
    add(
      `${group} human NanoDet, crops where it moves, ≥ ${sure}`,
      foundOf(near, "human", sure, picture),
      truth,
      "human",
    );
}

const hog = execFileSync("/usr/bin/python3", [
  join(import.meta.dirname, "hog.py"),
  ...pictures.map(({ path }) => path),
]);
for (const line of hog.toString().trim().split("\n")) {
  const { path, size, ms, boxes } = JSON.parse(line) as HogLine;
  const picture = pictures.find((one) => one.path === path);
  if (picture === undefined) throw new Error(`${path} was not asked for`);
  spent.hog[size - 1] = (spent.hog[size - 1] ?? 0) + ms;
  const found = boxes.map(([a, b, c, d, confidence]): Found => ({ box: [a, b, c, d], confidence }));
  add(`${picture.group} human OpenCV HOG, ${size} × its size`, found, picture.truth, "human");
}

console.log(
  "| what | labelled | found | missed | false | precision | recall |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
);
for (const [row, { right, missed, wrong }] of [...rows].sort(([a], [b]) => (a < b ? -1 : 1)))
  console.log(
    `| ${row} | ${right + missed} | ${right} | ${missed} | ${wrong} | ${percent(right, right + wrong)} | ${percent(right, right + missed)} |`,
  );
const each = (ms: number): string => `${(ms / spent.runs).toFixed(0)} ms`;
console.log(`\nProcessor time a picture: model ${each(spent.model)}, HOG ${spent.hog.map(each).join(" and ")}.`);

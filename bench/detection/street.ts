/**
 * Motion, people, smart motion and every rule on `vtest.avi` (Debian's `opencv-doc`), whose people were labelled by hand
 * (`test/support/street/walks.json`): what the real stages say, decoder to rules, beside OpenCV's HOG people detector and
 * Debian's `motion` on the same film.
 *
 *   node bench/detection/street.ts [--no-hog] [--no-motion] [--spans]
 *
 * Needs ffmpeg, python3-opencv and motion, which watches the film in its own time: 160 s.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { streetClip } from "../../test/support/street-clip.ts";
import {
  judgeDeeds,
  judgedFrom,
  judgeTimes,
  type Score,
  type Span,
  type TimeScore,
} from "../../test/support/street/judge.ts";
import { lookAt, type Looked } from "../../test/support/street/look.ts";
import { ruleSettings, streetRules } from "../../test/support/street/rules.ts";
import { deedsOf, movesIn, staysAt } from "../../test/support/street/truth.ts";
import { film, regions, type Frame } from "../../test/support/street/walks.ts";
import { table } from "../support/numbers.ts";
import { motionOnRegions } from "./motion-street.ts";
import { countPeople, type SeenPerson } from "./people.ts";
import { percent } from "./score.ts";

const off = { type: "boolean", default: false } as const;
const { values } = parseArgs({ options: { "no-hog": off, "no-motion": off, spans: off } });
const { width, height, fps } = film;
const whole = { width, height, fps, seconds: 80 };
const holdS = 1;

const timeHeads = ["", "times", "found", "told", "false", "of the seconds", "false seconds"];
const timeRow = (name: string, score: TimeScore, spans: readonly Span[]): string[] => {
  if (values.spans) console.log(name, spansText(spans));
  const { happened, found, told, false: wrong, seconds, foundSeconds, falseSeconds } = score;
  return [name, ...[happened, found, told, wrong].map(String), percent(foundSeconds, seconds), falseSeconds.toFixed(1)];
};
const spansText = (spans: readonly Span[]): string =>
  spans.map(([from, to]) => `${from.toFixed(1)}–${to.toFixed(1)}`).join(" ");

const motionOf = (sensitivity: number, leastCells?: number) => ({
  regions: regions.map(({ name, cells }) => ({
    ...{ name, cells, sensitivity, threshold: 6 },
    ...(leastCells === undefined ? {} : { leastCells }),
  })),
  holdS,
});

const settings = { motion: motionOf(60), rules: ruleSettings } as const;
const smart = { human: true, vehicle: true, sensitivity: "middle" } as const;
const seen = await lookAt({ path: streetClip(whole), settings });
const finer = await lookAt({ path: streetClip(whole), settings: { motion: motionOf(90, 1) } });

/** A part of the film as a camera of its own: in the whole of it somebody moves all the time. */
interface View {
  readonly name: string;
  readonly part: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly times: number;
}
const views: readonly View[] = [
  { name: "Lawn", part: { x: 0, y: 330, width: 512, height: 246 }, times: 1 },
  { name: "Path, twice as large", part: { x: 0, y: 0, width: 310, height: 140 }, times: 2 },
];

console.log(`\n### Motion\n`);
console.log(
  table([timeHeads, ...motionRows("sensitivity 60", seen), ...motionRows("sensitivity 90, from 1 cell", finer)]),
);

function motionRows(name: string, { closed, until }: Looked): string[][] {
  return regions.map((region, index) => {
    const spans = closed(1 + index);
    const score = judgeTimes((second) => movesIn(region.frame, second), spans, { until, holdS });
    return timeRow(`${region.name}, ${name}`, score, spans);
  });
}

console.log(`\n### Smart motion\n`);
const smartRows: string[][] = [];
for (const { name, part, times } of views) {
  const path = streetClip({ ...whole, width: part.width * times, height: part.height * times, part });
  for (const sensitivity of ["high", "middle", "low"] as const) {
    const view = await lookAt({ path, settings: { motion: { regions: [], holdS }, smart: { ...smart, sensitivity } } });
    const frame: Frame = [part.x, part.y, part.x + part.width, part.y + part.height];
    const judged = { until: view.until, holdS };
    const people = judgeTimes((second) => movesIn(frame, second), view.closed(21), judged);
    smartRows.push(timeRow(`${name}: people, ${sensitivity}`, people, view.closed(21)));
    const vehicles = judgeTimes(() => "no", view.closed(22), judged);
    smartRows.push(timeRow(`${name}: vehicles (none), ${sensitivity}`, vehicles, view.closed(22)));
  }
}
console.log(table([timeHeads, ...smartRows]));

console.log(`\n### Rules\n`);
const ruleRows = streetRules.map((rule, index) => {
  const spans = seen.closed(11 + index);
  const name = `${index + 1} ${rule.name}: ${rule.kind === "inside" ? (rule.stayS === 0 ? "appear" : `loitering ${rule.stayS} s`) : rule.deed}`;
  if (rule.kind === "inside")
    return timeRow(
      name,
      judgeTimes((second) => staysAt(rule, second), spans, { until: seen.until, holdS: 1 }),
      spans,
    );
  if (values.spans) console.log(name, spansText(spans));
  const score: Score = judgeDeeds(deedsOf(rule), spans, seen.until);
  return [name, ...[score.happened, score.found, score.told, score.false].map(String), "", ""];
});
console.log(table([timeHeads, ...ruleRows]));

console.log(`\n### People, a picture a second\n`);
const peopleHeads = ["", "labelled", "found", "missed", "false", "precision", "recall"];
const asPeople = (objects: Looked["looks"][number]["objects"]): SeenPerson[] =>
  objects
    .filter(({ label, confidence }) => label === "person" && confidence >= 0.4)
    .map(({ foot }) => ({ x: foot.x * width, y: foot.y * height }));
const followed = countPeople((second) => {
  const look = seen.looks.find((one) => Math.abs(one.second - second) < 0.05);
  return look === undefined ? undefined : asPeople(look.objects);
});
const peopleRows = [["followed, ≥ 0.4", ...followed]];
const folder = mkdtempSync(join(tmpdir(), "reed-street-"));
try {
  if (!values["no-hog"]) peopleRows.push(...hogRows());
  console.log(table([peopleHeads, ...peopleRows]));
  if (!values["no-motion"]) await besideMotion();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function hogRows(): string[][] {
  const filter = ["-vf", `select='not(mod(n,${fps}))'`, "-vsync", "0", join(folder, "%03d.png")];
  execFileSync("ffmpeg", ["-v", "error", "-i", streetClip(whole), ...filter]);
  const pictures = readdirSync(folder).sort();
  const script = join(import.meta.dirname, "hog.py");
  const lines = execFileSync("/usr/bin/python3", [script, ...pictures.map((name) => join(folder, name))]);
  const found = lines
    .toString()
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as HogLine);
  return [1, 2].map((size) => {
    const of = found.filter((line) => line.size === size);
    const people = (second: number): SeenPerson[] | undefined =>
      of[second]?.boxes.map(([left, , right, bottom]) => ({ x: (left + right) / 2, y: bottom }));
    return [`OpenCV HOG, ${size} × its size`, ...countPeople(people)];
  });
}

interface HogLine {
  readonly size: number;
  readonly boxes: readonly (readonly [number, number, number, number, number])[];
}

async function besideMotion(): Promise<void> {
  console.log(`\n### Debian's motion, event_gap 1; motion from ${judgedFrom} s on as above\n`);
  const cases = [1500, 300].flatMap((threshold) => regions.map((region) => ({ region, threshold })));
  const rows = (await motionOnRegions(streetClip(whole), join(folder, "motion"), cases)).map(
    ({ region, threshold, spans }) => {
      const score = judgeTimes((second) => movesIn(region.frame, second), spans, { until: seen.until, holdS });
      return timeRow(`${region.name}, threshold ${threshold}`, score, spans);
    },
  );
  console.log(table([timeHeads, ...rows]));
}

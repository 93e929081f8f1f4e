import assert from "node:assert/strict";
import { test } from "node:test";
import { allCells, cells, hexOfCells, noCells } from "../domain/detection/motion-grid.ts";
import { boardBody, boardBodyOf, boardRow } from "./board.ts";
import { issuesWords } from "./issue-words.ts";
import { refusalInGerman } from "./sentences/fields.ts";

const region = { name: "Gate", cells: hexOfCells(allCells()) };
const at = (...points: readonly (readonly [number, number])[]) => points.map(([x, y]) => ({ x, y }));
const square = at([0, 0], [100, 0], [100, 100], [0, 100]);
const fence = { rule: 1, kind: "tripwire", name: "Fence", targets: ["human"], line: at([0, 4000], [8191, 4000]) };
const yard = { rule: 2, kind: "intrusion", name: "Yard", targets: ["human", "vehicle"], area: square };
const read = (settings: object) =>
  boardBody.safeParse({ name: "Yard", driver: { kind: "video-detection", channel: 3, ...settings } });
const refused = (settings: object): string =>
  issuesWords((read(settings).error?.issues ?? []).map((issue) => ({ ...issue }))).replaceAll("driver.", "");

test("what is left out of a camera's detection has its usual value; what is absent is off", () => {
  const { data } = read({ motion: { regions: [region] }, tamper: {}, audio: { rise: {} }, rules: [fence, yard] });
  assert.deepEqual(data?.driver, {
    kind: "video-detection",
    channel: 3,
    motion: { regions: [{ ...region, sensitivity: 60, threshold: 6 }], holdS: 5 },
    tamper: { sensitivity: 3 },
    audio: { rise: { sensitivity: 50, threshold: 50 } },
    rules: [
      { ...fence, enabled: true, sensitivity: 5, direction: "both" },
      { ...yard, enabled: true, sensitivity: 5, action: "cross", direction: "enter" },
    ],
  });
  const row = boardRow(boardBody.parse({ name: "Yard", driver: data.driver }), 7, () => "");
  assert.deepEqual(
    boardRow(boardBody.parse(boardBodyOf(row)), 7, () => ""),
    row,
    "a backup brings the same row back",
  );
});

const regions = (count: number) => ({ motion: { regions: Array.from({ length: count }, () => region) } });
const ofCamera = (rule: number) => ({ rule, name: "Drive", said: "Drive" });
const many = Array.from({ length: 21 }, (_, index) => [index * 10, index * index] as const);
const cases: readonly (readonly [object, RegExp])[] = [
  [regions(0), /motion\.regions: must have at least one region/],
  [regions(5), /motion\.regions: can be 4 at most/],
  [{ motion: { regions: [{ ...region, cells: hexOfCells(noCells()) }] } }, /cells: must have at least one cell/],
  [{ motion: { regions: [{ ...region, cells: "ff" }] } }, new RegExp(`cells: must be ${cells / 4} hexadecimal digits`)],
  [{ motion: { regions: [{ ...region, threshold: 101 }] } }, /threshold: must be at most 100/],
  [{ motion: { regions: [region], holdS: 601 } }, /holdS: must be at most 600/],
  [{ tamper: { sensitivity: 7 } }, /tamper\.sensitivity: must be at most 6/],
  [{ rules: [{ ...fence, line: at([0, 0]) }] }, /line: must have at least two points/],
  [{ rules: [{ ...fence, line: at(...many) }] }, /line: can have 20 points at most/],
  [{ rules: [{ ...fence, line: at([0, 0], [0, 8192]) }] }, /y: must be at most 8191/],
  [{ rules: [{ ...fence, targets: [] }] }, /targets: must name at least one class/],
  [{ rules: [{ ...yard, area: at([0, 0], [5, 5]) }] }, /area: must have at least three points/],
  [{ rules: [{ ...yard, area: at([0, 0], [9, 9], [9, 0], [0, 9]) }] }, /area: must not cross itself/],
  [{ rules: [fence, { ...yard, rule: 1 }] }, /rules: must have a number each/],
  [{ rules: [fence], own: { kind: "dahua", rules: [ofCamera(1)] } }, /own\.rules: must have a number each/],
  [{ own: { kind: "dahua", rules: [ofCamera(4), ofCamera(4)] } }, /own\.rules: must have a number each/],
  [{ rules: Array.from({ length: 11 }, (_, index) => ({ ...fence, rule: (index % 10) + 1 })) }, /can be 10 at most/],
  [{ rules: [{ ...fence, rule: 11 }] }, /rule: must be at most 10/],
];

test("what can't be drawn or set is refused with its place and why, in both languages", () => {
  for (const [settings, why] of cases) {
    assert.match(refused(settings), why);
    assert.notEqual(refusalInGerman(refused(settings)), undefined, refused(settings));
  }
});

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { runsOfCells } from "./timeline-cells.ts";

const hour = 3_600_000;
const all = { from: 0, to: 1000 * hour };

test("hours that were recorded whole are one run; one with a hole in it is a run of its own that says how much", () => {
  const cells = [
    { cell: 1, covered: hour },
    { cell: 2, covered: hour },
    { cell: 3, covered: hour / 2 },
    { cell: 4, covered: hour },
    { cell: 7, covered: 60_000 },
  ];
  assert.deepEqual(runsOfCells(cells, hour, all), [
    { from: hour, to: 3 * hour, share: 1 },
    { from: 3 * hour, to: 4 * hour, share: 0.5 },
    { from: 4 * hour, to: 5 * hour, share: 1 },
    { from: 7 * hour, to: 8 * hour, share: 1 / 60 },
  ]);
});

test("an hour of which ten seconds are missing is not drawn with its whole neighbours", () => {
  const cells = [1, 2, 3].map((cell) => ({ cell, covered: cell === 2 ? hour - 10_000 : hour }));
  assert.deepEqual(
    runsOfCells(cells, hour, all).map(({ share }) => share === 1),
    [true, false, true],
  );
});

test("the outermost runs begin and end with the footage", () => {
  const bounds = { from: 1.5 * hour, to: 2.25 * hour };
  const cells = [
    { cell: 1, covered: hour / 2 },
    { cell: 2, covered: hour / 4 },
  ];
  assert.deepEqual(runsOfCells(cells, hour, bounds), [{ ...bounds, share: 1 }]);
});

test("a gap every minute is one run of all the year, and never says that all was recorded", () => {
  const cells = Array.from({ length: 8760 }, (_, cell) => ({ cell, covered: 60 * 58_000 }));
  const runs = runsOfCells(cells, hour, { from: 0, to: 8760 * hour });
  assert.equal(runs.length, 1);
  assert.ok(Math.abs((runs[0]?.share ?? 0) - 58 / 60) < 1e-9);
});

test("runs are disjoint and in order, and together they hold what the cells hold", () => {
  const cell = fc.record({ cell: fc.nat(60), covered: fc.integer({ min: 0, max: hour }) });
  fc.assert(
    fc.property(fc.uniqueArray(cell, { selector: (one) => one.cell }), (some) => {
      const cells = some.toSorted((a, b) => a.cell - b.cell);
      const runs = runsOfCells(cells, hour, all);
      runs.forEach((run, i) => assert.ok(run.from >= (runs[i - 1]?.to ?? 0) && run.to > run.from && run.share <= 1));
      const held = runs.reduce((sum, { from, to, share }) => sum + (to - from) * share, 0);
      assert.ok(Math.abs(held - cells.reduce((sum, { covered }) => sum + covered, 0)) < 1);
      for (const { share, from, to } of runs.filter((run) => run.share >= 1)) {
        const missing = cells.some(
          (one) => one.covered < hour * 0.9999 && one.cell * hour >= from && one.cell * hour < to,
        );
        assert.ok(!missing, `says ${share}`);
      }
    }),
  );
});

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { instant, wallTime } from "../../kernel/time.ts";
import { createCoverage, type Run } from "../recording/coverage.ts";
import { evaluateHold, preRecordOf, type HoldWindow } from "./evaluate.ts";
import { createOutages } from "./outages.ts";

const run = (from: number, to: number, keys: number[] = [from], joins = false): Run => ({
  ...{ from: instant(from), to: instant(to), fromWall: wallTime(from), toWall: wallTime(to), joins },
  keys: keys.map(instant),
});
const windowOf = (edge: number, preMs: number, end: number): HoldWindow => ({
  ...{ edge: instant(edge), edgeWall: wallTime(edge), preMs, end: instant(end) },
});
const why = () => "because";

test("footage from the key frame before the asked time to beyond the end is done, and counts from that key frame", () => {
  const coverage = createCoverage();
  coverage.add(run(0, 60_000, [0, 2000, 4000, 6000]));
  const result = evaluateHold(windowOf(10_000, 5000, 20_000), coverage, why);
  assert.deepEqual(result, {
    ...{ result: "done", reason: "", preAchievedMs: 6000, gaps: [] },
    ...{ from: wallTime(4000), to: wallTime(20_000) },
  });
});

test("a result is `done` exactly when every millisecond of the window is covered, and its gaps are the rest", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 400 })), { maxLength: 12 }),
      fc.integer({ min: 500, max: 3000 }),
      fc.integer({ min: 0, max: 500 }),
      fc.integer({ min: 1, max: 1500 }),
      (steps, edge, pre, post) => {
        const coverage = createCoverage();
        const covered: [number, number][] = [];
        let at = 0;
        for (const [hole, length] of steps) {
          coverage.add(run(at + hole, at + hole + length));
          covered.push([at + hole, at + hole + length]);
          at += hole + length;
        }
        const window = windowOf(edge, pre, edge + post);
        const result = evaluateHold(window, coverage, why);
        const [from, to] = [edge - pre, edge + post];
        const kept = covered.reduce((sum, [a, b]) => sum + Math.max(0, Math.min(b, to) - Math.max(a, from)), 0);
        const lacking = result.gaps.reduce((sum, gap) => sum + gap.to - gap.from, 0);
        const unclaimed = to - from - kept - lacking;
        assert.ok(unclaimed >= 0 && unclaimed <= 250, "only the very end may lack a picture without being a gap");
        assert.equal(result.result === "done", result.gaps.length === 0 && result.from !== undefined);
        if (result.result === "failed") assert.equal(result.from, undefined);
      },
    ),
  );
});

test("a pre-record with a hole says so, one without anything before the edge says nothing at all", () => {
  const coverage = createCoverage();
  coverage.add(run(0, 6000));
  coverage.add(run(8000, 30_000));
  const pre = preRecordOf(windowOf(10_000, 5000, 20_000), coverage, why);
  assert.deepEqual(pre, { preAchievedMs: 10_000, short: "2.0 s missing: because" });
  assert.equal(preRecordOf(windowOf(40_000, 5000, 50_000), coverage, why), undefined);
});

test("footage read from the files after a restart is put before what has come since, and a rewritten range counts once", () => {
  const coverage = createCoverage();
  coverage.add(run(10_000, 20_000));
  coverage.add(run(18_000, 22_000, [18_000]));
  coverage.putBefore([run(1000, 5000), run(5040, 9000, [], true), run(12_000, 13_000)]);
  assert.deepEqual(
    coverage.touching(instant(0), instant(99_000)).map(({ from, to }) => [from, to]),
    [
      [1000, 9000],
      [10_000, 22_000],
    ],
  );
  coverage.forget(instant(9500));
  assert.equal(coverage.start, 10_000);
});

test("of several outages the one that explains most of a gap is its reason; without any the camera sent nothing", () => {
  const outages = createOutages();
  outages.begin("camera", instant(1000), "camera down: refused");
  outages.end("camera", instant(4000));
  outages.add(instant(3000), instant(3500), "memory");
  assert.equal(outages.reasonFor(instant(0), instant(5000)), "camera down: refused");
  assert.equal(outages.reasonFor(instant(5000), instant(6000)), "the camera sent no pictures that can be shown");
  const mostlyUnknown = outages.reasonFor(instant(3900), instant(6000));
  assert.equal(mostlyUnknown, "the camera sent no pictures that can be shown", "100 ms do not explain two seconds");
});

test("footage after a hole counts from its first key frame on: what comes before can't be shown", () => {
  const coverage = createCoverage();
  coverage.add(run(0, 10_000));
  coverage.add(run(14_000, 14_400, []));
  coverage.add(run(14_440, 14_900, [], true));
  coverage.add(run(14_940, 30_000, [15_000], true));
  const result = evaluateHold(windowOf(16_500, 2000, 20_000), coverage, why);
  assert.deepEqual(result.gaps, [{ from: wallTime(14_500), to: wallTime(15_000), reason: "because" }]);
  assert.equal(result.preAchievedMs, 1500);
});

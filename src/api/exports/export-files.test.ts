import assert from "node:assert/strict";
import { test } from "node:test";
import { wallTime } from "../../kernel/time.ts";
import { fileName, runsOf } from "./export-files.ts";

const row = (from: number, to: number) => ({ startWall: wallTime(from), endWall: wallTime(to) });

test("a hole between segments ends a file; pauses of a second do not, nor does the span's edge", () => {
  const span = { from: 5000, to: 90_000 };
  assert.deepEqual(runsOf([row(0, 20_000), row(20_900, 30_000)], span), [{ from: 5000, to: 90_000 }]);
  assert.deepEqual(runsOf([row(0, 20_000), row(40_000, 60_000), row(10_000, 70_000)], span), [
    { from: 5000, to: 30_000 },
    { from: 30_000, to: 90_000 },
  ]);
  assert.deepEqual(runsOf([], span), []);
});

test("files are named so that every file system takes them", () => {
  assert.equal(fileName({ channel: 3, name: "Hof Süd / Tor" }, 0, 1), "camera-03-hof-sud-tor.mp4");
  assert.equal(fileName({ channel: 12, name: "../../etc" }, 1, 2), "camera-12-etc-part-2.mp4");
  assert.equal(fileName({ channel: 1, name: "門" }, 0, 1), "camera-01.mp4");
});

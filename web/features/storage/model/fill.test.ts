import assert from "node:assert/strict";
import { test } from "node:test";
import { fillOf, lastDays } from "./fill.ts";

test("footage, other files and free room make up the whole disk, alarms drawn last", () => {
  const fill = fillOf({
    causes: [
      { cause: "alarm", bytes: 10 },
      { cause: "continuous", bytes: 30 },
    ],
    limitBytes: 80,
    live: { totalBytes: 100, freeBytes: 40, usedBytes: 40 },
  });
  assert.deepEqual(
    fill.parts.map(({ what, share }) => [what, share]),
    [
      ["continuous", 0.3],
      ["alarm", 0.1],
      ["other", 0.2],
      ["free", 0.4],
    ],
  );
  assert.equal(fill.limit, 0.8);
});

test("what was recorded since it was counted is not called somebody else's", () => {
  const fill = fillOf({
    causes: [{ cause: "continuous", bytes: 30 }],
    live: { totalBytes: 100, freeBytes: 65, usedBytes: 35 },
  });
  assert.deepEqual(
    fill.parts.map(({ what }) => what),
    ["continuous", "free"],
  );
});

test("of a disk that is not there no bar is drawn", () => {
  assert.deepEqual(fillOf({ causes: [{ cause: "alarm", bytes: 1 }] }), { parts: [] });
});

test("days are counted back over the end of a month", () => {
  assert.deepEqual(lastDays("2026-03-01", 3), ["2026-02-27", "2026-02-28", "2026-03-01"]);
});

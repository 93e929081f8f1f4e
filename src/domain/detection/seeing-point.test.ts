import assert from "node:assert/strict";
import { test } from "node:test";
import { seeingPointOf } from "./seeing-point.ts";

test("a contact that pictures close is known by its board; a door has none", () => {
  const config = {
    boards: [
      { board: 1, driver: { kind: "virtual" } },
      { board: 2, driver: { kind: "video-detection", channel: 3 } },
    ],
    inputs: [
      { input: 1, board: 1, point: 1 },
      { input: 2, board: 2, point: 21 },
    ],
  } as unknown as Parameters<typeof seeingPointOf>[0];
  assert.deepEqual(
    [seeingPointOf(config, 2), seeingPointOf(config, 1), seeingPointOf(config, 9)],
    [{ channel: 3, point: 21 }, undefined, undefined],
  );
});

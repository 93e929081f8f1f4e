import assert from "node:assert/strict";
import { test } from "node:test";
import { detailsOf } from "./audit-details.ts";

const time = (wall: number) => `time ${wall}`;

test("details are shown one by one, moments as times", () => {
  assert.deepEqual(detailsOf({ channel: 2, from: 1000, note: "" }, time), [
    { key: "channel", value: "2" },
    { key: "from", value: "time 1000" },
  ]);
  assert.deepEqual(detailsOf({ rights: { live: [1, 2], playback: [] } }, time), [
    { key: "rights", value: "live 1, 2, playback –" },
  ]);
});

test("a line without details has none", () => {
  assert.deepEqual([detailsOf({}, time), detailsOf(undefined, time), detailsOf("x", time)], [[], [], []]);
});

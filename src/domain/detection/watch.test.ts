import assert from "node:assert/strict";
import { test } from "node:test";
import { instant } from "../../kernel/time.ts";
import { blindGraceMs, detectionTroubles, processGraceMs } from "./watch.ts";

const nameOf = (channel: number) => `Camera ${channel}`;
const at = (ms: number) => instant(1000 + ms);
const blind = (...rows: readonly (readonly [number, number])[]) =>
  new Map(rows.map(([channel, since]) => [channel, { since: at(since), reason: "no picture" }]));

test("a process that is away is a trouble after its grace, one for all cameras", () => {
  const health = { awaySince: at(0), blind: blind([3, 0]) };
  assert.deepEqual(detectionTroubles(health, nameOf, at(processGraceMs - 1)), {
    troubles: [],
    next: at(processGraceMs),
  });
  const { troubles, next } = detectionTroubles(health, nameOf, at(3 * blindGraceMs));
  assert.deepEqual([troubles.map(({ key }) => key), next], [["detection:process"], undefined]);
});

test("each camera that is not looked at for a minute is a trouble of its own, with its name and why", () => {
  const health = { blind: blind([3, 0], [4, 20_000]) };
  const early = detectionTroubles(health, nameOf, at(blindGraceMs));
  assert.deepEqual(early.troubles, [
    { key: "detection:3", what: "the pictures of Camera 3 are not looked at: no picture" },
  ]);
  assert.equal(early.next, at(20_000 + blindGraceMs));
  assert.equal(detectionTroubles(health, nameOf, at(20_000 + blindGraceMs)).troubles.length, 2);
  assert.deepEqual(detectionTroubles({ blind: new Map() }, nameOf, at(0)), { troubles: [] });
});

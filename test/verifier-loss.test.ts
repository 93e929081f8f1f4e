/** What the verifier calls lost with a kill: what was sent and is in no file, not what a camera never sent. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkLoss } from "./verifier/footage.ts";
import type { RecordedUnit } from "./verifier/units.ts";

const killedAt = 20_000;

/** Units sent at these times to one client that was connected until the kill, those below `kept` in the files. */
function lossOf(sentAt: readonly number[], kept: number): string[] {
  const to = [1];
  const units = sentAt.map((sent, number) => ({
    number,
    key: number % 10 === 0,
    rtpTime: 0,
    sent,
    to,
    damaged: false,
  }));
  const recorded = new Map(units.slice(0, kept).map((unit) => [unit.number, {} as RecordedUnit]));
  const facts = { units: new Map([[1, recorded]]), receipts: [], inputs: [], from: 0 };
  return checkLoss(
    facts,
    1,
    { units, clients: [{ client: 1, from: 0, to: killedAt + 20 }] },
    { what: "all", at: killedAt },
  );
}

const every100ms = (from: number, to: number) => Array.from({ length: (to - from) / 100 }, (_, i) => from + i * 100);

test("two pictures behind a pause of the camera are a loss of a tenth of a second, not of the pause", () => {
  const sentAt = [...every100ms(10_000, 15_000), 19_870, 19_970];
  assert.deepEqual(lossOf(sentAt, sentAt.length - 2), []);
});

test("more than a second and a half of what was sent is too much, with a pause before it or without", () => {
  const steady = every100ms(10_000, killedAt);
  assert.deepEqual(lossOf(steady, steady.length - 15), []);
  assert.match(lossOf(steady, steady.length - 16)[0] ?? "", /lost 1600 ms of footage, more than 1500 ms/);
  const paused = [...every100ms(10_000, 12_000), ...every100ms(18_000, killedAt)];
  assert.match(lossOf(paused, 20)[0] ?? "", /lost 2000 ms of footage/);
  assert.match(lossOf(steady, 0)[0] ?? "", /lost 10000 ms of footage/);
});

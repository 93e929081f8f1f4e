import assert from "node:assert/strict";
import { test } from "node:test";
import { lacking } from "./which-stream.ts";

const row = (startWall: number, endWall: number) => ({ startWall, endWall });
const range = { from: 1000, to: 9000 };

test("what the sub stream lacks is what only the main stream has, inside the span, counted once", () => {
  assert.equal(lacking([row(0, 5000), row(5000, 20_000)], [row(0, 20_000)], range), 0);
  assert.equal(lacking([row(0, 5000), row(5000, 20_000)], [row(0, 4000), row(6000, 20_000)], range), 2000);
  assert.equal(lacking([row(2000, 4000)], [row(0, 900)], range), 2000);
  assert.equal(lacking([row(2000, 4000), row(3000, 4000)], [], range), 2000);
  assert.equal(lacking([row(2000, 4000)], [row(1000, 3500), row(3000, 4000)], range), 0);
  assert.equal(lacking([], [row(0, 9000)], range), 0);
});

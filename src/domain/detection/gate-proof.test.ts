import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { proofKeptMs, proofText, readProof, type GateProof } from "./gate-proof.ts";

const levels: GateProof = [
  { sure: 12, needed: 8, quietMs: 90_000, openMs: 400 },
  { sure: 0, needed: 16, quietMs: 90_000, openMs: 0 },
];
const wall = 1_800_000_000_000;
const text = proofText({ of: "a street", wall, levels });

test("what was proven is read again, of the same stream alone", () => {
  assert.deepEqual(readProof(text, "a street", wall + 60_000), levels);
  assert.equal(readProof(text, "another street", wall + 60_000), undefined);
});

test("it is forgotten after six hours, and where the clock says that it was written in a time to come", () => {
  assert.deepEqual(readProof(text, "a street", wall + proofKeptMs), levels);
  assert.equal(readProof(text, "a street", wall + proofKeptMs + 1), undefined);
  assert.equal(readProof(text, "a street", wall - 3_600_000), undefined);
});

test("a damaged file is none: cut anywhere, or with levels that can't be", () => {
  fc.assert(
    fc.property(fc.nat(text.length - 1), (length) => {
      assert.equal(readProof(text.slice(0, length), "a street", wall), undefined);
    }),
  );
  const bad = [{ sure: -1 }, { needed: "8" }, { quietMs: Number.NaN }, { openMs: 100_000 }, { openMs: null }];
  for (const one of bad) {
    const kept = { version: 1, of: "a street", wall, levels: [{ ...levels[0], ...one }] };
    assert.equal(readProof(JSON.stringify(kept), "a street", wall), undefined, JSON.stringify(one));
  }
  const other = [{ version: 2, of: "a street", wall, levels }, { version: 1, of: "a street", levels }, [], 7, null];
  for (const one of other) assert.equal(readProof(JSON.stringify(one), "a street", wall), undefined);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { leastCost } from "./assignment.ts";

/** Every way to pair, tried: most pairs first, then least cost. */
function tried(cost: readonly (readonly number[])[]): { pairs: number; sum: number } {
  const columns = cost[0]?.length ?? 0;
  const go = (row: number, used: number): { pairs: number; sum: number } => {
    const line = cost[row];
    if (line === undefined) return { pairs: 0, sum: 0 };
    let best = go(row + 1, used);
    for (let column = 0; column < columns; column++) {
      const value = line[column] ?? Infinity;
      if ((used & (1 << column)) !== 0 || !Number.isFinite(value)) continue;
      const rest = go(row + 1, used | (1 << column));
      const other = { pairs: rest.pairs + 1, sum: rest.sum + value };
      if (other.pairs > best.pairs || (other.pairs === best.pairs && other.sum < best.sum)) best = other;
    }
    return best;
  };
  return go(0, 0);
}

const costs = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })).chain(([rows, columns]) =>
  fc.array(
    fc.array(fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constant(Infinity)), {
      minLength: columns,
      maxLength: columns,
    }),
    {
      minLength: rows,
      maxLength: rows,
    },
  ),
);

test("as many pairs as can be are made, at the least cost that trying all finds", () => {
  fc.assert(
    fc.property(costs, (cost) => {
      const pairs = leastCost(cost);
      const sum = pairs.reduce((all, [row, column]) => all + (cost[row]?.[column] ?? NaN), 0);
      assert.deepEqual({ pairs: pairs.length, sum }, tried(cost));
      assert.equal(new Set(pairs.map(([row]) => row)).size, pairs.length, "a row is used once");
      assert.equal(new Set(pairs.map(([, column]) => column)).size, pairs.length, "a column is used once");
    }),
  );
});

test("nobody to pair with is no error", () => {
  assert.deepEqual(leastCost([]), []);
  assert.deepEqual(leastCost([[], []]), []);
  assert.deepEqual(leastCost([[Infinity]]), []);
});

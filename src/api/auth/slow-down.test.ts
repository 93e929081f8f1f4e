import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { instant, seconds } from "../../kernel/time.ts";
import { createSlowDown } from "./slow-down.ts";

const config = { free: 3, longest: seconds(10), most: 4 };
const now = instant(5000);

test("mistyping costs nothing at first, then the wait doubles up to the longest", () => {
  const slow = createSlowDown(config);
  const waits = Array.from({ length: 9 }, () => {
    slow.refused("a", now);
    return slow.waitMs("a", now);
  });
  assert.deepEqual(waits, [0, 0, 0, 1000, 2000, 4000, 8000, 10_000, 10_000]);
  assert.equal(slow.waitMs("b", now), 0);
  slow.succeeded("a");
  assert.equal(slow.waitMs("a", now), 0);
});

test("however many addresses guess, the memory stays bounded and the latest are remembered", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { minLength: 1, maxLength: 200 }), (addresses) => {
      const slow = createSlowDown({ ...config, free: 0 });
      for (const address of addresses) slow.refused(String(address), now);
      return slow.size <= 4 && slow.waitMs(String(addresses.at(-1)), now) > 0;
    }),
  );
});

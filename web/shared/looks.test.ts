import assert from "node:assert/strict";
import { test } from "node:test";
import { createLooks } from "./looks.ts";

test("an event each 90 ms does not put the next look off; after the last one it is looked at twice again", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let count = 0;
  const looks = createLooks(() => count++);
  for (let ms = 0; ms < 9000; ms += 90) {
    looks.ask();
    t.mock.timers.tick(90);
  }
  assert.ok(count >= 45, `${count} looks in 9 s`);
  t.mock.timers.tick(200);
  const before = count;
  t.mock.timers.tick(10_000);
  assert.equal(count - before, 2);
  looks.ask();
  looks.cancel();
  t.mock.timers.tick(10_000);
  assert.equal(count - before, 2);
});

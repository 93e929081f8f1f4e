import assert from "node:assert/strict";
import { test } from "node:test";
import { clockAhead, clocksAgree } from "./clock.ts";

test("the way of the question does not look like a wrong clock", () => {
  assert.equal(clockAhead({ askedAt: 1000, serverSaid: 1500, answeredAt: 2000 }), 0);
  assert.equal(clockAhead({ askedAt: 1000, serverSaid: 61_100, answeredAt: 1200 }), 60_000);
});

test("a second apart is nothing, a minute is", () => {
  assert.deepEqual([clocksAgree(-900), clocksAgree(60_000), clocksAgree(-60_000)], [true, false, false]);
});

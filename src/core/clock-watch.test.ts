import assert from "node:assert/strict";
import { test } from "node:test";
import type { ClockFacts } from "../domain/clock-trust.ts";
import { fakeClock } from "../testkit/fake-clock.ts";
import { lookMs, watchClock } from "./clock-watch.ts";

function watched(first: ClockFacts) {
  const clock = fakeClock();
  const troubles = new Map<string, string>();
  const state = { facts: first, zone: "Europe/Berlin" };
  const watch = watchClock({
    clock,
    live: { raise: (key, what) => void troubles.set(key, what), settle: (key) => void troubles.delete(key) },
    clockFacts: () => state.facts,
    lastSeen: undefined,
    timeZone: () => state.zone,
  });
  return { clock, troubles, state, watch };
}

test("until a time server answers the clock is a trouble and is not trusted; then both are over", () => {
  const { clock, troubles, state, watch } = watched({ synchronised: "no", hasHardwareClock: false });
  assert.equal(watch.now().trusted, false);
  assert.match(troubles.get("clock") ?? "", /not set yet.*schedules wait/);
  state.facts = { synchronised: "yes", hasHardwareClock: false };
  clock.advance(lookMs);
  assert.equal(watch.now().trusted, true);
  assert.equal(troubles.size, 0);
  watch[Symbol.dispose]();
  assert.equal(clock.nextWake, undefined);
});

test("the clock is that of the site's zone, also after the zone was changed", () => {
  const { clock, state, watch } = watched({ synchronised: "unknown", hasHardwareClock: true });
  const hour = () => Math.floor(watch.now().clock(clock.wall()).second / 3600);
  const berlin = hour();
  state.zone = "UTC";
  assert.equal((berlin - hour() + 24) % 24, 2, "in September");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { localClock } from "../kernel/local-time.ts";
import { hours, instant, minutes, wallTime } from "../kernel/time.ts";
import { emptyConfig } from "../store/config-rows.ts";
import { channel } from "../domain/testdata/site.ts";
import { fakeClock } from "../testkit/fake-clock.ts";
import { recordLookMs, startRecordWatch } from "./record-watch.ts";

/** Monday, 23 November 2026, 18:00 in Berlin. */
const closing = Date.UTC(2026, 10, 23, 17);
const schedules = [
  { schedule: 1, name: "Shop hours", week: Array.from({ length: 7 }, () => [{ fromMin: 480, toMin: 1080 }]) },
];
const byWeek = channel(1, { recordMode: "auto", recordWeek: { general: 1 } });
const private_ = channel(2, { atHome: { modes: ["home"], alarms: "nothing" } });

const berlin = localClock("Europe/Berlin");

function shop() {
  const clock = fakeClock(instant(1_000_000), wallTime(closing - minutes(30)));
  const told: string[] = [];
  const state = { arming: "away", trusted: true };
  const config = { ...emptyConfig(), schedules, channels: [byWeek, private_] };
  const watch = startRecordWatch({
    clock,
    config: () => ({ ...config, site: { ...config.site, timeZone: "Europe/Berlin" } }),
    time: () => ({ clock: berlin, trusted: state.trusted }),
    arming: () => state.arming,
    changed: () => void told.push([byWeek, private_].map((row) => watch.now(row)).join(" ")),
  });
  watch.look();
  return { clock, state, told, watch };
}

test("recorders are told within seconds when a schedule turns, once, and again when it begins", () => {
  const { clock, told, watch } = shop();
  clock.advance(minutes(30) - recordLookMs);
  assert.deepEqual(told, []);
  clock.advance(2 * recordLookMs);
  assert.deepEqual(told, ["alarm continuous"]);
  clock.advance(hours(14));
  assert.deepEqual(told, ["alarm continuous", "continuous continuous"]);
  watch[Symbol.dispose]();
  assert.equal(clock.nextWake, undefined);
});

test("an arming is followed at once, and a clock that is not believed any more gives general footage back", () => {
  const { clock, state, told, watch } = shop();
  state.arming = "home";
  watch.look();
  assert.deepEqual(told, ["continuous off"]);
  clock.advance(hours(1));
  state.trusted = false;
  clock.advance(recordLookMs);
  assert.deepEqual(told, ["continuous off", "alarm off", "continuous off"]);
  watch[Symbol.dispose]();
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { localClock } from "../kernel/local-time.ts";
import { instant, minutes, seconds, wallTime } from "../kernel/time.ts";
import type { LiveEvent } from "../messages/api.ts";
import type { CoreRecord } from "../messages/journal.ts";
import { fakeClock } from "../testkit/fake-clock.ts";
import { autoArmStart, startAutoArm, type AutoArm } from "./auto-arm.ts";
import { world } from "./test-rooms.test.ts";
import { emptyConfig } from "../store/config-rows.ts";

const closing = Date.UTC(2026, 10, 23, 17);
const schedule = {
  ...{ schedule: 1, name: "Shop hours" },
  week: Array.from({ length: 7 }, () => [{ fromMin: 480, toMin: 1080 }]),
};
const autoArm = { schedule: 1, armWhen: "ends", disarm: false, warningMin: 10, notifiers: [2] } as const;

const berlin = localClock("Europe/Berlin");

/** A shop, half an hour before it closes, and what arming by the clock does there. */
function shop(start = closing - minutes(30), kept: readonly CoreRecord[] = []) {
  const clock = fakeClock(instant(1_000_000), wallTime(start));
  const records: CoreRecord[] = [...kept];
  const empty = emptyConfig();
  const site = { ...empty.site, timeZone: "Europe/Berlin", autoArm };
  const said: string[] = [];
  const told: string[] = [];
  const state = { config: { ...empty, site, schedules: [schedule] }, armed: false, trusted: true };
  const stamp = { seq: 1, boot: "b", at: instant(1), wall: wallTime(start) };
  const arming: AutoArm = startAutoArm(
    {
      clock,
      config: () => state.config,
      time: () => ({ clock: berlin, trusted: state.trusted }),
      armed: () => state.armed,
      arm({ armed, by }) {
        state.armed = armed;
        said.push(`${armed ? "armed" : "disarmed"} by ${by} at ${(clock.wall() - closing) / 60_000}`);
      },
      announce: (notifier, { title }) => void told.push(`${notifier}: ${title}`),
      publish: (event: LiveEvent) => {
        if (event.kind === "auto-arm") said.push(event.pending === undefined ? "nothing ahead" : "ahead");
      },
      journal: (record) => void records.push(record),
    },
    autoArmStart(records.map((record) => ({ ...stamp, record }))),
  );
  arming.look();
  return { clock, arming, state, said, told, records };
}

test("it is told ten minutes before, then the site is armed by the schedule's name", () => {
  const { clock, arming, said, told } = shop();
  clock.advance(minutes(20) + seconds(5));
  assert.deepEqual(told, ["2: Reed: arms at 18:00"]);
  assert.equal(arming.pending?.at, closing);
  clock.advance(minutes(10));
  assert.deepEqual(said, ["ahead", "nothing ahead", 'armed by schedule "Shop hours" at 0']);
  arming[Symbol.dispose]();
  assert.equal(clock.nextWake, undefined);
});

test("what was put off stays put off over a restart", () => {
  const first = shop();
  first.clock.advance(minutes(25));
  assert.equal(first.arming.postpone(60), true);
  const second = shop(closing + minutes(20), first.records);
  assert.equal(second.arming.pending?.at, closing + minutes(60));
  second.clock.advance(minutes(45));
  assert.equal(second.state.armed, true);
});

test("without a clock that is believed nothing is armed, and nothing can be put off", () => {
  const { clock, arming, state } = shop();
  state.trusted = false;
  clock.advance(minutes(60));
  assert.equal(state.armed, false);
  assert.equal(arming.postpone(30), false);
});

test("another week is no reason to make up for a closing time that was not planned then", () => {
  const { clock, arming, state } = shop();
  clock.advance(minutes(25));
  assert.ok(arming.postpone(60) && arming.postpone(60));
  clock.advance(minutes(65));
  const longer = { ...schedule, week: schedule.week.map(() => [{ fromMin: 480, toMin: 1110 }]) };
  state.config = { ...state.config, schedules: [longer] };
  arming.look();
  assert.equal(arming.pending, undefined);
  clock.advance(minutes(50));
  assert.equal(state.armed, false);
});

test("core arms at closing time, journals who did, and can be asked to wait", async (t) => {
  const clock = fakeClock(instant(1_000_000), wallTime(closing - minutes(9)));
  const rooms = await world(t, undefined, clock);
  await rooms.ask({ kind: "put", change: { part: "schedule", value: schedule } });
  const { site } = rooms.rooms.site.config();
  const value = { ...site, timeZone: "Europe/Berlin", autoArm: { ...autoArm, notifiers: [] } };
  await rooms.ask({ kind: "put", change: { part: "site", value } });
  assert.equal(rooms.snapshot().autoArm?.schedule, "Shop hours");
  const answer = await rooms.ask({ kind: "postpone-arming", minutes: 30 });
  assert.ok(answer.kind === "reply" && answer.ok);
  clock.advance(minutes(60));
  assert.equal(rooms.snapshot().armed, true);
  assert.ok(rooms.journal().includes("auto-arm"));
  const refused = await rooms.ask({ kind: "postpone-arming", minutes: 30 });
  assert.ok(refused.kind === "reply" && !refused.ok && refused.error.code === "conflict");
});

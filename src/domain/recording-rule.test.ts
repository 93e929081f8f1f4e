import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { localClock } from "../kernel/local-time.ts";
import {
  isGeneral,
  motionGate,
  motionGates,
  privacyGate,
  recordingOf,
  recordModes,
  schedulesOf,
  typesAt,
  type RecordSettings,
} from "./recording-rule.ts";
import { site } from "./testdata/site.ts";

const week = Array.from({ length: 7 }, (_, day) => (day < 5 ? [{ fromMin: 480, toMin: 1080 }] : []));
const holiday = [{ fromMin: 0, toMin: 60 }];
const config = site({
  site: {
    ...{ name: "Test", timeZone: "Europe/Berlin" },
    holidays: [{ date: "2026-11-25", yearly: false, name: "Fair" }],
  },
  schedules: [{ schedule: 1, name: "Office hours", week, holiday }],
});
const clock = localClock("Europe/Berlin");
const time = { clock, trusted: true };
/** Monday, 23 November 2026. */
const at = (hour: number, day = 23) => Date.UTC(2026, 10, day, hour - 1);
const facts = (hour: number, day?: number) => ({ wall: at(hour, day), time, arming: "away" });

const byWeek: RecordSettings = { recordMode: "auto", recordWeek: { general: 1 } };

test("in mode auto general footage is recorded inside its schedule, and alarms alone outside it", () => {
  assert.deepEqual(recordingOf(config, byWeek, facts(9)), {
    ...{ now: "continuous", motion: false, because: "inside", schedule: 1 },
  });
  assert.deepEqual(recordingOf(config, byWeek, facts(20)), {
    ...{ now: "alarm", motion: false, because: "outside", schedule: 1 },
  });
  assert.equal(recordingOf(config, byWeek, facts(9, 28)).now, "alarm", "Saturday");
  assert.equal(recordingOf(config, byWeek, facts(9, 25)).now, "alarm", "a holiday goes by its own row");
  assert.equal(recordingOf(config, { recordMode: "auto" }, facts(20)).now, "continuous", "without a week: always");
  const never: RecordSettings = { recordMode: "auto", recordWeek: { general: "never" } };
  assert.equal(recordingOf(config, never, facts(9)).because, "never");
});

test("while the clock is not set, or the schedule is gone, nothing is held back by it", () => {
  const unset = { ...facts(20), time: { clock, trusted: false } };
  assert.deepEqual(
    [recordingOf(config, byWeek, unset), recordingOf(config, { ...byWeek, recordWeek: { general: 9 } }, facts(20))].map(
      ({ now, because }) => [now, because],
    ),
    [
      ["continuous", "clock-not-set"],
      ["continuous", "always"],
    ],
  );
});

test("at home nothing but alarms is recorded, or not even those, whatever the mode", () => {
  const home = { ...facts(9), arming: "home" };
  for (const recordMode of ["auto", "continuous", "alarm"] as const) {
    const kept: RecordSettings = { recordMode, atHome: { modes: ["home", "disarmed"], alarms: "record" } };
    const none: RecordSettings = { recordMode, atHome: { modes: ["home", "disarmed"], alarms: "nothing" } };
    assert.deepEqual([recordingOf(config, kept, home).now, recordingOf(config, none, home).now], ["alarm", "off"]);
    assert.equal(privacyGate(kept, "home"), undefined);
    assert.equal(privacyGate(none, "home"), "off for privacy while armed as home");
    assert.equal(privacyGate(none, "disarmed"), "off for privacy while disarmed");
    assert.equal(recordingOf(config, none, facts(9)).now, recordMode === "alarm" ? "alarm" : "continuous");
  }
});

const when = fc.constantFrom("always" as const, "never" as const, 1, 9);
const settings = fc.record(
  {
    recordMode: fc.constantFrom(...recordModes),
    recordWeek: fc.record({ general: when, motion: when }, { requiredKeys: ["general"] }),
    atHome: fc.record({
      modes: fc.subarray(["home", "disarmed", "night"]),
      alarms: fc.constantFrom("record" as const, "nothing" as const),
    }),
  },
  { requiredKeys: ["recordMode"] },
);
const moment = fc.record({
  wall: fc.integer({ min: at(0), max: at(0) + 14 * 86_400_000 }),
  arming: fc.constantFrom("disarmed", "home", "night", "away"),
  time: fc.constantFrom(undefined, time, { clock, trusted: false }),
});
const happening = fc.record({ held: fc.boolean(), moving: fc.boolean(), intelligent: fc.boolean() });

test("what an alarm holds is recorded at every time in every mode, unless the channel is off for privacy", () => {
  fc.assert(
    fc.property(settings, moment, happening, (channel, now, is) => {
      const types = typesAt(recordingOf(config, channel, now), { ...is, held: true });
      assert.equal(types.includes("alarm"), privacyGate(channel, now.arming) === undefined);
      if (!types.includes("alarm")) assert.deepEqual(types, []);
    }),
  );
});

test("a schedule takes away general footage and motion only, and only where the clock is believed", () => {
  fc.assert(
    fc.property(settings, moment, happening, (channel, now, is) => {
      const types = typesAt(recordingOf(config, channel, now), is);
      const always: RecordSettings = { ...channel, recordWeek: { general: "always", motion: "always" } };
      const most = typesAt(recordingOf(config, always, now), is);
      const lost = most.filter((type) => !types.includes(type));
      assert.ok(types.every((type) => most.includes(type)));
      assert.ok(lost.every((type) => type === "general" || type === "motion"));
      if (lost.includes("general") && channel.recordWeek?.general === 1) assert.equal(now.time?.trusted, true);
      if (channel.recordMode !== "auto") assert.deepEqual(lost, []);
    }),
  );
});

test("what a recorder is told is what the rule allows: nothing when private, all only when it is general", () => {
  fc.assert(
    fc.property(settings, moment, (channel, now) => {
      const decision = recordingOf(config, channel, now);
      assert.equal(decision.now === "off", privacyGate(channel, now.arming) !== undefined);
      const quiet = typesAt(decision, { held: false, moving: false, intelligent: false });
      assert.deepEqual(quiet, decision.now === "continuous" ? ["general"] : []);
      if (decision.schedule !== undefined) assert.ok(schedulesOf(channel).includes(decision.schedule));
    }),
  );
});

test("a file says itself whether it is general; one of an older version goes by the mode of its channel", () => {
  assert.equal(isGeneral({ cause: "general" }, "alarm"), true);
  assert.equal(isGeneral({ cause: "holds" }, "continuous"), false);
  assert.deepEqual(
    (["auto", "continuous", "alarm", "off", undefined] as const).map((mode) => isGeneral({}, mode)),
    [true, true, false, false, false],
  );
});

test("motion that is no alarm has a gate exactly where it is not recorded, and says which", () => {
  fc.assert(
    fc.property(settings, moment, (channel, now) => {
      const gate = motionGate(config, channel, now);
      const types = typesAt(recordingOf(config, channel, now), { held: false, moving: true, intelligent: false });
      const isPrivate = privacyGate(channel, now.arming) !== undefined;
      assert.equal(gate === undefined, types.includes("motion") || isPrivate);
      if (gate === motionGates.never) assert.equal(channel.recordWeek?.motion ?? "never", "never");
    }),
  );
});

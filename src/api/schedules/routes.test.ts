import assert from "node:assert/strict";
import { test } from "node:test";
import { wallTime } from "../../kernel/time.ts";
import type { ConfigChange } from "../../messages/api.ts";
import { quietState, testSite } from "../test-site.test.ts";

const office = {
  name: "Office hours",
  week: {
    monday: [
      { from: "08:00", to: "12:00" },
      { from: "13:00", to: "18:00" },
    ],
  },
};

test("a schedule goes in and out as times of day, and is kept as minutes", async (t) => {
  const site = await testSite(t);
  const made = await site.send("POST", "/api/schedules", site.session(), { ...office, holiday: [] });
  assert.equal(made.status, 201);
  assert.deepEqual(made.body, {
    schedule: 1,
    name: "Office hours",
    week: { ...office.week, tuesday: [], wednesday: [], thursday: [], friday: [], saturday: [], sunday: [] },
    holiday: [],
  });
  assert.deepEqual(site.asked.at(-1)?.command, {
    kind: "put",
    change: {
      part: "schedule",
      value: {
        schedule: 1,
        name: "Office hours",
        week: [
          [
            { fromMin: 480, toMin: 720 },
            { fromMin: 780, toMin: 1080 },
          ],
          ...Array.from({ length: 6 }, () => []),
        ],
        holiday: [],
      },
    },
  });
});

test("periods that overlap, end before they begin or are too many are refused with a sentence", async (t) => {
  const site = await testSite(t);
  const put = (monday: readonly object[]) =>
    site.send("POST", "/api/schedules", site.session(), { name: "x", week: { monday } });
  const says = async (monday: readonly object[]) => JSON.stringify((await put(monday)).body);
  assert.match(
    await says([
      { from: "08:00", to: "12:00" },
      { from: "11:00", to: "13:00" },
    ]),
    /overlap/,
  );
  assert.match(await says([{ from: "22:00", to: "06:00" }]), /split it at 24:00/);
  assert.match(await says([{ from: "8:00", to: "25:00" }]), /time of day/);
  const many = (count: number) => Array.from({ length: count }, (_, hour) => hourOf(hour));
  assert.equal((await put(many(24))).status, 201);
  assert.match(await says([...many(24), { from: "24:00", to: "24:00" }]), /at most 24/);
});

const hourOf = (hour: number) => ({
  from: `${String(hour).padStart(2, "0")}:00`,
  to: `${String(hour).padStart(2, "0")}:30`,
});

test("what is active now is told with its end, by the site's zone, and whether the clock may be believed", async (t) => {
  const site = await testSite(t);
  const put = (change: ConfigChange) => site.put({ kind: "config", change });
  put({
    part: "site",
    value: { name: "Home", timeZone: "Europe/Berlin", holidays: [{ date: "2026-11-24", yearly: false, name: "" }] },
  });
  const week = Array.from({ length: 7 }, () => [{ fromMin: 480, toMin: 1440 }]);
  put({ part: "schedule", value: { schedule: 1, name: "Day", week, holiday: [] } });
  site.clock.stepWall(Date.UTC(2026, 10, 23, 9) - site.clock.wall());
  const now = await site.send("GET", "/api/schedules/now", site.key("read"));
  assert.deepEqual(now.body, {
    at: Date.UTC(2026, 10, 23, 9),
    clock: "trusted",
    schedules: [{ schedule: 1, active: true, until: Date.UTC(2026, 10, 23, 23) }],
  });
  site.core.state = { ...quietState, troubles: [{ key: "clock", what: "not set", since: wallTime(1) }] };
  assert.equal(
    ((await site.send("GET", "/api/schedules/now", site.key("read"))).body as { clock: string }).clock,
    "not-set",
  );
});

test("holidays are kept in the site's row, in order, and stay when its name changes", async (t) => {
  const site = await testSite(t);
  const holidays = [
    { date: "2026-12-25", yearly: true, name: "Christmas" },
    { date: "2026-05-01", yearly: true, name: "" },
  ];
  assert.equal((await site.send("PUT", "/api/holidays", site.session(), { holidays })).status, 200);
  const sent = { ...site.asked.at(-1)?.command } as { change: { value: { holidays: { date: string }[] } } };
  assert.deepEqual(
    sent.change.value.holidays.map(({ date }) => date),
    ["2026-05-01", "2026-12-25"],
  );
  await site.send("PATCH", "/api/site", site.session(), { name: "Shop" });
  assert.equal(
    ((await site.send("GET", "/api/holidays", site.key("read"))).body as { holidays: unknown[] }).holidays.length,
    2,
  );
  const twice = await site.send("PUT", "/api/holidays", site.session(), { holidays: [holidays[0], holidays[0]] });
  assert.equal(twice.status, 400);
  const none = await site.send("PUT", "/api/holidays", site.session(), { holidays: [{ date: "2026-02-30" }] });
  assert.equal(none.status, 400);
});

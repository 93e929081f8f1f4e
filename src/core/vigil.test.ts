/** How the parts of the vigil are joined with the live state, the configuration and those who tell people. */
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { join } from "node:path";
import { pino } from "pino";
import type { SiteConfig } from "../domain/site-config.ts";
import { upsPoints } from "../domain/ups.ts";
import { days, instant, minutes, seconds, wallTime } from "../kernel/time.ts";
import type { BoardStatus } from "../messages/api.ts";
import { emptyConfig } from "../store/config-rows.ts";
import { fakeClock } from "../testkit/fake-clock.ts";
import { latencyBook } from "./latency.ts";
import { liveBook } from "./live-book.ts";
import type { Try } from "./notify/ports.ts";
import { newFolder, site as shop } from "./test-rooms.test.ts";
import { startVigil } from "./vigil.ts";

const ups = {
  ...{ board: 4, name: "UPS", enabled: true },
  driver: { kind: "nut", host: "h", port: 3493, ups: "ups", username: "", password: "", pollS: 2, whenLow: "stop" },
} as const;
const notifiers = [
  {
    notifier: 1,
    name: "Phone",
    enabled: true,
    kind: "webhook",
    url: "https://example.org/",
    secret: "",
    snapshot: false,
  },
  { notifier: 2, name: "Watchdog", enabled: true, kind: "heartbeat", url: "https://example.org/beat", everyMin: 5 },
] as const;

/** Sunday, 22 November 2026, noon; a site with a UPS, a webhook and a heartbeat. */
function watchedSite(t: TestContext) {
  const clock = fakeClock(instant(1_000_000), wallTime(Date.UTC(2026, 10, 22, 12)));
  const empty = emptyConfig();
  const state = {
    config: { ...empty, site: { ...shop.site, timeZone: "UTC" }, boards: [ups], notifiers } as unknown as SiteConfig,
    beat: { kind: "taken" } as Try,
  };
  const live = liveBook(clock, {
    engine: () => assert.fail("nobody asks for it"),
    latency: () => latencyBook().stats(),
    alarms: () => ({ unacknowledged: 3 }),
  });
  const troubles = new Set<string>();
  live.onEvent((_, event) => {
    if (event.kind !== "trouble") return;
    if (event.trouble.ended === undefined) troubles.add(event.trouble.key);
    else troubles.delete(event.trouble.key);
  });
  const [beats, told, ended]: [number[], string[], string[]] = [[], [], []];
  const book = { ...live, snapshot: () => ({ ...quiet(troubles), alarms: { unacknowledged: 3 } }) };
  const vigil = startVigil({
    ...{ clock, log: pino({ level: "silent" }), weeklyFile: join(newFolder(t), "weekly.json") },
    rooms: { site: { config: () => state.config }, live: book } as unknown as Parameters<typeof startVigil>[0]["rooms"],
    notifier: {
      tell: (target, { title, text }) => Promise.resolve(void told.push(`${target}: ${title} ${text}`)).then(done),
      tellAll: ({ title }) => Promise.resolve(void told.push(`all: ${title}`)),
    },
    transport: () => (beats.push(clock.wall()), Promise.resolve(state.beat)),
    shutDown: (how) => void ended.push(how),
  });
  t.after(() => vigil[Symbol.dispose]());
  const power = (onBattery: boolean, low: boolean) => {
    const points = [
      { point: upsPoints.onBattery, level: onBattery ? "closed" : "open" },
      { point: upsPoints.batteryLow, level: low ? "closed" : "open" },
      { point: upsPoints.replaceBattery, level: "open" },
    ];
    live.publish({ kind: "board", board: { board: 4, points } as unknown as BoardStatus });
  };
  const pass = async (ms: number) => {
    for (let left = ms; left > 0; left -= minutes(10)) {
      clock.advance(seconds(Math.min(left, minutes(10)) / 1000));
      await settled();
    }
  };
  return { clock, state, live, vigil, troubles, beats, told, ended, power, pass };
}

const done = () => ({ kind: "done" }) as const;
const settled = () => new Promise((resolve) => setImmediate(resolve));
const quiet = (keys: ReadonlySet<string>) => ({ troubles: [...keys].map((key) => ({ key, what: key, since: 1 })) });

test("a heartbeat goes out while all is well, keeps silent with a grave trouble, and one that is refused is a trouble", async (t) => {
  const { live, state, beats, troubles, pass } = watchedSite(t);
  await pass(minutes(20));
  assert.equal(beats.length, 4, "one each 5 min");
  live.raise("recorder:0", "the recorder is away");
  await pass(minutes(30));
  assert.equal(beats.length, 4);
  live.settle("recorder:0");
  state.beat = { kind: "refused", why: "500" };
  await pass(minutes(10));
  assert.ok(troubles.has("heartbeat:2"));
  state.beat = { kind: "taken" } as Try;
  await pass(minutes(10));
  assert.ok(!troubles.has("heartbeat:2"));
});

test("once a channel worked it is told on Monday morning, with what is open", async (t) => {
  const { vigil, told, pass } = watchedSite(t);
  await pass(days(2));
  assert.deepEqual(told, [], "nobody has worked yet");
  vigil.weekly.worked(1);
  await pass(days(7));
  assert.equal(told.length, 1);
  assert.match(told.join(), /^1: .*3/);
});

test("mains lost is a trouble at once and told to all; a battery that is nearly empty stops Reed once that is told", async (t) => {
  const { troubles, told, ended, power, beats, pass } = watchedSite(t);
  power(true, false);
  assert.ok(troubles.has("power:4"));
  await pass(minutes(10));
  assert.deepEqual([told.length, ended, beats], [1, [], []], "on battery no heartbeat says that all is well");
  power(true, true);
  await settled();
  assert.deepEqual(ended, ["stop"]);
  assert.match(told.join(), /the mains is lost, running on battery.*the battery is nearly empty; Reed stops now/);
});

test("a UPS that is removed leaves no trouble behind", (t) => {
  const { state, live, troubles, power } = watchedSite(t);
  power(true, false);
  state.config = { ...state.config, boards: [] };
  live.publish({ kind: "config", part: "board" });
  assert.deepEqual([...troubles], []);
});

test("once it is over it hears of nothing any more: no message, no shutting down", async (t) => {
  const { vigil, told, ended, troubles, power, live, pass } = watchedSite(t);
  vigil[Symbol.dispose]();
  power(true, true);
  live.raise("recorder:0", "the recorder is away");
  await pass(minutes(10));
  assert.deepEqual([told, ended, [...troubles]], [[], [], ["recorder:0"]]);
});

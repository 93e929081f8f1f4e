import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import type { SiteConfig } from "../../domain/site-config.ts";
import { days, hours, wallTime } from "../../kernel/time.ts";
import { createLog } from "../../platform/log.ts";
import { fakeClock } from "../../testkit/fake-clock.ts";
import type { Message, ToldTrouble } from "./message.ts";
import { isWeeklyHour, startWeekly, weeklyReceivers } from "./weekly.ts";

const log = createLog("test", "silent");
const phone = (notifier: number, part: object = {}) =>
  ({
    ...{ notifier, name: "Phone", enabled: true, snapshot: true, kind: "ntfy", url: "", topic: "t", token: "" },
    ...part,
  }) as never;

function setUp(t: TestContext, notifiers: readonly never[], troubles: readonly ToldTrouble[] = []) {
  const folder = mkdtempSync(join(tmpdir(), "reed-weekly-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const clock = fakeClock();
  const told: [number, string][] = [];
  const messages: Message[] = [];
  const deps = {
    ...{ clock, log, file: join(folder, "weekly.json"), unacknowledged: () => 0, troubles: () => troubles },
    config: () => ({ site: { name: "Shop", timeZone: "Europe/Berlin" }, notifiers }) as unknown as SiteConfig,
    tell: (notifier: number, message: Message) => {
      told.push([notifier, message.title]);
      messages.push(message);
      return Promise.resolve({ kind: "done" } as const);
    },
  };
  return { clock, told, messages, deps };
}

test("a channel that has worked gets it every Monday morning, once, and another one does not", (t) => {
  const { clock, told, deps } = setUp(t, [phone(1), phone(2)]);
  const weekly = startWeekly(deps);
  weekly.worked(1);
  clock.advance(days(14));
  assert.deepEqual(told, [
    [1, "Shop: all is well"],
    [1, "Shop: all is well"],
  ]);
});

test("it says which troubles it is about, so that who may not know of one is not told of it", (t) => {
  const trouble = { key: "channel:2", what: "Bedroom is away" };
  const { clock, messages, deps } = setUp(t, [phone(1)], [trouble]);
  startWeekly(deps).worked(1);
  clock.advance(days(7));
  assert.deepEqual(
    messages.map(({ title, troubles, weekly }) => ({ title, troubles, weekly })),
    [{ title: "Shop: 1 trouble", troubles: [trouble], weekly: true }],
  );
});

test("who works is known after a restart, and a restart within the hour says nothing twice", (t) => {
  const { clock, told, deps } = setUp(t, [phone(1)]);
  startWeekly(deps).worked(1);
  clock.advance(days(7));
  assert.equal(told.length, 1);
  startWeekly(deps);
  clock.advance(hours(1));
  assert.equal(told.length, 1);
});

test("who declined, is switched off, or is a heartbeat gets none", () => {
  const all = [phone(1), phone(2, { weekly: false }), phone(3, { enabled: false }), phone(4, { kind: "heartbeat" })];
  assert.deepEqual(weeklyReceivers(all, [1, 2, 3, 4]), [1]);
});

test("Monday nine o'clock is that of the site's zone", () => {
  const monday = Date.UTC(2026, 10, 23, 8, 30);
  assert.equal(isWeeklyHour(wallTime(monday), "Europe/Berlin"), true);
  assert.equal(isWeeklyHour(wallTime(monday), "UTC"), false);
});

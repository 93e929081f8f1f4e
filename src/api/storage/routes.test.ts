import assert from "node:assert/strict";
import { test } from "node:test";
import { days, hours, wallTime } from "../../kernel/time.ts";
import type { VolumeState } from "../../messages/recorder.ts";
import type { StoreIntent } from "../../messages/store.ts";
import { receiptRow, segmentRow } from "../../testkit/store-rows.ts";
import type { ApiDeps } from "../ports.ts";
import { quietState, testSite } from "../test-site.test.ts";

const gb = 1e9;
const state: VolumeState = {
  ...{ volumeId: "v1", path: "/mnt/footage", state: "ready", reason: "", fileSystem: "ext4" },
  ...{ totalBytes: 500 * gb, freeBytes: 300 * gb, usedBytes: 48 * gb, lockedBytes: 0, syncP50Ms: 3, syncP99Ms: 9 },
};

async function siteWithTwoDays(t: Parameters<typeof testSite>[0], machine: Partial<ApiDeps["machine"]> = {}) {
  const site = await testSite(t, { machine });
  site.core.state = { ...quietState, volumes: [state] };
  const now = site.clock.wall();
  const change = { part: "volume", value: { id: "v1", path: "/mnt/footage", maxShare: 0.8, keepDays: 30 } } as const;
  site.put({ kind: "config", change });
  for (let n = 48; n > 0; n--) {
    const startWall = wallTime(now - hours(n));
    const bounds = { startWall, endWall: wallTime(startWall + hours(1)) };
    const segment = segmentRow(`s${48 - n}`, { volumeId: "v1", channel: 1, bytes: gb, ...bounds });
    site.put({ kind: "segment", segment });
  }
  return { site, now, read: site.key("read") };
}

test("a volume tells what is on it, how long it lasts and what goes next", async (t) => {
  const { site, now, read } = await siteWithTwoDays(t);
  const answer = await site.send("GET", "/api/storage", read);
  assert.equal(answer.status, 200, answer.text);
  assert.equal(answer.at("volumes.0.storedBytes"), 48 * gb);
  assert.equal(answer.at("volumes.0.bytesPerDay"), 24 * gb);
  assert.equal(answer.at("volumes.0.live.syncP99Ms"), 9);
  // the larger of 5 % and 10 GB stays free: 48 + 300 − 25
  assert.equal(answer.at("volumes.0.limitBytes"), 323 * gb);
  assert.equal(answer.at("volumes.0.forecast.kind"), "fills");
  assert.equal(answer.at("volumes.0.forecast.at"), now + days((323 - 48) / 24));
  assert.equal(answer.at("volumes.0.next.0.from"), now - hours(48));
  assert.equal(answer.at("volumes.0.next.0.cause"), "space");
});

test("an alarm's footage is told apart, and is not what goes next until somebody has acknowledged it", async (t) => {
  const { site, now, read } = await siteWithTwoDays(t);
  const at = (from: number, to: number) => ({ from: wallTime(now - hours(from)), to: wallTime(now - hours(to)) });
  const alarm: StoreIntent = { kind: "span", channel: 1, cause: "alarm", ...at(47.9, 46.5) };
  site.put({ kind: "span", channel: 1, cause: "continuous", ...at(48, 0) }, alarm);
  site.put({ kind: "receipt", receipt: receiptRow("e1", now - hours(47.5), { alarmId: "a1" }) });
  const answer = await site.send("GET", "/api/storage", read);
  assert.deepEqual(answer.at("volumes.0.causes"), [
    { cause: "continuous", bytes: 46 * gb },
    { cause: "alarm", bytes: 2 * gb },
  ]);
  assert.equal(answer.at("volumes.0.next.0.from"), now - hours(46));
  assert.equal(answer.at("volumes.0.unreviewedBytes"), 2 * gb);
  assert.equal(answer.at("volumes.0.unreviewedCapBytes"), 100 * gb);
  site.put({ kind: "alarm-reviewed", alarmId: "a1", by: "user ann", at: wallTime(now), state: "acknowledged" });
  site.clock.advance(30_000);
  assert.equal((await site.send("GET", "/api/storage", read)).at("volumes.0.next.0.from"), now - hours(48));
});

test("footage that is locked is not what goes next", async (t) => {
  const { site, now, read } = await siteWithTwoDays(t);
  const at = (n: number) => wallTime(now - hours(n));
  const lock = { id: "l1", channel: 1, from: at(48), to: at(46.5), reason: "police", by: "ann", at: at(1) };
  site.put({ kind: "footage-locked", lock });
  assert.equal((await site.send("GET", "/api/storage", read)).at("volumes.0.next.0.from"), now - hours(46));
});

test("days by camera and type are put, refused when they can't be meant, and what goes next follows them", async (t) => {
  const { site, now, read } = await siteWithTwoDays(t);
  const configure = site.key("read", "configure");
  const rules = [{ channel: 1, cause: "continuous", maxDays: 1 }];
  assert.deepEqual((await site.send("PUT", "/api/storage/keep", configure, { rules })).body, { rules });
  assert.deepEqual((await site.send("GET", "/api/storage/keep", read)).body, { rules });
  const next = (await site.send("GET", "/api/storage", read)).at("volumes.0.next.0") as { cause: string; from: number };
  assert.deepEqual([next.cause, next.from], ["age", now - hours(48)]);
  const crossed = { rules: [{ minDays: 5, maxDays: 3 }] };
  const refused = await site.send("PUT", "/api/storage/keep", configure, crossed);
  assert.equal(refused.status, 400);
  assert.match(refused.text, /keeps at least longer than at most/);
});

test("a camera's bytes are told by the days of the site's own zone", async (t) => {
  const { site, now, read } = await siteWithTwoDays(t);
  const zone = "Pacific/Kiritimati";
  site.put({ kind: "config", change: { part: "site", value: { name: "Atoll", timeZone: zone } } });
  const answer = await site.send("GET", "/api/storage", read);
  const told = answer.at("channels.0.days") as { day: string; bytes: number }[];
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(now - hours(1));
  assert.equal(told.at(-1)?.day, today);
  assert.equal(
    told.reduce((sum, { bytes }) => sum + bytes, 0),
    48 * gb,
  );
});

test("footage is counted anew after half a minute, not for every look", async (t) => {
  const { site, read } = await siteWithTwoDays(t);
  const stored = async () => (await site.send("GET", "/api/storage", read)).at("volumes.0.storedBytes");
  await stored();
  site.put({ kind: "segment-deleted", id: "s0" });
  assert.equal(await stored(), 48 * gb);
  site.clock.advance(30_000);
  assert.equal(await stored(), 47 * gb);
});

test("a folder is looked at before it becomes a volume; one that is a volume already is said to be one", async (t) => {
  const { site } = await siteWithTwoDays(t);
  const configure = site.key("configure");
  const look = (path: string) => site.send("GET", `/api/storage/folder?path=${encodeURIComponent(path)}`, configure);
  assert.deepEqual((await look("/mnt/other")).body, { path: "/mnt/other", fits: true, warnings: [] });
  assert.match(String((await look("/mnt/footage")).at("problem")), /is a volume already/);
  assert.equal((await look("/etc/footage")).status, 400);
});

test("groups of volumes are put, say where their cameras are recorded, and are refused when they can't be meant", async (t) => {
  const { site, read } = await siteWithTwoDays(t);
  const configure = site.key("read", "configure");
  const put = (...groups: object[]) => site.send("PUT", "/api/storage/groups", configure, { groups });
  const doors = { name: "Doors", volumes: ["v1"], channels: [1] };
  assert.deepEqual((await put(doors)).body, { groups: [{ ...doors, place: "own", to: "v1" }] });
  site.core.state = { ...quietState, volumes: [{ ...state, state: "missing" }] };
  assert.deepEqual((await site.send("GET", "/api/storage/groups", read)).body, {
    groups: [{ ...doors, place: "none" }],
  });
  assert.match((await put({ ...doors, volumes: ["v9"] })).text, /there is no volume v9 that is recorded to/);
  assert.match((await put(doors, { ...doors, name: "Yard" })).text, /has a camera in two groups/);
  site.put({ kind: "config-removed", part: "volume", id: "v1" });
  assert.equal((await site.send("GET", "/api/storage/groups", read)).at("groups.0.place"), "unused");
});

const speed = { writeBytesPerSecond: 40e6, syncP50Ms: 5, syncP99Ms: 40, bytes: 64e6, cut: false };

test("a volume is measured when somebody asks for it, once at a time, and what came of it stays", async (t) => {
  const running = Promise.withResolvers<typeof speed>();
  const started = Promise.withResolvers<undefined>();
  const { site, now, read } = await siteWithTwoDays(t, {
    measure() {
      started.resolve(undefined);
      return running.promise;
    },
  });
  const configure = site.key("read", "configure");
  const measure = (id = "v1") => site.send("POST", `/api/storage/volumes/${id}/measure`, configure);
  const first = measure();
  const told = async () => (await site.send("GET", "/api/storage", read)).at("volumes.0.speed");
  assert.equal(await told(), undefined);
  await started.promise;
  assert.equal((await measure()).status, 409);
  running.resolve(speed);
  const meaning = { cameras: 40, limit: "write", cameraBytesPerSecond: 500_000, alarm: "at-once" };
  assert.deepEqual((await first).body, { at: now, ...speed, ...meaning });
  assert.deepEqual(await told(), { at: now, ...speed, ...meaning });
  assert.deepEqual(
    site.asked.map(({ actor, command }) => `${actor.kind} ${command.kind}`),
    ["key put"],
  );
  const channel = {
    channel: 1,
    state: "live",
    since: wallTime(now),
    ringMs: 0,
    reason: "",
    bitsPerSecond: 16e6,
  } as const;
  site.core.state = { ...site.core.state, channels: [channel] };
  assert.equal(((await told()) as { cameras: number }).cameras, 10);
  assert.equal((await measure("v9")).status, 404);
  site.core.state = { ...site.core.state, volumes: [{ ...state, state: "stalled" }] };
  assert.match((await measure()).text, /takes nothing now/);
});

test("a disk that hangs while it is measured keeps nobody waiting", async (t) => {
  const started = Promise.withResolvers<undefined>();
  const { site } = await siteWithTwoDays(t, {
    measure() {
      started.resolve(undefined);
      return new Promise(() => undefined);
    },
  });
  const answer = site.send("POST", "/api/storage/volumes/v1/measure", site.key("configure"));
  await started.promise;
  site.clock.advance(20_000);
  assert.equal((await answer).status, 503);
});

test("what a volume lies on is told with what that means, also before it is added", async (t) => {
  const says = ["It is in memory."];
  const medium = { kind: "memory", fileSystem: "tmpfs", mountPoint: "/mnt", source: "tmpfs", says } as const;
  const { site, read } = await siteWithTwoDays(t, {
    medium: (path) => Promise.resolve(path.startsWith("/mnt/") ? medium : undefined),
  });
  assert.deepEqual((await site.send("GET", "/api/storage", read)).at("volumes.0.medium"), medium);
  const folder = await site.send("GET", "/api/storage/folder?path=/mnt/new", site.key("configure"));
  assert.deepEqual(folder.at("medium"), medium);
});

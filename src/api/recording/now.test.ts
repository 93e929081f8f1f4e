import assert from "node:assert/strict";
import { test } from "node:test";
import { wallTime } from "../../kernel/time.ts";
import type { ConfigChange } from "../../messages/api.ts";
import { sealConfig, unsealSite } from "../../store/secrets.ts";
import { channelRow, segmentRow } from "../../testkit/store-rows.ts";
import { quietState, testSite } from "../test-site.test.ts";

const week = Array.from({ length: 7 }, () => [{ fromMin: 480, toMin: 1080 }]);

test("what is recorded now is told with its reason and its end, and what memory the pictures before alarms want", async (t) => {
  const site = await testSite(t);
  const put = (change: ConfigChange) => site.put({ kind: "config", change });
  put({ part: "site", value: { name: "Home", timeZone: "Europe/Berlin" } });
  put({ part: "schedule", value: { schedule: 1, name: "Day", week } });
  put({ part: "channel", value: channelRow(1, { recordMode: "auto", recordWeek: { general: 1 } }) });
  put({ part: "channel", value: channelRow(2, { recordMode: "alarm", preRecordS: 10 }) });
  put({ part: "channel", value: channelRow(3, { enabled: false }) });
  put({ part: "channel", value: channelRow(5, { recordSub: true, subUrl: "rtsp://a/b" }) });
  put({ part: "channel", value: channelRow(4, { atHome: { modes: ["disarmed"], alarms: "nothing" } }) });
  site.clock.stepWall(Date.UTC(2026, 10, 23, 9) - site.clock.wall());
  const live = { since: wallTime(0), reason: "", state: "live", bitsPerSecond: 4e6, ringMs: 12_500 } as const;
  const counts = { accessUnits: 1, bytes: 1, lostPackets: 0, droppedGops: 0, reconnects: 0 };
  site.core.state = {
    ...quietState,
    channels: [{ channel: 2, ...live, gopMs: 2000 }],
    recorderStats: [
      {
        channels: [{ channel: 2, ...counts, ringBytes: 6_000_000 }],
        ...{ ringBytes: 6_000_000, usedBytes: 7_000_000, budgetBytes: 256_000_000, rssBytes: 1, loopDelayP99Ms: 1 },
      },
    ],
  };
  const asks = async () => (await site.send("GET", "/api/recording", site.key("read"))).body as Answer;
  const now = await asks();
  assert.deepEqual(
    now.channels.map(({ channel, now: records, because, schedule, until }) => [
      channel,
      records,
      because,
      schedule,
      until,
    ]),
    [
      [1, "continuous", "inside", 1, Date.UTC(2026, 10, 23, 17)],
      [2, "alarm", "alarms-only", undefined, undefined],
      [4, "off", "at-home", undefined, undefined],
      [5, "continuous", "always", undefined, undefined],
    ],
  );
  assert.deepEqual([now.channels[1]?.ringMs, now.channels[1]?.ringBytes], [12_500, 6_000_000]);
  assert.deepEqual(
    now.channels.map(({ sub }) => sub),
    [undefined, undefined, undefined, true],
  );
  // 10 s asked, 5 s until a disk has it, a GOP of 2 s, at half a megabyte a second
  assert.deepEqual(now.memory, { usedBytes: 7_000_000, budgetBytes: 256_000_000, needBytes: 8_500_000 });
  site.core.state = { ...quietState, troubles: [{ key: "clock", what: "not set", since: wallTime(1) }] };
  assert.equal((await asks()).channels[0]?.because, "clock-not-set");
});

interface Answer {
  readonly channels: readonly {
    readonly channel: number;
    readonly now: string;
    readonly because: string;
    readonly schedule?: number;
    readonly until?: number;
    readonly sub?: boolean;
    readonly ringMs: number;
    readonly ringBytes: number;
  }[];
  readonly memory: object;
}

test("how a camera records is copied to others; what it has not is taken from them, passwords stay their own", async (t) => {
  const site = await testSite(t);
  const put = (change: ConfigChange) => site.put({ kind: "config", change });
  put({ part: "schedule", value: { schedule: 1, name: "Day", week } });
  put({ part: "channel", value: channelRow(1, { recordMode: "auto", recordWeek: { general: 1 }, preRecordS: 20 }) });
  const two = channelRow(2, { password: "of two", atHome: { modes: ["home"], alarms: "record" } });
  put(sealConfig(site.sealer, { part: "channel", value: two }));
  const send = (to: readonly number[]) =>
    site.send("POST", "/api/channels/1/copy-recording", site.key("configure"), {
      ...{ to, what: ["recordMode", "recordWeek", "atHome"] },
    });
  assert.deepEqual((await send([2])).body, { copied: [2] });
  const row = unsealSite(site.sealer, await site.reads.config()).channels.find(({ channel }) => channel === 2);
  assert.deepEqual([row?.recordMode, row?.recordWeek, row?.atHome], ["auto", { general: 1 }, undefined]);
  assert.deepEqual([row?.preRecordS, row?.password], [channelRow(2).preRecordS, "of two"]);
  const refused = await send([2, 9]);
  assert.equal(refused.status, 404);
  assert.equal(refused.at("error.message"), "There is no channel 9.");
});

test("how long files are is kept in the site's row, and what no file can be is refused", async (t) => {
  const site = await testSite(t);
  site.put({ kind: "config", change: { part: "site", value: { name: "Home", timeZone: "Europe/Berlin" } } });
  const files = async () =>
    ((await site.send("GET", "/api/recording", site.key("read"))).body as { readonly files: object }).files;
  assert.deepEqual(await files(), { minutes: 5 });
  const put = async (body: object) => (await site.send("PUT", "/api/recording/files", site.session(), body)).status;
  assert.equal(await put({ minutes: 60, megabytes: 1024 }), 200);
  assert.deepEqual(await files(), { minutes: 60, megabytes: 1024 });
  assert.deepEqual([await put({ minutes: 0 }), await put({ minutes: 5, megabytes: 1 })], [400, 400]);
  await site.send("PATCH", "/api/site", site.session(), { name: "Shop" });
  assert.deepEqual(await files(), { minutes: 60, megabytes: 1024 }, "another name changes nothing of it");
});

test("of a camera that asks for a second copy is told where it lies and how far it is", async (t) => {
  const site = await testSite(t);
  const put = (change: ConfigChange) => site.put({ kind: "config", change });
  put({ part: "channel", value: channelRow(1, { secondCopy: true }) });
  put({ part: "channel", value: channelRow(2) });
  const copies = async () => {
    const { body } = await site.send("GET", "/api/recording", site.key("read"));
    return (body as { channels: { secondCopy?: object }[] }).channels.map(({ secondCopy }) => secondCopy);
  };
  assert.deepEqual(await copies(), [{ volumes: [], state: "none", waiting: 0 }, undefined]);
  const archive = { mode: "both", takes: "chosen" } as const;
  put({ part: "volume", value: { id: "c", path: "/c", maxShare: 0.8, keepDays: 14, archive } });
  assert.deepEqual((await copies())[0], { volumes: ["c"], state: "away", waiting: 0 });
  const volume = { path: "/c", reason: "", totalBytes: 1, freeBytes: 1, usedBytes: 0, lockedBytes: 0 };
  const ready = { ...volume, volumeId: "c", state: "ready", syncP50Ms: 0, syncP99Ms: 0, fileSystem: "ext4" } as const;
  site.core.state = { ...quietState, volumes: [ready] };
  const segment = (n: number, more: object = {}) =>
    site.put({
      kind: "segment",
      segment: segmentRow(`s${n}`, { startWall: wallTime(n * 1000), endWall: wallTime(n * 1000 + 999), ...more }),
    });
  for (let n = 1; n <= 4; n++) segment(n);
  segment(5, { closed: false });
  segment(1, { volumeId: "c", copy: true });
  segment(2, { volumeId: "c", copy: true });
  assert.deepEqual((await copies())[0], { volumes: ["c"], state: "waiting", through: 2999, waiting: 2 });
  segment(3, { volumeId: "c", copy: true });
  assert.deepEqual((await copies())[0], { volumes: ["c"], state: "whole", through: 3999, waiting: 1 });
});

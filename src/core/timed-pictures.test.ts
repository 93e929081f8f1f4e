import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { channel } from "../domain/testdata/site.ts";
import { localClock } from "../kernel/local-time.ts";
import { days, instant, seconds, wallTime } from "../kernel/time.ts";
import { emptyConfig } from "../store/config-rows.ts";
import { fakeClock } from "../testkit/fake-clock.ts";
import { openPictureShelf } from "./picture-shelf.ts";
import { startTimedPictures } from "./timed-pictures.ts";

const noon = Date.UTC(2026, 10, 23, 12);
const every = (everyS: number) => ({ everyS, when: "always", keepDays: 3 }) as const;
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

function takes(t: TestContext) {
  const clock = fakeClock(instant(1_000_000), wallTime(noon));
  const kept: string[] = [];
  const state = {
    arming: "away",
    channels: [channel(1, { timedPictures: every(10) })],
    answers: true,
    fails: false,
    away: [] as number[],
  };
  const said: string[] = [];
  const pending: (() => void)[] = [];
  const asked: number[] = [];
  const watch = startTimedPictures({
    clock,
    config: () => ({ ...emptyConfig(), channels: state.channels }),
    facts: () => ({ wall: clock.wall(), time: { clock: localClock("UTC"), trusted: true }, arming: state.arming }),
    plays: (number) => !state.away.includes(number),
    log: {
      info: (_: object, text?: string) => void said.push(text ?? ""),
      warn: (_: object, text?: string) => void said.push(text ?? ""),
    } as never,
    take(number) {
      asked.push(number);
      if (state.fails) return Promise.reject(new Error("no picture"));
      if (state.answers) return Promise.resolve(Uint8Array.of(number));
      return new Promise((resolve) => pending.push(() => resolve(Uint8Array.of(number))));
    },
    shelf: {
      put: (number, wall) => Promise.resolve(void kept.push(`${number} at ${(wall - noon) / 1000} s`)),
      tidy: () => Promise.resolve(),
    },
  });
  t.after(() => watch[Symbol.dispose]());
  const pass = async (s: number) => {
    for (let i = 0; i < s; i++) {
      clock.advance(seconds(1));
      for (let turns = 0; turns < 5; turns++) await turn();
    }
  };
  return { clock, kept, state, said, pending, asked, pass };
}

test("a picture is kept every so often, of each camera by its own measure", async (t) => {
  const site = takes(t);
  site.state.channels = [
    channel(1, { timedPictures: every(10) }),
    channel(2, { timedPictures: every(15) }),
    channel(3),
  ];
  await site.pass(30);
  assert.deepEqual(site.kept.toSorted(), [
    ...["1 at 0 s", "1 at 10 s", "1 at 20 s", "1 at 30 s", "2 at 1 s", "2 at 16 s"],
  ]);
});

test("none is taken off for privacy or at home, and one that was under way when it became private is not kept", async (t) => {
  const site = takes(t);
  await site.pass(5);
  const [camera = channel(1)] = site.state.channels;
  site.state.channels = [{ ...camera, atHome: { modes: ["home"], alarms: "record" } }];
  site.state.answers = false;
  await site.pass(6);
  assert.equal(site.pending.length, 1);
  site.state.arming = "home";
  site.pending.shift()?.();
  await site.pass(30);
  site.state.arming = "away";
  site.state.channels = [{ ...camera, recordMode: "off" }];
  await site.pass(30);
  assert.deepEqual(site.kept, ["1 at 0 s"]);
  assert.equal(site.asked.length, 2);
});

test("outside its schedule none is taken", async (t) => {
  const site = takes(t);
  site.state.channels = [channel(1, { timedPictures: { ...every(10), when: "never" } })];
  await site.pass(30);
  assert.deepEqual([site.kept, site.asked], [[], [1]], "the one that was due before came too late");
});

test("one picture is made at a time; what can't be made in time is left out, not piled up", async (t) => {
  const site = takes(t);
  await site.pass(1);
  site.state.answers = false;
  await site.pass(60);
  assert.equal(site.pending.length, 1);
  site.state.answers = true;
  site.pending.shift()?.();
  await site.pass(1);
  assert.ok(site.kept.length <= 3, site.kept.join());
});

test("a camera that is away is not asked, one that refuses is logged once, and the others have theirs", async (t) => {
  const site = takes(t);
  site.state.channels = [channel(1, { timedPictures: every(10) }), channel(2, { timedPictures: every(10) })];
  site.state.away = [2];
  site.state.fails = true;
  await site.pass(30);
  assert.deepEqual(new Set(site.asked), new Set([1]));
  assert.deepEqual(site.said, ["no timed picture could be taken"]);
  site.state.away = [];
  site.state.fails = false;
  await site.pass(11);
  assert.deepEqual(site.said, ["no timed picture could be taken", "timed pictures are taken again"]);
  assert.deepEqual(new Set(site.asked), new Set([1, 2]));
});

async function shelf(t: TestContext, older: readonly string[], mostBytes = 1e9) {
  const folder = mkdtempSync(join(tmpdir(), "reed-timed-"));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const day of older) {
    mkdirSync(join(folder, "1", day), { recursive: true });
    writeFileSync(join(folder, "1", day, "1.jpg"), Buffer.alloc(1000));
  }
  const clock = fakeClock(instant(0), wallTime(noon));
  const log = { warn: () => undefined, error: (details: object) => assert.fail(JSON.stringify(details)) };
  const made = openPictureShelf({ clock, folder, log, mostBytes, leaveFreeBytes: 0 });
  await made.put(1, clock.wall(), Buffer.alloc(1000));
  return { ...made, clock, there: () => readdirSync(join(folder, "1")).sort() };
}

test("days that are too old go, and of the rest the oldest beyond the room; never today's", async (t) => {
  const aged = await shelf(t, ["2026-11-18", "2026-11-20", "2026-11-22"]);
  await aged.tidy(() => 3);
  assert.deepEqual(aged.there(), ["2026-11-20", "2026-11-22", "2026-11-23"]);
  const crowded = await shelf(t, ["2026-11-20", "2026-11-21", "2026-11-22"], 2500);
  await crowded.tidy(() => 30);
  assert.deepEqual(crowded.there(), ["2026-11-22", "2026-11-23"]);
  const small = await shelf(t, [], 10);
  await small.tidy(() => 30);
  assert.deepEqual(small.there(), ["2026-11-23"]);
});

test("a clock that leapt ahead makes no picture old for two days", async (t) => {
  const site = await shelf(t, ["2016-01-01", "2016-01-02"]);
  await site.tidy(() => 3);
  assert.deepEqual(site.there(), ["2016-01-01", "2016-01-02", "2026-11-23"]);
  site.clock.advance(days(2));
  await site.tidy(() => 3);
  assert.deepEqual(site.there(), ["2026-11-23"]);
});

test("a picture whose disk has no room for it is left out", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "reed-timed-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const said: string[] = [];
  const log = { warn: (_: object, text: string) => void said.push(text), error: () => assert.fail() };
  const clock = fakeClock(instant(0), wallTime(noon));
  const full = openPictureShelf({ clock, folder, log: log as never, leaveFreeBytes: 1e18 });
  await full.put(1, noon, Buffer.alloc(10));
  await full.put(1, noon + 1, Buffer.alloc(10));
  assert.equal(said.length, 1, "said once");
  assert.equal(existsSync(join(folder, "1", "2026-11-23", `${noon}.jpg`)), false);
});

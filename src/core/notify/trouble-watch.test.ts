import assert from "node:assert/strict";
import { test } from "node:test";
import { minutes, seconds, type WallTime } from "../../kernel/time.ts";
import type { NotifierSettings, TroublesTold } from "../../domain/notifier-settings.ts";
import { site } from "../../domain/testdata/site.ts";
import { fakeClock } from "../../testkit/fake-clock.ts";
import { startTroubleWatch } from "./trouble-watch.ts";

const hook = (notifier: number, troubles?: TroublesTold): NotifierSettings => ({
  ...{
    notifier,
    name: `Hook ${notifier}`,
    enabled: true,
    kind: "webhook",
    url: "http://x/",
    secret: "",
    snapshot: false,
  },
  ...(troubles === undefined ? {} : { troubles }),
});

function watch(...notifiers: NotifierSettings[]) {
  const clock = fakeClock();
  const told: string[] = [];
  const outcomes: string[] = [];
  const made = startTroubleWatch({
    clock,
    config: () => site({ notifiers }),
    tell(notifier, message) {
      told.push(`${notifier} ${message.title.split(": ")[1]}`);
      return Promise.resolve({ kind: "done" });
    },
    told: (notifier, troubles, { kind }) => void outcomes.push(`${notifier} ${troubles.length} ${kind}`),
  });
  const begin = (key: string, what = key.replace(":", " ")) => made.seen({ key, what, since: clock.wall() });
  const end = (key: string) => made.seen({ key, what: "", since: clock.wall(), ended: clock.wall() });
  const pass = async (ms: number) => {
    clock.advance(ms);
    await new Promise((resolve) => setImmediate(resolve));
    return told.splice(0);
  };
  return { clock, outcomes, begin, end, pass, made };
}

test("a door that was left open and a restart while armed are told to everybody who declined nothing", async () => {
  const w = watch(hook(1), hook(2, "none"), hook(3, "all"));
  w.begin("open:4", "Back door is open while armed");
  assert.deepEqual(await w.pass(seconds(5)), ["1 Back door is open while armed", "3 Back door is open while armed"]);
  assert.deepEqual(w.outcomes, ["1 1 done", "3 1 done"]);
  w.begin("restart:armed");
  assert.equal((await w.pass(seconds(5))).length, 2);
});

test("serious is a disk, a camera, an empty battery, a clock that schedules wait for; all is also the rest", async () => {
  const w = watch(hook(1), hook(2, "serious"), hook(3, "all"));
  for (const key of ["volume:v", "battery:1", "clock", "channel:1"]) {
    w.begin(key, key);
    assert.deepEqual(
      (await w.pass(seconds(5))).map((one) => one.split(" ")[0]),
      ["2", "3"],
      key,
    );
  }
  w.begin("gop:1");
  assert.deepEqual(await w.pass(seconds(5)), ["3 gop 1"]);
  for (const key of ["power:1", "ups-low:1"]) w.begin(key);
  assert.deepEqual(await w.pass(seconds(5)), [], "mains and UPS are told to everybody at once, not twice");
  w.begin("messages");
  assert.deepEqual(await w.pass(seconds(5)), [], "that a message did not arrive is told by no message");
});

test("troubles of a few seconds are one message; one that is over before is none", async () => {
  const w = watch(hook(1, "all"));
  for (const key of ["channel:1", "channel:2", "channel:3"]) w.begin(key);
  w.end("channel:2");
  assert.deepEqual(await w.pass(seconds(5)), ["1 2 troubles"]);
});

test("a trouble is told once however often it is seen, and one that comes and goes once an hour at most", async () => {
  const w = watch(hook(1, "all"));
  const since = 5 as WallTime;
  for (let nth = 0; nth < 3; nth++) w.made.seen({ key: "board:1", what: "lost", since });
  assert.equal((await w.pass(seconds(5))).length, 1);
  w.end("board:1");
  w.begin("board:1");
  assert.deepEqual(await w.pass(minutes(30)), []);
  w.end("board:1");
  await w.pass(minutes(31));
  w.begin("board:1");
  assert.equal((await w.pass(seconds(5))).length, 1);
});

test("a trouble that is back within the hour and stays is told when the hour is over, once", async () => {
  const w = watch(hook(1, "all"));
  w.begin("volume:v");
  assert.equal((await w.pass(seconds(5))).length, 1);
  w.end("volume:v");
  await w.pass(minutes(1));
  w.begin("volume:v", "disk gone");
  w.begin("volume:v", "disk gone");
  assert.deepEqual(await w.pass(minutes(58)), []);
  assert.deepEqual(await w.pass(minutes(2)), ["1 disk gone"]);
  assert.deepEqual(await w.pass(minutes(600)), []);
});

test("one that was back and is over again when the hour is over is told by nobody", async () => {
  const w = watch(hook(1, "all"));
  w.begin("board:1");
  assert.equal((await w.pass(seconds(5))).length, 1);
  w.end("board:1");
  w.begin("board:1");
  await w.pass(minutes(30));
  w.end("board:1");
  assert.deepEqual(await w.pass(minutes(60)), []);
});

test("each arming that leaves a door open tells of it, also a minute after the one before", async () => {
  const w = watch(hook(1));
  w.begin("open:4");
  assert.equal((await w.pass(minutes(1))).length, 1);
  w.end("open:4");
  w.begin("open:4");
  assert.equal((await w.pass(seconds(5))).length, 1);
});

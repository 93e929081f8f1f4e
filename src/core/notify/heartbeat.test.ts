import assert from "node:assert/strict";
import { test } from "node:test";
import type { NotifierSettings } from "../../domain/notifier-settings.ts";
import type { SiteConfig } from "../../domain/site-config.ts";
import { minutes } from "../../kernel/time.ts";
import { fakeClock } from "../../testkit/fake-clock.ts";
import { isWell, startHeartbeat } from "./heartbeat.ts";
import type { Try } from "./ports.ts";

function setUp(answer: () => Try = () => ({ kind: "taken", why: "" })) {
  const clock = fakeClock();
  const target: NotifierSettings = {
    ...{ notifier: 1, name: "Watcher", enabled: true, snapshot: false, kind: "heartbeat" },
    ...{ url: "http://watcher.example/1", everyMin: 5 },
  };
  const state = {
    notifiers: [target] as NotifierSettings[],
    troubles: [] as string[],
    beats: 0,
    raised: new Map<string, string>(),
  };
  const heartbeat = startHeartbeat({
    clock,
    config: () => ({ notifiers: state.notifiers }) as unknown as SiteConfig,
    troubles: () => state.troubles,
    transport: () => (state.beats++, Promise.resolve(answer())),
    raise: (key, what) => void state.raised.set(key, what),
    settle: (key) => void state.raised.delete(key),
  });
  const pass = async (ms: number) => {
    clock.advance(ms);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { clock, state, heartbeat, pass };
}

test("as long as all is well somebody outside hears from us every few minutes", async () => {
  const { state, pass, heartbeat } = setUp();
  await pass(minutes(1));
  assert.equal(state.beats, 1, "soon after the start");
  await pass(minutes(10));
  assert.equal(state.beats, 3);
  heartbeat[Symbol.dispose]();
  await pass(minutes(10));
  assert.equal(state.beats, 3);
});

test("with a grave trouble it keeps silent, and goes on when that is over; a message that did not arrive is none", async () => {
  const { state, pass } = setUp();
  state.troubles = ["volume:v1"];
  await pass(minutes(20));
  assert.equal(state.beats, 0);
  state.troubles = ["messages", "forced:2", "battery:4"];
  await pass(minutes(1));
  assert.equal(state.beats, 1);
  assert.deepEqual([isWell(["channel:3"]), isWell(["ups-low:4"]), isWell(["heartbeat:1"])], [false, false, true]);
});

test("a beat that does not arrive is a trouble until one does", async () => {
  const answers: Try[] = [{ kind: "again", why: "watcher was not reached" }];
  const { state, pass } = setUp(() => answers.shift() ?? { kind: "taken", why: "" });
  await pass(minutes(1));
  assert.match(state.raised.get("heartbeat:1") ?? "", /did not arrive: watcher was not reached/);
  await pass(minutes(5));
  assert.equal(state.raised.size, 0);
});

test("a clock that is set back silences it no longer than its minutes", async () => {
  const { clock, state, pass } = setUp();
  await pass(minutes(1));
  clock.stepWall(-minutes(600));
  await pass(minutes(1));
  assert.equal(state.beats, 2);
});

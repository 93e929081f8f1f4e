import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { instant } from "../kernel/time.ts";
import {
  initialCameraWatch,
  namedTogether,
  offlineOf,
  stepCameraWatch,
  type CameraWatchConfig,
  type CameraWatchEffect,
  type CameraWatchEvent,
} from "./camera-watch.ts";

/** A watch whose time is driven by hand; `said` are raises and rests with the second at which they came. */
function watching(recorded: readonly number[], channels: readonly number[]) {
  let config: CameraWatchConfig = { graceMs: 60_000, channels };
  let now = 0;
  let state = initialCameraWatch(recorded, instant(0));
  let wakeAt: number | undefined;
  const said: string[] = [];
  const step = (event: CameraWatchEvent) => {
    const next = stepCameraWatch(config, state, event, instant(now));
    state = next.state;
    wakeAt = undefined;
    for (const effect of next.effects) {
      if (effect.kind === "wake") wakeAt = effect.at;
      else said.push(`${now / 1000} ${textOf(effect)}`);
    }
  };
  step({ kind: "wake" });
  return {
    said,
    /** Second `at` on the clock, with every wake before it. */
    at(second: number) {
      while (wakeAt !== undefined && wakeAt <= second * 1000) {
        now = wakeAt;
        step({ kind: "wake" });
      }
      now = second * 1000;
    },
    live: (...all: readonly number[]) => all.forEach((channel) => step({ kind: "camera", channel, live: true })),
    away: (...all: readonly number[]) => all.forEach((channel) => step({ kind: "camera", channel, live: false })),
    recorder: (kind: "recorder-down" | "recorder-up", all: readonly number[]) => step({ kind, channels: all }),
    watch(next: readonly number[]) {
      config = { ...config, channels: next };
      step({ kind: "wake" });
    },
    offline: () => offlineOf(state.cameras),
  };
}

const textOf = (effect: CameraWatchEffect): string =>
  effect.kind === "raise" ? `offline ${effect.channels.join(" ")}` : effect.kind;

test("a camera is offline a minute after it went, and until it returns", () => {
  const on = watching([], [1]);
  on.live(1);
  on.at(100);
  on.away(1);
  on.at(159.999);
  assert.deepEqual(on.said, []);
  on.at(500);
  on.live(1);
  on.at(900);
  assert.deepEqual(on.said, ["160 offline 1", "500 rest"]);
});

test("one that is back within the minute was not offline, and its next absence counts from its own beginning", () => {
  const on = watching([], [1]);
  on.live(1);
  on.away(1);
  on.at(59);
  on.live(1);
  on.at(70);
  on.away(1);
  on.at(129);
  assert.deepEqual(on.said, []);
  on.at(131);
  assert.deepEqual(on.said, ["130 offline 1"]);
});

test("one that has footage and has not returned 120 s after a start is offline; one that never was online is not", () => {
  const on = watching([1, 2], [1, 2, 3]);
  on.live(2);
  on.away(3);
  on.at(119.9);
  assert.deepEqual(on.said, []);
  on.at(4000);
  assert.deepEqual(on.said, ["120 offline 1"]);
});

test("many at once are told as one, also when they went some seconds apart; a later one is told by itself", () => {
  const on = watching([], [1, 2, 3, 4]);
  on.live(1, 2, 3, 4);
  on.away(1);
  on.at(12);
  on.away(2, 3);
  on.at(50);
  on.away(4);
  on.at(300);
  assert.deepEqual(on.said, ["60 offline 1 2 3", "110 offline 4"]);
  on.live(1, 2, 3);
  on.at(400);
  assert.deepEqual(on.said.slice(2), []);
  on.live(4);
  assert.deepEqual(on.said.slice(2), ["400 rest"]);
});

test("while its recorder is away nobody can say that a camera is; after its return it has 120 s", () => {
  const on = watching([], [1]);
  on.live(1);
  on.at(10);
  on.away(1);
  on.recorder("recorder-down", [1]);
  on.at(1000);
  assert.deepEqual(on.said, []);
  on.recorder("recorder-up", [1]);
  on.at(1119);
  assert.deepEqual(on.said, []);
  on.at(1121);
  assert.deepEqual(on.said, ["1120 offline 1"]);
});

test("one that is no longer watched comes to rest", () => {
  const on = watching([1, 2], [1, 2]);
  on.live(2);
  on.at(200);
  on.watch([2]);
  on.at(500);
  assert.deepEqual(on.said, ["120 offline 1", "200 rest"]);
});

test("in any order of events: raised only when away for its time, never twice, and at rest only when all are back", () => {
  const channel = fc.integer({ min: 1, max: 3 });
  const event = fc.record({ pause: fc.integer({ min: 0, max: 90 }), channel, live: fc.boolean() });
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (events) => {
      const on = watching([1], [1, 2, 3]);
      let second = 0;
      for (const { pause, channel: which, live } of events) {
        second += pause;
        on.at(second);
        if (live) on.live(which);
        else on.away(which);
      }
      const open = new Set<string>();
      for (const line of on.said) {
        const [, verb, ...which] = line.split(" ");
        if (verb === "rest") open.clear();
        else for (const one of which) open.add(one);
        assert.ok(verb === "rest" || which.length > 0);
      }
      assert.equal(open.size > 0, on.offline().length > 0);
    }),
  );
});

test("as many names as fit stand together", () => {
  assert.equal(namedTogether(["Porch", "Yard"]), "Porch, Yard");
  assert.equal(namedTogether(["Porch", "Yard", "Gate", "Hall"], 12), "Porch, Yard and 2 more");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { instant, wallTime, type Moment } from "../kernel/time.ts";
import {
  chatterAfter,
  initialAlarmInput,
  pollWarning,
  stepAlarmInput,
  type AlarmInputConfig,
  type AlarmInputEffect,
  type AlarmInputEvent,
  type AlarmInputState,
} from "./alarm-input.ts";
import type { InputMemory } from "./engine-types.ts";
import type { Level } from "./level.ts";

const door: AlarmInputConfig = { type: "NC", debounceMs: 250, enabled: true };
const wall0 = 1_790_000_000_000;
const at = (ms: number): Moment => ({ bootId: "b", instant: instant(ms), wall: wallTime(wall0 + ms) });

/** One input under test: reports arrive when they happen, and it is woken exactly when it asks. */
function contact(config = door, saved?: InputMemory) {
  let state: AlarmInputState = initialAlarmInput(config, saved, wallTime(wall0));
  const effects: AlarmInputEffect[] = [];
  const feed = (event: AlarmInputEvent, ms: number) => {
    const stepped = stepAlarmInput(config, state, event, at(ms));
    state = stepped.state;
    effects.push(...stepped.effects);
  };
  return {
    get state() {
      return state;
    },
    report: (level: Level, ms: number, how: "change" | "state" = "change") =>
      feed({ kind: "level", report: { level, at: instant(ms), how } }, ms),
    feed,
    edges: () =>
      effects.flatMap((effect) => (effect.kind === "edge" ? [[effect.edge, effect.at, effect.notBefore]] : [])),
    effects,
  };
}

test("a door held open for the debounce time is raised once, and cleared once it shuts", () => {
  const it = contact();
  it.report("closed", 0, "state");
  it.report("open", 1000);
  it.feed({ kind: "wake" }, 1250);
  it.feed({ kind: "wake" }, 1300);
  it.report("closed", 5000);
  it.feed({ kind: "wake" }, 5250);
  assert.deepEqual(it.edges(), [
    ["raised", 1000, undefined],
    ["cleared", 5000, undefined],
  ]);
});

test("exactly the debounce time is accepted, one millisecond less is a glitch", () => {
  const exact = contact();
  exact.report("closed", 0, "state");
  exact.report("open", 1000);
  exact.report("closed", 1250);
  exact.feed({ kind: "wake" }, 1500);
  assert.deepEqual(exact.edges(), [
    ["raised", 1000, undefined],
    ["cleared", 1250, undefined],
  ]);
  const less = contact();
  less.report("closed", 0, "state");
  less.report("open", 1000);
  less.feed({ kind: "wake" }, 1249);
  less.report("closed", 1249);
  less.feed({ kind: "wake" }, 1499);
  assert.deepEqual(less.edges(), []);
  assert.equal(less.state.glitches, 1);
});

test("an edge decides no sooner than its debounce time, however often it is woken", () => {
  const it = contact();
  it.report("closed", 0, "state");
  it.report("open", 1000);
  for (let ms = 1000; ms < 1250; ms++) it.feed({ kind: "wake" }, ms);
  assert.deepEqual(it.edges(), []);
  it.feed({ kind: "wake" }, 1250);
  assert.equal(it.edges().length, 1);
});

test("each bounce restarts the settling, and the edge keeps the time of the first change", () => {
  const it = contact();
  it.report("closed", 0, "state");
  it.report("open", 1000);
  it.report("closed", 1100);
  it.report("open", 1200);
  it.feed({ kind: "wake" }, 1449);
  assert.deepEqual(it.edges(), []);
  it.feed({ kind: "wake" }, 1450);
  assert.deepEqual(it.edges(), [["raised", 1000, undefined]]);
});

test("a normally open contact is active when it closes, a normally closed one when it opens", () => {
  for (const [type, rest, active] of [
    ["NO", "open", "closed"],
    ["NC", "closed", "open"],
  ] as const) {
    const it = contact({ type, debounceMs: 0, enabled: true });
    it.report(rest, 0, "state");
    it.report(active, 10);
    it.report(rest, 20);
    assert.deepEqual(
      it.edges().map(([kind]) => kind),
      ["raised", "cleared"],
    );
  }
});

test("the first level after a start is a state and no edge, open or shut", () => {
  for (const level of ["open", "closed"] as const) {
    const it = contact();
    it.report(level, 0, "state");
    it.feed({ kind: "wake" }, 10_000);
    assert.deepEqual(it.edges(), []);
  }
});

test("a door found open after a start, known shut before, is raised(found) with the window in which it happened", () => {
  const saved: InputMemory = { input: 1, level: "closed", active: false, wall: wallTime(wall0 - 60_000) };
  const it = contact(door, saved);
  it.report("open", 100, "state");
  it.feed({ kind: "wake" }, 350);
  assert.deepEqual(it.edges(), [["raised(found)", 100, wall0 - 60_000]]);
});

test("a retained message that repeats what is known is no edge", () => {
  const it = contact();
  it.report("open", 0, "state");
  it.report("open", 500, "state");
  it.feed({ kind: "wake" }, 10_000);
  assert.deepEqual(it.edges(), []);
});

test("a lost board clears nothing: the door is still active, and cleared only when it is seen shut", () => {
  const it = contact();
  it.report("closed", 0, "state");
  it.report("open", 1000);
  it.feed({ kind: "wake" }, 1250);
  it.report("fault", 2000);
  it.feed({ kind: "wake" }, 9000);
  assert.equal(it.state.known, "active");
  it.report("open", 10_000, "state");
  it.feed({ kind: "wake" }, 10_250);
  assert.equal(it.edges().length, 1);
  it.report("unknown", 11_000);
  it.report("closed", 12_000, "state");
  it.feed({ kind: "wake" }, 12_250);
  assert.deepEqual(it.edges()[1], ["cleared", 12_000, undefined]);
});

test("a door opened while its board was lost is found, not before the loss", () => {
  const it = contact();
  it.report("closed", 0, "state");
  it.report("fault", 5000);
  it.report("open", 9000, "state");
  it.feed({ kind: "wake" }, 9250);
  assert.deepEqual(it.edges(), [["raised(found)", 9000, wall0 + 5000]]);
});

test("a change seen live as the very first message is an edge, because the driver saw it change", () => {
  const it = contact();
  it.report("open", 1000, "change");
  it.feed({ kind: "wake" }, 1250);
  assert.deepEqual(it.edges(), [["raised", 1000, undefined]]);
  const bounced = contact();
  bounced.report("open", 1000, "change");
  bounced.report("closed", 1100, "change");
  bounced.feed({ kind: "wake" }, 1350);
  assert.deepEqual(bounced.edges(), []);
});

test("switching an input off lets go of what it held; switched on again its level is a state", () => {
  const it = contact();
  it.report("closed", 0, "state");
  it.report("open", 1000);
  it.feed({ kind: "wake" }, 1250);
  it.feed({ kind: "disable" }, 2000);
  assert.ok(it.effects.some((effect) => effect.kind === "released"));
  it.report("closed", 3000);
  it.report("open", 4000);
  it.feed({ kind: "enable" }, 5000);
  it.feed({ kind: "wake" }, 6000);
  assert.equal(it.edges().length, 1);
  assert.equal(it.state.known, "active");
});

test("a contact that never holds still is chatter, told once, and over when it rests", () => {
  const it = contact();
  it.report("closed", 0, "state");
  const end = 1000 + chatterAfter(door.debounceMs) + 1000;
  for (let ms = 1000; ms < end; ms += 100) it.report((ms / 100) % 2 === 0 ? "open" : "closed", ms);
  const told = () => it.effects.filter((effect) => effect.kind === "chatter").map((effect) => effect.on);
  assert.deepEqual(told(), [true]);
  it.feed({ kind: "wake" }, end + 10_000);
  assert.deepEqual(told(), [true, false]);
});

test("the debounce time should be at least twice the measured poll", () => {
  assert.equal(pollWarning(100, 50), undefined);
  assert.match(pollWarning(99, 50) ?? "", /99 ms is under twice the measured poll of 50 ms/);
  assert.equal(pollWarning(0, 0), undefined);
});

/** Written from the definition, over the whole signal at once: runs, held stretches, first change. */
function acceptedByDefinition(changes: readonly number[], debounceMs: number, end: number): [string, number][] {
  const edges: [string, number][] = [];
  let known = false;
  let runFrom: number | undefined;
  for (const [index, from] of changes.entries()) {
    const active = index % 2 === 0;
    const held = (changes[index + 1] ?? end) - from >= debounceMs;
    if (runFrom === undefined && active !== known) runFrom = from;
    if (!held) continue;
    if (active !== known && runFrom !== undefined) {
      edges.push([active ? "raised" : "cleared", runFrom]);
      known = active;
    }
    runFrom = undefined;
  }
  return edges;
}

test("any signal gives the edges of the definition, whether or not wakes are late", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 40 }),
      fc.constantFrom(0, 1, 50, 250),
      fc.boolean(),
      (pauses, debounceMs, wakes) => {
        const it = contact({ ...door, debounceMs });
        it.report("closed", 0, "state");
        let ms = 1000;
        const changes: number[] = [];
        for (const pause of pauses) {
          changes.push(ms);
          it.report(changes.length % 2 === 1 ? "open" : "closed", ms);
          if (wakes) for (let t = ms + 1; t < ms + pause; t += 7) it.feed({ kind: "wake" }, t);
          ms += pause;
        }
        const end = ms + 10_000;
        it.feed({ kind: "wake" }, end);
        const edges = it.edges().map(([kind, time]) => [kind, time]);
        assert.deepEqual(edges, acceptedByDefinition(changes, debounceMs, end));
      },
    ),
    { numRuns: 300 },
  );
});

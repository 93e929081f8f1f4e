import assert from "node:assert/strict";
import { test } from "node:test";
import type { EngineEffect } from "./engine-types.ts";
import type { OutputExtras } from "./output-settings.ts";
import type { AlarmOutputSettings } from "./site-config.ts";
import { edgesOf, engineWorld, withMode, type World } from "./testdata/engine-world.ts";
import { input, linkage, output, site } from "./testdata/site.ts";

/** One door that switches output 1 with a hold of 10 s; shut, and armed. */
function world(extras: OutputExtras & Partial<AlarmOutputSettings> = {}, antiDitherS = 60): World {
  const doors = [input(1, { antiDitherS, linkage: linkage({ recordChannels: [], notifiers: [] }) })];
  const made = engineWorld(site({ inputs: doors, outputs: [output(1, extras)] }));
  made.do({ kind: "link", board: 1, link: { kind: "online" }, at: made.now.instant });
  made.contact(1, 1, "closed", "state");
  made.do({ kind: "arm", armed: true, by: "anna" });
  return made;
}

const is = (made: World, state: "on" | "off", why: string) => assert.equal(made.relays.get(1), state, why);
const view = (made: World) => made.state.outputs.get(1);
/** Those of outputs. */
const troubles = (made: World) => [...made.state.troubles.keys()].filter((key) => !key.startsWith("restart:"));
const alarmOf = (made: World) => edgesOf(made.journal).findLast(({ alarmId }) => alarmId !== undefined)?.alarmId ?? "";
/** As the shell does it: the mode is in the configuration too. */
function force(made: World, mode: "on" | "off", forS: number | undefined): void {
  made.do({ kind: "output-mode", output: 1, mode, by: "anna", ...(forS === undefined ? {} : { forS }) });
  made.config = withMode(made.config, 1, mode);
}
function open(made: World): void {
  made.contact(1, 1, "open");
  made.pass(250);
}
function shut(made: World): void {
  made.contact(1, 1, "closed");
  made.pass(250);
}

test("a pulse lasts as long as it is set, though the door stays open, and an edge during it adds nothing", () => {
  const made = world({ behaviour: { kind: "pulse", ms: 4000 }, paceS: 0 });
  open(made);
  made.pass(1000);
  shut(made);
  open(made);
  made.pass(4000 - 1500 - 1);
  is(made, "on", "a millisecond before its end");
  made.pass(1);
  is(made, "off", "at its end");
  made.pass(600_000);
  is(made, "off", "and never again by itself");
});

test("a timed output goes on for its time from the last edge, and not a moment past its bound", () => {
  const made = world({ behaviour: { kind: "timed", s: 100 }, maxOnS: 150 }, 300);
  open(made);
  made.pass(60_000);
  shut(made);
  open(made);
  made.pass(150_000 - 60_500 - 1);
  is(made, "on", "the second edge began its time anew");
  made.pass(1);
  is(made, "off", "150 s after the first");
});

test("a latched siren outlasts the shut door and a restart, until somebody acknowledges the alarm", () => {
  for (const reboot of [false, true]) {
    const made = world({ behaviour: { kind: "latched" } });
    open(made);
    shut(made);
    made.pass(60_000);
    is(made, "on", "nobody has seen it");
    made.restart(5000, reboot);
    is(made, "on", `after a restart, another boot: ${String(reboot)}`);
    made.do({ kind: "acknowledge", alarmId: "another", by: "anna" });
    is(made, "on", "another alarm was acknowledged");
    made.do({ kind: "acknowledge", alarmId: alarmOf(made), by: "anna" });
    is(made, "off", "acknowledged");
    made.restart(5000, reboot);
    is(made, "off", "what was acknowledged does not come back");
  }
});

test("a latch ends at its bound, and what met its bound does not come back when the clock is set back", () => {
  const made = world({ behaviour: { kind: "latched" }, maxOnS: 100 });
  open(made);
  made.pass(99_999);
  is(made, "on", "before its bound");
  made.pass(1);
  is(made, "off", "at its bound");
  made.stepWall(-3_600_000);
  made.restart(1000, true);
  is(made, "off", "after the restart");
});

test("a latch whose bound passed while nobody ran is not switched on again", () => {
  const made = world({ behaviour: { kind: "latched" }, maxOnS: 100 });
  open(made);
  made.restart(100_000, true);
  is(made, "off", "its 100 s are over");
});

test("silence and disarming end a latch for good", () => {
  for (const quiet of ["silence", "arm"] as const) {
    const made = world({ behaviour: { kind: "latched" } });
    open(made);
    made.do(quiet === "arm" ? { kind: "arm", armed: false, by: "anna" } : { kind: "silence", by: "anna" });
    is(made, "off", quiet);
    made.restart(1000, false);
    is(made, "off", `${quiet}, then a restart`);
  }
});

test("a repeat waits until the relay has had its pause; a first switching on and an off never wait", () => {
  const made = world({ behaviour: { kind: "pulse", ms: 500 }, paceS: 5 });
  open(made);
  is(made, "on", "the first does not wait");
  made.pass(500);
  is(made, "off", "nor does the end");
  shut(made);
  open(made);
  is(made, "off", "1 s after the first: too soon");
  made.pass(5000 - 1000 - 1);
  is(made, "off", "a millisecond before its time");
  made.pass(1);
  is(made, "on", "5 s after the first");
  assert.equal(view(made)?.operations, 2);
});

test("a repeat that waits is proven from its beginning on, and another alarm does not wait", () => {
  const made = world({ behaviour: { kind: "pulse", ms: 500 }, paceS: 20 }, 5);
  open(made);
  shut(made);
  open(made);
  made.pass(10_000);
  const waiting = [...made.receipts.values()].flatMap(({ actions }) => actions).at(-1);
  assert.equal(waiting?.outcome, undefined);
  shut(made);
  open(made);
  is(made, "on", "a new alarm, 10 s after the first");
});

test("operations are counted across restarts, a trouble from 80 % of the relay's life on, and begin anew with a new relay", () => {
  const made = world({ relay: "amcrest-nvr", behaviour: { kind: "pulse", ms: 1000 } });
  for (let door = 0; door < 3; door++) {
    open(made);
    shut(made);
    made.pass(120_000);
    made.restart(1000, door === 1);
  }
  assert.equal(view(made)?.operations, 3);
  made.do({ kind: "relay-replaced", output: 1, by: "anna" });
  made.restart(1000, false);
  assert.equal(view(made)?.operations, 0);
});

test("a relay that has used 80 % of its rated life is a trouble until it is replaced", () => {
  const made = world({ relay: "amcrest-nvr" });
  const worn = made.state.outputs.get(1);
  assert.ok(worn !== undefined);
  const old = { ...made.state, outputs: new Map([[1, { ...worn, operations: 159_999 }]]) };
  made.goOn(old);
  made.do({ kind: "wake" });
  assert.deepEqual(troubles(made), []);
  open(made);
  assert.deepEqual(troubles(made), ["relay:1"]);
  made.do({ kind: "relay-replaced", output: 1, by: "anna" });
  assert.deepEqual(troubles(made), []);
});

test("a relay with ratings of its own is warned of at 80 % of the life that was typed in, and no longer once that is corrected", () => {
  const own = (electrical: number) => ({ relay: "own", ratings: { electrical } });
  const made = world(own(5));
  for (let times = 0; times < 3; times++) {
    open(made);
    shut(made);
    made.pass(60_000);
  }
  assert.deepEqual(troubles(made), []);
  open(made);
  assert.deepEqual(troubles(made), ["relay:1"]);
  made.restart(1000, true);
  assert.deepEqual(troubles(made), ["relay:1"]);
  const outputs = made.config.outputs.map((output) => ({ ...output, ...own(5000) }));
  made.config = { ...made.config, outputs };
  made.do({ kind: "config-changed" });
  assert.deepEqual(troubles(made), []);
});

test("forced off is a trouble, survives a restart and returns to auto after its time", () => {
  const made = world();
  force(made, "off", 600);
  assert.deepEqual(troubles(made), ["forced:1"]);
  made.pass(300_000);
  made.restart(100_000, true);
  assert.deepEqual([view(made)?.mode, troubles(made)], ["off", ["forced:1"]]);
  made.pass(199_999);
  assert.equal(view(made)?.mode, "off");
  made.pass(1);
  assert.deepEqual([view(made)?.mode, troubles(made)], ["auto", []]);
  assert.ok(made.last.some((effect) => effect.kind === "mode-changed" && effect.mode === "auto"));
});

test("forced on ends after an hour unless another time was said, and is not restored by a restart", () => {
  const made = world();
  force(made, "on", undefined);
  made.pass(3_599_999);
  is(made, "on", "a millisecond before the hour");
  made.pass(1);
  is(made, "off", "after an hour");
  force(made, "on", undefined);
  made.restart(1000, false);
  is(made, "off", "after a restart");
  assert.equal(made.config.outputs[0]?.mode, "auto");
});

test("a mode that comes with the configuration is forced for an hour like any other", () => {
  const made = world();
  made.config = { ...made.config, outputs: [output(1, { mode: "off" })] };
  made.do({ kind: "config-changed" });
  assert.deepEqual(troubles(made), ["forced:1"]);
  made.pass(3_600_000);
  assert.equal(view(made)?.mode, "auto");
});

test("a relay is told until when it is on at the latest, so that a board with a timer ends it without Reed", () => {
  const made = world();
  const untilIn = () =>
    made.last.flatMap((effect) => (effect.kind === "want-output" ? [[effect.state, effect.until]] : []));
  const at = made.now.instant + 250;
  open(made);
  assert.deepEqual(untilIn(), [["on", at + 180_000]]);
  made.do({ kind: "silence", by: "anna" });
  assert.deepEqual(untilIn(), [["off", undefined]]);
  made.do({ kind: "output-mode", output: 1, mode: "on", by: "anna", forS: 600 });
  assert.deepEqual(untilIn(), [["on", at + 600_000]]);
});

test("a board that switches off by itself hears of each later end: of a longer force, a longer test, an alarm meanwhile", () => {
  const made = world();
  const told = (effects: readonly EngineEffect[]) =>
    effects.flatMap((effect) =>
      effect.kind === "want-output" ? [`${effect.state} ${(effect.until ?? 0) - made.now.instant}`] : [],
    );
  const forceOn = (forS: number) => told(made.do({ kind: "output-mode", output: 1, mode: "on", by: "anna", forS }));
  assert.deepEqual(forceOn(20), ["on 20000"]);
  made.pass(5000);
  assert.deepEqual(forceOn(60), ["on 60000"]);
  made.contact(1, 1, "open");
  const before = made.all.length;
  made.pass(250);
  assert.deepEqual(told(made.all.slice(before)), ["on 180000"], "the alarm's bound is later");
  made.pass(60_000);
  is(made, "on", "the force is over, the alarm is not");
});

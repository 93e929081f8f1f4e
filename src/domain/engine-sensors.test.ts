import assert from "node:assert/strict";
import { test } from "node:test";
import { instant } from "../kernel/time.ts";
import type { WatchSettings } from "./sensor-watch.ts";
import { edgesOf, engineWorld, type World } from "./testdata/engine-world.ts";
import { input, linkage, site } from "./testdata/site.ts";

const hour = 3_600_000;

/** One door, shut. */
function world(watch: WatchSettings = {}): World {
  const made = engineWorld(site({ inputs: [input(1, { ...watch, linkage: linkage({ recordChannels: [] }) })] }));
  made.contact(1, 1, "closed", "state");
  return made;
}

const troubles = (made: World) => [...made.state.troubles.keys()];
/** Opens and shuts it `times` times, `gapMs` apart. */
function flap(made: World, times: number, gapMs: number): void {
  for (let n = 0; n < times; n++) {
    made.contact(1, 1, "open");
    made.pass(gapMs);
    made.contact(1, 1, "closed");
    made.pass(gapMs);
  }
}
const sensor = (made: World, fact: { battery?: number; ago?: number }) =>
  made.do({
    kind: "sensor",
    board: 1,
    fact: {
      point: 1,
      seenAt: instant(made.now.instant - (fact.ago ?? 0)),
      ...(fact.battery === undefined ? {} : { battery: fact.battery }),
    },
  });

test("a contact that changes as often within a minute as is set chatters, until a minute saw no more than half of it", () => {
  const made = world({ chatterPerMin: 10 });
  flap(made, 4, 1000);
  assert.deepEqual(troubles(made), []);
  flap(made, 1, 1000);
  assert.deepEqual(troubles(made), ["input:1:changes"]);
  made.pass(64_000 - 10_000 - 1);
  assert.deepEqual(troubles(made), ["input:1:changes"], "6 of its changes are younger than a minute still");
  made.pass(1);
  assert.deepEqual(troubles(made), []);
});

test("changes that are far enough apart are no chatter, and 0 never is", () => {
  const slow = world({ chatterPerMin: 10 });
  flap(slow, 20, 7000);
  assert.deepEqual(troubles(slow), []);
  const never = world({ chatterPerMin: 0 });
  flap(never, 200, 300);
  assert.deepEqual(troubles(never), []);
});

test("a sensor that has not changed for the days that are set is a trouble until it does, also across restarts", () => {
  const made = world({ watchDays: 2 });
  made.pass(24 * hour);
  made.restart(hour, true);
  made.pass(23 * hour - 1);
  assert.deepEqual(troubles(made), []);
  made.pass(1);
  assert.deepEqual(troubles(made), ["silent:1"]);
  made.contact(1, 1, "closed", "state");
  assert.deepEqual(troubles(made), ["silent:1"], "a look at its state is no sign of life");
  made.contact(1, 1, "open");
  assert.deepEqual(troubles(made), []);
  const unwatched = world();
  unwatched.pass(1000 * hour);
  assert.deepEqual(troubles(unwatched), []);
});

test("a battery at 15 % is a trouble until it is above 20 %", () => {
  const made = world();
  sensor(made, { battery: 16 });
  assert.deepEqual(troubles(made), []);
  sensor(made, { battery: 15 });
  assert.deepEqual(troubles(made), ["battery:1"]);
  sensor(made, { battery: 20 });
  assert.deepEqual(troubles(made), ["battery:1"]);
  sensor(made, { battery: 21 });
  assert.deepEqual(troubles(made), []);
});

test("a wireless sensor without a word for the hours that are set is a trouble; a wired one never is", () => {
  const made = world({ unseenH: 10 });
  made.pass(100 * hour);
  assert.deepEqual(troubles(made), [], "nobody knows that it is wireless");
  sensor(made, { ago: 9 * hour });
  made.pass(hour - 1);
  assert.deepEqual(troubles(made), []);
  made.pass(1);
  assert.deepEqual(troubles(made), ["unseen:1"]);
  sensor(made, {});
  assert.deepEqual(troubles(made), []);
});

test("a restart knows battery and last word of a sensor to the hour, and journals no more than one of them an hour", () => {
  const made = world({ unseenH: 10 });
  const before = made.journal.length;
  for (let minute = 0; minute < 180; minute++) {
    sensor(made, { battery: 50 });
    made.pass(60_000);
  }
  assert.equal(made.journal.length - before, 3);
  sensor(made, { battery: 9 });
  made.restart(1000, true);
  assert.equal(made.state.inputs.get(1)?.watch.battery, 9);
  made.pass(10 * hour);
  assert.deepEqual(troubles(made).toSorted(), ["battery:1", "unseen:1"]);
});

test("an input that is switched off or removed takes its troubles with it", () => {
  for (const gone of [true, false]) {
    const made = world();
    sensor(made, { battery: 3 });
    const [door] = made.config.inputs;
    assert.ok(door !== undefined);
    made.config = { ...made.config, inputs: gone ? [] : [{ ...door, enabled: false }] };
    made.do({ kind: "config-changed" });
    assert.deepEqual(troubles(made), []);
  }
});

test("an active contact is cleared only after its own restore time, a raise still after the debounce", () => {
  const made = world({ restoreMs: 5000 });
  const kinds = () => edgesOf(made.journal).map(({ edge }) => edge.kind);
  made.contact(1, 1, "open");
  made.pass(250);
  assert.deepEqual(kinds(), ["raised"]);
  made.contact(1, 1, "closed");
  made.pass(4000);
  made.contact(1, 1, "open");
  made.pass(2000);
  assert.deepEqual(kinds(), ["raised"], "open again in between: it never was at rest");
  made.contact(1, 1, "closed");
  const shutAt = made.now.instant;
  made.pass(4999);
  assert.deepEqual(kinds(), ["raised"]);
  made.pass(1);
  assert.deepEqual(kinds(), ["raised", "cleared"]);
  assert.equal(edgesOf(made.journal)[1]?.edge.at.instant, shutAt);
});

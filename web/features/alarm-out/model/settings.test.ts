import assert from "node:assert/strict";
import { test } from "node:test";
import type { OutputStatus } from "../../../../src/messages/api.ts";
import {
  agrees,
  heldUntil,
  problemOf,
  settingsOf,
  timedByBoard,
  verdictOf,
  withBehaviour,
  withKind,
  withLoad,
  withRatings,
  withRelay,
} from "./settings.ts";

const output = {
  output: 1,
  name: "Siren",
  kind: "siren",
  board: 1,
  point: 1,
  mode: "auto",
  maxOnS: 180,
  restState: "off",
} as const;
const live: OutputStatus = { output: 1, mode: "auto", wanted: "on", commanded: "on", readBack: "on", holds: [] };

test("what is sent back has neither number nor mode, and an output without a feedback contact sends none", () => {
  assert.deepEqual(Object.keys(settingsOf(output)).sort(), [
    ...["board", "kind", "maxOnS", "name", "point", "restState"],
  ]);
});

test("another kind brings its usual longest time; a time outside 1 to 900 s is not applied", () => {
  assert.deepEqual(withKind("gate"), { kind: "gate", maxOnS: 60 });
  assert.equal(problemOf(output), undefined);
  assert.equal(problemOf({ ...output, maxOnS: Number.NaN }), "maxOnS");
  assert.equal(problemOf({ ...output, name: "" }), "name");
});

test("commanded, read back and felt agree as far as they are known", () => {
  assert.equal(agrees(live), true);
  assert.equal(agrees({ ...live, readBack: "unknown", feedback: "unknown" }), true);
  assert.equal(agrees({ ...live, readBack: "off" }), false);
  assert.equal(agrees({ ...live, feedback: "off" }), false);
});

test("held until the last of its holds ends", () => {
  assert.equal(heldUntil(live), undefined);
  assert.equal(
    heldUntil({
      holds: [
        { by: "a", input: 1, until: 5 },
        { by: "b", input: 2, until: 9 },
      ],
    }),
    9,
  );
});

test("another behaviour begins with its usual time, a timed one never beyond the longest time on", () => {
  assert.deepEqual(withBehaviour("pulse", output), { kind: "pulse", ms: 1000 });
  assert.deepEqual(withBehaviour("timed", { ...output, maxOnS: 20 }), { kind: "timed", s: 20 });
  assert.deepEqual(withBehaviour("pulse", { ...output, behaviour: { kind: "pulse", ms: 300 } }), {
    kind: "pulse",
    ms: 300,
  });
  assert.equal(problemOf({ ...output, behaviour: { kind: "pulse", ms: 100 } }), "pulse");
  assert.equal(problemOf({ ...output, behaviour: { kind: "timed", s: Number.NaN } }), "timed");
  assert.equal(problemOf({ ...output, paceS: 61 }), "pace");
});

test("a load above the rating is applied only once it was confirmed, and another load has to be confirmed anew", () => {
  const load = { volts: 12, current: "dc", amps: 1.5, nature: "inductive" } as const;
  const siren = { ...output, relay: "amcrest-nvr", load };
  assert.equal(verdictOf(siren)?.kind, "too-much");
  assert.equal(problemOf(siren), "overload");
  const confirmed = { ...siren, load: withLoad(siren, { confirmed: true }) };
  assert.equal(problemOf(confirmed), undefined);
  assert.equal(withLoad(confirmed, { amps: 1.6 }).confirmed, undefined);
  assert.equal(withLoad(confirmed, { confirmed: false }).confirmed, undefined);
  assert.equal(problemOf({ ...output, load }), undefined);
  assert.equal(problemOf({ ...output, load: { ...load, volts: Number.NaN } }), "load");
});

test("a board with timed coils ends what is on by itself, unless the relay is energised at rest", () => {
  const relay = { point: 1, address: 0, onWhen: 1, timedAddress: 512 } as const;
  const driver = {
    kind: "modbus-tcp" as const,
    ...{ host: "board", port: 502, unit: 1, pollMs: 50, inputs: [], outputs: [relay] },
  };
  assert.equal(timedByBoard(driver, output), true);
  assert.equal(timedByBoard(driver, { ...output, restState: "on" }), false);
  assert.equal(timedByBoard(driver, { ...output, point: 2 }), false);
  assert.equal(timedByBoard({ kind: "virtual", inputs: 1, outputs: 1 }, output), false);
});

test("ratings of its own are judged at once; another relay drops them, and what was confirmed was of the one before", () => {
  const load = { volts: 24, current: "dc", amps: 5, nature: "resistive", confirmed: true } as const;
  const siren = { ...output, relay: "amcrest-nvr", load } as const;
  const own = { ...siren, ...withRatings(siren, { dc: { volts: 30, amps: 4 } }) };
  assert.deepEqual([own.relay, own.ratings, own.load.confirmed], ["own", { dc: { volts: 30, amps: 4 } }, undefined]);
  assert.equal(problemOf(own), "overload");
  const strong = { ...own, ...withRatings(own, { dc: { volts: 30, amps: 6 }, electrical: 1000 }) };
  assert.equal(problemOf(strong), undefined);
  assert.equal(withRatings(strong, { electrical: undefined }).ratings?.electrical, undefined);
  assert.deepEqual(withRelay(strong, "songle-srd").ratings, undefined);
  assert.equal(withRelay(strong, "unknown").relay, undefined);
});

test("half a rating is not applied, nor a life of nothing", () => {
  const half = { ...output, ...withRatings(output, { ac: { volts: 250, amps: Number.NaN } }) };
  assert.equal(problemOf(half), "ratings");
  assert.equal(problemOf({ ...output, ...withRatings(output, { mechanical: 0 }) }), "ratings");
  assert.equal(problemOf({ ...output, ...withRatings(output, { mechanical: 1 }) }), undefined);
});

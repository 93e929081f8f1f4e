import assert from "node:assert/strict";
import { test } from "node:test";
import { site } from "../domain/testdata/site.ts";
import { wallTime } from "../kernel/time.ts";
import { whyNoWalkTest } from "./commands-walk.ts";

const terms = { inputs: [1], minutes: 30, pulse: true, locks: [], send: [] };
const arming = { mode: "disarmed", by: "", since: wallTime(0), bypass: [], shutDown: [], open: [] };
const quiet = { arming, outputs: [] };

test("a walk test is refused while the site is armed, another one runs, or an alarm holds an output", () => {
  const config = site();
  assert.equal(whyNoWalkTest(config, quiet, terms), undefined);
  assert.match(whyNoWalkTest(config, { ...quiet, arming: { ...arming, mode: "away" } }, terms)?.message ?? "", /armed/);
  const times = { since: wallTime(0), until: wallTime(1) };
  const walkTest = { ...terms, ...times, walkId: "w", by: "anna" };
  assert.match(whyNoWalkTest(config, { ...quiet, walkTest }, terms)?.message ?? "", /running already/);
  const output = { output: 1, mode: "auto", wanted: "on", commanded: "on", readBack: "on" } as const;
  const held = { ...output, holds: [{ by: "a", input: 1, until: 5 }] };
  assert.match(
    whyNoWalkTest(config, { ...quiet, outputs: [held] }, terms)?.message ?? "",
    /"Relay 1" is on by an alarm/,
  );
  const tested = { ...output, holds: [{ by: "test", input: 0, until: 5 }] };
  assert.equal(whyNoWalkTest(config, { ...quiet, outputs: [tested] }, terms), undefined);
});

test("a walk test of an input, lock or receiver that is not there is refused, and so is one of nothing", () => {
  const config = site();
  for (const part of [{ inputs: [99] }, { locks: [99] }, { send: [99] }])
    assert.equal(whyNoWalkTest(config, quiet, { ...terms, ...part })?.code, "not-found");
  assert.equal(whyNoWalkTest(config, quiet, { ...terms, inputs: [] })?.code, "invalid");
});

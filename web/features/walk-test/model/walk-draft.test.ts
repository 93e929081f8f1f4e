import assert from "node:assert/strict";
import { test } from "node:test";
import { bodyOf, firstDraft, locksOf, toggled, toldOnly, type DraftInput } from "./walk-draft.ts";

const inputs: readonly DraftInput[] = [
  { input: 1, enabled: true, zone: "entry-exit", outputs: [{ output: 1 }, { output: 2 }], notifiers: [1, 2] },
  { input: 2, enabled: false, zone: "instant" },
  { input: 3, enabled: true, zone: "key-switch" },
];
const outputs = [
  { output: 1, kind: "siren" },
  { output: 2, kind: "lock" },
  { output: 3, kind: "gate" },
];
const receivers = [{ notifier: 1 }, { notifier: 3 }];

test("a walk test begins with what is switched on, but no key switch, for half an hour with sirens for a second", () => {
  assert.deepEqual(firstDraft(inputs), { inputs: [1], minutes: 30, pulse: true, locks: [], send: [] });
});

test("locks are asked about that an input of the test is linked to, and receivers that take a message to be proved", () => {
  const draft = firstDraft(inputs);
  assert.deepEqual(
    locksOf(draft, inputs, outputs).map(({ output }) => output),
    [2],
  );
  assert.deepEqual(
    toldOnly(draft, inputs, receivers).map(({ notifier }) => notifier),
    [1],
  );
  assert.deepEqual(locksOf({ ...draft, inputs: [] }, inputs, outputs), []);
});

test("a tick of a lock that is no longer part of the test is not sent", () => {
  const draft = { ...firstDraft(inputs), locks: toggled([], 2), send: toggled([], 1) };
  assert.deepEqual(bodyOf(draft, [], [1]), { inputs: [1], minutes: 30, pulse: true, locks: [], send: [1] });
  assert.deepEqual(toggled([1, 2], 1), [2]);
});

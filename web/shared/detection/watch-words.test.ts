import assert from "node:assert/strict";
import { test } from "node:test";
import { seenNow, skippedPercent, slowedPercent, watchWords } from "./watch-words.ts";

const now = {
  ...{ channel: 1, reason: "", stream: "sub" as const, lookedAt: 1, skipped: 4, costMs: 3, slowedBy: 0 },
  state: "watching" as const,
};

const watchedForTamper = { tamper: { sensitivity: 3 }, own: { kind: "dahua", port: 80 } } as const;

test("a camera counts as watched only while the detection says so", () => {
  assert.equal(watchWords({ settings: watchedForTamper, enabled: true, isSet: true, now }).key, "watching");
  assert.equal(watchWords({ settings: watchedForTamper, enabled: true, isSet: true, now: undefined }).key, "away");
  assert.equal(
    watchWords({ settings: watchedForTamper, enabled: true, isSet: true, now: { ...now, state: "blind" } }).color,
    "red",
  );
});

test("a camera that is watched for loss alone is watched, and it is said that nothing of it is decoded", () => {
  const settings = { videoLoss: true } as const;
  const arriving = { ...now, state: "arriving", lookedAt: 0, skipped: 0 } as const;
  const words = watchWords({ settings, enabled: true, isSet: true, now: arriving });
  assert.deepEqual(words, { key: "arriving", color: "green" });
});

test("a camera that says everything by itself is watched by itself, as long as it is heard", () => {
  const facts = { enabled: true, isSet: true, now: undefined, settings: watchedForTamper };
  const heard = { state: "online", has: ["tamper"], does: ["tamper"] } as const;
  const lost = { state: "lost", has: [], does: ["tamper"] } as const;
  assert.deepEqual(watchWords({ ...facts, word: heard }), { key: "own", color: "green" });
  assert.deepEqual(watchWords({ ...facts, word: lost }), { key: "ownLost", color: "red" });
  assert.equal(watchWords({ ...facts, now, word: lost }).key, "watching");
  const asked = { state: "connecting", has: [], does: ["tamper"] } as const;
  assert.deepEqual(watchWords({ ...facts, word: asked }), { key: "ownAsked", color: "gray" });
  assert.equal(watchWords({ ...facts, word: { ...asked, does: [] } }).key, "ownAsked", "whoever looks then");
});

test("what the camera is asked for and does not tell, or what Reed ought to look for and does not, is not watched", () => {
  const facts = { enabled: true, isSet: true, now: undefined, settings: watchedForTamper };
  const silent = { state: "online", has: [], does: ["tamper"] } as const;
  assert.deepEqual(watchWords({ ...facts, word: silent }), { key: "ownPart", color: "orange" });
  const ours = { state: "online", has: ["tamper"], does: [] } as const;
  assert.equal(watchWords({ ...facts, word: ours }).key, "away");
  const heard = { state: "online", has: ["tamper"], does: ["tamper"] } as const;
  const alsoLoss = { ...watchedForTamper, videoLoss: true } as const;
  assert.equal(watchWords({ ...facts, settings: alsoLoss, word: heard }).key, "away");
});

test("where nothing is to be watched for, or the camera is off, that is said", () => {
  assert.equal(watchWords({ settings: watchedForTamper, enabled: true, isSet: false, now }).key, "off");
  assert.equal(watchWords({ settings: watchedForTamper, enabled: false, isSet: true, now: undefined }).key, "disabled");
  assert.equal(
    watchWords({ settings: watchedForTamper, enabled: true, isSet: true, isPaused: true, now: undefined }).key,
    "paused",
  );
});

test("how much was left out is told apart: nothing moved, or there was no time", () => {
  assert.equal(skippedPercent(now), 80);
  assert.equal(skippedPercent({ lookedAt: 0, skipped: 0 }), 0);
  assert.deepEqual([slowedPercent({ slowedBy: 0.01 }), slowedPercent({ slowedBy: 0.257 })], [0, 26]);
});

test("an unknown contact is not calm", () => {
  assert.deepEqual((["closed", "open", "unknown", "fault"] as const).map(seenNow), [
    "seen",
    "nothing",
    "unknown",
    "unknown",
  ]);
});

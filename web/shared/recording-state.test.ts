import assert from "node:assert/strict";
import { test } from "node:test";
import type { LiveState } from "../../src/messages/api.ts";
import { recordingState } from "./recording-state.ts";

const channels = (...states: string[]) =>
  states.map((state, i) => ({ channel: i + 1, state })) as unknown as LiveState["channels"];
const volumes = (...states: string[]) => states.map((state) => ({ state })) as unknown as LiveState["volumes"];

test("cameras that are switched off are not missed, one that is down is", () => {
  assert.deepEqual(recordingState(true, channels("live", "off"), volumes("ready")), { kind: "all", live: 1, all: 1 });
  assert.deepEqual(recordingState(true, channels("live", "down"), volumes("ready")), { kind: "some", live: 1, all: 2 });
  assert.deepEqual(recordingState(true, channels("refused"), volumes("ready")), { kind: "none", live: 0, all: 1 });
});

test("cameras that send while no volume takes their footage are not recorded, whatever they show", () => {
  assert.deepEqual(recordingState(true, channels("live"), volumes("full", "missing")), { kind: "no-volume" });
  assert.deepEqual(recordingState(true, channels("live"), volumes("full", "ready")).kind, "all");
});

test("without cameras or without a link nothing is claimed", () => {
  assert.equal(recordingState(true, channels("off"), volumes("ready")).kind, "no-cameras");
  assert.equal(recordingState(false, channels("live"), volumes("ready")).kind, "away");
});

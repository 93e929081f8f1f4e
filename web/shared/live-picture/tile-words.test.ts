import assert from "node:assert/strict";
import { test } from "node:test";
import { wallTime } from "../../../src/kernel/time.ts";
import type { ChannelState, ChannelStateKind } from "../../../src/messages/recorder.ts";
import type { PlayerStatus } from "./player-status.ts";
import { tileWords } from "./tile-words.ts";

const camera = (state: ChannelStateKind, reason = ""): ChannelState => ({
  channel: 1,
  state,
  since: wallTime(1000),
  reason,
  bitsPerSecond: 0,
  ringMs: 0,
});
const playing: PlayerStatus = { kind: "playing", converted: false };
const words = (state: ChannelStateKind, player: PlayerStatus = playing, reason = "", online = true) =>
  tileWords({ enabled: true, camera: camera(state, reason), player, online });

test("a picture that plays needs no words", () => {
  assert.deepEqual(words("live"), { kind: "none" });
});

test("a dead camera says since when, why, and can be tried again, whatever the last picture shows", () => {
  assert.deepEqual(words("down", playing, "no route to host"), {
    kind: "says",
    key: "down",
    values: { since: 1000, reason: "no route to host" },
    act: "retry",
  });
});

test("a refused password is told as one", () => {
  const said = words("refused", { kind: "connecting", attempts: 0 }, "the camera refused the password");
  assert.equal(said.kind === "says" && said.key, "refused");
});

test("the first moments show a skeleton, not an error; many attempts in vain are told", () => {
  assert.deepEqual(words("live", { kind: "connecting", attempts: 0 }), { kind: "loading" });
  const later = words("live", { kind: "connecting", attempts: 3 });
  assert.equal(later.kind === "says" && later.key, "away");
});

test("a page that hears nothing from Reed blames itself, not the camera, and leaves a running picture alone", () => {
  const said = words("down", { kind: "connecting", attempts: 0 }, "old news", false);
  assert.equal(said.kind === "says" && said.key, "away");
  assert.deepEqual(words("live", playing, "", false), { kind: "none" });
});

test("a conversion beyond the limit names the limit", () => {
  const busy = words("live", { kind: "refused", reason: "…", most: 2, busy: true });
  assert.deepEqual(busy, { kind: "says", key: "busy", values: { most: 2 } });
  const none = words("live", { kind: "refused", reason: "no encoder", most: 2, busy: false });
  assert.equal(none.kind === "says" && none.key, "noConverter");
});

test("a camera that is switched off leads to its settings", () => {
  const said = tileWords({ enabled: false, camera: undefined, player: playing, online: true });
  assert.equal(said.kind === "says" && said.act, "open-camera");
});

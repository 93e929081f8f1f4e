import assert from "node:assert/strict";
import { test } from "node:test";
import { mostQueued, newFeeder, stepFeeder, type Feeder, type FeederEffect, type FeederEvent } from "./feeder.ts";
import type { BufferFacts } from "./live-edge.ts";

const h264 = 'video/mp4; codecs="avc1.42c01e"';
const h265 = 'video/mp4; codecs="hvc1.1.6.L63.90"';
const empty: BufferFacts = { ranges: [], position: 0, playing: false };
const buffer = (start: number, end: number, position: number, playing = true): BufferFacts => ({
  ranges: [{ start, end }],
  position,
  playing,
});
const bytes = (length = 10) => new Uint8Array(length);

/** A feeder with its clock; `say` gives the effects of one event. */
function world() {
  let state: Feeder = newFeeder;
  let now = 1000;
  const say = (event: FeederEvent): readonly FeederEffect[] => {
    const step = stepFeeder(state, event, now);
    state = step.state;
    return step.effects;
  };
  const kinds = (effects: readonly FeederEffect[]) => effects.map((effect) => effect.kind);
  /** Connected, with the init segment in and one picture in the buffer. */
  const playing = () => {
    say({ kind: "show" });
    say({ kind: "opened" });
    say({ kind: "init", mime: h264, playable: true });
    say({ kind: "bytes", bytes: bytes() });
    say({ kind: "appended", buffer: empty });
    say({ kind: "bytes", bytes: bytes() });
    return say({ kind: "appended", buffer: buffer(0, 1, 0, false) });
  };
  return {
    say,
    kinds,
    playing,
    pass: (ms: number) => (now += ms),
    get state() {
      return state;
    },
    get now() {
      return now;
    },
  };
}

test("shown, it connects, gives the init segment alone, then the pictures, and starts just behind the newest", () => {
  const w = world();
  assert.deepEqual(w.say({ kind: "show" }), [{ kind: "connect", convert: false }]);
  w.say({ kind: "opened" });
  w.say({ kind: "init", mime: h264, playable: true });
  assert.deepEqual(w.kinds(w.say({ kind: "bytes", bytes: bytes() })), ["begin"]);
  assert.deepEqual(w.say({ kind: "bytes", bytes: bytes() }), [], "the buffer is busy with the init segment");
  w.say({ kind: "bytes", bytes: bytes() });
  const [append] = w.say({ kind: "appended", buffer: empty });
  assert.equal(append?.kind === "append" && append.chunks.length, 2, "what gathered meanwhile goes in at once");
  assert.deepEqual(w.say({ kind: "appended", buffer: buffer(0, 2, 0, false) }), [
    { kind: "seek", to: 1.8 },
    { kind: "rate", rate: 1 },
    { kind: "play" },
  ]);
});

test("a second init segment is never mixed with pictures of the first", () => {
  const w = world();
  w.playing();
  w.say({ kind: "bytes", bytes: bytes() });
  w.say({ kind: "bytes", bytes: bytes() });
  w.say({ kind: "init", mime: h264, playable: true });
  w.say({ kind: "bytes", bytes: bytes(7) });
  w.say({ kind: "bytes", bytes: bytes() });
  assert.deepEqual(w.kinds(w.say({ kind: "appended", buffer: buffer(0, 1, 0.9) })), ["append"]);
  const [begin] = w.say({ kind: "appended", buffer: buffer(0, 1, 0.9) });
  assert.equal(begin?.kind === "begin" && begin.bytes.byteLength, 7);
  assert.deepEqual(w.kinds(w.say({ kind: "appended", buffer: buffer(0, 1, 0.9) })), ["append"]);
});

test("a connection that is lost comes back after growing pauses, and at once with the shortest after a picture", () => {
  const w = world();
  w.say({ kind: "show" });
  const pauses = Array.from({ length: 7 }, () => {
    const [, wake] = w.say({ kind: "closed", loggedOut: false });
    const at = wake?.kind === "wake" ? wake.at : 0;
    const pause = at - w.now;
    assert.deepEqual(w.say({ kind: "wake" }), [], "not before its time");
    w.pass(pause);
    assert.deepEqual(w.kinds(w.say({ kind: "wake" })), ["connect"]);
    return pause;
  });
  assert.deepEqual(pauses, [500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
  w.say({ kind: "opened" });
  w.say({ kind: "init", mime: h264, playable: true });
  w.say({ kind: "bytes", bytes: bytes() });
  w.say({ kind: "appended", buffer: empty });
  w.say({ kind: "bytes", bytes: bytes() });
  const [, wake] = w.say({ kind: "closed", loggedOut: false });
  assert.equal(wake?.kind === "wake" && wake.at - w.now, 500);
});

test("when the camera is known to be back, the pause is cut short; a refusal's is not", () => {
  const w = world();
  w.say({ kind: "show" });
  for (let i = 0; i < 6; i++) {
    w.say({ kind: "closed", loggedOut: false });
    if (i < 5) w.say({ kind: "hurry" });
  }
  assert.deepEqual(w.say({ kind: "hurry" }), [{ kind: "connect", convert: false }]);
  assert.deepEqual(w.say({ kind: "hurry" }), [], "one connection is enough");
  w.say({ kind: "opened" });
  w.say({ kind: "refused", refusal: { reason: "", most: 2, busy: true } });
  assert.deepEqual(w.say({ kind: "hurry" }), []);
});

test("a hidden page is served nothing; shown again it goes to the live edge whatever lies in the buffer", () => {
  const w = world();
  w.playing();
  assert.deepEqual(w.kinds(w.say({ kind: "hide" })), ["disconnect"]);
  assert.deepEqual(w.say({ kind: "bytes", bytes: bytes() }), [], "what still arrives is left");
  w.say({ kind: "starved" });
  w.pass(60_000);
  w.say({ kind: "show" });
  w.say({ kind: "opened" });
  w.say({ kind: "init", mime: h264, playable: true });
  w.say({ kind: "bytes", bytes: bytes() });
  w.say({ kind: "appended", buffer: buffer(0, 1, 1) });
  w.say({ kind: "bytes", bytes: bytes() });
  assert.deepEqual(w.say({ kind: "appended", buffer: buffer(0, 3, 1) })[0], { kind: "seek", to: 2.8 });
});

test("what the browser can't play is asked for once more, converted, and then given up with its type", () => {
  const w = world();
  w.say({ kind: "show" });
  w.say({ kind: "opened" });
  assert.deepEqual(w.say({ kind: "init", mime: h265, playable: false }), [
    { kind: "disconnect" },
    { kind: "connect", convert: true },
  ]);
  w.say({ kind: "opened" });
  assert.deepEqual(w.kinds(w.say({ kind: "init", mime: h265, playable: false })), ["disconnect"]);
  assert.deepEqual(w.state.phase, { kind: "unplayable", mime: h265 });
});

test("a conversion that was refused is told with its sentence and asked for again after a while", () => {
  const w = world();
  w.say({ kind: "show" });
  w.say({ kind: "opened" });
  w.say({ kind: "init", mime: h265, playable: false });
  w.say({ kind: "opened" });
  const refusal = { reason: "two are converted already", most: 2, busy: true };
  const [, wake] = w.say({ kind: "refused", refusal });
  assert.equal(wake?.kind === "wake" && wake.at - w.now, 15_000);
  assert.deepEqual(w.state.phase.kind === "pausing" && w.state.phase.refused, refusal);
  w.pass(15_000);
  assert.deepEqual(w.say({ kind: "wake" }), [{ kind: "connect", convert: true }]);
});

test("sound that the browser can't play is not converted", () => {
  const w = world();
  w.say({ kind: "show" });
  w.say({ kind: "opened" });
  w.say({ kind: "init", mime: 'audio/mp4; codecs="alaw"', playable: false });
  assert.equal(w.state.phase.kind, "unplayable");
});

test("old pictures are removed in large pieces, and the next ones wait for that", () => {
  const w = world();
  w.playing();
  w.say({ kind: "bytes", bytes: bytes() });
  w.say({ kind: "bytes", bytes: bytes() });
  w.pass(1000);
  assert.deepEqual(w.say({ kind: "appended", buffer: buffer(0, 17, 16.8) }), [{ kind: "remove", to: 12.8 }]);
  assert.deepEqual(w.kinds(w.say({ kind: "appended", buffer: buffer(12.8, 17, 16.8) })), ["append"]);
});

test("a full buffer is emptied up to what is shown; a broken one is made anew after a pause", () => {
  const w = world();
  w.playing();
  w.say({ kind: "bytes", bytes: bytes() });
  assert.deepEqual(w.say({ kind: "append-failed", full: true, buffer: buffer(0, 9, 8.5) }), [
    { kind: "remove", to: 7.5 },
  ]);
  assert.deepEqual(w.kinds(w.say({ kind: "append-failed", full: false, buffer: buffer(0, 9, 8.5) })), [
    "disconnect",
    "wake",
    "drop-buffer",
  ]);
});

test("a page too slow for what arrives lets go of all of it and begins anew", () => {
  const w = world();
  w.playing();
  for (let i = 0; i < 4; i++) w.say({ kind: "bytes", bytes: bytes(mostQueued / 3) });
  assert.equal(w.state.phase.kind, "open");
  assert.deepEqual(w.kinds(w.say({ kind: "bytes", bytes: bytes(mostQueued / 3) })), [
    "disconnect",
    "wake",
    "drop-buffer",
  ]);
  assert.equal(w.state.queuedBytes, 0);
});

test("logged out, it asks no more", () => {
  const w = world();
  w.playing();
  assert.deepEqual(w.kinds(w.say({ kind: "closed", loggedOut: true })), ["disconnect"]);
  assert.equal(w.state.phase.kind, "idle");
});

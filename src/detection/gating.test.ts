import assert from "node:assert/strict";
import { test } from "node:test";
import type { GateProof } from "../domain/detection/gate-proof.ts";
import type { MediaUnit } from "../platform/media-reader.ts";
import { createGating } from "./gating.ts";

const fps = 5;

interface Bench {
  /** Something is in the picture at this second; it is found there. */
  readonly there?: (second: number) => boolean;
  /** Bytes; by default what is there makes units three times as large. */
  readonly size?: (second: number) => number;
  readonly gopS?: number;
  /** The decoder holds each picture back until the next unit, or until it is drained. */
  readonly isLate?: true;
  /** Proven before a restart, of the first stream. */
  readonly before?: GateProof;
}

/** Every twenty seconds something crosses, for five. */
const crossing = (second: number): boolean => second % 20 >= 15;

function bench({ there = crossing, size = (s) => (there(s) ? 3000 : 1000), gopS = 2, isLate, before }: Bench = {}) {
  const decoded: number[] = [];
  const looked: number[] = [];
  let [leftOut, drained, n, lastLooked, wanted, keysOnly] = [0, 0, 0, -1, false, false];
  let held: number | undefined;
  const show = (second: number | undefined): void => {
    if (second === undefined || !gating.accept(second * 90_000, () => there(second)) || second <= lastLooked) return;
    lastLooked = second;
    looked.push(second);
    const moves = there(second) && there(second - 1 / fps);
    gating.looked({ learning: false, stirs: there(second), moves, pixels: 640 * 360 }, second * 1000);
  };
  const gating = createGating({
    decode({ arrival }) {
      const second = arrival / 1000;
      decoded.push(second);
      show(isLate === true ? held : second);
      held = isLate === true ? second : undefined;
    },
    drain() {
      drained++;
      show(held);
      held = undefined;
    },
    leftOut: (pictures) => void (leftOut += pictures),
    wanted: () => wanted,
    keysOnly: () => keysOnly,
    proven: (parameters) => (parameters.includes("avc1.4d") ? undefined : before),
  });
  gating.parameters({ track: "video", codec: "h264", codecString: "" });
  const until = (to: number): void => {
    for (; n < to * fps; n++) {
      const second = n / fps;
      const data = Buffer.alloc(Math.round(size(second) * (n % 2 === 0 ? 1 : 1.02)));
      const key = n % (gopS * fps) === 0;
      const unit: Omit<MediaUnit, "data"> = {
        ...{ track: "video", key, afterLoss: false, arrival: second * 1000, wall: 0 },
        ...{ pts: second * 90_000, dts: n * 18_000 },
      };
      gating.unit({ ...unit, data }, true);
    }
  };
  const between = (list: readonly number[], from: number, to: number) => list.filter((s) => s >= from && s < to);
  return {
    ...{ until, decoded, looked, gating, between },
    leftOut: () => leftOut,
    drained: () => drained,
    want: (on: boolean) => void (wanted = on),
    slow: (on: boolean) => void (keysOnly = on),
  };
}

test("until it has proved itself everything is decoded; then, while nothing moves, key units alone", () => {
  const { until, decoded, between, leftOut } = bench();
  until(40);
  assert.deepEqual([decoded.length, leftOut()], [200, 0]);
  until(160);
  assert.deepEqual(between(decoded, 146, 154), [146, 148, 150, 152]);
  assert.equal(between(decoded, 155, 160).length, 25, "all of what moves");
  assert.equal(leftOut() > 100, true);
});

test("when it opens what was left out before is decoded first, in order, and counts as left out no more", () => {
  const { until, decoded, looked, between, leftOut } = bench({ size: (s) => (s % 20 >= 15.6 ? 3000 : 1000) });
  until(155.5);
  assert.deepEqual(between(decoded, 154, 156), [154]);
  const before = leftOut();
  until(156);
  const all = [154, 154.2, 154.4, 154.6, 154.8, 155, 155.2, 155.4, 155.6, 155.8];
  assert.deepEqual(between(decoded, 154, 156), all, "sizes told 0.6 s late");
  assert.deepEqual(between(looked, 154, 156), all);
  assert.equal(leftOut() < before, true);
});

test("what sizes do not tell is found by the next key picture, from its beginning on, and ends the trust", () => {
  const isTold = (s: number): boolean => s % 20 >= 15 && s < 150;
  const { until, decoded, looked, between } = bench({ size: (s) => (isTold(s) ? 3000 : 1000) });
  until(156);
  assert.deepEqual(between(decoded, 154, 156), [154], "nothing is known of it yet");
  until(158);
  const late = between(looked, 154, 158);
  assert.deepEqual(late.slice(0, 12), [154, 154.2, 154.4, 154.6, 154.8, 155, 155.2, 155.4, 155.6, 155.8, 156, 156.2]);
  assert.deepEqual(
    late,
    [...late].sort((a, b) => a - b),
  );
  until(175);
  assert.equal(between(decoded, 165, 175).length, 50, "full rate");
});

test("a decoder that holds pictures back is drained for each key picture, and begins at the key unit again", () => {
  const { until, decoded, looked, between, drained } = bench({ isLate: true });
  until(154);
  assert.equal(drained() > 10, true);
  assert.deepEqual(between(looked, 146, 154), [146, 148, 150, 152]);
  until(156);
  assert.deepEqual(between(decoded, 154, 155.3), [154, 154, 154.2, 154.4, 154.6, 154.8, 155, 155.2]);
  assert.equal(new Set(looked).size, looked.length);
});

test("while somebody looks on, or follows an object, every picture is decoded", () => {
  const { until, decoded, between, want } = bench();
  until(146);
  want(true);
  until(150);
  assert.equal(between(decoded, 146, 150).length, 20);
  want(false);
  until(154);
  assert.deepEqual(between(decoded, 150, 154), [150, 152]);
});

test("key units that are longer apart than four seconds mean full rate: nobody could catch up", () => {
  const { until, decoded } = bench({ gopS: 8 });
  until(240);
  assert.equal(decoded.length, 240 * fps);
});

test("a decoder that gives its pictures some other time is not gated", () => {
  const gating = createGating({
    ...{ decode: () => undefined, drain: () => undefined, wanted: () => false, keysOnly: () => false },
    proven: () => undefined,
    leftOut: () => assert.fail("something was left out"),
  });
  for (let n = 0; n < 1000; n++) {
    const second = n / fps;
    const [pts, moves] = [n * 18_000, crossing(second)];
    const data = Buffer.alloc(moves ? 3000 : 1000);
    const unit = { track: "video", afterLoss: false, arrival: second * 1000, wall: 0, pts, dts: pts, data } as const;
    gating.unit({ ...unit, key: n % 10 === 0 }, true);
    gating.looked({ learning: false, stirs: moves, moves, pixels: 1 }, second * 1000);
  }
});

test("where time is short and only key units are decoded, nothing is learnt of it and nothing kept", () => {
  const { until, leftOut, slow, decoded, between } = bench();
  until(146);
  slow(true);
  const before = leftOut();
  until(186);
  assert.equal(leftOut(), before);
  slow(false);
  until(192);
  assert.deepEqual(between(decoded, 188, 192), [188, 190], "what it had proved still holds");
});

test("a camera that is believed is decoded as a whole for a while every ten minutes", () => {
  const { until, decoded, between } = bench();
  until(900);
  const calm = [...Array(40).keys()].map((n) => 106 + n * 20);
  const checked = calm.filter((s) => between(decoded, s, s + 8).length === 40);
  assert.equal(checked.length, 1);
});

test("new parameter sets are another stream: it proves itself anew; the same ones are a new connection", () => {
  const { until, decoded, between, gating } = bench();
  until(146);
  gating.parameters({ track: "video", codec: "h264", codecString: "" });
  until(154);
  assert.deepEqual(between(decoded, 148, 154), [148, 150, 152]);
  gating.parameters({ track: "video", codec: "h264", codecString: "avc1.4d" });
  until(174);
  assert.equal(between(decoded, 154, 174).length, 100);
});

test("what was proven before a restart is asked of the same stream alone, and counts after a check of 20 s", () => {
  const first = bench();
  const proofOf = ({ gating }: typeof first) => gating.proven?.proof;
  assert.equal(proofOf(first), undefined);
  first.until(146);
  const before = proofOf(first);
  assert.ok(before !== undefined);
  const next = bench({ before });
  const { until, decoded, between, gating } = next;
  const isTrusted = () => gating.proven?.trusted;
  until(34);
  assert.equal(decoded.length, 170, "everything");
  assert.deepEqual([isTrusted(), proofOf(next) !== undefined], [false, true]);
  until(54);
  assert.deepEqual(between(decoded, 44, 54), [44, 46, 48, 50, 52]);
  assert.equal(isTrusted(), true);
  gating.parameters({ track: "video", codec: "h264", codecString: "avc1.4d" });
  assert.equal(proofOf(next), undefined);
});

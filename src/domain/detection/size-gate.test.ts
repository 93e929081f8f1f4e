import assert from "node:assert/strict";
import { test } from "node:test";
import { createSizeGate, type SizeGate } from "./size-gate.ts";

const fps = 5;
const stepMs = 1000 / fps;
/** Units of a group of pictures. */
const gop = 10;

/** Even from −1 to 1; the same ones in each run. */
function evenNoise(): () => number {
  let seed = 1;
  return () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return (seed / 2_147_483_647) * 2 - 1;
  };
}

interface Street {
  /** Something moves at this second, and is found. */
  readonly moves: (second: number) => boolean;
  /** Bytes of the unit at this second and place. */
  readonly size: (second: number, place: number) => number;
}

/** Sends units from one second to another, each picture looked at; what the gate was at each, by tenths of a second. */
function watch(gate: SizeGate, { moves, size }: Street, from: number, to: number): Map<number, boolean> {
  const open = new Map<number, boolean>();
  for (let n = from * fps; n < to * fps; n++) {
    const [second, at, place] = [n / fps, n * stepMs, n % gop];
    if (place !== 0) gate.unit({ place, size: size(second, place), at });
    gate.looked({ stirs: moves(second), moves: moves(second) && moves((n - 1) / fps) }, at);
    open.set(Math.round(second * 10), gate.isOpen(at));
  }
  return open;
}

/** Every twenty seconds something crosses, for five. */
const crossing = (second: number): boolean => second % 20 >= 15;

/** Noise of a tenth around a size that depends on the place; what moves makes it half as large again. */
function honest(): Street {
  const noise = evenNoise();
  return {
    moves: crossing,
    size: (second, place) => (1000 + 300 * (place % 3)) * (1 + 0.1 * noise()) * (crossing(second) ? 1.5 : 1),
  };
}

test("a camera whose units grow with what moves is believed after a few motions, opens at once and shuts soon", () => {
  const gate = createSizeGate();
  const street = honest();
  watch(gate, street, 0, 34);
  assert.equal(gate.trusted, false, "one motion is no proof");
  watch(gate, street, 34, 120);
  assert.equal(gate.trusted, true);
  const open = watch(gate, street, 120, 200);
  for (const begins of [135, 155, 175, 195]) {
    assert.equal(open.get(begins * 10 - 20), false, `two seconds before ${begins} s`);
    assert.equal(open.get(begins * 10 + 6), true, `half a second after ${begins} s`);
  }
  assert.equal(open.get(1440), false, "four seconds after what moved");
});

test("a constant bit rate says nothing, and is never believed", () => {
  const gate = createSizeGate();
  const noise = evenNoise();
  watch(gate, { moves: crossing, size: () => 1500 * (1 + 0.1 * noise()) }, 0, 1200);
  assert.equal(gate.trusted, false);
});

test("sizes that jump about whatever moves are open at each motion by luck, which is no proof", () => {
  const gate = createSizeGate();
  const noise = evenNoise();
  watch(gate, { moves: crossing, size: () => (noise() > 0.6 ? 9000 : 1000) }, 0, 600);
  assert.equal(gate.trusted, false);
});

test("with the first motion that it did not see it is believed no more", () => {
  const gate = createSizeGate();
  const street = honest();
  watch(gate, street, 0, 120);
  assert.equal(gate.trusted, true);
  watch(gate, { ...street, size: (second, place) => street.size(0 * second, place) }, 120, 140);
  assert.equal(gate.trusted, false);
  watch(gate, street, 140, 300);
  assert.equal(gate.trusted, true, "it may prove itself again");
});

test("what moves again two seconds after other motion has to be seen by its own sizes: by then the gate is shut", () => {
  const gate = createSizeGate();
  const noise = evenNoise();
  const again = (second: number): boolean => second % 20 >= 16.8 && second % 20 < 18;
  const first = (second: number): boolean => second % 20 >= 11 && second % 20 < 15;
  const size = (second: number, place: number): number =>
    (1000 + 300 * (place % 3)) * (1 + 0.1 * noise()) * (first(second) ? 1.5 : 1);
  const moves = (second: number): boolean => first(second) || again(second);
  watch(gate, { moves, size }, 0, 600);
  assert.equal(gate.trusted, false);
});

test("what was proven before counts once it is known again what is usual and 20 s refuted nothing of it", () => {
  const old = createSizeGate();
  watch(old, honest(), 0, 120);
  const { proof } = old;
  assert.ok(proof !== undefined);
  const gate = createSizeGate(proof);
  const street = honest();
  watch(gate, street, 0, 30);
  assert.deepEqual([gate.trusted, gate.isOpen(30_000)], [false, true]);
  watch(gate, street, 30, 45);
  assert.equal(gate.trusted, true, "alone it would take a minute more");
  const other = createSizeGate(proof);
  watch(other, { ...street, size: (second, place) => street.size(0 * second, place) }, 0, 45);
  assert.deepEqual([other.trusted, other.proof], [false, undefined], "motion came that its sizes do not show");
  assert.equal(createSizeGate(proof.slice(1)).proof, undefined, "other levels");
});

test("what is seen each time, but by a hair, is no proof for what is smaller or shorter", () => {
  const gate = createSizeGate();
  const noise = evenNoise();
  const size = (second: number, place: number): number =>
    (1000 + 300 * (place % 3)) * (1 + 0.1 * noise()) * (crossing(second) ? 1.1 : 1);
  const trusted: number[] = [];
  for (let second = 0; second < 600; second += 20) {
    watch(gate, { moves: crossing, size }, second, second + 20);
    if (gate.trusted) trusted.push(second);
  }
  assert.deepEqual(trusted, []);
});

test("what moves too little to be found does not hide what is found", () => {
  const gate = createSizeGate();
  const street = honest();
  const swaying = (second: number): boolean => second % 20 < 8;
  const size = (second: number, place: number): number => street.size(second, place) * (swaying(second) ? 1.3 : 1);
  watch(gate, { ...street, size }, 0, 240);
  assert.equal(gate.trusted, true);
  assert.equal(watch(gate, { ...street, size }, 240, 260).get(2556), true);
});

test("a night whose noise makes every unit larger is the usual one after a minute", () => {
  const gate = createSizeGate();
  const street = honest();
  watch(gate, street, 0, 120);
  const night: Street = { moves: () => false, size: (second, place) => 3 * street.size(0 * second, place) };
  const open = watch(gate, night, 120, 200);
  assert.equal(open.get(1250), true, "at first it is something new");
  assert.equal(open.get(1990), false);
  assert.equal(gate.trusted, true);
});

test("what moves when the stream begins proves nothing: nobody knows what is usual", () => {
  const gate = createSizeGate();
  const street = honest();
  watch(gate, { ...street, moves: () => true }, 0, 300);
  assert.equal(gate.trusted, false);
  assert.equal(gate.isOpen(300_000), true, "what is not believed keeps nobody from looking");
});

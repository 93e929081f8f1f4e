import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  bandsOf,
  levelOfLoop,
  loopState,
  loopWirings,
  readLoop,
  toleranceOf,
  usualEolOhms,
  whyUnfit,
  type LoopSettings,
  type LoopState,
} from "./supervised-loop.ts";

const loop = (more: Partial<LoopSettings> = {}): LoopSettings => ({
  wiring: "double",
  eolOhm: 5600,
  pullUpOhm: 5600,
  fullScale: 4095,
  ...more,
});

/** What a 12-bit input reads of a loop of so many ohms. */
const counts = (ohms: number, { pullUpOhm, fullScale, zero = 0 }: LoopSettings): number =>
  Math.round(zero + (fullScale - zero) * (ohms === Infinity ? 1 : ohms / (ohms + pullUpOhm)));

const table: Record<LoopSettings["wiring"], Record<string, LoopState>> = {
  none: { "0": "closed", open: "open" },
  parallel: { "0": "closed", R: "open", open: "cut" },
  series: { "0": "short", R: "closed", open: "open" },
  double: { "0": "short", R: "closed", "2R": "open", open: "cut" },
};
const ohmsOf = (what: string, eolOhm: number): number =>
  ({ "0": 0, R: eolOhm, "2R": 2 * eolOhm })[what] ?? Number.POSITIVE_INFINITY;

for (const wiring of loopWirings) {
  test(`wired ${wiring}, the table says what each resistance is, for every usual resistor`, () => {
    for (const eolOhm of usualEolOhms) {
      for (const [what, state] of Object.entries(table[wiring])) {
        const settings = loop({ wiring, eolOhm, pullUpOhm: eolOhm });
        assert.equal(readLoop(settings, counts(ohmsOf(what, eolOhm), settings)).state, state, `${eolOhm} ${what}`);
      }
    }
  });
}

test("with one resistor in line a cut cable is an open contact: an alarm all the same", () => {
  const settings = loop({ wiring: "series" });
  assert.equal(levelOfLoop(readLoop(settings, settings.fullScale).state), "open");
});

test("a loop that was cut or shorted says nothing of its contact", () => {
  assert.deepEqual((["closed", "open", "cut", "short", "fault"] as const).map(levelOfLoop), [
    "closed",
    "open",
    "fault",
    "fault",
    "fault",
  ]);
});

test("the resistance is that of the loop, without the pull-up", () => {
  const settings = loop({ fullScale: 65_535, pullUpOhm: 4700 });
  const { ohms = 0, ratio = 0 } = readLoop(settings, counts(5600, settings));
  assert.ok(Math.abs(ohms - 5600) < 2, String(ohms));
  assert.ok(Math.abs(ratio - 5600 / 10_300) < 1e-4);
  assert.equal(readLoop(settings, 65_535).ohms, undefined);
});

test("a scale that does not begin at 0 is read from where it begins", () => {
  const settings = loop({ fullScale: 65_535, zero: 32_768 });
  assert.equal(readLoop(settings, counts(5600, settings)).state, "closed");
  assert.equal(readLoop(settings, 0).state, "fault");
});

test("what lies outside of the scale, or has no supply, is a fault with a sentence and no tampering", () => {
  for (const [reading, reference] of [
    [4500, 4095],
    [Number.NaN, 4095],
    [0, 0],
    [10, 1500],
  ] as const) {
    const read = readLoop(loop(), reading, { reference });
    assert.equal(read.state, "fault");
    assert.ok((read.reason ?? "").length > 20);
  }
});

test("resistors that can't be told apart behind a pull-up are refused with a sentence", () => {
  assert.equal(whyUnfit(loop()), undefined);
  assert.match(whyUnfit(loop({ eolOhm: 1000, pullUpOhm: 100_000 })) ?? "", /does not fit/);
  assert.match(whyUnfit(loop({ eolOhm: 10_000, pullUpOhm: 100 })) ?? "", /does not fit/);
  assert.match(whyUnfit(loop({ fullScale: 4095, zero: 4095 })) ?? "", /not above its zero/);
});

const anyLoop: fc.Arbitrary<LoopSettings> = fc
  .record({
    wiring: fc.constantFrom(...loopWirings),
    eolOhm: fc.integer({ min: 500, max: 20_000 }),
    pullUpOhm: fc.integer({ min: 500, max: 20_000 }),
    fullScale: fc.constantFrom(1023, 4095, 10_000, 65_535),
  })
  .filter((settings) => whyUnfit(settings) === undefined);
const share = fc.double({ min: 0, max: 1, noNaN: true });

test("every ratio from 0 to 1 is exactly one state, and the bands follow each other without a gap", () => {
  fc.assert(
    fc.property(anyLoop, share, (settings, ratio) => {
      const bands = bandsOf(settings);
      assert.equal(bands[0]?.from, 0);
      assert.equal(bands.at(-1)?.to, 1);
      for (const [index, band] of bands.entries()) {
        assert.ok(band.from < band.to && band.from <= band.nominal && band.nominal <= band.to);
        if (index > 0) assert.equal(band.from, bands[index - 1]?.to);
      }
      const holding = bands.filter(({ from, to }) => ratio > from && ratio <= to);
      assert.equal(loopState(settings, ratio), holding[0]?.state ?? bands[0].state);
      assert.ok(holding.length <= 1);
    }),
  );
});

test("noise within the tolerance never changes the state", () => {
  fc.assert(
    fc.property(anyLoop, fc.nat(3), fc.array(fc.double({ min: -1, max: 1, noNaN: true })), (settings, which, noise) => {
      const bands = bandsOf(settings);
      const band = bands[which % bands.length];
      if (band === undefined) return;
      let state = loopState(settings, band.nominal);
      assert.equal(state, band.state);
      for (const one of noise) {
        state = loopState(settings, Math.min(1, Math.max(0, band.nominal + one * toleranceOf(settings))), state);
        assert.equal(state, band.state);
      }
    }),
  );
});

test("a supply that rises and sinks changes nothing: reading and reference go together", () => {
  fc.assert(
    fc.property(anyLoop, share, fc.double({ min: 0.6, max: 1.4, noNaN: true }), (settings, ratio, supply) => {
      const reference = settings.fullScale * supply;
      const at = (scale: number) => readLoop(settings, ratio * scale, { reference: scale });
      const [here, there] = [at(settings.fullScale), at(reference)];
      assert.ok(Math.abs((here.ratio ?? -1) - (there.ratio ?? -2)) < 1e-9);
      const edge = bandsOf(settings).some(({ to }) => Math.abs(to - ratio) < 1e-9);
      if (!edge) assert.equal(here.state, there.state);
    }),
  );
});

test("the hysteresis never oscillates: within twice of it a state changes once at most", () => {
  fc.assert(
    fc.property(anyLoop, share, fc.array(share), share, (settings, from, walk, start) => {
      const bands = bandsOf(settings);
      const gaps = bands.slice(1).map(({ nominal }, index) => nominal - (bands[index]?.nominal ?? 0));
      const width = 2 * Math.min(0.02, ...gaps.map((gap) => gap / 8)) * 0.999;
      let state = loopState(settings, start);
      state = loopState(settings, Math.min(1, from), state);
      let changes = 0;
      for (const step of walk) {
        const next = loopState(settings, Math.min(1, from + step * width), state);
        if (next !== state) changes++;
        state = next;
      }
      assert.ok(changes <= 1, String(changes));
    }),
  );
});

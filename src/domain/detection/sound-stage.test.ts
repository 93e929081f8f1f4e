import assert from "node:assert/strict";
import { test } from "node:test";
import { g711Samples } from "../g711.ts";
import { createSoundStage, leastLevel, riseNeeds, type SoundStage } from "./sound-stage.ts";

const rate = 8000;
/** A second of noise of this level, dB below full scale, in pieces of 20 ms; what was said of the points at each. */
function second(stage: SoundStage, from: number, db: number, ms = 1000): string[][] {
  return Array.from({ length: ms / 20 }, (_, piece) => {
    const size = 10 ** (db / 20) * Math.sqrt(3);
    const samples = Float32Array.from({ length: rate / 50 }, (_, n) => {
      const grain = Math.imul(n * 7919 + piece * 104_729 + from, 2_654_435_761) >>> 0;
      return size * ((grain / 2 ** 32) * 2 - 1);
    });
    return stage.hear(samples, rate, from + piece * 20).map(({ point, level }) => `${point} ${level}`);
  });
}
const all = { loss: true, rise: { sensitivity: 50, threshold: 50 } } as const;

test("a crash in a quiet room is a rise, held for two seconds; a room as loud as ever is none", () => {
  const stage = createSoundStage(all);
  for (let s = 0; s < 20; s++) second(stage, s * 1000, -50);
  assert.deepEqual(second(stage, 20_000, -50).at(-1), ["8 open", "9 open"]);
  assert.ok(Math.abs((stage.db ?? 0) + 50) <= 1, `${stage.db}`);
  const crash = second(stage, 21_000, -20, 100);
  assert.ok(crash.some((points) => points.includes("9 closed")));
  assert.deepEqual(second(stage, 21_100, -50).at(-1), ["8 open", "9 closed"]);
  assert.deepEqual(second(stage, 23_200, -50).at(-1), ["8 open", "9 open"]);
});

test("a street that slowly grows loud is no rise, nor is what is loud beside the baseline and still too quiet", () => {
  const stage = createSoundStage(all);
  const said = Array.from({ length: 100 }, (_, s) => second(stage, s * 1000, -60 + s * 0.4)).flat();
  assert.ok(!said.flat().includes("9 closed"));
  const quiet = createSoundStage(all);
  for (let s = 0; s < 10; s++) second(quiet, s * 1000, -80);
  assert.ok(!second(quiet, 10_000, -45).flat().includes("9 closed"));
});

test("the sensitivity is how sudden, the threshold how loud", () => {
  assert.deepEqual([riseNeeds(0), riseNeeds(50), Math.round(riseNeeds(100))], [30, 16.5, 3]);
  assert.deepEqual([leastLevel(0), leastLevel(50), leastLevel(100)], [-60, -35, -10]);
});

test("a microphone that falls silent and a camera that sends no sound any more are both a loss after ten seconds", () => {
  const stage = createSoundStage(all);
  for (let s = 0; s < 5; s++) second(stage, s * 1000, -50);
  for (let s = 5; s < 14; s++)
    assert.ok(
      !second(stage, s * 1000, -90)
        .flat()
        .includes("8 closed"),
      `${s}`,
    );
  assert.ok(second(stage, 15_000, -90).flat().includes("8 closed"));
  assert.equal(second(stage, 16_000, -50).at(-1)?.[0], "8 open");
  assert.deepEqual(stage.silence(26_000).map(({ level }) => level), ["open", "open"]); // prettier-ignore
  assert.deepEqual(stage.silence(27_500).map(({ level }) => level), ["closed", "unknown"]); // prettier-ignore
});

test("where no sound ever came nothing is known, and a room that was always silent is not lost", () => {
  const stage = createSoundStage(all);
  assert.deepEqual(stage.silence(60_000).map(({ level }) => level), ["unknown", "unknown"]); // prettier-ignore
  for (let s = 60; s < 80; s++) second(stage, s * 1000, -90);
  assert.equal(second(stage, 80_000, -90).at(-1)?.[0], "8 open");
  stage.pause();
  assert.deepEqual(stage.silence(90_000).map(({ level }) => level), ["unknown", "unknown"]); // prettier-ignore
});

test("G.711 has silence in its middle and full scale at its ends", () => {
  const a = g711Samples("pcma", Uint8Array.of(0xd5, 0x55, 0xaa, 0x2a));
  const u = g711Samples("pcmu", Uint8Array.of(0xff, 0x7f, 0x80, 0x00));
  for (const samples of [a, u]) {
    assert.ok(Math.abs(samples[0] ?? 1) < 0.001 && Math.abs(samples[1] ?? 1) < 0.001, String(samples));
    assert.ok((samples[2] ?? 0) > 0.95 && (samples[3] ?? 0) < -0.95, String(samples));
  }
});

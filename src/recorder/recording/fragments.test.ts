import assert from "node:assert/strict";
import { test } from "node:test";
import { days, instant, wallTime } from "../../kernel/time.ts";
import { createBlockPool } from "../../media/block.ts";
import type { AccessUnit, AudioParameters } from "../../media/types.ts";
import { parameters } from "../support.test.ts";
import { buildFrom, type TimeBase } from "./fragments.ts";

const sound: AudioParameters = {
  kind: "audio",
  codec: "pcmu",
  sampleRate: 8000,
  channels: 1,
  config: new Uint8Array(),
};
const pool = createBlockPool();
const year = days(365);

/** A unit that arrived at `ms` and lies at `wall`; pictures count their ticks from 0, sound from 5000. */
function unit(track: "video" | "audio", ms: number, wall = ms): AccessUnit {
  const block = pool.take(160);
  const ticks = track === "video" ? ms * 90 : 5000 + ms * 8;
  return {
    ...{ track, data: block.bytes.subarray(0, 160), pts: ticks, dts: ticks, key: ms === 0, session: 1, block },
    ...{ arrival: instant(ms), wall: wallTime(wall), afterLoss: false },
    parameters: track === "video" ? parameters : sound,
  };
}

/** Where the first sound of a fragment lies on the line of a segment that began at 0, ms. */
function soundAt(units: readonly AccessUnit[]): number {
  const base: TimeBase = {
    ...{ videoZero: 0, startPts: 0, startArrival: instant(0), audio: sound, audioZero: undefined, frameTicks: 3600 },
  };
  const first = units.find(({ track }) => track === "audio");
  const order = { sequence: 1, first: 0, end: units.length, hold: false, previous: undefined };
  const built = buildFrom((index) => units[index], base, order);
  assert.ok(built !== undefined && first !== undefined && base.audioZero !== undefined);
  built.release();
  return (first.dts - base.audioZero) / 8;
}

test("sound that begins after the clock was set by a year lies as much later as it came", () => {
  for (const by of [year, -year, 3000]) {
    const units = [unit("video", 2000, 2000 + by), unit("video", 2040, 2040 + by), unit("audio", 2050, 2050 + by)];
    assert.equal(soundAt(units), 2050);
  }
});

test("the clock is set between a picture and the first sound: arrivals say how far they are apart", () => {
  assert.equal(soundAt([unit("video", 2000), unit("audio", 2050, 2050 + year)]), 2050);
  assert.equal(soundAt([unit("audio", 2050, 2050 + year)]), 2050, "no picture in this fragment");
});

test("sound that a camera buffers lies where its reports say that it was taken", () => {
  assert.equal(soundAt([unit("video", 2000), unit("audio", 2300, 2010)]), 2010);
  assert.equal(soundAt([unit("video", 0), unit("audio", 100, -200)]), 0, "never before the first picture");
});

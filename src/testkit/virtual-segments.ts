/** Segments for tests of what is made of several: their tables are whole, their bytes do not exist. */
import { g711Parameters } from "../media/codec/g711.ts";
import { h264Parameters } from "../media/codec/h264.ts";
import { emptyTable } from "../media/mp4/sample-table.ts";
import type { SampleTable } from "../media/mp4/types.ts";
import type { VirtualSegment } from "../media/mp4/virtual-mp4.ts";
import type { VideoParameters } from "../media/types.ts";
import { plainSps, setsOf } from "./nal-units.ts";

const [sps = new Uint8Array(), pps = new Uint8Array()] = setsOf.h264;

function parametersOf(set: Uint8Array): VideoParameters {
  const made = h264Parameters(set, pps);
  if (!made.ok) throw new Error(made.error);
  return made.value;
}

export const large = parametersOf(sps);
export const small = parametersOf(plainSps(1));
export const pcma = g711Parameters("pcma", 8000, 1);

/** `count` samples of 10 bytes, one every `duration` ticks, a key every `gop`, behind one another from `offset`. */
export function tableOf(count: number, duration: number, gop: number, offset: number): SampleTable {
  const table = emptyTable(count);
  for (let i = 0; i < count; i++) {
    table.offset[i] = offset + i * 10;
    table.size[i] = 10;
    table.dts[i] = i * duration;
    table.duration[i] = duration;
    table.key[i] = i % gop === 0 ? 1 : 0;
  }
  return table;
}

/** Four seconds of 25 pictures a second with a key every second, and sound in 20 ms units. */
export const segment = (source: string, zeroMs: number, parameters = large): VirtualSegment<string> => ({
  source,
  zeroMs,
  video: { parameters, samples: tableOf(100, 3600, 25, 1000) },
  audio: { parameters: pcma, samples: tableOf(200, 160, 1, 50_000) },
});

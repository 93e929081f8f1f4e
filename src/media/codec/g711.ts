import type { AudioParameters } from "../types.ts";

/** G.711 as RFC 3551 §4.5.14 carries it: one byte a sample and channel. */
export const g711Parameters = (codec: "pcma" | "pcmu", sampleRate: number, channels: number): AudioParameters => ({
  kind: "audio",
  codec,
  sampleRate,
  channels,
  config: new Uint8Array(0),
});

import type { AudioClip } from "./clip.ts";

const frameMs = 20;

/** One second of a quiet 440 Hz tone with a louder beep in its first tenth, as G.711 frames of 20 ms (RFC 3551 §4.2). */
export function audioTone(codec: "pcma" | "pcmu", sampleRate: number): AudioClip {
  const encode = codec === "pcma" ? encodeALaw : encodeMuLaw;
  const frameSamples = (sampleRate * frameMs) / 1000;
  const frames = Array.from({ length: 1000 / frameMs }, (_, frame) =>
    Uint8Array.from({ length: frameSamples }, (_, i) => {
      const t = (frame * frameSamples + i) / sampleRate;
      const [pitch, loudness] = t < 0.1 ? [880, 12_000] : [440, 1500];
      return encode(Math.round(loudness * Math.sin(2 * Math.PI * pitch * t)));
    }),
  );
  return { kind: "audio", codec, sampleRate, channels: 1, config: new Uint8Array(0), frames, frameSamples };
}

/** ITU-T G.711 §3, A-law of a 16-bit sample. */
export function encodeALaw(sample: number): number {
  const sign = sample >= 0 ? 0x80 : 0;
  const magnitude = Math.min(sample >= 0 ? sample : -sample - 1, 32_767) >> 3;
  const exponent = magnitude < 32 ? 0 : 31 - Math.clz32(magnitude) - 4;
  const mantissa = exponent < 2 ? (magnitude >> 1) & 0x0f : (magnitude >> exponent) & 0x0f;
  return (sign | (exponent << 4) | mantissa) ^ 0x55;
}

/** ITU-T G.711 §3, µ-law of a 16-bit sample. */
export function encodeMuLaw(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), 32_635) + 132;
  const exponent = 31 - Math.clz32(magnitude) - 7;
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~(sign | (exponent << 4) | mantissa) & 0xff;
}

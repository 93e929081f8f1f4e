/** G.711 (ITU-T): a byte a sample. For the detection, which listens, and for pages, whose browsers do not play it. */

/** A-law and µ-law to samples, −1 … 1. */
export const g711Samples = (law: "pcma" | "pcmu", bytes: Uint8Array): Float32Array<ArrayBuffer> => {
  const table = law === "pcma" ? aLaw : muLaw;
  return Float32Array.from(bytes, (byte) => table[byte] ?? 0);
};

/** G.711 table 1a: even bits inverted; sign, segment of three bits, four bits in it. */
const aLaw = Float32Array.from({ length: 256 }, (_, coded) => {
  const code = coded ^ 0x55;
  const [segment, step] = [(code >> 4) & 7, code & 15];
  const size = segment === 0 ? step * 16 + 8 : (step * 16 + 264) << (segment - 1);
  return (code & 0x80) === 0 ? -size / 32_768 : size / 32_768;
});

/** G.711 table 2a: all bits inverted. */
const muLaw = Float32Array.from({ length: 256 }, (_, coded) => {
  const code = ~coded & 0xff;
  const [segment, step] = [(code >> 4) & 7, code & 15];
  const size = (((step << 3) + 132) << segment) - 132;
  return (code & 0x80) === 0 ? size / 32_768 : -size / 32_768;
});

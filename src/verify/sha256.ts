/** SHA-256 (FIPS 180-4) in pieces, for browsers: theirs takes a whole file at once or nothing. */
import type { Hash } from "./types.ts";

/** The first 32 bits of the fractional parts of the cube roots of the first 64 primes, and of the square roots of 8. */
const primes = firstPrimes(64);
const fraction = (root: number): number => ((root - Math.floor(root)) * 0x100000000) | 0;
const rounds = Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));
const begin = Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));

function firstPrimes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) if (found.every((prime) => n % prime !== 0)) found.push(n);
  return found;
}

const turn = (x: number, by: number): number => (x >>> by) | (x << (32 - by));

/** One block of 64 bytes. */
function mix(state: Int32Array, words: Int32Array, block: DataView, at: number): void {
  for (let i = 0; i < 16; i++) words[i] = block.getInt32(at + 4 * i);
  const w = (i: number): number => words[i] ?? 0;
  for (let i = 16; i < 64; i++) {
    const [x, y] = [w(i - 15), w(i - 2)];
    const low = turn(x, 7) ^ turn(x, 18) ^ (x >>> 3);
    const high = turn(y, 17) ^ turn(y, 19) ^ (y >>> 10);
    words[i] = (w(i - 16) + low + w(i - 7) + high) | 0;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let i = 0; i < 64; i++) {
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + (rounds[i] ?? 0) + w(i)) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  for (const [i, value] of [a, b, c, d, e, f, g, h].entries()) state[i] = ((state[i] ?? 0) + value) | 0;
}

export function streamingSha256(): Hash {
  const state = Int32Array.from(begin);
  const words = new Int32Array(64);
  const rest = new Uint8Array(64);
  let kept = 0;
  let total = 0;
  const take = (bytes: Uint8Array): void => {
    let at = 0;
    if (kept > 0) {
      at = Math.min(64 - kept, bytes.length);
      rest.set(bytes.subarray(0, at), kept);
      kept += at;
      if (kept < 64) return;
      mix(state, words, new DataView(rest.buffer), 0);
      kept = 0;
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (; at + 64 <= bytes.length; at += 64) mix(state, words, view, at);
    rest.set(bytes.subarray(at));
    kept = bytes.length - at;
  };
  return {
    update(bytes) {
      total += bytes.length;
      take(bytes);
    },
    hex() {
      const bits = BigInt(total) * 8n;
      const padding = new Uint8Array((kept < 56 ? 64 : 128) - kept);
      padding[0] = 0x80;
      new DataView(padding.buffer).setBigUint64(padding.length - 8, bits);
      take(padding);
      return [...state].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
    },
  };
}

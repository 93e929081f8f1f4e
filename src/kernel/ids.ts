import type { WallTime } from "./time.ts";

/**
 * A UUIDv7 (RFC 9562 §5.7): 48 bits of wall time, then random bits, so that ids sort roughly by creation.
 * `random` are at least 10 random bytes; the shell brings them.
 */
export function uuidV7(wall: WallTime, random: Uint8Array): string {
  const bytes = new Uint8Array(16);
  const ms = Math.max(0, Math.floor(wall));
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(ms / 2 ** (8 * (5 - i))) & 0xff;
  bytes.set(random.subarray(0, 10), 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

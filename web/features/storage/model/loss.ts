interface Stored {
  readonly storedBytes: number;
  readonly oldest?: number;
  readonly live?: { readonly totalBytes: number };
}
interface Limits {
  readonly keepDays: number;
  readonly maxShare: number;
  readonly maxBytes: number | null;
}

const dayMs = 86_400_000;

/** What new limits would take at once: bytes over the cap, days that are older than what is kept. Locked footage stays. */
export function lossOf(volume: Stored, limits: Limits, now: number): { readonly bytes: number; readonly days: number } {
  const cap = limits.maxBytes ?? (volume.live === undefined ? Infinity : volume.live.totalBytes * limits.maxShare);
  const age = volume.oldest === undefined ? 0 : (now - volume.oldest) / dayMs;
  return { bytes: Math.max(0, volume.storedBytes - cap), days: Math.max(0, age - limits.keepDays) };
}

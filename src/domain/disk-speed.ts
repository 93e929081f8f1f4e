/** What a measurement of a volume says. Pure: times in, meaning for people out. */

/** As it was measured: pieces written and synced one after the other, then small ones as at an alarm. */
export interface DiskSpeed {
  readonly writeBytesPerSecond: number;
  /** Of a small write, until it is durable. */
  readonly syncP50Ms: number;
  readonly syncP99Ms: number;
  /** Written for it. */
  readonly bytes: number;
  /** It was slow enough to be ended by its own time bound. */
  readonly cut: boolean;
}

export interface MeasuredSpeed extends DiskSpeed {
  /** Id. */
  readonly volume: string;
  /** Wall ms. */
  readonly at: number;
}

export interface Piece {
  readonly bytes: number;
  readonly ms: number;
}

/** Throughput is the middle of the pieces': one that met somebody else's work says little. */
export function speedOf(pieces: readonly Piece[], syncsMs: readonly number[], cut: boolean): DiskSpeed {
  const rates = pieces.map(({ bytes, ms }) => (bytes * 1000) / Math.max(ms, 0.001)).sort((a, b) => a - b);
  const syncs = syncsMs.toSorted((a, b) => a - b);
  const at = (all: readonly number[], share: number): number =>
    all[Math.min(all.length - 1, Math.floor(share * all.length))] ?? 0;
  return {
    writeBytesPerSecond: Math.round(at(rates, 0.5)),
    syncP50Ms: at(syncs, 0.5),
    syncP99Ms: at(syncs, 0.99),
    bytes: pieces.reduce((sum, { bytes }) => sum + bytes, 0),
    cut,
  };
}

/** Half of the throughput is left for players, exports and the cleaner. */
const usedShare = 0.5;
/** A sync round begins every two seconds, and every camera has a file in it. */
const roundMs = 2000;
/** A camera of which nothing is known: 1080p at 4 Mbit/s. */
export const usualBytesPerSecond = 500_000;

export interface SpeedMeaning {
  /** It takes so many of such cameras. */
  readonly cameras: number;
  readonly limit: "write" | "sync";
  /** The cameras that were counted with, bytes a second each. */
  readonly cameraBytesPerSecond: number;
  /** How soon the pictures of an alarm are durable: at once (≤ 100 ms), within a second, or later. */
  readonly alarm: "at-once" | "second" | "later";
}

/** Enough for how many cameras like these? `cameraBytesPerSecond`: what one of them sends; undefined: not known. */
export function speedMeaning(speed: DiskSpeed, cameraBytesPerSecond = usualBytesPerSecond): SpeedMeaning {
  const byWrite = Math.floor((speed.writeBytesPerSecond * usedShare) / cameraBytesPerSecond);
  const bySync = Math.floor(roundMs / Math.max(speed.syncP50Ms, 1));
  const alarm = speed.syncP99Ms <= 100 ? "at-once" : speed.syncP99Ms <= 1000 ? "second" : "later";
  const cameras = Math.min(byWrite, bySync);
  return { cameras, limit: byWrite <= bySync ? "write" : "sync", cameraBytesPerSecond, alarm };
}

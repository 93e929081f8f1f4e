/** Waits as long as it takes until so many bytes may go out. Absent: at once. */
export type Pace = (bytes: number) => Promise<void> | undefined;

const pieceBytes = 64 * 1024;

/**
 * So many bytes a second on average, whoever sends them: a share of one line for all parts that go out at once.
 * @param wait resolves after so many ms
 */
export function paceOf(bytesPerSecond: number, now: () => number, wait: (ms: number) => Promise<void>): Pace {
  /** When the line is free again. */
  let free = 0;
  return (bytes) => {
    const at = now();
    free = Math.max(free, at) + (bytes / bytesPerSecond) * 1000;
    const ms = free - at;
    return ms < 1 ? undefined : wait(ms);
  };
}

/** `bytes` in pieces; each one says that something moved. */
export async function* withSpeed(bytes: Uint8Array, pace: Pace, moved: () => void): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    const piece = bytes.subarray(at, at + pieceBytes);
    await pace(piece.length);
    moved();
    yield piece;
  }
}

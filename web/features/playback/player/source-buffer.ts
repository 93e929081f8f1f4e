/** Where a slice lies, seconds of media time. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  /** Only its key frames. */
  readonly keysOnly: boolean;
}

/** A SourceBuffer that is used one step after the other, and remembers which slices are in it. */
export interface Buffer {
  /** Seconds of media time that are there. */
  covers(time: number): boolean;
  append(bytes: ArrayBuffer, slice?: Stretch): Promise<void>;
  /** A slice with all its pictures counts also where key frames would do. */
  has(slice: Stretch): boolean;
  /** Takes what is outside away, once it is more than `slackS`. */
  keep(from: number, to: number, slackS: number): Promise<void>;
  changeType(mime: string): void;
}

export function openBuffer(source: MediaSource, mime: string): Buffer {
  const buffer = source.addSourceBuffer(mime);
  const kept = new Map<number, Stretch>();
  const settled = (): Promise<void> =>
    new Promise((resolve, reject) => {
      buffer.addEventListener("updateend", () => resolve(), { once: true });
      buffer.addEventListener("error", () => reject(new Error("the browser can't read this footage")), { once: true });
    });
  const rangeNear = (time: number) => {
    for (let i = 0; i < buffer.buffered.length; i++) {
      const range = { from: buffer.buffered.start(i), to: buffer.buffered.end(i) };
      if (time >= range.from - edge && time < range.to) return range;
    }
    return undefined;
  };
  const remove = async (from: number, to: number): Promise<void> => {
    const ended = settled();
    buffer.remove(from, to);
    await ended;
    for (const [at, slice] of kept) if (slice.from < to && slice.to > from) kept.delete(at);
  };
  return {
    covers: (time) => rangeNear(time) !== undefined,
    has(slice) {
      const there = kept.get(slice.from);
      return there?.to === slice.to && (slice.keysOnly || !there.keysOnly);
    },
    changeType: (next) => buffer.changeType(next),
    async append(bytes, slice) {
      const ended = settled();
      buffer.appendBuffer(bytes);
      await ended;
      if (slice === undefined) return;
      // whose beginning was written over has lost what hangs on its key frame
      for (const at of kept.keys()) if (at > slice.from && at < slice.to - edge) kept.delete(at);
      kept.set(slice.from, slice);
    },
    async keep(from, to, slackS) {
      if (buffer.buffered.length === 0) return;
      const [first, last] = [buffer.buffered.start(0), buffer.buffered.end(buffer.buffered.length - 1)];
      if (first < from - slackS) await remove(0, from);
      if (last > to + slackS) await remove(to, Infinity);
    },
  };
}

/** A picture's time goes through integers of microseconds. */
const edge = 0.002;

/** Small pictures on demand: the newest wish first, what nobody waits for any more is not made, and what was made is kept. */

export interface PictureDesk {
  /**
   * The picture of this name. Rejects as `make` does, and with `Superseded` when `signal` says that nobody waits for it
   * any more, or newer wishes took its place.
   */
  picture(name: string, make: () => Promise<Uint8Array>, signal: AbortSignal): Promise<Uint8Array>;
}

/** Its turn never came. */
export class Superseded extends Error {}

export const deskLimits = {
  /** Made at the same time. */
  atOnce: 2,
  /** Waiting; the oldest wish gives way. */
  waiting: 16,
  /** Kept, bytes of JPEG. */
  bytes: 16 * 1024 * 1024,
} as const;

interface Wish {
  readonly name: string;
  readonly make: () => Promise<Uint8Array>;
  readonly signal: AbortSignal;
  readonly done: PromiseWithResolvers<Uint8Array>;
}

export function createPictureDesk(limits: Readonly<Record<keyof typeof deskLimits, number>> = deskLimits): PictureDesk {
  const kept = new Map<string, Uint8Array>();
  const making = new Map<string, Promise<Uint8Array>>();
  let waiting: Wish[] = [];
  let bytes = 0;
  const keep = (name: string, picture: Uint8Array): void => {
    kept.set(name, picture);
    bytes += picture.length;
    for (const [oldest, { length }] of kept) {
      if (bytes <= limits.bytes) return;
      kept.delete(oldest);
      bytes -= length;
    }
  };
  const begin = ({ name, make, done }: Wish): void => {
    const made = make();
    making.set(name, made);
    made
      .then((picture) => keep(name, picture))
      .catch(() => undefined)
      .finally(() => {
        making.delete(name);
        next();
      });
    made.then(done.resolve, done.reject);
  };
  const next = (): void => {
    while (making.size < limits.atOnce) {
      const wish = waiting.pop();
      if (wish === undefined) return;
      const [there, running] = [kept.get(wish.name), making.get(wish.name)];
      if (there !== undefined) wish.done.resolve(there);
      else if (running !== undefined) running.then(wish.done.resolve, wish.done.reject);
      else begin(wish);
    }
  };
  const drop = (wish: Wish): void => {
    waiting = waiting.filter((one) => one !== wish);
    wish.done.reject(new Superseded());
  };
  return {
    picture(name, make, signal) {
      const there = kept.get(name);
      if (there !== undefined) {
        // the one that was asked for last goes last
        kept.delete(name);
        kept.set(name, there);
        return Promise.resolve(there);
      }
      const running = making.get(name);
      if (running !== undefined) return running;
      const wish: Wish = { name, make, signal, done: Promise.withResolvers() };
      if (signal.aborted) wish.done.reject(new Superseded());
      else {
        waiting.push(wish);
        signal.addEventListener("abort", () => waiting.includes(wish) && drop(wish), { once: true });
        const [oldest] = waiting;
        if (waiting.length > limits.waiting && oldest !== undefined) drop(oldest);
        next();
      }
      return wish.done.promise;
    },
  };
}

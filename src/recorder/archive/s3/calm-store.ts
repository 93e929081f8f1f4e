import { after, seconds, type Clock, type Instant } from "../../../kernel/time.ts";
import { BucketError } from "../../../bucket/port.ts";
import { markerName } from "../../volumes/marker.ts";
import type { ArchiveStore } from "./store.ts";

/** After the first failure, the second … nothing is asked for so long. */
const pauses = [5, 10, 20, 40, 60].map(seconds);
/** A marker that was there is there: it is looked at every few seconds, and each look is a request that costs money. */
const markerFor = seconds(60);

/** A store that is not asked again and again while it can't be reached: what failed last is said at once instead. */
export function calmStore(store: ArchiveStore, clock: Clock): ArchiveStore {
  let failures = 0;
  let failed: { readonly error: unknown; readonly until: Instant } | undefined;
  let marker: { readonly text: string; readonly until: Instant } | undefined;
  const calmly = async <T>(ask: () => Promise<T>): Promise<T> => {
    if (failed !== undefined && clock.now() < failed.until) throw failed.error;
    try {
      const answer = await ask();
      failures = 0;
      failed = undefined;
      return answer;
    } catch (error) {
      // a file of ours that can't be copied says nothing of the store
      if (!(error instanceof BucketError)) throw error;
      const pause = pauses[Math.min(failures++, pauses.length - 1)] ?? 0;
      failed = { error, until: after(clock.now(), pause) };
      marker = undefined;
      throw error;
    }
  };
  return {
    get closed() {
      return store.closed;
    },
    async read(name) {
      if (name === markerName && marker !== undefined && clock.now() < marker.until) return marker.text;
      const text = await calmly(() => store.read(name));
      if (name === markerName && text !== undefined) marker = { text, until: after(clock.now(), markerFor) };
      return text;
    },
    write: (name, text) => calmly(() => store.write(name, text)),
    remove: (name) => calmly(() => store.remove(name)),
    list: (from) => calmly(() => store.list(from)),
    rowOf: (path) => calmly(() => store.rowOf(path)),
    copy: (job, moved) => calmly(() => store.copy(job, moved)),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
}

/** What protects footage on the volumes: core's locks and leases, and locks that only a volume's journal knows. */
import { lockLookup, type FootageLock, type FootageRange, type LockLookup } from "../../domain/footage-lock.ts";
import type { Clock } from "../../kernel/time.ts";
import type { Volume } from "./volume-state.ts";

export interface LockBook {
  /** All that core knows. Every mounted volume's journal gets what it lacks of it. */
  told(locks: readonly FootageLock[], released: readonly string[]): void;
  /** A volume was mounted: its locks hold too, and it gets what it lacks. */
  mounted(volume: Volume): void;
  holds(range: FootageRange): "locked" | "leased" | undefined;
  /** Rises with each change. */
  readonly version: number;
}

/** A book over these volumes. Before core has said anything, their journals alone count. */
export function createLockBook(clock: Clock, volumes: () => readonly Volume[]): LockBook {
  let ofCore: readonly FootageLock[] = [];
  let released: ReadonlySet<string> = new Set();
  let lookup: LockLookup | undefined;
  let version = 0;
  const changed = (): void => {
    lookup = undefined;
    version++;
  };
  const all = function* (): Generator<FootageLock> {
    yield* ofCore;
    for (const volume of volumes()) {
      for (const lock of volume.history?.locks.values() ?? []) if (!released.has(lock.id)) yield lock;
    }
  };
  const tell = (volume: Volume): void => {
    const known = volume.history?.locks;
    if (known === undefined) return;
    for (const lock of ofCore) {
      if (lock.until === undefined && !known.has(lock.id)) volume.note({ kind: "footage-locked", lock });
    }
    for (const id of [...known.keys()]) if (released.has(id)) volume.note({ kind: "lock-released", id });
  };
  return {
    told(locks, gone) {
      ofCore = locks;
      released = new Set(gone);
      volumes().forEach(tell);
      changed();
    },
    mounted(volume) {
      tell(volume);
      changed();
    },
    holds: (range) => (lookup ??= lockLookup(all())).holds(range, clock.wall()),
    get version() {
      return version;
    },
  };
}

/**
 * Has the database look, a little at a time, which receipts that called nobody go with their footage. Not by a clock that
 * is not believed, nor by one that leapt ahead, nor on the day after a rebuild.
 */
import { ageWaitsUntil, seeWall, type WallSeen } from "../domain/clock-trust.ts";
import { after, minutes, type Clock, type WallTime } from "../kernel/time.ts";
import type { StoreWriter } from "../messages/store.ts";

export interface ReceiptSweepDeps {
  readonly clock: Clock;
  /** The newest wall time of the life before. */
  readonly lastSeen: WallTime | undefined;
  /** Until then nothing is deleted. */
  readonly frame: { readonly keepAllUntil?: WallTime };
  readonly journalFolder: string;
  readonly store: Pick<StoreWriter, "put">;
}

export const sweepEveryMs = minutes(1);

export function startReceiptSweep(deps: ReceiptSweepDeps, isTrusted: () => boolean): Disposable {
  const { clock, lastSeen, journalFolder: journal } = deps;
  let seen: WallSeen | undefined = lastSeen === undefined ? undefined : seeWall(undefined, lastSeen);
  let cancel: () => void = () => undefined;
  const look = () => {
    cancel = clock.wakeAt(after(clock.now(), sweepEveryMs), look);
    const now = clock.wall();
    seen = seeWall(seen, now);
    const waits = !isTrusted() || ageWaitsUntil(seen) !== undefined || now < (deps.frame.keepAllUntil ?? -Infinity);
    if (!waits) deps.store.put({ kind: "sweep-receipts", now, journal });
  };
  cancel = clock.wakeAt(after(clock.now(), sweepEveryMs), look);
  return { [Symbol.dispose]: () => cancel() };
}

/** Looks at the memory that the process and its children use: too much, and the dearest camera is left out. */
import type { MemoryBounds } from "../domain/detection/memory-bounds.ts";
import { after, seconds, type Clock, type Instant } from "../kernel/time.ts";
import type { Log } from "../platform/log.ts";
import type { Channels } from "./channels.ts";
import type { Suspects } from "./suspects.ts";

export interface MemoryHoldDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly channels: Pick<Channels, "dearest" | "leaveOut">;
  readonly suspects: Pick<Suspects, "blame" | "barred">;
  /** Bytes that are used now. */
  used(): number;
  bounds(): MemoryBounds;
  /** The process ends, and is started again. */
  end(): void;
}

/** Memory that is given back is so with a delay: one camera at a time. */
const patience = seconds(10);

/** To be called once a second. */
export function openMemoryHold(deps: MemoryHoldDeps): () => void {
  const { clock, log, channels, suspects } = deps;
  let quietUntil: Instant | undefined;
  const leaveOut = (channel: number): void => {
    suspects.blame(channel);
    channels.leaveOut(channel, suspects.barred(channel) ?? "");
  };
  return () => {
    const used = deps.used();
    const { soft, hard } = deps.bounds();
    if (used <= soft || (used <= hard && quietUntil !== undefined && clock.now() < quietUntil)) return;
    const { dearest } = channels;
    const ends = used > hard;
    log.error({ used, soft, hard, ...(dearest === undefined ? {} : { channel: dearest }), ends }, "too much memory");
    quietUntil = after(clock.now(), patience);
    if (dearest !== undefined) leaveOut(dearest);
    if (ends) deps.end();
  };
}

/**
 * Is every camera looked at that shall be? What was not looked at is no calm: after a while it is a trouble, one for the
 * process or one for each camera that it can't look at. Pure.
 */
import type { Instant } from "../../kernel/time.ts";
import { after, seconds } from "../../kernel/time.ts";

/** A process that is started again after its end gets this long before anybody is told. */
export const processGraceMs = seconds(15);
/** The same for a camera: one that restarts is back within it. */
export const blindGraceMs = seconds(60);
/** A process that says nothing for so long hangs; it tells its state every second or two. */
export const silenceMs = seconds(15);
/** Then it is ended by force, so that another can begin: a decoder that hangs does not come back. */
export const hopelessMs = seconds(60);

export interface DetectionHealth {
  /** Since when nobody is there to look; absent: somebody is, or nothing is to be looked at. */
  readonly awaySince?: Instant;
  /** Cameras whose pictures are not looked at although somebody is there. */
  readonly blind: ReadonlyMap<number, { readonly since: Instant; readonly reason: string }>;
}

export interface DetectionTrouble {
  readonly key: string;
  readonly what: string;
}

/** The troubles of now, and when the next one begins if nothing changes. */
export function detectionTroubles(
  { awaySince, blind }: DetectionHealth,
  nameOf: (channel: number) => string,
  now: Instant,
): { readonly troubles: readonly DetectionTrouble[]; readonly next?: Instant } {
  if (awaySince !== undefined) {
    const at = after(awaySince, processGraceMs);
    if (at > now) return { troubles: [], next: at };
    return {
      troubles: [{ key: "detection:process", what: "video detection is down: no camera's pictures are looked at" }],
    };
  }
  const rows = [...blind].map(([channel, { since, reason }]) => ({ channel, reason, at: after(since, blindGraceMs) }));
  const later = rows.filter(({ at }) => at > now).map(({ at }) => at);
  const troubles = rows
    .filter(({ at }) => at <= now)
    .map(({ channel, reason }) => ({
      key: `detection:${channel}`,
      what: `the pictures of ${nameOf(channel)} are not looked at: ${reason}`,
    }));
  return later.length === 0 ? { troubles } : { troubles, next: later.reduce((a, b) => (a < b ? a : b)) };
}

/** Which cameras of a tour are shown, and when the next ones come. Pure. */
import type { TourLink } from "../../../../src/domain/linkage-settings.ts";

export interface TourStop {
  /** Cameras to show now, in the order of the tour. */
  readonly channels: readonly number[];
  /** Counted from 1. */
  readonly stop: number;
  readonly stops: number;
}

/**
 * Where a tour is that began at `from`, ms; undefined without a camera. `there`: the cameras that can be shown at all.
 * Every page shows the same stop, as far as their clocks agree; a stop that is shown alone stays.
 */
export function tourStop(
  tour: TourLink | undefined,
  { from, now, there }: { readonly from: number; readonly now: number; readonly there: readonly number[] },
): TourStop | undefined {
  const channels = (tour?.channels ?? []).filter((channel) => there.includes(channel));
  if (tour === undefined || channels.length === 0) return undefined;
  const stops = Math.ceil(channels.length / tour.atOnce);
  const at = Math.floor(Math.max(0, now - from) / (tour.everyS * 1000)) % stops;
  return { channels: channels.slice(at * tour.atOnce, (at + 1) * tour.atOnce), stop: at + 1, stops };
}

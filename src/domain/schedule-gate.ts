/**
 * The gate that a schedule is: outside it an edge records and has a receipt, but switches nothing and tells nobody.
 * What is not known to be outside acts: without a clock that can be trusted, and by a schedule that is not there.
 */
import type { LocalClock } from "../kernel/local-time.ts";
import type { SiteConfig } from "./site-config.ts";
import { isActiveAt, type ScheduleSettings } from "./weekly-schedule.ts";

/** What schedules go by. */
export interface SiteTime {
  readonly clock: LocalClock;
  /** Whether the wall clock may be believed: false on a machine without a clock of its own that no server has told yet. */
  readonly trusted: boolean;
}

export type ScheduleState =
  | { readonly kind: "none" }
  | { readonly kind: "inside" | "outside" | "clock-not-set"; readonly schedule: ScheduleSettings };

/** How a moment stands to the schedule of a linkage. */
export function scheduleState(
  config: Pick<SiteConfig, "schedules" | "site">,
  schedule: number | undefined,
  wall: number,
  time: SiteTime | undefined,
): ScheduleState {
  const settings = config.schedules.find((one) => one.schedule === schedule);
  if (settings === undefined) return { kind: "none" };
  if (time?.trusted !== true) return { kind: "clock-not-set", schedule: settings };
  const inside = isActiveAt(settings, config.site.holidays ?? [], time.clock(wall));
  return { kind: inside ? "inside" : "outside", schedule: settings };
}

/** Why a schedule holds outputs and messages back; undefined when it does not. */
export const scheduleGate = (state: ScheduleState | undefined): string | undefined =>
  state?.kind === "outside" ? `outside the schedule "${state.schedule.name}"` : undefined;

/** Does a channel record now, why, and how short are its fragments: mode × holds. */
import type { Duration, Instant } from "../kernel/time.ts";
import type { Holds } from "./hold.ts";
import { isHeld, nextHoldEnd } from "./hold.ts";
import { fragmentLimitMs } from "./segment-cutter.ts";
import type { ChannelSettings } from "./site-config.ts";

export type RecordingPlan =
  | { readonly record: false; readonly reason: "switched off" | "nothing holds it" }
  | {
      readonly record: true;
      readonly cause: "continuous" | "alarm";
      readonly fragmentMs: Duration;
    };

/** What the channel does at `at`. Nothing, a hold included, makes a channel record that is switched off. */
export function recordingPlan(
  settings: Pick<ChannelSettings, "enabled" | "recordMode">,
  holds: Holds,
  at: Instant,
): RecordingPlan {
  if (!settings.enabled || settings.recordMode === "off") return { record: false, reason: "switched off" };
  const held = isHeld(holds, at);
  if (!held && settings.recordMode === "alarm") return { record: false, reason: "nothing holds it" };
  return { record: true, cause: held ? "alarm" : "continuous", fragmentMs: fragmentLimitMs(held) };
}

/** When the plan can change by itself. */
export const recordingPlanChangesAt = (holds: Holds): Instant | undefined => nextHoldEnd(holds);

/** Which delay of the arming runs, and how long still. Pure; no DOM. */
import { modeOf, type ArmingSettings, type ArmingView } from "../../../src/domain/arming.ts";

export interface RunningDelay {
  readonly kind: "exit" | "entry";
  /** Whole seconds, never more than the mode's delay, whatever this device's clock says. */
  readonly leftS: number;
}

export function runningDelay(
  arming: ArmingView | undefined,
  settings: ArmingSettings | undefined,
  now: number,
): RunningDelay | undefined {
  if (arming === undefined) return undefined;
  const { entry, exitUntil, mode } = arming;
  const kind = entry !== undefined ? "entry" : "exit";
  const until = entry?.until ?? exitUntil;
  if (until === undefined) return undefined;
  const set = settings === undefined ? undefined : modeOf(settings, mode);
  const most = set === undefined ? Infinity : kind === "exit" ? set.exitS : set.entryS;
  return { kind, leftS: Math.max(0, Math.min(Math.ceil((until - now) / 1000), most)) };
}

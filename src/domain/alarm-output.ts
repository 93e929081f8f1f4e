/**
 * One alarm output as a wanted state. It is *active* while its mode and holds say so; what the relay is told then is
 * the opposite of its rest state. Mode speaks of activity, not of current: `on` = active whatever holds it, `off` =
 * never active, so that *off* on a normally energised siren relay keeps it energised and quiet.
 */
import type { Duration, Instant } from "../kernel/time.ts";
import { after, later, seconds } from "../kernel/time.ts";
import type { Hold, Holds } from "./hold.ts";
import { isHeld } from "./hold.ts";
import type { OutputState } from "./level.ts";
import type { AlarmOutputSettings, BoardSettings, OutputKind, OutputMode } from "./site-config.ts";
import { defaults } from "./site-config.ts";

const opposite = (state: OutputState): OutputState => (state === "on" ? "off" : "on");

export const activeState = (settings: Pick<AlarmOutputSettings, "restState">): OutputState =>
  opposite(settings.restState);

/** What the relay is told to be at `at`. */
export function wantedState(
  settings: Pick<AlarmOutputSettings, "restState">,
  mode: OutputMode,
  holds: Holds,
  at: Instant,
): OutputState {
  const active = mode === "on" || (mode === "auto" && isHeld(holds, at));
  return active ? activeState(settings) : settings.restState;
}

/** A relay that was switched stays so at least this long, so that a pulse can be seen and read back. */
export const shortestOnMs: Duration = 1000;

/** The longest that one cause keeps it on, ms: its setting, never above the cap (design rule 4). */
export const longestOnMs = (settings: Pick<AlarmOutputSettings, "maxOnS">): Duration =>
  seconds(Math.min(settings.maxOnS, defaults.maxOnCapS));

/** When an edge's hold ends after its input came to rest at `restAt`. */
export const endAfterRest = (hold: Hold, restAt: Instant, holdS: number): Instant =>
  later(after(restAt, seconds(holdS)), after(hold.from, shortestOnMs));

/** What one press of *silence* ends. A lock or gate is no noise: it keeps its time. */
export const isSilenced = (kind: OutputKind): boolean => kind === "siren" || kind === "strobe" || kind === "general";

/** Moving these needs a second word from the person who asks. */
export const asksFirst = (kind: OutputKind): boolean => kind === "lock" || kind === "gate";

/** Can the board say what the relay really is? */
export function canReadBack(board: BoardSettings | undefined, point: number): boolean {
  if (board === undefined) return false;
  const { driver } = board;
  switch (driver.kind) {
    case "modbus-tcp":
    case "modbus-rtu":
    case "gpio":
    case "virtual":
      return true;
    case "mqtt":
      return driver.outputs.some((output) => output.point === point && output.stateTopic !== undefined);
    case "http-trigger":
    case "camera-offline":
    case "nut":
    case "video-detection":
      return false;
  }
}

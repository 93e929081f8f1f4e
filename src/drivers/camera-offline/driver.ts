import type { BoardDriver } from "../board-driver.ts";
import type { DriverDeps } from "../driver.ts";
import { startSoon } from "../start-soon.ts";

/**
 * There is no device: core's camera watch raises the one point, as software raises that of an HTTP trigger. It reports
 * no level, because what held the point before a restart is not over by it.
 */
export function startCameraOfflineDriver({ clock, events, log }: DriverDeps): BoardDriver {
  const life = startSoon(() => events.link({ kind: "online" }, clock.now()));
  return {
    want: (point) => log("no such output on this board", { point }),
    [Symbol.asyncDispose]: () => life.end(),
  };
}

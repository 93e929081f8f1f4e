import type { HttpTriggerSettings } from "../../domain/site-config.ts";
import type { BoardDriver } from "../board-driver.ts";
import type { DriverDeps } from "../driver.ts";
import { trackLevels } from "../level-track.ts";
import { startSoon } from "../start-soon.ts";
import { boundOf, stepTrigger, type TriggerEvent, type TriggerState } from "./protocol.ts";

/** Points that devices and scripts raise over the API; there is no device, so it is online at once and has no relay. */
export function startHttpTriggerDriver(settings: HttpTriggerSettings, deps: DriverDeps): BoardDriver {
  const { clock, events, log } = deps;
  const levels = trackLevels(events);
  const points = new Map(settings.inputs.map(({ point, maxS }) => [point, maxS]));
  const states = new Map<number, TriggerState>();
  const wakes = new Map<number, () => void>();

  const life = startSoon(() => {
    const at = clock.now();
    events.link({ kind: "online" }, at);
    for (const point of points.keys()) levels.saw(point, { level: "open", at });
  });
  const handle = (point: number, event: TriggerEvent) => {
    const now = clock.now();
    const { state, effects } = stepTrigger(states.get(point) ?? { kind: "open" }, event, now);
    states.set(point, state);
    wakes.get(point)?.();
    wakes.delete(point);
    if (state.kind === "started") {
      wakes.set(
        point,
        clock.wakeAt(state.until, () => handle(point, { kind: "woken" })),
      );
    }
    for (const level of effects) levels.saw(point, { level, at: now });
  };
  return {
    want: (point) => log("an HTTP-trigger board has no outputs", { point }),
    trigger(point, verb, maxS) {
      if (!life.begin()) return;
      const pointMaxS = points.get(point);
      if (pointMaxS === undefined) log("no such input on this board", { point });
      else handle(point, verb === "start" ? { kind: verb, maxS: boundOf(pointMaxS, maxS) } : { kind: verb });
    },
    [Symbol.asyncDispose]() {
      for (const cancel of wakes.values()) cancel();
      wakes.clear();
      return life.end();
    },
  };
}

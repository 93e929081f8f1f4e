import type { VirtualSettings } from "../../domain/site-config.ts";
import type { DriverDeps } from "../driver.ts";
import { trackLevels } from "../level-track.ts";
import type { BoardDriver } from "../board-driver.ts";
import { startSoon } from "../start-soon.ts";
import { inputPoints, outputPoints } from "./protocol.ts";
import { virtualQuirks } from "./quirks.ts";

/** Contacts set by hand, relays that always do as they are told. Every contact is open at the start. */
export function startVirtualDriver(settings: VirtualSettings, { clock, events, log }: DriverDeps): BoardDriver {
  const levels = trackLevels(events);
  const inputs = new Set(inputPoints(settings));
  const outputs = new Set(outputPoints(settings));
  const life = startSoon(() => {
    const at = clock.now();
    events.link({ kind: "online" }, at);
    for (const point of inputs) levels.saw(point, { level: virtualQuirks.levelAtStart, at });
    for (const point of outputs) events.readBack(point, "off", at);
  });
  return {
    want(point, state) {
      if (!life.begin()) return;
      if (!outputs.has(point)) {
        log("no such output on this board", { point });
        return;
      }
      const at = clock.now();
      events.commanded(point, state, at);
      events.readBack(point, state, at);
    },
    setLevel(point, level) {
      if (!life.begin()) return;
      if (inputs.has(point)) levels.saw(point, { level, at: clock.now() });
      else log("no such input on this board", { point });
    },
    [Symbol.asyncDispose]: () => life.end(),
  };
}

/** What a verb does to a point. Pure. A point is at rest open; `until` bounds a `start` that nobody stops. */
import { after, later, seconds, type Instant } from "../../kernel/time.ts";
import { step, type Step } from "../../kernel/machine.ts";
import { httpTriggerQuirks } from "./quirks.ts";

export type TriggerState = { readonly kind: "open" } | { readonly kind: "started"; readonly until: Instant };

export type TriggerEvent =
  { readonly kind: "start"; readonly maxS: number } | { readonly kind: "stop" | "pulse" | "woken" };

/** Levels to report, in this order. */
export type TriggerEffect = "closed" | "open";

/** The bound of a `start` in seconds: the smaller of what the caller and the point say. */
export function boundOf(pointMaxS: number, askedMaxS: number | undefined): number {
  const bounds = [pointMaxS, askedMaxS].filter((s): s is number => s !== undefined && Number.isFinite(s) && s > 0);
  return bounds.length === 0 ? httpTriggerQuirks.maxSWithoutBound : Math.min(...bounds);
}

/**
 * A `start` of a started point only moves its bound, never back. A `pulse` of a started point is an edge of its own:
 * open, then closed again. A late or stale wake is harmless.
 */
export function stepTrigger(state: TriggerState, event: TriggerEvent, now: Instant): Step<TriggerState, TriggerEffect> {
  const open: TriggerState = { kind: "open" };
  switch (event.kind) {
    case "start": {
      const until = after(now, seconds(event.maxS));
      if (state.kind === "started") return step({ kind: "started", until: later(state.until, until) });
      return step({ kind: "started", until }, "closed");
    }
    case "stop":
      return state.kind === "started" ? step(open, "open") : step(open);
    case "pulse":
      return state.kind === "started" ? step(state, "open", "closed") : step(open, "closed", "open");
    case "woken":
      return state.kind === "started" && now >= state.until ? step(open, "open") : step(state);
  }
}

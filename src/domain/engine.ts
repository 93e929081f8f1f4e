/**
 * The way of an edge: levels in, relays, holds, messages and receipts out. One pure machine that composes the small
 * ones; core's shell feeds it and carries out its effects in order.
 *
 * How the shell uses it:
 *
 *     state = initialEngine(config, memoryFrom(journal records), now); then step { kind: "resume" }
 *     every fact: { state, effects } = stepEngine({ config, newId }, state, event, now)
 */
import type { Moment } from "../kernel/time.ts";
import type { Step } from "../kernel/machine.ts";
import { step } from "../kernel/machine.ts";
import type { EngineEffect, EngineEnv, EngineEvent, EngineMemory, EngineRecord, EngineView } from "./engine-types.ts";
import type { SiteConfig } from "./site-config.ts";

export type * from "./engine-types.ts";

export interface EngineState {
  readonly armed: boolean;
}

/** The state before the first event. `saved` is what `memoryFrom` read from the journal; send `resume` next. */
export function initialEngine(_config: SiteConfig, saved: EngineMemory | undefined, _now: Moment): EngineState {
  return { armed: saved?.armed ?? false };
}

/** One event: the next state and what the shell has to do, in order. */
export function stepEngine(
  _env: EngineEnv,
  state: EngineState,
  _event: EngineEvent,
  _now: Moment,
): Step<EngineState, EngineEffect> {
  return step(state);
}

/** The `state` record that begins each day's journal. */
export function stateRecord(state: EngineState, _now: Moment): EngineRecord {
  return { kind: "state", armed: state.armed, open: [], holds: [], inputs: [] };
}

/** What the pages show of it. */
export function engineView(state: EngineState, _now: Moment): EngineView {
  return { armed: state.armed, inputs: [], outputs: [], openReceipts: [], openHolds: [], troubles: [] };
}

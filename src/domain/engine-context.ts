/** What an edge is judged by, and what its footage is recorded for. */
import { after } from "../kernel/time.ts";
import { longestOnMs } from "./alarm-output.ts";
import type { RunningAlarm } from "./alarms.ts";
import type { ZoneVerdict } from "./arming.ts";
import type { Draft } from "./engine-draft.ts";
import type { HoldTrigger } from "./footage-cause.ts";
import { seenAs } from "./input-kind.ts";
import type { LinkageContext } from "./linkage.ts";
import type { Edge } from "./receipt.ts";
import { motionGate } from "./recording-rule.ts";
import { defaults } from "./site-config.ts";
import type { WalkTrip } from "./walk-test.ts";

export interface InContext {
  readonly edge: Edge;
  readonly alarm: RunningAlarm | undefined;
  readonly joined: boolean;
  readonly graver?: boolean;
  readonly verdict: ZoneVerdict;
  readonly trip?: WalkTrip | undefined;
}

/** What the linkage of an edge is judged by now. */
export function contextOf(
  draft: Draft,
  { edge, alarm, joined, graver = false, verdict, trip }: InContext,
): LinkageContext {
  const { env, now, state } = draft;
  const arming = state.arming.mode;
  const facts = { wall: now.wall, time: env.time, arming };
  const isMotion = verdict.kind === "event" && trip === undefined && seenIn(draft, edge) === "motion";
  return {
    config: env.config,
    verdict,
    arming,
    ...(isMotion ? { motionGate: (settings) => motionGate(env.config, settings, facts) } : {}),
    silenced: alarm?.silenced ?? false,
    exhausted: exhaustedOutputs(draft, alarm),
    modes: new Map([...state.outputs].map(([output, entry]) => [output, entry.mode])),
    newId: () => env.newId(),
    ...(trip === undefined ? {} : { walk: trip }),
    ...(joined ? { repeatWithinS: antiDitherOf(draft, edge), graver } : {}),
  };
}

export const antiDitherOf = (draft: Draft, edge: Edge): number =>
  draft.env.config.inputs.find((input) => input.input === edge.input)?.antiDitherS ?? defaults.antiDitherS;

/** Outputs that this alarm had on for as long as it may. */
function exhaustedOutputs(draft: Draft, alarm: RunningAlarm | undefined): ReadonlySet<number> {
  if (alarm === undefined) return new Set();
  const over = [...draft.state.outputs.values()].filter(
    ({ settings }) => after(alarm.firstAt, longestOnMs(settings)) <= draft.now.instant,
  );
  return new Set(over.map(({ settings }) => settings.output));
}

/** What the pictures of an edge show, as far as it is of any. */
function seenIn({ env }: Draft, { input, kind }: Pick<Edge, "input" | "kind">): ReturnType<typeof seenAs> {
  const settings = kind === "tamper" ? undefined : env.config.inputs.find((one) => one.input === input);
  return settings === undefined ? undefined : seenAs(settings.kind);
}

/** What acts, waits or is tripped in a walk test is recorded as an alarm, whatever saw it. */
export const causeOf = (
  draft: Draft,
  { edge, verdict, trip }: Pick<InContext, "edge" | "verdict" | "trip">,
): HoldTrigger => (verdict.kind === "event" && trip === undefined ? (seenIn(draft, edge) ?? "edge") : "edge");

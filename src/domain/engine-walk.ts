/** The walk test in the engine: begun and ended by people, ended by time and by arming; journalled whole with each change. */
import type { Instant } from "../kernel/time.ts";
import { isArmed } from "./arming.ts";
import { lookBehindWalk } from "./engine-open.ts";
import type { Draft } from "./engine-draft.ts";
import { beginTrouble, change, endTrouble, journal } from "./engine-draft.ts";
import type { EngineEvent } from "./engine-types.ts";
import type { Edge, ReceiptAction } from "./receipt.ts";
import { defaults } from "./site-config.ts";
import type { WalkEnd, WalkState, WalkTrip } from "./walk-test.ts";
import { afterTrip, beginWalk, walkMemory, walkTrip, walkView } from "./walk-test.ts";

type EventOf<K extends EngineEvent["kind"]> = Extract<EngineEvent, { readonly kind: K }>;

/** Begins one. Nothing happens while the site is armed or one runs: whoever asks is told so before. */
export function startWalk(draft: Draft, { terms }: EventOf<"walk-start">): void {
  if (draft.state.walk !== undefined || isArmed(draft.state.arming)) return;
  const known = terms.inputs.filter((input) => draft.state.inputs.has(input));
  if (known.length === 0) return;
  const walk = beginWalk({ ...terms, inputs: known }, draft.now);
  put(draft, walk);
  draft.others.push({ kind: "walk-changed", walk: walkView(walk, draft.now) });
}

export function endWalk(draft: Draft, why: WalkEnd, by: string): void {
  const { walk, ...rest } = draft.state;
  if (walk === undefined) return;
  const ended = { at: draft.now.wall, why, by };
  draft.state = rest;
  lookBehindWalk(draft, walk.inputs);
  journal(draft, { kind: "walk", walk: walkMemory(walk, draft.now), ended });
  draft.others.push({ kind: "walk-changed", walk: { ...walkView(walk, draft.now), ended } });
}

/** Its time is over. */
export function walkDue(draft: Draft): void {
  const { walk, startedAt } = draft.state;
  if (walk === undefined || draft.now.instant < walk.until) return;
  endWalk(draft, walk.until < startedAt ? "restart" : "time", "");
}

export const nextWalkEnd = ({ walk }: { readonly walk?: WalkState }): Instant | undefined => walk?.until;

/** What the running test makes of this edge; undefined when it acts as always. */
export function tripOf(
  draft: Draft,
  { input, kind, at }: Pick<Edge, "input" | "kind"> & { at: Instant },
): WalkTrip | undefined {
  if (kind !== "raised" && kind !== "raised(found)") return undefined;
  const settings = draft.env.config.inputs.find((one) => one.input === input);
  return walkTrip(draft.state.walk, { input, at }, settings?.antiDitherS ?? defaults.antiDitherS);
}

/** A loop of the test that is cut or shorted is no trip, and calls nobody: whoever tests a supervised loop cuts it. */
export const isWalked = ({ state }: Draft, { kind, input }: Pick<Edge, "kind" | "input">): boolean =>
  kind === "tamper" && state.walk?.inputs.includes(input) === true;

/** Remembers the trip, and who gets the one test message for it. */
export function noteTrip(draft: Draft, trip: { input: number; at: Instant }, actions: readonly ReceiptAction[]): void {
  const { walk } = draft.state;
  if (walk === undefined) return;
  const sent = actions.flatMap(({ target, test, outcome }) =>
    target.kind === "notify" && test === "send" && outcome === undefined ? [target.notifier] : [],
  );
  put(draft, afterTrip(walk, trip, sent));
}

function put(draft: Draft, walk: WalkState): void {
  change(draft, { walk });
  journal(draft, { kind: "walk", walk: walkMemory(walk, draft.now) });
}

/** A running test is a trouble: nobody shall forget that its inputs call nobody. */
export function watchWalk(draft: Draft): void {
  const { walk } = draft.state;
  if (walk === undefined) {
    endTrouble(draft, "walk:test");
    return;
  }
  const { until } = walkView(walk, draft.now);
  const shows = draft.env.time?.clock(until);
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  const count = walk.inputs.length;
  if (shows === undefined)
    beginTrouble(draft, "walk:test", `A walk test is running: its inputs (${count}) record but raise no alarm`);
  else {
    const time = `${two(shows.second / 3600)}:${two((shows.second % 3600) / 60)}`;
    beginTrouble(
      draft,
      "walk:test",
      `A walk test is running until ${time}: its inputs (${count}) record but raise no alarm`,
    );
  }
}

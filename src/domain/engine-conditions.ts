/** "Only if another input was raised within n seconds": which inputs were raised when, and the gate that follows. */
import type { Instant } from "../kernel/time.ts";
import { after, between, later, seconds } from "../kernel/time.ts";
import type { Draft } from "./engine-draft.ts";
import { change, withEntry } from "./engine-draft.ts";
import type { RaisedMemory } from "./engine-types.ts";
import type { Edge } from "./receipt.ts";
import type { Linkage } from "./site-config.ts";

/** An input was raised at that time: others may ask for it. */
export function noteRaised(draft: Draft, input: number, at: Instant): void {
  const before = draft.state.raised.get(input);
  change(draft, { raised: withEntry(draft.state.raised, input, before === undefined ? at : later(before, at)) });
}

/** Why the linkage of an edge at `at` does not act; undefined when it asks for nothing, or that was there. */
export function unmetCondition(draft: Draft, { onlyIf }: Linkage, at: Instant): string | undefined {
  if (onlyIf === undefined || onlyIf.inputs.length === 0) return undefined;
  const met = onlyIf.inputs.some((input) => {
    const raised = draft.state.raised.get(input);
    // an edge that came later but was decided before does not count; one of the same instant does
    return raised !== undefined && raised <= at && at <= after(raised, seconds(onlyIf.withinS));
  });
  if (met) return undefined;
  const names = onlyIf.inputs.map((input) => draft.state.inputs.get(input)?.settings.name ?? `input ${input}`);
  const last = onlyIf.inputs.flatMap((input) => draft.state.raised.get(input) ?? []);
  const ago =
    last.length === 0 ? "" : `; the last was ${Math.round(Math.max(0, between(latest(last), at)) / 1000)} s before`;
  return `only if ${names.join(" or ")} was raised within ${onlyIf.withinS} s${ago}`;
}

const latest = (all: readonly Instant[]): Instant => all.reduce((best, at) => later(best, at));

/** The same from the journal: the newest of each input. */
export function foldRaised(raised: Map<number, RaisedMemory>, { input, kind, at }: Edge): void {
  if (kind !== "raised" && kind !== "raised(found)") return;
  const before = raised.get(input)?.at;
  if (before?.bootId === at.bootId && before.instant > at.instant) return;
  raised.set(input, { input, at });
}

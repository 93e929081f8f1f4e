/**
 * What else saw it: a contact and a person before its camera within n seconds are graver than the contact alone, and a
 * contact that nothing else confirms is perhaps no good any more. Recording never asks.
 */
import type { Instant } from "../kernel/time.ts";
import { after, between, seconds } from "../kernel/time.ts";
import type { Draft } from "./engine-draft.ts";
import { beginTrouble, endTrouble, setInput } from "./engine-draft.ts";
import type { EngineState, InputEntry } from "./engine-state.ts";
import type { Confirmation, Severity } from "./linkage-settings.ts";
import type { Edge } from "./receipt.ts";
import type { Linkage } from "./site-config.ts";

/** Is one of them active, or was it raised within the seconds before `at`? */
export function isConfirmed(
  { inputs, raised }: Pick<EngineState, "inputs" | "raised">,
  by: Confirmation,
  at: Instant,
): boolean {
  return by.inputs.some((input) => {
    if (inputs.get(input)?.machine.known === "active") return true;
    const last = raised.get(input);
    // the pictures of one moment are told a little later than its contact: either may be the earlier one
    return last !== undefined && Math.abs(between(last, at)) <= seconds(by.withinS);
  });
}

/** How much an edge at `at` wants a person; undefined: as usual. */
export function severityAt(draft: Draft, { severity, confirm }: Linkage, at: Instant): Severity | undefined {
  if (confirm?.severity === undefined) return severity;
  return isConfirmed(draft.state, confirm, at) ? confirm.severity : severity;
}

const troubleOf = (input: number): string => `check:${input}`;

/** An edge that raises: from now on it is waited for whoever confirms it, and it confirms others. */
export function awaitConfirmation(draft: Draft, { input, kind, at, walk }: Edge, linkage: Linkage): void {
  if (kind !== "raised" && kind !== "raised(found)") return;
  for (const entry of draft.state.inputs.values()) {
    const { doubtUntil, settings } = entry;
    if (doubtUntil === undefined || at.instant > doubtUntil) continue;
    if (settings.linkage.confirm?.inputs.includes(input) === true) trust(draft, entry);
  }
  const { confirm } = linkage;
  const entry = draft.state.inputs.get(input);
  if (entry === undefined || confirm?.check !== true || confirm.inputs.length === 0 || walk !== undefined) return;
  if (isConfirmed(draft.state, confirm, at.instant)) trust(draft, entry);
  else if (!isBlind(draft.state, confirm))
    setInput(draft, { ...entry, doubtUntil: after(at.instant, seconds(confirm.withinS)) });
}

/** Who is not looked at, switched off or gone can confirm nothing, and refute nothing. */
const isBlind = ({ inputs }: EngineState, { inputs: asked }: Confirmation): boolean =>
  asked.some((input) => {
    const phase = inputs.get(input)?.machine.phase.kind;
    return phase === undefined || phase === "blind" || phase === "disabled";
  });

function trust(draft: Draft, entry: InputEntry): void {
  if (entry.doubtUntil !== undefined) setInput(draft, { ...entry, doubtUntil: undefined });
  endTrouble(draft, troubleOf(entry.settings.input));
}

/** Nobody confirmed it in time; and who asks no more has no doubts. */
export function confirmationsDue(draft: Draft): void {
  for (const entry of draft.state.inputs.values()) {
    const { input, name, enabled, linkage } = entry.settings;
    const { confirm } = linkage;
    if (!enabled || confirm?.check !== true) {
      trust(draft, entry);
      continue;
    }
    if (entry.doubtUntil === undefined || entry.doubtUntil > draft.now.instant) continue;
    setInput(draft, { ...entry, doubtUntil: undefined });
    if (isBlind(draft.state, confirm)) continue;
    const what = `${name} was raised, and nothing else saw anything within ${confirm.withinS} s: check this sensor`;
    beginTrouble(draft, troubleOf(input), what);
  }
}

export const nextConfirmation = (state: EngineState): readonly (Instant | undefined)[] =>
  [...state.inputs.values()].map(({ doubtUntil }) => doubtUntil);

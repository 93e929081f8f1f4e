/** Relays wear: their operations are counted, and near the end of the life that the maker states they are a trouble. */
import type { Draft } from "./engine-draft.ts";
import { beginTrouble, endTrouble, journal, setOutput } from "./engine-draft.ts";
import type { OutputEntry } from "./engine-state.ts";
import type { EngineEvent } from "./engine-types.ts";
import { relayProfile, wornFrom, wornShare } from "./relay-profile.ts";

/** There is a new relay: it has not operated yet. */
export function replaceRelay(draft: Draft, event: Extract<EngineEvent, { readonly kind: "relay-replaced" }>): void {
  const entry = draft.state.outputs.get(event.output);
  if (entry === undefined) return;
  setOutput(draft, { ...entry, operations: 0 });
  journal(draft, { kind: "relay-replaced", output: event.output });
  draft.changedOutputs.add(event.output);
}

/** The output is gone or has another relay: nothing of it is remembered for who gets its number next. */
export function forgetOutput(draft: Draft, { settings: { output }, holds, mode, operations }: OutputEntry): void {
  const by = holds.filter(({ latched }) => latched !== undefined).map((hold) => hold.by);
  if (by.length > 0) journal(draft, { kind: "latches-ended", output, by });
  if (mode !== "auto") journal(draft, { kind: "forced", output });
  if (operations > 0) journal(draft, { kind: "relay-replaced", output });
}

/** At 80 % of the life of its profile or of its own ratings, until the relay is replaced. */
export function watchWear(draft: Draft): void {
  for (const { settings, operations } of draft.state.outputs.values()) {
    const key = `relay:${settings.output}`;
    const share = wornShare(relayProfile(settings), operations);
    if (share === undefined || share < wornFrom) endTrouble(draft, key);
    else beginTrouble(draft, key, `the relay of ${settings.name} has used ${wornFrom * 100} % of its rated life`);
  }
}

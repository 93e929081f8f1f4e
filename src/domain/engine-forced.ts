/**
 * A mode that somebody forced: *on* or *off* whatever happens, for a chosen time; then it is auto again. Meanwhile it is
 * a trouble, so that nobody forgets a siren that is switched off. Forced *on* does not outlive a restart.
 */
import type { Instant } from "../kernel/time.ts";
import { after, momentAt, seconds } from "../kernel/time.ts";
import type { Draft } from "./engine-draft.ts";
import { beginTrouble, endTrouble, journal, setOutput, settle } from "./engine-draft.ts";
import type { EngineState, OutputEntry } from "./engine-state.ts";
import type { EngineEvent } from "./engine-types.ts";
import { outputDefaults } from "./output-settings.ts";
import type { OutputMode } from "./site-config.ts";

type EventOf<K extends EngineEvent["kind"]> = Extract<EngineEvent, { readonly kind: K }>;

/** Set by a person; asked for again, its time begins anew. */
export function setMode(draft: Draft, { output, mode, by, forS }: EventOf<"output-mode">): void {
  const entry = draft.state.outputs.get(output);
  if (entry === undefined || (entry.mode === mode && mode === "auto")) return;
  draft.by = `mode ${mode} by ${by}`;
  forceMode(draft, entry, mode, forS);
}

/** In force from now on, and journalled; `forS` seconds, if it is not auto. */
export function forceMode(draft: Draft, entry: OutputEntry, mode: OutputMode, forS?: number): void {
  const { output } = entry.settings;
  draft.changedOutputs.add(output);
  if (mode === "auto") {
    setOutput(draft, { ...unforced(entry), mode });
    journal(draft, { kind: "forced", output });
    return;
  }
  const until = after(draft.now.instant, seconds(forS ?? outputDefaults.forcedS));
  setOutput(draft, { ...entry, mode, forcedUntil: until });
  journal(draft, { kind: "forced", output, forced: { mode, until: momentAt(draft.now, until) } });
  if (mode === "on") return;
  const reason = "set to off before the board confirmed it";
  for (const { eventId, actionId } of entry.waiting) settle(draft, eventId, actionId, { kind: "short", reason });
}

function unforced(entry: OutputEntry): OutputEntry {
  const { forcedUntil, ...rest } = entry;
  return forcedUntil === undefined ? entry : rest;
}

/** Back to auto without anybody asking; the shell writes it to the configuration. */
export function returnToAuto(draft: Draft, entry: OutputEntry): void {
  const { output } = entry.settings;
  forceMode(draft, entry, "auto");
  draft.others.push({ kind: "mode-changed", output, mode: "auto" });
}

/** Modes whose time is over. */
export function forcedDue(draft: Draft): void {
  for (const entry of draft.state.outputs.values()) {
    if (entry.forcedUntil === undefined || entry.forcedUntil > draft.now.instant) continue;
    returnToAuto(draft, entry);
  }
}

export const nextForcedEnd = (state: EngineState): readonly (Instant | undefined)[] =>
  [...state.outputs.values()].map(({ forcedUntil }) => forcedUntil);

/** A forced mode is a trouble as long as it lasts. */
export function watchForced(draft: Draft): void {
  for (const { settings, mode } of draft.state.outputs.values()) {
    const key = `forced:${settings.output}`;
    const what = `${settings.name} is forced ${mode}; it returns to auto by itself`;
    const known = draft.state.troubles.get(key);
    if (known !== undefined && (mode === "auto" || known.what !== what)) endTrouble(draft, key);
    if (mode !== "auto") beginTrouble(draft, key, what);
  }
}

/** First step of a life: every relay is told what it shall be; what was latched is on again, forced *on* is not. */
export function resumeOutputs(draft: Draft): void {
  for (const entry of draft.state.outputs.values()) {
    const { output, mode } = entry.settings;
    draft.resend.add(output);
    if (entry.mode !== mode) {
      journal(draft, { kind: "forced", output });
      draft.others.push({ kind: "mode-changed", output, mode: entry.mode });
    }
  }
}

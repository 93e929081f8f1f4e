/** Buzzers: outputs that are on while an exit or entry delay runs, and for a moment when an input chimes. */
import type { Instant } from "../kernel/time.ts";
import { after, seconds } from "../kernel/time.ts";
import { shortestOnMs } from "./alarm-output.ts";
import type { Draft } from "./engine-draft.ts";
import { setOutput } from "./engine-draft.ts";
import type { OutputHold } from "./engine-state.ts";
import { addHold } from "./hold.ts";

const delayHold = "delay";

/** Before relays are told: each buzzer is held while a delay runs, until it ends at the latest, and no longer. */
export function followDelays(draft: Draft): void {
  const { arming, outputs } = draft.state;
  const until = arming.entry?.until ?? arming.exitUntil;
  for (const entry of outputs.values()) {
    const held = entry.holds.find(({ by }) => by === delayHold);
    if (entry.settings.kind !== "buzzer" || (held === undefined && until === undefined)) continue;
    if (held?.boundAt === until) continue;
    const others = entry.holds.filter(({ by }) => by !== delayHold);
    const holds = until === undefined ? others : addHold(others, holdOf(draft, delayHold, until));
    setOutput(draft, { ...entry, holds });
    draft.changedOutputs.add(entry.settings.output);
    draft.byOf.set(entry.settings.output, until === undefined ? "the delay is over" : "a delay runs");
  }
}

/** An input chimes. */
export function chimeBuzzers(draft: Draft, input: number): void {
  const until = after(draft.now.instant, Math.max(shortestOnMs, seconds(1)));
  for (const entry of draft.state.outputs.values()) {
    if (entry.settings.kind !== "buzzer") continue;
    const by = `chime:${input}:${draft.now.instant}`;
    setOutput(draft, { ...entry, holds: addHold(entry.holds, holdOf(draft, by, until)) });
    draft.changedOutputs.add(entry.settings.output);
    draft.byOf.set(entry.settings.output, `chime of input ${input}`);
  }
}

const holdOf = (draft: Draft, by: string, boundAt: Instant): OutputHold => ({
  ...{ by, from: draft.now.instant, boundAt, input: 0, holdS: 0 },
});

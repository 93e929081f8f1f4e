/** Key switches: who turned one is armed or disarmed, as the key is set, and nobody else is by it. */
import type { ArmingFacts } from "./asked.ts";
import { when, type ReceiptAnswer } from "./evidence.ts";
import type { Line } from "./journal.ts";

/** A step's records are written together. */
const together = 1;

/** What a turn makes of a mode; undefined: it leaves it. One that was found turned after an outage does nothing. */
function turnOf({ inputs, modes }: ArmingFacts, mode: string, { record }: Line): string | undefined {
  if (record.kind !== "edge") return undefined;
  const { edge } = record as unknown as ReceiptAnswer;
  const input = inputs.find((one) => one.input === edge.input);
  if (input?.zone !== "key-switch" || (edge.kind !== "raised" && edge.kind !== "cleared")) return undefined;
  const { acts, mode: set = modes[0]?.mode ?? "" } = input.keySwitch ?? { acts: "toggle" };
  if (acts === "toggle" && edge.kind === "cleared") return undefined;
  const arms = acts === "toggle" ? mode === "disarmed" : edge.kind === "raised";
  if (!arms) return mode === "disarmed" ? undefined : "disarmed";
  return mode === "disarmed" || input.keySwitch?.mode !== undefined ? (set === mode ? undefined : set) : undefined;
}

/** Modes that key switches that were turned at that time put the site in. */
export const keyTurnedAt = (facts: ArmingFacts, mode: string, at: number): readonly { readonly mode: string }[] =>
  facts.core.lines
    .filter((line) => Math.abs(line.at - at) <= together)
    .flatMap((line) => {
      const next = turnOf(facts, mode, line);
      return next === undefined ? [] : [{ mode: next }];
    });

/** Every turn of a key did what it is set to do. */
export function checkKeys(facts: ArmingFacts): string[] {
  const armed = facts.core.lines.filter(({ record }) => record.kind === "armed");
  const modeOf = ({ record }: Line) => (record["arming"] as { mode: string }).mode;
  return facts.core.lines.flatMap((line) => {
    const before = armed.findLast(({ at }) => at < line.at - together);
    const next = turnOf(facts, before === undefined ? "disarmed" : modeOf(before), line);
    const done = armed.some((one) => Math.abs(one.at - line.at) <= together && modeOf(one) === next);
    if (next === undefined || done) return [];
    return [`a key switch was turned at ${when(facts, line.at)}, which makes ${next}, and core's journal has it not`];
  });
}

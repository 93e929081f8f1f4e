/** What was asked for was done, and what was told arrived. */
import { tolerance, when, type Facts } from "./evidence.ts";
import type { Line } from "./journal.ts";

export type ArmingFacts = Pick<
  Facts,
  | "inputs"
  | "outputs"
  | "modes"
  | "armings"
  | "messages"
  | "receipts"
  | "core"
  | "releases"
  | "disarms"
  | "kills"
  | "from"
  | "until"
>;

/** Everything that was asked for and answered was done. */
export function checkAsked({ armings, core, ...facts }: ArmingFacts): string[] {
  const said = core.lines.filter(({ record }) => record.kind === "armed");
  const modeOf = ({ record }: Line) => (record["arming"] as { mode: string }).mode;
  return armings.flatMap(({ mode, at, answered }) => {
    if (answered === undefined) return [];
    const before = said.findLast((line) => line.at < at - 1);
    const own = said.some((line) => modeOf(line) === mode && line.at >= at - 1 && line.at <= answered);
    return own || (before === undefined ? "disarmed" : modeOf(before)) === mode
      ? []
      : [`${mode} was asked for at ${when(facts, at)} and answered, but core's journal has it not`];
  });
}

/** What was told arrived, not before it was decided; what was held back did not. */
export function checkMessages({ receipts, messages, releases, ...facts }: ArmingFacts): string[] {
  return receipts.flatMap(({ edge, actions }) =>
    actions.flatMap(({ target, outcome }) => {
      if (target.kind !== "notify") return [];
      const name = `receipt ${edge.eventId} (input ${edge.input} at ${when(facts, edge.at.instant)})`;
      const own = messages.filter(({ eventId }) => eventId === edge.eventId);
      const began = releases.get(edge.eventId) ?? edge.decidedAt.instant;
      const early = own.some(({ at }) => at < began - tolerance.blur);
      if (early) return [`${name}: somebody was told before ${when(facts, began)}`];
      if (outcome?.kind === "done" && own.length === 0) return [`${name}: told, but nothing arrived`];
      if (outcome?.kind === "suppressed" && own.length > 0)
        return [`${name}: nobody was told (${outcome.gate ?? ""}), but a message arrived`];
      return [];
    }),
  );
}

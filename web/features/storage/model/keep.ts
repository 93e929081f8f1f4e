import { footageCauses } from "../../../../src/domain/footage-cause.ts";
import { keepTrouble, type KeepRule } from "../../../../src/domain/keep-rules.ts";

/** What is chosen in a list: `all` stands for nothing said. */
export function withChannel({ channel: _, ...rule }: KeepRule, chosen: string | null): KeepRule {
  return chosen === null || chosen === "all" ? rule : { ...rule, channel: Number(chosen) };
}

export function withCause({ cause: _, ...rule }: KeepRule, chosen: string | null): KeepRule {
  const cause = footageCauses.find((one) => one === chosen);
  return cause === undefined ? rule : { ...rule, cause };
}

/** An empty field says nothing. */
export function withDays(rule: KeepRule, which: "minDays" | "maxDays", given: number | string): KeepRule {
  const { [which]: _, ...rest } = rule;
  return typeof given === "number" ? { ...rest, [which]: given } : rest;
}

/** Why the list can't be applied, as a key of the page's words. */
export function keepProblem(rules: readonly KeepRule[]): "twice" | "empty" | "crossed" | undefined {
  const trouble = keepTrouble(rules);
  if (trouble === undefined) return undefined;
  if (trouble.includes("twice")) return "twice";
  return trouble.includes("without") ? "empty" : "crossed";
}

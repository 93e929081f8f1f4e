import { footageCauses } from "../../../../src/domain/footage-cause.ts";
import { keepTrouble, type KeepRule } from "../../../../src/domain/keep-rules.ts";

type Key = keyof KeepRule;

/** The rule with this said, or without it. */
function say<K extends Key>(rule: KeepRule, key: K, value: KeepRule[K]): KeepRule {
  const others = Object.entries(rule).filter(([name]) => name !== key);
  return Object.fromEntries(value === undefined ? others : [...others, [key, value]]);
}

/** What is chosen in a list: `all` stands for nothing said. */
export const withChannel = (rule: KeepRule, chosen: string | null): KeepRule =>
  say(rule, "channel", chosen === null || chosen === "all" ? undefined : Number(chosen));

export const withCause = (rule: KeepRule, chosen: string | null): KeepRule =>
  say(
    rule,
    "cause",
    footageCauses.find((one) => one === chosen),
  );

/** An empty field says nothing. */
export const withDays = (rule: KeepRule, which: "minDays" | "maxDays", given: number | string): KeepRule =>
  say(rule, which, typeof given === "number" ? given : undefined);

/** Why the list can't be applied, as a key of the page's words. */
export function keepProblem(rules: readonly KeepRule[]): "twice" | "empty" | "crossed" | undefined {
  const trouble = keepTrouble(rules);
  if (trouble === undefined) return undefined;
  if (trouble.includes("twice")) return "twice";
  return trouble.includes("without") ? "empty" : "crossed";
}

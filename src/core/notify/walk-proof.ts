/** A message of a walk test: its way is proved, or one goes out that says that it is a test. Nobody on call is told. */
import type { NotifierSettings } from "../../domain/notifier-settings.ts";
import type { Outcome, Receipt } from "../../domain/receipt.ts";
import { walkGate } from "../../domain/walk-test.ts";
import type { SiteConfig } from "../../domain/site-config.ts";
import { inLanguages, siteTime, type Message } from "./message.ts";
import { wordsOf } from "./words.ts";
import type { NotifierDeps } from "./ports.ts";
import type { Try } from "./ports.ts";

/** What a person reads who gets it all the same. */
export function walkMessage(receipt: Receipt, config: SiteConfig): Message {
  const { inputName, at } = receipt.edge;
  const worded = inLanguages(config, (its) => {
    const words = wordsOf(its);
    const { walk } = words;
    return {
      title: `${its.site.name}: ${walk.title}: ${words.name(inputName)}`,
      text: `${siteTime(at.wall, its)} · ${walk.text}`,
    };
  });
  return { ...worded, urgency: "low", receipt, pictures: [], test: true };
}

/** Never rejects. */
export async function proveWay(deps: NotifierDeps, target: NotifierSettings, message: Message): Promise<Outcome> {
  const suppressed = (why: string): Outcome => ({ kind: "suppressed", gate: `${walkGate}: ${why}` });
  if (target.kind === "heartbeat") return suppressed("a heartbeat tells nobody");
  try {
    const tried = await deps.probe?.(target, message, deps.clock.wall());
    return tried === undefined ? suppressed(`${target.name} can't be proved without sending`) : outcomeOf(tried);
  } catch (error) {
    return { kind: "failed", reason: `${target.name}: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function outcomeOf({ kind, why, lacking }: Try): Outcome {
  if (kind === "suppressed") return { kind: "suppressed", gate: why };
  if (kind !== "taken") return { kind: "failed", reason: why };
  return lacking === undefined ? { kind: "done" } : { kind: "short", reason: lacking };
}

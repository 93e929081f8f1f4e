/** A walk test as a command: not while the site is armed, an alarm sounds or another one runs. */
import { err, ok, type Result } from "../kernel/result.ts";
import { isArmed } from "../domain/arming.ts";
import type { SiteConfig } from "../domain/site-config.ts";
import type { Command, CommandError, LiveState } from "../messages/api.ts";
import type { CommandDeps } from "./commands.ts";
import { hasRow } from "./config-book.ts";

type Answer = Result<unknown, CommandError>;
type Audit = (details: unknown) => void;
type WalkDeps = Pick<CommandDeps, "engine" | "site" | "live" | "newId">;

/** Begins or ends one; answers with its id. */
export function walkTest(
  deps: WalkDeps,
  command: Extract<Command, { kind: "walk-start" | "walk-stop" }>,
  by: string,
  audit: Audit,
): Answer {
  const running = deps.engine.view().walkTest;
  if (command.kind === "walk-stop") {
    if (running === undefined) return err({ code: "conflict", message: "no walk test is running" });
    audit({ walkId: running.walkId });
    deps.engine.feed({ kind: "walk-stop", by });
    return ok({ walkId: running.walkId });
  }
  const refused = whyNoWalkTest(deps.site.config(), deps.live.snapshot(), command.terms);
  if (refused !== undefined) return err(refused);
  const terms = { ...command.terms, walkId: deps.newId(), by };
  audit(terms);
  deps.engine.feed({ kind: "walk-start", terms });
  return ok({ walkId: terms.walkId });
}

/** Why it is refused, or undefined. */
export function whyNoWalkTest(
  config: SiteConfig,
  live: Pick<LiveState, "arming" | "outputs" | "walkTest">,
  { inputs, locks, send }: Extract<Command, { kind: "walk-start" }>["terms"],
): CommandError | undefined {
  const conflict = (message: string): CommandError => ({ code: "conflict", message });
  const missing = (what: "input" | "output" | "notifier", ids: readonly number[]) =>
    ids.filter((id) => !hasRow(config, what, id)).map((id) => `there is no ${what} ${id}`);
  const [unknown] = [...missing("input", inputs), ...missing("output", locks), ...missing("notifier", send)];
  if (unknown !== undefined) return { code: "not-found", message: unknown };
  if (live.walkTest !== undefined) return conflict("a walk test is running already; end it first");
  if (isArmed(live.arming)) return conflict("the site is armed; disarm it before a walk test");
  if (inputs.length === 0) return { code: "invalid", message: "a walk test needs at least one input" };
  const held = live.outputs.find(({ holds }) => holds.some(({ input }) => input !== 0));
  const name = config.outputs.find(({ output }) => output === held?.output)?.name;
  return name === undefined ? undefined : conflict(`"${name}" is on by an alarm; silence it before a walk test`);
}

/** Arming as a command: the mode and the inputs have to be there, and open doors may stand in its way. */
import { err, ok, type Result } from "../kernel/result.ts";
import { armingOf, isArmed } from "../domain/arming.ts";
import { readiness, whyNotReady } from "../domain/readiness.ts";
import type { Command, CommandError } from "../messages/api.ts";
import type { CommandDeps } from "./commands.ts";
import { hasRow } from "./config-book.ts";

type Answer = Result<unknown, CommandError>;
type Audit = (details: unknown) => void;
type ArmingDeps = Pick<CommandDeps, "engine" | "site" | "live">;
const refuse = (code: CommandError["code"], message: string): Answer => err({ code, message });

export function arm(deps: ArmingDeps, command: Extract<Command, { kind: "arm" }>, by: string, audit: Audit): Answer {
  const { armed, mode, bypass } = command;
  const config = deps.site.config();
  if (mode !== undefined && !armingOf(config).modes.some((one) => one.mode === mode))
    return refuse("not-found", `there is no mode "${mode}"`);
  const missing = bypass?.find((input) => !hasRow(config, "input", input));
  if (missing !== undefined) return refuse("not-found", `there is no input ${missing}`);
  if (armed && command.unlessOpen === true) {
    const why = whyNotReady(readiness(config, deps.live.snapshot(), mode, bypass));
    if (why !== undefined) return refuse("conflict", why);
  }
  const more = { ...(mode === undefined ? {} : { mode }), ...(bypass === undefined ? {} : { bypass }) };
  audit({ armed, ...more });
  deps.engine.feed({ kind: "arm", armed, by, ...more });
  return ok({});
}

/** What is about to be armed by the clock waits so many minutes longer. */
export function postponeArming({ autoArm }: Pick<CommandDeps, "autoArm">, minutes: number, audit: Audit): Answer {
  if (!autoArm.postpone(minutes)) return refuse("conflict", "nothing is about to be armed by the clock");
  audit({ minutes });
  return ok({});
}

export function bypass(
  deps: ArmingDeps,
  { inputs }: Extract<Command, { kind: "bypass" }>,
  by: string,
  audit: Audit,
): Answer {
  const missing = inputs.find((input) => !hasRow(deps.site.config(), "input", input));
  if (missing !== undefined) return refuse("not-found", `there is no input ${missing}`);
  if (!isArmed(deps.engine.view().arming)) return refuse("conflict", "the site is disarmed; bypass inputs when arming");
  audit({ inputs });
  deps.engine.feed({ kind: "bypass", inputs, by });
  return ok({});
}

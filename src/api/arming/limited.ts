/**
 * What a login that sees some cameras only does about inputs: it leaves out those that it may know of, and no others;
 * what others left out of the running arming stays left out. What stands in the way of arming is named as far as it may
 * be known.
 */
import { disarmedMode } from "../../domain/arming.ts";
import { readiness, whyNotReady, type Readiness } from "../../domain/readiness.ts";
import { isLimited, mayKnow, viewOf } from "../../domain/rights.ts";
import type { SiteConfig } from "../../domain/site-config.ts";
import type { Command } from "../../messages/api.ts";
import type { Login } from "../app-types.ts";
import { fail } from "../failure.ts";
import type { ApiDeps } from "../ports.ts";

type Arm = Extract<Command, { kind: "arm" }>;

/** The list of bypassed inputs as this login may set it: hidden ones stay as they are. 403 for one that it may not know. */
export async function bypassBy(
  deps: ApiDeps,
  login: Login | undefined,
  inputs: readonly number[],
): Promise<readonly number[]> {
  if (login === undefined || !isLimited(login.rights)) return inputs;
  const view = viewOf(login.rights, await deps.reads.config());
  const hidden = inputs.find((input) => !view.inputs.has(input));
  if (hidden !== undefined) fail("forbidden", `This login may not see input ${hidden}.`);
  const { arming } = (deps.core.live() ?? fail("unavailable")).state;
  return [...arming.bypass.filter((input) => !view.inputs.has(input)), ...inputs];
}

/** The command as this login may give it; 409 while something is in the way, in words that are for its eyes. */
export async function armBy(deps: ApiDeps, login: Login | undefined, command: Arm): Promise<Arm> {
  if (login === undefined || !isLimited(login.rights) || !command.armed) return command;
  const { state } = deps.core.live() ?? fail("unavailable");
  const mine = command.bypass === undefined ? undefined : await bypassBy(deps, login, command.bypass);
  // another mode is another arming: nothing is left out of it yet
  const same = state.arming.mode !== disarmedMode && (command.mode ?? state.arming.mode) === state.arming.mode;
  const bypass = same ? mine : command.bypass;
  if (command.unlessOpen === true) {
    const config = await deps.reads.config();
    const ready = readiness(config, state, command.mode, bypass);
    if (!ready.ready) fail("conflict", whyNot(seenReadiness(ready, config, login)));
  }
  return bypass === undefined ? command : { ...command, bypass };
}

/** What may be known of it in words; of the rest, that there is one. */
function whyNot(ready: Readiness): string {
  const known = ready.inputs.some(
    (one) => !one.bypassed && one.why !== "unknown" && !(one.onTheWay && one.why === "open"),
  );
  return (
    (known ? whyNotReady(ready) : undefined) ??
    "An input that this login may not see is open; have it closed, or arm all the same."
  );
}

/** Whether it is ready is told to everybody who arms; of what is in the way, what they may know. */
export function seenReadiness(ready: Readiness, config: SiteConfig, login: Login | undefined): Readiness {
  if (login === undefined || !isLimited(login.rights)) return ready;
  const { inputs } = viewOf(login.rights, config);
  return {
    ...ready,
    inputs: ready.inputs.filter(({ input }) => inputs.has(input)),
    boards: [],
    cameras: ready.cameras.filter(({ number }) => mayKnow(login.rights, number)),
  };
}

import { disarmedMode } from "../../domain/arming.ts";
import type { Command } from "../../messages/api.ts";

interface Wanted {
  readonly armed?: boolean;
  readonly mode?: string;
  readonly bypass?: readonly number[];
  readonly force?: boolean;
}

/** The command that such a body asks for: a mode is refused while something is open, unless that is forced. */
export function wantedArming({ mode, bypass, force, ...rest }: Wanted): Extract<Command, { kind: "arm" }> {
  const armed = rest.armed ?? mode !== disarmedMode;
  return {
    ...{ kind: "arm", armed },
    ...(mode === undefined || !armed ? {} : { mode, unlessOpen: force !== true }),
    ...(bypass === undefined ? {} : { bypass }),
  };
}

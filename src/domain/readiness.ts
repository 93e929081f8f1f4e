/** What stands against arming now: open doors, and what could not see or record an intruder. Pure. */
import type { WallTime } from "../kernel/time.ts";
import { armingOf, isArmedIn, modeOf, zoneOf } from "./arming.ts";
import type { InputView } from "./engine-types.ts";
import type { SiteConfig } from "./site-config.ts";

/** What is true now, as far as arming asks for it. */
export interface SiteNow {
  readonly inputs: readonly InputView[];
  readonly boards: readonly { readonly board: number; readonly state: string; readonly reason: string }[];
  readonly channels: readonly { readonly channel: number; readonly state: string; readonly reason: string }[];
  readonly volumes: readonly {
    readonly volumeId: string;
    readonly path: string;
    readonly state: string;
    readonly reason: string;
  }[];
}

export interface NotReadyInput {
  readonly input: number;
  readonly name: string;
  readonly why: "open" | "fault" | "unknown";
  /** On the way out: it may be open until the exit delay is over. */
  readonly onTheWay: boolean;
  readonly bypassed: boolean;
  readonly since: WallTime;
}

export interface NotReadyThing {
  readonly number: number;
  readonly name: string;
  readonly reason: string;
}

export interface Readiness {
  readonly mode: string;
  /** Nothing has to be closed or bypassed. Boards, cameras and disks are told, but do not stand in the way. */
  readonly ready: boolean;
  readonly inputs: readonly NotReadyInput[];
  readonly boards: readonly NotReadyThing[];
  readonly cameras: readonly NotReadyThing[];
  readonly disks: readonly { readonly id: string; readonly path: string; readonly reason: string }[];
}

/** For arming in `mode` (absent: the first) with these inputs left out. */
export function readiness(
  config: SiteConfig,
  now: SiteNow,
  wanted?: string,
  bypass: readonly number[] = [],
): Readiness {
  const mode = modeOf(armingOf(config), wanted);
  const inputs = config.inputs.flatMap((settings): NotReadyInput[] => {
    const state = now.inputs.find((one) => one.input === settings.input);
    if (!settings.enabled || !isArmedIn(settings, mode.mode) || state === undefined) return [];
    const why = notReadyBecause(state);
    if (why === undefined) return [];
    const onTheWay = zoneOf(settings) !== "instant" && mode.exitS > 0;
    const { input, name } = settings;
    return [{ input, name, why, onTheWay, bypassed: bypass.includes(input), since: state.since as WallTime }];
  });
  return {
    mode: mode.mode,
    ready: inputs.every((one) => one.bypassed || one.why === "unknown" || (one.onTheWay && one.why === "open")),
    inputs,
    boards: config.boards.flatMap(({ board, name, enabled }): NotReadyThing[] => {
      const state = now.boards.find((one) => one.board === board);
      if (!enabled || state === undefined || state.state === "online") return [];
      return [{ number: board, name, reason: state.reason === "" ? state.state : state.reason }];
    }),
    cameras: config.channels.flatMap(({ channel, name, enabled, recordMode }): NotReadyThing[] => {
      const state = now.channels.find((one) => one.channel === channel);
      if (!enabled || recordMode === "off" || state?.state === "live") return [];
      const reason = state === undefined || state.reason === "" ? (state?.state ?? "not received") : state.reason;
      return [{ number: channel, name, reason }];
    }),
    disks: now.volumes
      .filter(({ state }) => state !== "ready")
      .map(({ volumeId, path, state, reason }) => ({ id: volumeId, path, reason: reason === "" ? state : reason })),
  };
}

function notReadyBecause(state: InputView): NotReadyInput["why"] | undefined {
  if (state.level === "fault") return "fault";
  if (state.active === "unknown") return "unknown";
  return state.active ? "open" : undefined;
}

/** The open ones in one sentence; undefined when nothing has to be closed or bypassed. */
export function whyNotReady(ready: Readiness): string | undefined {
  if (ready.ready) return undefined;
  const blocking = ready.inputs.filter(
    (one) => !one.bypassed && one.why !== "unknown" && !(one.onTheWay && one.why === "open"),
  );
  const says = blocking.map(({ name, why }) => (why === "open" ? `"${name}" is open` : `"${name}" is at fault`));
  return `${says.join(" and ")}; close or bypass it, or arm all the same`;
}

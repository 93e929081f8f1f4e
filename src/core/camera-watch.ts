/** Feeds the rule of `domain/camera-watch.ts` with what the recorders say, and raises the site's camera-offline input. */
import type { Clock } from "../kernel/time.ts";
import { cameraOfflinePoint } from "../domain/board-points.ts";
import {
  initialCameraWatch,
  namedTogether,
  offlineOf,
  stepCameraWatch,
  type CameraWatchConfig,
  type CameraWatchEffect,
  type CameraWatchEvent,
} from "../domain/camera-watch.ts";
import type { EngineEvent } from "../domain/engine.ts";
import { defaults, type SiteConfig } from "../domain/site-config.ts";
import { seconds } from "../kernel/time.ts";
import type { LiveBook } from "./live-book.ts";

export interface CameraWatchDeps {
  readonly clock: Clock;
  readonly live: Pick<LiveBook, "onEvent">;
  /** Channels that have footage from a life before. */
  readonly recorded: readonly number[];
  config(): SiteConfig;
  feed(event: EngineEvent): void;
  /** Of an input, as the engine knows it. */
  active(input: number): boolean | "unknown" | undefined;
}

export interface CameraWatch extends Disposable {
  /** The process that receives these channels went away, or is back. */
  recorder(state: "down" | "up", channels: readonly number[]): void;
  /** The configuration is another one. */
  configured(): void;
}

/** Watches from now on; what happens to the site's input is the engine's. */
export function startCameraWatch(deps: CameraWatchDeps): CameraWatch {
  const { clock } = deps;
  let state = initialCameraWatch(deps.recorded, clock.now());
  let cancel: () => void = () => undefined;
  const step = (event: CameraWatchEvent): void => {
    const next = stepCameraWatch(watchedOf(deps.config()), state, event, clock.now());
    state = next.state;
    cancel();
    cancel = () => undefined;
    for (const effect of next.effects) carryOut(effect);
  };
  const carryOut = (effect: CameraWatchEffect): void => {
    if (effect.kind === "wake") cancel = clock.wakeAt(effect.at, () => step({ kind: "wake" }));
    else raise(deps, effect);
  };
  deps.live.onEvent((_seq, event) => {
    if (event.kind !== "channel" || event.channel.state === "off") return;
    const { channel, state: now } = event.channel;
    // told several times a second: only what may change something is a step
    if (state.cameras.get(channel)?.live !== (now === "live")) {
      step({ kind: "camera", channel, live: now === "live" });
    }
  });
  step({ kind: "wake" });
  return {
    recorder: (what, channels) => step({ kind: what === "up" ? "recorder-up" : "recorder-down", channels }),
    configured() {
      step({ kind: "wake" });
      if (offlineOf(state.cameras).length === 0) restIfUnknown(deps);
    },
    [Symbol.dispose]: () => cancel(),
  };
}

/** An input that is new knows nothing yet: no camera is offline, so it is at rest. */
function restIfUnknown(deps: CameraWatchDeps): void {
  const config = deps.config();
  const board = sourceOf(config)?.board;
  const input = config.inputs.find((row) => row.board === board)?.input;
  if (board === undefined || input === undefined || deps.active(input) !== "unknown") return;
  deps.feed({ kind: "trigger", board, point: cameraOfflinePoint, verb: "stop" });
}

const sourceOf = (config: SiteConfig) =>
  config.boards.flatMap(({ board, enabled, driver }) =>
    enabled && driver.kind === "camera-offline" && hasInput(config, board) ? [{ board, driver }] : [],
  )[0];

const hasInput = ({ inputs }: SiteConfig, board: number): boolean =>
  inputs.some((input) => input.board === board && input.enabled);

function watchedOf(config: SiteConfig): CameraWatchConfig {
  const source = sourceOf(config)?.driver;
  if (source === undefined) return { graceMs: seconds(defaults.offlineGraceS), channels: [] };
  const watched = config.channels.filter(({ channel, enabled }) => enabled && !source.except.includes(channel));
  return { graceMs: seconds(source.graceS), channels: watched.map(({ channel }) => channel) };
}

function raise(deps: CameraWatchDeps, effect: Exclude<CameraWatchEffect, { kind: "wake" }>): void {
  const config = deps.config();
  const board = sourceOf(config)?.board;
  if (board === undefined) return;
  const at = { kind: "trigger", board, point: cameraOfflinePoint } as const;
  if (effect.kind === "rest") {
    deps.feed({ ...at, verb: "stop" });
    return;
  }
  const nameOf = (channel: number) =>
    config.channels.find((row) => row.channel === channel)?.name ?? `camera ${channel}`;
  deps.feed({ ...at, verb: "start", title: namedTogether(effect.channels.map(nameOf)), away: effect.channels });
}

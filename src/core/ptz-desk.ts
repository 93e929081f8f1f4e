/**
 * Turns cameras: one lane a camera, so that a slow one delays nobody else; each order ends in an outcome within its
 * limit. Where a camera was sent last is known until the next start only; which of them an alarm turned outlives it.
 */
import { after, between, seconds, type Clock } from "../kernel/time.ts";
import { err, type Result } from "../kernel/result.ts";
import type { EngineEffect } from "../domain/engine.ts";
import type { PtzKind, PtzPreset } from "../domain/ptz-settings.ts";
import type { Outcome } from "../domain/receipt.ts";
import type { ChannelSettings, SiteConfig } from "../domain/site-config.ts";
import type { PtzCamera, PtzDriver } from "./ports.ts";
import { openLoginGates, type LoginGates } from "./ptz-gate.ts";

export type PtzOrder = Extract<EngineEffect, { kind: "go-ptz" }>;

export interface PtzDesk {
  /** Of an alarm. Never rejects. */
  go(order: PtzOrder): Promise<Outcome>;
  /** By hand. Never rejects. */
  turn(channel: number, preset: number): Promise<{ readonly outcome: Outcome; readonly ms: number }>;
  /** What the camera knows; `err`: why it did not say. */
  presets(channel: number): Promise<Result<readonly PtzPreset[]>>;
  /** "Try camera again": whatever login it refused, the next order is sent. */
  tryAgain(channel: number): void;
}

export interface PtzDeps {
  readonly clock: Clock;
  config(): SiteConfig;
  readonly drivers: Readonly<Record<PtzKind, PtzDriver>>;
  /** Channels that an alarm of the life before turned and that did not look back. */
  readonly away?: readonly number[];
}

/** A camera that has not answered so long after the order's turn came is given up. */
export const ptzLimit = seconds(5);
/** Orders of one camera that have no outcome yet, at most: the last of them ends after 40 s. */
const mostWaiting = 8;

const failed = (reason: string): Outcome => ({ kind: "failed", reason });
const suppressed = (gate: string): Outcome => ({ kind: "suppressed", gate });

interface Lane {
  last: Promise<unknown>;
  waiting: number;
  /** Where it was sent last, and whether by an alarm or by hand; after a restart the alarm of the life before. */
  preset?: number;
  by?: "alarm" | "hand";
  /** Of alarms: a later one makes an earlier way back void. */
  orders: number;
}

export function openPtzDesk(deps: PtzDeps): PtzDesk {
  const { clock } = deps;
  const gates = openLoginGates(clock);
  const lanes = new Map<number, Lane>(
    deps.away?.map((channel) => [channel, { last: Promise.resolve(), waiting: 0, orders: 1, by: "alarm" }]),
  );
  const laneOf = (channel: number): Lane => {
    const lane = lanes.get(channel) ?? { last: Promise.resolve(), waiting: 0, orders: 0 };
    lanes.set(channel, lane);
    return lane;
  };
  const wait = (by: number) =>
    new Promise<void>((resolve) => void clock.wakeAt(after(clock.now(), seconds(by)), resolve));
  const ask = <T>(channel: number, work: Work<T>) => within({ ...deps, gates }, channel, work);
  const send = async (channel: number, preset: number, by: "alarm" | "hand"): Promise<Outcome> => {
    const lane = laneOf(channel);
    const result = await ask(channel, (driver, camera, signal) => driver.goTo(camera, preset, signal));
    if (!result.ok) return failed(result.error);
    Object.assign(lane, { preset, by });
    return { kind: "done" };
  };
  const inTurn = (channel: number, work: () => Promise<Outcome>): Promise<Outcome> => {
    const lane = laneOf(channel);
    if (lane.waiting >= mostWaiting) return Promise.resolve(failed("too many orders wait for this camera already"));
    lane.waiting++;
    const turn = lane.last.then(work).finally(() => lane.waiting--);
    lane.last = turn.catch(() => undefined);
    return turn;
  };
  const back = async ({ channel, preset, afterS = 0 }: PtzOrder): Promise<Outcome> => {
    const lane = laneOf(channel);
    const { orders } = lane;
    if (orders === 0) return suppressed("no alarm has turned this camera");
    await wait(afterS);
    // looked at when its turn came: who was before it in the lane may have turned the camera by hand
    return inTurn(channel, () => {
      if (lane.orders !== orders) return Promise.resolve(suppressed("a later alarm has the camera"));
      if (lane.by === "hand") return Promise.resolve(suppressed("somebody turned the camera by hand since"));
      return send(channel, preset, "alarm");
    });
  };
  return {
    go(order) {
      const { channel, preset, again } = order;
      if (order.afterS !== undefined) return back(order);
      const lane = laneOf(channel);
      lane.orders++;
      return inTurn(channel, () =>
        again === true && lane.preset === preset
          ? Promise.resolve(suppressed(`it looks at preset ${preset} already`))
          : send(channel, preset, "alarm"),
      );
    },
    async turn(channel, preset) {
      const began = clock.now();
      const outcome = await inTurn(channel, () => send(channel, preset, "hand"));
      return { outcome, ms: Math.round(between(began, clock.now())) };
    },
    tryAgain(channel) {
      const row = deps.config().channels.find((one) => one.channel === channel);
      const camera = row === undefined ? undefined : cameraOf(row);
      if (camera !== undefined) gates.open(camera);
    },
    presets: (channel) => ask(channel, (driver, camera, signal) => driver.presets(camera, signal)),
  };
}

type Work<T> = (driver: PtzDriver, camera: PtzCamera, signal: AbortSignal) => Promise<Result<T>>;

/** Speaks to a camera for as long as the limit lets it, whatever its driver does. */
async function within<T>(
  deps: PtzDeps & { readonly gates: LoginGates },
  channel: number,
  work: Work<T>,
): Promise<Result<T>> {
  const row = deps.config().channels.find((one) => one.channel === channel);
  const camera = row === undefined ? undefined : cameraOf(row);
  if (row?.ptz === undefined || camera === undefined) return err(`channel ${channel} has no PTZ settings`);
  const { kind } = row.ptz;
  const { clock, gates } = deps;
  return gates.through(camera, () => limited(clock, (signal) => work(deps.drivers[kind], camera, signal)));
}

async function limited<T>(clock: Clock, work: (signal: AbortSignal) => Promise<Result<T>>): Promise<Result<T>> {
  const stop = new AbortController();
  let cancel: () => void = () => undefined;
  const late = new Promise<Result<T>>((resolve) => {
    cancel = clock.wakeAt(after(clock.now(), ptzLimit), () => {
      stop.abort();
      resolve(err(`the camera did not answer within ${ptzLimit / 1000} s`));
    });
  });
  try {
    return await Promise.race([work(stop.signal), late]);
  } catch (error) {
    return err(`the camera could not be asked: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    cancel();
  }
}

/** The camera behind the address of its main stream. */
export function cameraOf({ mainUrl, username, password, ptz }: ChannelSettings): PtzCamera | undefined {
  const host = hostOf(mainUrl);
  if (ptz === undefined || host === undefined) return undefined;
  return { host, port: ptz.port, username, password, input: ptz.input ?? 1 };
}

/** Name or address of the machine behind an RTSP address; undefined where it names none. */
export function hostOf(url: string): string | undefined {
  const host = /^rtsp:\/\/(?:[^/@]*@)?(\[[^\]]*\]|[^/:?#]*)/i.exec(url)?.[1]?.replace(/^\[|\]$/g, "");
  return host === "" ? undefined : host;
}

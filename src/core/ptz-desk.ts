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

export type PtzOrder = Extract<EngineEffect, { kind: "go-ptz" }>;

export interface PtzDesk {
  /** Of an alarm. Never rejects. */
  go(order: PtzOrder): Promise<Outcome>;
  /** By hand. Never rejects. */
  turn(channel: number, preset: number): Promise<{ readonly outcome: Outcome; readonly ms: number }>;
  /** What the camera knows; `err`: why it did not say. */
  presets(channel: number): Promise<Result<readonly PtzPreset[]>>;
}

export interface PtzDeps {
  readonly clock: Clock;
  config(): SiteConfig;
  readonly drivers: Readonly<Record<PtzKind, PtzDriver>>;
  /** Channels that an alarm of the life before turned and that did not look back. */
  readonly away?: readonly number[];
}

/** A camera that has not answered by then is given up. */
export const ptzLimit = seconds(5);
/** Orders that wait for one camera, at most. */
const mostWaiting = 8;

const failed = (reason: string): Outcome => ({ kind: "failed", reason });
const suppressed = (gate: string): Outcome => ({ kind: "suppressed", gate });

interface Lane {
  last: Promise<unknown>;
  waiting: number;
  /** Where it was sent last, and by how many orders of alarms before: a later one makes an earlier way back void. */
  preset?: number;
  orders: number;
}

export function openPtzDesk(deps: PtzDeps): PtzDesk {
  const { clock } = deps;
  const lanes = new Map<number, Lane>(
    deps.away?.map((channel) => [channel, { last: Promise.resolve(), waiting: 0, orders: 1 }]),
  );
  const laneOf = (channel: number): Lane => {
    const lane = lanes.get(channel) ?? { last: Promise.resolve(), waiting: 0, orders: 0 };
    lanes.set(channel, lane);
    return lane;
  };
  const wait = (by: number) =>
    new Promise<void>((resolve) => void clock.wakeAt(after(clock.now(), seconds(by)), resolve));
  const send = async (channel: number, preset: number): Promise<Outcome> => {
    const lane = laneOf(channel);
    const result = await within(deps, channel, (driver, camera, signal) => driver.goTo(camera, preset, signal));
    if (!result.ok) return failed(result.error);
    lane.preset = preset;
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
    if (lane.orders !== orders) return suppressed("a later alarm has the camera");
    return inTurn(channel, () => send(channel, preset));
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
          : send(channel, preset),
      );
    },
    async turn(channel, preset) {
      const began = clock.now();
      const outcome = await inTurn(channel, () => send(channel, preset));
      return { outcome, ms: Math.round(between(began, clock.now())) };
    },
    presets: (channel) => within(deps, channel, (driver, camera, signal) => driver.presets(camera, signal)),
  };
}

type Work<T> = (driver: PtzDriver, camera: PtzCamera, signal: AbortSignal) => Promise<Result<T>>;

/** Speaks to a camera for as long as the limit lets it, whatever its driver does. */
async function within<T>(deps: PtzDeps, channel: number, work: Work<T>): Promise<Result<T>> {
  const row = deps.config().channels.find((one) => one.channel === channel);
  const camera = row === undefined ? undefined : cameraOf(row);
  if (row?.ptz === undefined || camera === undefined) return err(`channel ${channel} has no PTZ settings`);
  const { clock } = deps;
  const stop = new AbortController();
  let cancel: () => void = () => undefined;
  const late = new Promise<Result<T>>((resolve) => {
    cancel = clock.wakeAt(after(clock.now(), ptzLimit), () => {
      stop.abort();
      resolve(err(`the camera did not answer within ${ptzLimit / 1000} s`));
    });
  });
  try {
    return await Promise.race([work(deps.drivers[row.ptz.kind], camera, stop.signal), late]);
  } catch (error) {
    return err(`the camera could not be asked: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    cancel();
  }
}

/** The camera behind the address of its main stream. */
export function cameraOf({ mainUrl, username, password, ptz }: ChannelSettings): PtzCamera | undefined {
  const host = /^rtsp:\/\/(?:[^/@]*@)?(\[[^\]]*\]|[^/:?#]*)/i.exec(mainUrl)?.[1]?.replace(/^\[|\]$/g, "");
  if (ptz === undefined || host === undefined || host === "") return undefined;
  return { host, port: ptz.port, username, password, input: ptz.input ?? 1 };
}

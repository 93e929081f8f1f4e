/**
 * When a camera is offline. Pure; the shell feeds what the recorders say of the channels, and turns `raise` and `rest`
 * into edges of the site's one camera-offline input.
 *
 *     unknown (after a start) ──120 s──▶ offline ◀──grace── away ◀──no longer live── live
 *           └────────────────────────────────┴──────── live again ─────────────────────▲
 *
 * A camera that never was live and has no footage does not count: it was just added, or never worked. When the first
 * one becomes offline, all that have been away for at least half of their time are told with it, in one.
 */
import type { Step } from "../kernel/machine.ts";
import { after, between, seconds, type Duration, type Instant } from "../kernel/time.ts";

/** After a start of Reed or of a recorder a camera has this long to come back. */
export const returnPatience = seconds(120);

export interface CameraWatchConfig {
  /** How long a camera may be away before it is offline. */
  readonly graceMs: Duration;
  /** Those that are watched, in the order in which they are named. */
  readonly channels: readonly number[];
}

export interface WatchedCamera {
  readonly live: boolean;
  /** Since when it is not; undefined while nobody can know, because its recorder is away. */
  readonly since: Instant | undefined;
  /** How long that may last. */
  readonly patience: Duration;
  /** It has footage, or was live in this life. */
  readonly proven: boolean;
  readonly offline: boolean;
}

export interface CameraWatchState {
  readonly cameras: ReadonlyMap<number, WatchedCamera>;
}

export type CameraWatchEvent =
  | { readonly kind: "camera"; readonly channel: number; readonly live: boolean }
  /** The process that receives these channels is away, or is back and begins to connect. */
  | { readonly kind: "recorder-down" | "recorder-up"; readonly channels: readonly number[] }
  | { readonly kind: "wake" };

export type CameraWatchEffect =
  /** These have gone offline. */
  | { readonly kind: "raise"; readonly channels: readonly number[] }
  /** The last one that was offline is back, or is no longer watched. */
  | { readonly kind: "rest" }
  | { readonly kind: "wake"; readonly at: Instant };

type Stepped = Step<CameraWatchState, CameraWatchEffect>;

/** `recorded`: channels that have footage from a life before. */
export const initialCameraWatch = (recorded: readonly number[], now: Instant): CameraWatchState => ({
  cameras: new Map(recorded.map((channel) => [channel, { ...fresh(now), proven: true }])),
});

const fresh = (now: Instant): WatchedCamera => ({
  live: false,
  since: now,
  patience: returnPatience,
  proven: false,
  offline: false,
});

/** One event. A wake that comes early, late or twice is harmless. */
export function stepCameraWatch(
  config: CameraWatchConfig,
  before: CameraWatchState,
  event: CameraWatchEvent,
  now: Instant,
): Stepped {
  const cameras = new Map(before.cameras);
  const wasOffline = offlineOf(before.cameras).length > 0;
  take(cameras, config, event, now);
  for (const [channel, camera] of cameras) {
    if (camera.offline && !config.channels.includes(channel)) cameras.set(channel, { ...camera, offline: false });
  }
  const raised = dueNow(cameras, config, now);
  for (const [channel, camera] of raised) cameras.set(channel, { ...camera, offline: true });
  const effects: CameraWatchEffect[] = [];
  if (raised.length > 0) effects.push({ kind: "raise", channels: raised.map(([channel]) => channel) });
  if (wasOffline && offlineOf(cameras).length === 0) effects.push({ kind: "rest" });
  const at = nextDue(cameras, config);
  if (at !== undefined) effects.push({ kind: "wake", at });
  return { state: { cameras }, effects };
}

/** Those that are offline, by number. */
export const offlineOf = (cameras: ReadonlyMap<number, WatchedCamera>): readonly number[] =>
  [...cameras].filter(([, { offline }]) => offline).map(([channel]) => channel);

function take(
  cameras: Map<number, WatchedCamera>,
  config: CameraWatchConfig,
  event: CameraWatchEvent,
  now: Instant,
): void {
  switch (event.kind) {
    case "camera": {
      const camera = cameras.get(event.channel) ?? fresh(now);
      if (event.live) cameras.set(event.channel, { ...fresh(now), live: true, proven: true });
      else if (camera.live) {
        cameras.set(event.channel, { ...camera, live: false, since: now, patience: config.graceMs });
      } else cameras.set(event.channel, camera);
      return;
    }
    case "recorder-down":
    case "recorder-up":
      for (const channel of event.channels) {
        const camera = cameras.get(channel) ?? fresh(now);
        const since = event.kind === "recorder-up" ? now : undefined;
        cameras.set(channel, { ...camera, live: false, since, patience: returnPatience });
      }
      return;
    case "wake":
      return;
  }
}

type Named = readonly [channel: number, camera: WatchedCamera];

/** Away, watched, believed, and not told yet. */
const waiting = (cameras: ReadonlyMap<number, WatchedCamera>, { channels }: CameraWatchConfig): Named[] =>
  channels.flatMap((channel): Named[] => {
    const camera = cameras.get(channel);
    return camera === undefined || camera.live || camera.offline || !camera.proven || camera.since === undefined
      ? []
      : [[channel, camera]];
  });

const dueAt = ({ since, patience }: WatchedCamera): Instant | undefined =>
  since === undefined ? undefined : after(since, patience);

function dueNow(cameras: ReadonlyMap<number, WatchedCamera>, config: CameraWatchConfig, now: Instant): Named[] {
  const all = waiting(cameras, config);
  const anyDue = all.some(([, camera]) => (dueAt(camera) ?? now + 1) <= now);
  return anyDue
    ? all.filter(([, { since, patience }]) => since !== undefined && between(since, now) * 2 >= patience)
    : [];
}

function nextDue(cameras: ReadonlyMap<number, WatchedCamera>, config: CameraWatchConfig): Instant | undefined {
  const times = waiting(cameras, config).flatMap(([, camera]) => dueAt(camera) ?? []);
  return times.reduce<Instant | undefined>((first, at) => (first === undefined || at < first ? at : first), undefined);
}

/** "Porch, Yard and 3 more": as many names as fit. */
export function namedTogether(names: readonly string[], most = 150): string {
  let text = names[0] ?? "";
  for (const [index, name] of names.entries()) {
    if (index === 0) continue;
    if (text.length + name.length > most) return `${text} and ${names.length - index} more`;
    text += `, ${name}`;
  }
  return text;
}

/**
 * What cameras say by themselves: their event sources are opened as the configuration says, what they say is kept, and
 * pages see how it goes. A camera that is not heard is a trouble after a while; one that refuses the login at once.
 */
import { after, before, momentOf, seconds, wallOf, type Clock, type Instant } from "../kernel/time.ts";
import { createCameraMemory, type CameraMemory } from "../domain/detection/camera-memory.ts";
import type { CameraLink, CameraOffer, CameraSaid } from "../domain/detection/camera-said.ts";
import type { OwnDetection, OwnKind, OwnThing } from "../domain/detection/own-settings.ts";
import { pointsOfDetection } from "../domain/detection/points.ts";
import { blindGraceMs } from "../domain/detection/watch.ts";
import type { SiteConfig } from "../domain/site-config.ts";
import type { CameraEvents, EventCamera } from "../drivers/camera-events/driver.ts";
import type { CameraWord, HeardEvent } from "../messages/detection.ts";
import type { Log } from "../platform/log.ts";
import type { LiveBook } from "./live-book.ts";
import { hostOf } from "./ptz-desk.ts";

export type EventSources = { readonly [Kind in OwnKind]: CameraEvents };

export interface OwnWordsDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly live: Pick<LiveBook, "publish" | "raise" | "settle" | "keepOnly">;
  readonly sources: EventSources;
  /** Cameras are no longer listened to: pages need a new snapshot. */
  dropped(): void;
  /** The word of this camera may be another one. */
  changed(channel: number): void;
  /** What its word is taken for now. */
  doesOf(channel: number): readonly OwnThing[];
}

export interface OwnWords extends Disposable {
  configure(config: SiteConfig): void;
  /** Undefined: nobody listens to it. */
  of(channel: number): CameraMemory | undefined;
}

/** Events that are kept for the page. */
const mostHeard = 20;
/** Rows are told to pages no more often than this. */
const tellEvery = seconds(0.5);
/** Events a second that are taken, but for ends, which always are; a camera that says more is ill. */
const mostPerSecond = 50;

interface Listened {
  /** Of the settings that it was opened with. */
  readonly key: string;
  readonly memory: CameraMemory;
  readonly row: () => CameraWord;
  close(): void;
}

export function openOwnWords(deps: OwnWordsDeps): OwnWords {
  const cameras = new Map<number, Listened>();
  let disposed = false;
  return {
    of: (channel) => cameras.get(channel)?.memory,
    configure(config) {
      const wanted = disposed ? new Map<number, Wanted>() : wantedOf(config);
      const before = cameras.size;
      for (const [channel, camera] of cameras) {
        if (wanted.get(channel)?.key === camera.key) continue;
        camera.close();
        cameras.delete(channel);
      }
      deps.live.keepOnly("words", [...wanted.keys()]);
      if (cameras.size < before) deps.dropped();
      for (const [channel, one] of wanted) {
        if (cameras.has(channel)) continue;
        cameras.set(channel, listenTo(deps, channel, one));
      }
    },
    [Symbol.dispose]() {
      disposed = true;
      for (const camera of cameras.values()) camera.close();
      cameras.clear();
    },
  };
}

interface Wanted {
  readonly key: string;
  readonly name: string;
  readonly own: OwnDetection;
  readonly camera: EventCamera;
}

/** Cameras that are on, whose detection is, and that somebody listens to. */
function wantedOf({ boards, channels }: SiteConfig): Map<number, Wanted> {
  const found = boards.flatMap(({ enabled, driver }): [number, Wanted][] => {
    if (!enabled || driver.kind !== "video-detection" || driver.own === undefined) return [];
    const row = channels.find((one) => one.channel === driver.channel);
    const host = row === undefined ? undefined : hostOf(row.mainUrl);
    if (row?.enabled !== true || host === undefined || pointsOfDetection(driver).length === 0) return [];
    const { username, password } = row;
    const camera = { host, username, password, port: driver.own.port, input: driver.own.input ?? 1 };
    const key = JSON.stringify([camera, driver.own.kind, row.name]);
    return [[driver.channel, { key, name: row.name, own: driver.own, camera }]];
  });
  return new Map(found);
}

function listenTo(deps: OwnWordsDeps, channel: number, { key, name, own, camera }: Wanted): Listened {
  const { clock, live } = deps;
  const memory = createCameraMemory(clock.now());
  const trouble = `own-detection:${channel}`;
  const state = {
    since: clock.now(),
    heard: [] as readonly HeardEvent[],
    rules: new Map<string, string>(),
    dropped: 0,
    second: clock.now(),
    inSecond: 0,
    ended: false,
  };
  let cancelGrace = (): void => undefined;
  let cancelWake = (): void => undefined;
  let cancelTell: (() => void) | undefined;
  let toldAt: Instant = before(clock.now(), tellEvery);

  const publish = (): void => {
    cancelTell = undefined;
    toldAt = clock.now();
    live.publish({ kind: "word", word: row() });
  };
  const tell = (): void => {
    if (cancelTell !== undefined) return;
    const due = after(toldAt, tellEvery);
    if (due <= clock.now()) publish();
    else cancelTell = clock.wakeAt(due, publish);
  };
  const look = (): void => {
    cancelWake();
    const next = memory.pass(clock.now());
    cancelWake = next === undefined ? () => undefined : clock.wakeAt(next, look);
    deps.changed(channel);
    tell();
  };
  const watch = (link: CameraLink): void => {
    cancelGrace();
    if (link.kind === "online") live.settle(trouble);
    if (link.kind !== "lost" && link.kind !== "refused") return;
    const what = `what ${name} sees by itself is not heard: ${link.reason}`;
    const due = link.kind === "refused" ? clock.now() : after(state.since, blindGraceMs);
    const raise = () => live.raise(trouble, what);
    if (due <= clock.now()) raise();
    else cancelGrace = clock.wakeAt(due, raise);
  };
  const row = (): CameraWord => ({
    ...{ channel, state: memory.link.kind, reason: "reason" in memory.link ? memory.link.reason : "" },
    since: wallOf(momentOf(clock), state.since),
    ...{ has: [...memory.has], does: deps.doesOf(channel), dropped: state.dropped, heard: state.heard },
    rules: [...state.rules].map(([rule, code]) => ({ name: rule, code })),
  });
  const isTooMuch = (): boolean => {
    if (clock.now() >= after(state.second, seconds(1))) [state.second, state.inSecond] = [clock.now(), 0];
    return ++state.inSecond > mostPerSecond;
  };
  const source = deps.sources[own.kind].open(
    camera,
    {
      link(link, at) {
        if ((link.kind === "online") !== (memory.link.kind === "online")) state.since = at;
        memory.heard(link, at);
        deps.log.info({ channel, ...link }, "what a camera sees by itself");
        watch(link);
        look();
      },
      offered(offer: CameraOffer) {
        memory.offered(offer);
        for (const { name: rule, code } of offer.rules) keepRule(state.rules, rule, code);
        look();
      },
      said(event: CameraSaid) {
        if (isTooMuch()) {
          state.dropped++;
          // an end that is not taken would never come again
          if (event.phase === "stop") memory.said(event);
        } else {
          memory.said(event);
          if (event.rule !== undefined) keepRule(state.rules, event.rule, event.code);
          state.heard = [heardOf(event, clock), ...state.heard].slice(0, mostHeard);
        }
        look();
      },
      dropped() {
        state.dropped++;
        tell();
      },
    },
    clock,
  );
  tell();
  return {
    ...{ key, memory, row },
    close() {
      for (const cancel of [cancelGrace, cancelWake, cancelTell]) cancel?.();
      live.settle(trouble);
      void source[Symbol.asyncDispose]();
    },
  };
}

/** Names of rules that are kept. */
const mostNames = 40;
function keepRule(rules: Map<string, string>, name: string, code: string): void {
  if (!rules.has(name) && rules.size < mostNames) rules.set(name, code);
}

const heardOf = ({ at, what, phase, code, rule, target, regions }: CameraSaid, clock: Clock): HeardEvent => ({
  wall: wallOf(momentOf(clock), at),
  ...{ what, phase, code },
  ...(rule === undefined ? {} : { rule }),
  ...(target === undefined ? {} : { target }),
  ...(regions === undefined ? {} : { regions: regions.map(({ name, index }) => name ?? String((index ?? 0) + 1)) }),
});

/** Players in step on one clock: what is shown where, gaps skipped, pictures stepped. No React in it. */
import { lawOf } from "../../../shared/g711.ts";
import { footageAfter, footageBefore } from "../model/bands.ts";
import { changeClock, createClock, positionOf, shuttle } from "../model/clock.ts";
import { placeAt, type Range } from "../model/line.ts";
import { freshPace, isBehind, isHeld, type Pace, stepPace } from "../model/pace.ts";
import { isKeysOnly, windowOf } from "../model/wall.ts";
import { createFeed, type Feed } from "./feed.ts";
import { createG711Player } from "./g711-player.ts";
import { createMediaPlayer, type MediaPlayer, type PlayerState, type Wanted } from "./media-player.ts";
import { pictureNear } from "./step.ts";

export type Notice =
  /** Playing went on behind a time without footage. */
  | ({ readonly kind: "skipped" } & Range)
  /** There is no footage after this. */
  | { readonly kind: "end"; readonly at: number }
  | { readonly kind: "no-picture"; readonly direction: 1 | -1 };

export interface SessionState {
  readonly position: number;
  readonly playing: boolean;
  /** A player waits for data. */
  readonly held: boolean;
  readonly rate: number;
  readonly backwards: boolean;
  /** The player of the sound; undefined while it is off. */
  readonly sound: PlayerState | undefined;
  /** Players that have sound here: numbers with commas. */
  readonly audible: string;
  readonly players: ReadonlyMap<number, PlayerState>;
  /** Players that can't keep up and show key frames only: numbers with commas. */
  readonly behind: string;
  /** So many players at that speed show key frames only. */
  readonly keysOnly: boolean;
  readonly notice: Notice | undefined;
}

export interface Session {
  /** Wall time of media time 0 of all its elements, ms. */
  readonly zero: number;
  readonly state: SessionState;
  readonly subscribe: (watcher: () => void) => () => void;
  /** The element that shows a channel; undefined takes it away. */
  attach(channel: number, element: HTMLVideoElement | undefined, stream?: "main" | "sub"): void;
  /** The element that plays the sound of one channel. */
  listen(channel: number | undefined, element: HTMLAudioElement | undefined): void;
  /** What the timeline knows of a channel's footage: where to go on behind a gap. */
  footage(channel: number, spans: readonly Range[]): void;
  play(): void;
  /** Plays that way, faster with each call (J and L). */
  shuttle(to: "on" | "back"): void;
  pause(): void;
  setRate(rate: number): void;
  seek(wall: number): void;
  /** Where nothing was recorded it goes on to the next footage, as it does while it plays. */
  onward(): void;
  step(direction: 1 | -1): Promise<void>;
  close(): void;
}

const tickMs = 40;
/** Footage is on the disk and in the list a few seconds after it was seen. */
const liveEdgeMs = 4000;

interface Seat {
  readonly feed: Feed;
  readonly player: MediaPlayer;
  pace: Pace;
  /** Of its player, when it was looked at last. */
  jumps: number;
}

/** @param zero wall time of media time 0, ms: nothing before it can be shown */
export function createSession(zero: number, start: number): Session {
  const seats = new Map<number, Seat>();
  const spans = new Map<number, readonly Range[]>();
  const watchers = new Set<() => void>();
  let clock = createClock(start, performance.now());
  let players: ReadonlyMap<number, PlayerState> = new Map();
  let notice: Notice | undefined;
  let onward = false;
  let audible = "";
  let behind = "";
  let sound: { readonly channel: number; readonly element: HTMLAudioElement; player: MediaPlayer } | undefined;
  let soundState: PlayerState | undefined;
  let state: SessionState = stateNow();

  function stateNow(): SessionState {
    const { playing, held, rate, backwards } = clock;
    const position = positionOf(clock, performance.now());
    const common = { position, playing, held, rate, backwards, audible, players, behind, notice };
    return { ...common, sound: soundState, keysOnly: isKeysOnly({ players: seats.size, rate, backwards }) };
  }
  const tell = (): void => {
    state = stateNow();
    for (const watcher of watchers) watcher();
  };
  const change = (what: Parameters<typeof changeClock>[2]): void => {
    clock = changeClock(clock, performance.now(), what);
  };
  const allSpans = (): Range[] => [...seats.keys()].flatMap((channel) => spans.get(channel) ?? []);
  const stop = (why: Notice): void => {
    change({ playing: false });
    onward = false;
    notice = why;
  };
  const skipGapBack = (position: number): void => {
    const to = notice?.kind === "skipped" && notice.from <= position ? notice.to : position;
    const target = footageBefore(allSpans(), position - 250);
    if (target === undefined || target <= zero) {
      stop({ kind: "no-picture", direction: -1 });
      return;
    }
    const from = Math.max(zero, Math.min(target - 100, position - 1000));
    notice = { kind: "skipped", from, to };
    change({ wall: from });
  };
  /** No channel has anything here: go on where one has. */
  const skipGap = (position: number): void => {
    const from = notice?.kind === "skipped" && notice.to >= position ? notice.from : position;
    const target = footageAfter(allSpans(), position + 250);
    if (target === undefined) {
      stop({ kind: "end", at: from });
      return;
    }
    // the timeline says there is footage, the files do not: small steps
    const to = Math.max(target, position + 1000);
    notice = { kind: "skipped", from, to };
    change({ wall: to });
  };
  /** Sound runs beside the pictures up to four times as fast; faster, and backwards, it is silent. */
  const hear = (wanted: Wanted): PlayerState | undefined => {
    if (sound === undefined) return undefined;
    if (wanted.keysOnly || wanted.backwards) {
      sound.player.rest();
      return { kind: "silent" };
    }
    const state = sound.player.follow(wanted);
    const feed = seats.get(sound.channel)?.feed;
    if (state.kind === "unsupported" && lawOf(state.mime) !== undefined && feed !== undefined) {
      sound.player.close();
      sound.player = createG711Player(feed);
    }
    return state;
  };
  const tick = (): void => {
    // who plays runs into the live edge; who stands waits where they are until it has come to the list
    const latest = Date.now() - (clock.playing ? liveEdgeMs : 0);
    if (positionOf(clock, performance.now()) > latest) change({ wall: latest });
    if (positionOf(clock, performance.now()) < zero) {
      change({ wall: zero });
      stop({ kind: "no-picture", direction: -1 });
    }
    const now = performance.now();
    const { rate, backwards } = clock;
    const wanted = {
      ...{ wall: positionOf(clock, now), playing: clock.playing && !clock.held, rate, backwards },
      keysOnly: clock.playing && isKeysOnly({ players: seats.size, rate, backwards }),
      window: windowOf(seats.size),
    };
    const far = 12_000 * Math.max(1, clock.rate);
    const { wall } = wanted;
    const ahead = clock.backwards ? { from: wall - far, to: wall + 1000 } : { from: wall - 1000, to: wall + far };
    const next = new Map<number, PlayerState>();
    const withSound: number[] = [];
    for (const [channel, seat] of seats) {
      const { feed, player, pace, jumps } = seat;
      feed.want(ahead);
      const state = player.follow({ ...wanted, keysOnly: wanted.keysOnly || (clock.playing && isBehind(pace, now)) });
      next.set(channel, state);
      const seen = { now, playing: clock.playing, waiting: state.kind === "waiting", jumped: player.jumps > jumps };
      seat.pace = stepPace(pace, seen);
      seat.jumps = player.jumps;
      const place = placeAt(feed.line, wall);
      if (place.kind === "footage" && place.slice.audio !== undefined) withSound.push(channel);
    }
    players = next;
    audible = withSound.join(",");
    soundState = hear(wanted);
    const kinds = [...next.values()].map((player) => player.kind);
    behind = clock.playing
      ? [...seats].flatMap(([channel, { pace }]) => (isBehind(pace, now) ? channel : [])).join(",")
      : "";
    const waited = [...seats].map(([channel, { pace }]) => {
      const kind = next.get(channel)?.kind;
      return { pace, waiting: kind === "waiting", ready: kind === "ready" };
    });
    change({ held: isHeld(waited, now) });
    const nothing = kinds.length > 0 && kinds.every((kind) => kind === "gap");
    if (nothing && clock.playing && clock.backwards) skipGapBack(wall);
    else if (nothing && (clock.playing || onward)) skipGap(wall);
    else if (kinds.includes("ready")) onward = false;
    tell();
  };
  const timer = setInterval(tick, tickMs);
  const lead = (): Feed | undefined => {
    const at = positionOf(clock, performance.now());
    const feeds = [...seats.values()].map(({ feed }) => feed);
    return feeds.find((feed) => placeAt(feed.line, at).kind === "footage") ?? feeds[0];
  };
  const silence = (): void => {
    sound?.player.close();
    sound = undefined;
  };
  const go = (what: Parameters<typeof changeClock>[2]): void => {
    notice = undefined;
    change({ playing: true, ...what });
    tick();
  };
  return {
    zero,
    get state() {
      return state;
    },
    subscribe(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    attach(channel, element, stream = "main") {
      const seat = seats.get(channel);
      seat?.player.close();
      seat?.feed.close();
      seats.delete(channel);
      if (element === undefined) return;
      const feed = createFeed(channel, zero, stream);
      feed.footage(spans.get(channel) ?? []);
      const player = createMediaPlayer({ element, track: "video", feed, zero });
      seats.set(channel, { feed, player, pace: freshPace, jumps: 0 });
    },
    listen(channel, element) {
      silence();
      const feed = channel === undefined ? undefined : seats.get(channel)?.feed;
      if (channel === undefined || feed === undefined || element === undefined) return;
      sound = { channel, element, player: createMediaPlayer({ element, track: "audio", feed, zero }) };
    },
    footage(channel, of) {
      spans.set(channel, of);
      seats.get(channel)?.feed.footage(of);
    },
    play: () => go({ backwards: false }),
    shuttle: (to) => go(shuttle(clock, to)),
    pause() {
      change({ playing: false });
      tick();
    },
    setRate(rate) {
      change({ rate });
      tick();
    },
    seek(wall) {
      notice = undefined;
      onward = false;
      // whoever was slow at the old place begins to wait anew at this one
      for (const seat of seats.values()) seat.pace = { ...seat.pace, waitingSince: undefined, jumps: [] };
      change({ wall: Math.max(zero, wall) });
      tick();
    },
    onward: () => void (onward = true),
    async step(direction) {
      change({ playing: false });
      const feed = lead();
      if (feed === undefined) return;
      const at = positionOf(clock, performance.now());
      const found = await pictureNear(feed, at, direction, spans.get(feed.channel) ?? []);
      notice = found === undefined ? { kind: "no-picture", direction } : undefined;
      if (found !== undefined) change({ wall: found });
      tick();
    },
    close() {
      clearInterval(timer);
      silence();
      for (const { player, feed } of seats.values()) {
        player.close();
        feed.close();
      }
      seats.clear();
      watchers.clear();
    },
  };
}

/** Plays one track of a channel in an element, where and as fast as it is told. */
import { correctionOf } from "../model/clock.ts";
import { placeAt, type Slice, slicesIn } from "../model/line.ts";
import type { Window } from "../model/wall.ts";
import type { Feed } from "./feed.ts";
import { openBuffer, type Buffer } from "./source-buffer.ts";

export type PlayerState =
  | { readonly kind: "ready" | "waiting" | "gap" | "silent" }
  /** The browser can't play this codec. */
  | { readonly kind: "unsupported"; readonly mime: string }
  | { readonly kind: "failed"; readonly text: string };

export interface Wanted {
  readonly wall: number;
  readonly playing: boolean;
  readonly rate: number;
  readonly backwards: boolean;
  /** Only key frames are shown. */
  readonly keysOnly: boolean;
  /** What it may keep. */
  readonly window: Window;
}

export interface MediaPlayer {
  /** How often it had to jump to be in step, so far. */
  readonly jumps: number;
  follow(wanted: Wanted): PlayerState;
  /** Falls silent, or stands, until it is told to follow again. */
  rest(): void;
  close(): void;
}

export interface MediaPlayerDeps {
  readonly element: HTMLMediaElement;
  readonly track: "video" | "audio";
  readonly feed: Feed;
  /** Wall time of media time 0, ms. */
  readonly zero: number;
}

/** Into the picture that is meant: on its very first moment rounding could show the one before. */
const intoPicture = 0.002;

/** @see MediaPlayer */
export function createMediaPlayer({ element, track, feed, zero }: MediaPlayerDeps): MediaPlayer {
  const closed = new AbortController();
  const source = new MediaSource();
  const address = URL.createObjectURL(source);
  let buffer: Buffer | undefined;
  let init: { readonly address: string; readonly mime: string } | undefined;
  let busy = false;
  let failure: PlayerState | undefined;
  let wanted: Wanted | undefined;
  let jumps = 0;
  element.src = address;

  const placeOf = (slice: Slice) => ({ from: (slice.from - zero) / 1000, to: (slice.to - zero) / 1000 });
  const next = ({ wall, rate, backwards, keysOnly, window }: Wanted): Slice | undefined => {
    const far = window.aheadS * 1000 * Math.max(1, rate);
    const slices = slicesIn(feed.line, backwards ? { from: wall - far, to: wall + 1 } : { from: wall, to: wall + far });
    const isMissing = (slice: Slice) => buffer?.has({ ...placeOf(slice), keysOnly }) !== true;
    return backwards ? slices.findLast(isMissing) : slices.find(isMissing);
  };
  const append = async (slice: Slice, keysOnly: boolean): Promise<void> => {
    const part = track === "video" ? slice.init.video : slice.init.audio;
    const uri = track === "video" ? slice.video : slice.audio;
    if (part === undefined || uri === undefined) return;
    if (!MediaSource.isTypeSupported(part.mime)) {
      failure = { kind: "unsupported", mime: part.mime };
      return;
    }
    buffer ??= openBuffer(source, part.mime);
    if (init?.address !== part.init) {
      if (init !== undefined && init.mime !== part.mime) buffer.changeType(part.mime);
      await buffer.append(await feed.bytes(part.init, closed.signal));
      init = { address: part.init, mime: part.mime };
    }
    const bytes = await feed.bytes(keysOnly ? `${uri}?frames=key` : uri, closed.signal);
    await buffer.append(bytes, { ...placeOf(slice), keysOnly });
  };
  /** Fetches what is missing, one slice after the other, always the one that is needed most now. */
  const pump = async (): Promise<void> => {
    if (busy || source.readyState !== "open") return;
    busy = true;
    try {
      for (let slice = wanted && next(wanted); slice !== undefined; slice = next(wanted)) {
        await append(slice, wanted?.keysOnly === true && track === "video");
        if (failure !== undefined || wanted === undefined) break;
        const at = (wanted.wall - zero) / 1000;
        const { aheadS, behindS, slackS } = wanted.window;
        const far = 2 * aheadS * Math.max(1, wanted.rate);
        const [from, to] = wanted.backwards ? [at - far, at + behindS] : [at - behindS, at + far];
        await buffer?.keep(from, to, slackS);
      }
    } catch (error) {
      if (closed.signal.aborted) return;
      // what is gone meanwhile is asked for again, and is then a gap
      failure = { kind: "failed", text: error instanceof Error ? error.message : String(error) };
    } finally {
      busy = false;
    }
  };
  return {
    get jumps() {
      return jumps;
    },
    follow(now) {
      wanted = now;
      if (element.error !== null) return { kind: "failed", text: element.error.message };
      if (failure !== undefined) return failure;
      const place = placeAt(feed.line, now.wall);
      if (place.kind !== "footage") {
        element.pause();
        return place.kind === "gap" ? { kind: "gap" } : waitingFor(feed);
      }
      if (track === "audio" && place.slice.audio === undefined) {
        element.pause();
        return { kind: "silent" };
      }
      void pump();
      const time = Math.max(place.slice.from, Math.min(now.wall, place.slice.to - 2)) / 1000 - zero / 1000;
      if (buffer?.covers(time) !== true) {
        element.pause();
        return waitingFor(feed);
      }
      if (now.playing && now.backwards) return scrub(element, time + intoPicture);
      if (!now.playing) return stand(element, time + intoPicture);
      return play(element, time, now.rate, () => jumps++);
    },
    rest: () => element.pause(),
    close() {
      closed.abort();
      element.pause();
      element.removeAttribute("src");
      element.load();
      URL.revokeObjectURL(address);
    },
  };
}

const waitingFor = (feed: Feed): PlayerState =>
  feed.failure === undefined ? { kind: "waiting" } : { kind: "failed", text: feed.failure.message };

function play(element: HTMLMediaElement, time: number, rate: number, jumped: () => void): PlayerState {
  const drift = (element.currentTime - time) * 1000;
  if (element.paused) {
    if (Math.abs(drift) > 20) element.currentTime = time;
    element.playbackRate = rate;
    // a pause may come before it has begun
    void element.play().catch(() => undefined);
    return ready(element);
  }
  const correction = correctionOf(drift, rate);
  if (correction.kind === "seek") {
    if (!element.seeking) {
      element.currentTime = time;
      jumped();
    }
  } else if (Math.abs(element.playbackRate - correction.rate) > 0.005) element.playbackRate = correction.rate;
  return ready(element);
}

function stand(element: HTMLMediaElement, time: number): PlayerState {
  element.pause();
  if (!element.seeking && Math.abs(element.currentTime - time) > 0.0005) element.currentTime = time;
  return ready(element);
}

/** No element plays backwards: it stands at one picture after the other, as fast as the browser finds them. */
function scrub(element: HTMLMediaElement, time: number): PlayerState {
  element.pause();
  if (!element.seeking && Math.abs(element.currentTime - time) > 0.02) element.currentTime = time;
  return { kind: element.readyState < 1 ? "waiting" : "ready" };
}

/** HAVE_CURRENT_DATA is a picture to show. */
const ready = (element: HTMLMediaElement): PlayerState => ({
  kind: element.seeking || element.readyState < 2 ? "waiting" : "ready",
});

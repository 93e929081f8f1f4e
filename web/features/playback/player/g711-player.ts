/** Plays the sound of a channel that no browser takes from a MediaSource: G.711, through Web Audio. */
import { decodeG711, g711Rate, lawOf, mediaData } from "../../../shared/g711.ts";
import { placeAt, type Slice, slicesIn } from "../model/line.ts";
import type { Feed } from "./feed.ts";
import type { MediaPlayer, PlayerState, Wanted } from "./media-player.ts";

/** Sound is made ready this much before it is heard, ms. */
const aheadMs = 1500;
/** Sound so far beside the picture is begun anew, ms. */
const lostMs = 120;
/** Decoded slices that are kept; 2 s each. */
const mostKept = 8;

interface Running {
  readonly source: AudioBufferSourceNode;
  /** On the audio clock, when the slice's first sample is heard; s. */
  readonly zero: number;
}

/** @see MediaPlayer */
export function createG711Player(feed: Feed): MediaPlayer {
  const context = new AudioContext();
  const closed = new AbortController();
  const decoded = new Map<number, AudioBuffer>();
  const running = new Map<number, Running>();
  let busy = false;
  let failure: PlayerState | undefined;
  let rate = 1;
  const stop = (): void => {
    for (const { source } of running.values()) source.stop();
    running.clear();
  };
  const fetchSound = async (slice: Slice): Promise<void> => {
    const law = lawOf(slice.init.audio?.mime ?? "");
    if (busy || law === undefined || slice.audio === undefined) return;
    busy = true;
    try {
      const samples = decodeG711(law, mediaData(new Uint8Array(await feed.bytes(slice.audio, closed.signal))));
      const buffer = context.createBuffer(1, Math.max(1, samples.length), g711Rate);
      buffer.copyToChannel(samples, 0);
      decoded.set(slice.from, buffer);
      const [oldest] = decoded.keys();
      if (decoded.size > mostKept && oldest !== undefined) decoded.delete(oldest);
    } catch (error) {
      if (!closed.signal.aborted) failure = { kind: "failed", text: error instanceof Error ? error.message : "" };
    } finally {
      busy = false;
    }
  };
  /** On the audio clock, when the slice's first sample is due. */
  const dueAt = (slice: Slice, now: Wanted): number => context.currentTime + (slice.from - now.wall) / 1000 / now.rate;
  const begin = (slice: Slice, buffer: AudioBuffer, now: Wanted): void => {
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.playbackRate.value = now.rate;
    source.connect(context.destination);
    const zero = dueAt(slice, now);
    const late = Math.max(0, context.currentTime - zero);
    source.start(zero + late, late * now.rate);
    source.onended = () => running.get(slice.from)?.source === source && running.delete(slice.from);
    running.set(slice.from, { source, zero });
  };
  return {
    // sound is begun anew, it does not jump
    jumps: 0,
    follow(now) {
      if (failure !== undefined) return failure;
      const place = placeAt(feed.line, now.wall);
      if (place.kind !== "footage" || place.slice.audio === undefined) {
        stop();
        return { kind: "silent" };
      }
      if (!now.playing || now.rate !== rate) stop();
      rate = now.rate;
      for (const slice of slicesIn(feed.line, { from: now.wall, to: now.wall + aheadMs * now.rate })) {
        const buffer = decoded.get(slice.from);
        const heard = running.get(slice.from);
        if (buffer === undefined) void fetchSound(slice);
        else if (heard !== undefined && Math.abs(heard.zero - dueAt(slice, now)) * 1000 > lostMs) stop();
        else if (heard === undefined && now.playing) begin(slice, buffer, now);
      }
      return { kind: decoded.has(place.slice.from) ? "ready" : "waiting" };
    },
    rest: stop,
    close() {
      closed.abort();
      stop();
      void context.close();
    },
  };
}

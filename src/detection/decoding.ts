/** Keeps a decoder open for one camera's stream: begins at key units, and tries again with growing pauses when it fails. */
import { after, between, seconds, type Clock, type Instant } from "../kernel/time.ts";
import type { MediaParameters } from "../messages/media.ts";
import type { MediaUnit } from "../platform/media-reader.ts";
import type { DecodedPicture, PictureSource, StreamDecoder } from "./ports.ts";

/** When a picture came to the recorder: an instant, and ms since 1970. */
export interface Arrival {
  readonly arrival: number;
  readonly wall: number;
}

export interface DecodingEvents {
  picture(picture: DecodedPicture, came: Arrival): void;
  /** No pictures for now; it is tried again. */
  failed(reason: string): void;
}

export interface Decoding extends Disposable {
  parameters(parameters: MediaParameters): void;
  /** Of the video track, in decode order. */
  unit(unit: MediaUnit): void;
  /** Units were left out. */
  gap(): void;
  /** Only key units are decoded from now on, or all again. */
  keysOnly(on: boolean): void;
  /** Closes the decoder; the next key unit opens one. */
  close(): void;
  /** Waits after a failure. */
  readonly resting: boolean;
  /** Pixels of the pictures of the open decoder, 0 without one: what its memory goes by. */
  readonly pixels: number;
  /** Closes the decoder, as after a failure. */
  rest(reason: string): void;
}

export const decodingPauses = { first: seconds(1), longest: seconds(60) } as const;
/** Pictures that a decoder holds back, at most; standards allow 16. */
const mostPending = 64;

export function openDecoding(clock: Clock, pictures: PictureSource, events: DecodingEvents): Decoding {
  /** Units whose pictures are still to come, by their time in the stream. */
  const pending = new Map<number, Arrival>();
  let parameters: MediaParameters | undefined;
  let decoder: StreamDecoder | undefined;
  let waitForKey = true;
  let keysOnly = false;
  let pixels = 0;
  let failed: { readonly until: Instant; readonly pause: number } | undefined;

  const drop = (): void => {
    decoder?.[Symbol.dispose]();
    decoder = undefined;
    pixels = 0;
    waitForKey = true;
    pending.clear();
  };
  const fail = (error: unknown): void => {
    drop();
    const pause = Math.min((failed?.pause ?? decodingPauses.first / 2) * 2, decodingPauses.longest);
    failed = { until: after(clock.now(), pause), pause };
    events.failed(error instanceof Error ? error.message : String(error));
  };
  const onPicture = (picture: DecodedPicture): void => {
    pixels = Math.max(picture.width * picture.height, (parameters?.width ?? 0) * (parameters?.height ?? 0));
    const came = pending.get(picture.pts);
    for (const pts of pending.keys()) if (pts <= picture.pts) pending.delete(pts);
    // pictures have come for as long as it waited before: it works
    if (failed !== undefined && between(failed.until, clock.now()) > failed.pause) failed = undefined;
    if (came !== undefined) events.picture(picture, came);
  };
  const guarded = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      fail(error);
    }
  };
  const resting = (): boolean => failed !== undefined && decoder === undefined && clock.now() < failed.until;
  return {
    parameters(next) {
      drop();
      parameters = next;
    },
    unit(unit) {
      const of = parameters;
      if (of === undefined || resting() || ((waitForKey || keysOnly) && !unit.key)) return;
      waitForKey = false;
      guarded(() => {
        decoder ??= pictures.open(of, { picture: (picture) => guarded(() => onPicture(picture)), failed: fail });
        if (pending.size >= mostPending) pending.clear();
        pending.set(unit.pts, { arrival: unit.arrival, wall: unit.wall });
        decoder.push(unit);
        // nothing follows that it could wait for
        if (keysOnly) decoder.skip();
      });
    },
    keysOnly(on) {
      // units between key ones were left out
      if (keysOnly && !on) waitForKey = true;
      keysOnly = on;
    },
    gap() {
      guarded(() => decoder?.skip());
      waitForKey = true;
      pending.clear();
    },
    close: drop,
    get pixels() {
      return pixels;
    },
    rest: fail,
    get resting() {
      return resting();
    },
    [Symbol.dispose]: drop,
  };
}

/** A media element with one SourceBuffer, as the feeder speaks of it. */
import type { FeederEffect } from "./feeder.ts";
import type { BufferFacts } from "./live-edge.ts";
import { createPictureTimes, timeOf } from "./picture-times.ts";

export type SinkEffect = Exclude<FeederEffect, { kind: "connect" | "disconnect" | "wake" }>;

export interface SinkEvents {
  /** The SourceBuffer is ready for more. */
  taken(): void;
  failed(full: boolean): void;
  /** The element waits for data. */
  starved(): void;
}

export interface MediaSink extends Disposable {
  carryOut(effect: SinkEffect): void;
  facts(): BufferFacts;
  /** When the picture was taken that the element shows at this time of its own; undefined where that is not known. */
  wallAt(mediaTime: number): number | undefined;
}

interface Made {
  readonly media: MediaSource;
  readonly url: string;
  buffer?: SourceBuffer;
}

/** Nothing is made before the first init segment. The last picture stays on the element when its buffer is dropped. */
export function openSink(element: HTMLMediaElement, events: SinkEvents): MediaSink {
  let made: Made | undefined;
  const times = createPictureTimes();
  /** Where the times of the stream begin on the element. */
  let offset = 0;
  // after a jump it waits for the decoder, not for the network
  const starved = (): void => {
    if (!element.seeking) events.starved();
  };
  element.addEventListener("waiting", starved);

  const drop = (): void => {
    if (made === undefined) return;
    URL.revokeObjectURL(made.url);
    made = undefined;
    times.clear();
  };
  const give = (act: (buffer: SourceBuffer) => void): void => {
    const buffer = made?.buffer;
    if (buffer === undefined) return;
    try {
      act(buffer);
    } catch (error) {
      events.failed(error instanceof DOMException && error.name === "QuotaExceededError");
    }
  };
  const make = (mime: string, then: () => void): void => {
    const media = new MediaSource();
    const own: Made = { media, url: URL.createObjectURL(media) };
    made = own;
    media.addEventListener(
      "sourceopen",
      () => {
        if (made !== own) return;
        const buffer = media.addSourceBuffer(mime);
        own.buffer = buffer;
        buffer.addEventListener("updateend", () => {
          if (made === own) events.taken();
        });
        buffer.addEventListener("error", () => {
          if (made === own) events.failed(false);
        });
        then();
      },
      { once: true },
    );
    element.src = own.url;
  };
  const begin = (mime: string, bytes: Uint8Array): void => {
    if (made === undefined || made.media.readyState === "ended") {
      drop();
      make(mime, () => begin(mime, bytes));
      return;
    }
    give((buffer) => {
      buffer.changeType(mime);
      // times begin at 0 again; what is shown goes on behind what is there
      offset = endOf(buffer);
      buffer.timestampOffset = offset;
      buffer.appendBuffer(bytes as Uint8Array<ArrayBuffer>);
    });
  };
  const note = (fragment: Uint8Array): void => {
    const time = timeOf(fragment);
    if (time !== undefined) times.add({ media: offset + time.media, wall: time.wall });
  };
  return {
    carryOut(effect) {
      switch (effect.kind) {
        case "begin":
          begin(effect.mime, effect.bytes);
          return;
        case "append":
          for (const chunk of effect.chunks) note(chunk);
          give((buffer) => buffer.appendBuffer(joined(effect.chunks)));
          return;
        case "remove":
          give((buffer) => buffer.remove(0, effect.to));
          return;
        case "seek":
          element.currentTime = effect.to;
          return;
        case "rate":
          element.playbackRate = effect.rate;
          return;
        case "play":
          // refused only where the browser plays nothing by itself; muted pictures are allowed everywhere
          element.play().catch(() => events.starved());
          return;
        case "drop-buffer":
          drop();
      }
    },
    wallAt: (mediaTime) => times.wallAt(mediaTime),
    facts: () => ({ ranges: rangesOf(made?.buffer), position: element.currentTime, playing: !element.paused }),
    [Symbol.dispose]() {
      element.removeEventListener("waiting", starved);
      drop();
      element.removeAttribute("src");
      element.load();
    },
  };
}

function endOf({ buffered }: SourceBuffer): number {
  return buffered.length === 0 ? 0 : buffered.end(buffered.length - 1);
}

function rangesOf(buffer: SourceBuffer | undefined): BufferFacts["ranges"] {
  const buffered = buffer?.buffered;
  return Array.from({ length: buffered?.length ?? 0 }, (_, index) => ({
    start: buffered?.start(index) ?? 0,
    end: buffered?.end(index) ?? 0,
  }));
}

function joined(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}

import { after, seconds, type Clock } from "../kernel/time.ts";
import type { MediaParameters, MediaStream } from "../messages/media.ts";
import { readMedia, type MediaUnit } from "../platform/media-reader.ts";

export interface MediaEvents {
  parameters(parameters: MediaParameters): void;
  unit(unit: MediaUnit): void;
  stream(stream: MediaStream): void;
  /** The camera's stream went down or came back. */
  state(state: string, reason: string): void;
  /** Units were left out; the next one of the pictures is a key unit. */
  gap(): void;
  /** The recorder is not there; it is asked again soon. */
  away(reason: string): void;
}

export interface WantedMedia {
  readonly channel: number;
  readonly audio: boolean;
}

/** Opens a camera's stream and keeps it open until disposed. */
export type OpenMedia = (wanted: WantedMedia, events: MediaEvents) => Disposable;

const firstPause = seconds(0.5);
const longestPause = seconds(10);

/** Reads the sub stream (the recorder gives the main one where there is none), again with growing pauses when it ends. */
export const mediaFrom =
  (socketPath: string, clock: Clock): OpenMedia =>
  ({ channel, audio }, events) => {
    let reader: Disposable | undefined;
    let cancel: () => void = () => undefined;
    let pause = firstPause;
    let disposed = false;
    const open = (): void => {
      reader = readMedia(
        socketPath,
        { channel, stream: "sub", from: "next-key", audio, ...(audio ? { listen: true } : {}) },
        {
          parameters: (parameters) => events.parameters(parameters),
          unit(unit) {
            pause = firstPause;
            events.unit(unit);
          },
          state: ({ state, reason }) => events.state(state, reason),
          stream: (stream) => events.stream(stream),
          dropped: () => events.gap(),
          closed(reason) {
            if (disposed) return;
            events.away(reason);
            cancel = clock.wakeAt(after(clock.now(), pause), open);
            pause = Math.min(pause * 2, longestPause);
          },
        },
      );
    };
    open();
    return {
      [Symbol.dispose]() {
        disposed = true;
        cancel();
        reader?.[Symbol.dispose]();
      },
    };
  };

import type { LiveMessage } from "../../contract/streams.ts";

/** Takes what a viewer is sent. */
export interface LiveSink {
  text(message: LiveMessage): void;
  binary(bytes: Uint8Array): void;
  /** Bytes that were sent and that the viewer has not taken yet. */
  readonly waiting: number;
  close(code: number, reason: string): void;
}

export interface LiveRequest {
  readonly channel: number;
  readonly stream: "main" | "sub";
  readonly track: "video" | "audio";
  /** Set: H.265 is converted, while fewer than this many conversions run. */
  readonly mostConversions?: number;
}

export interface LiveSource {
  /** Sends a channel to a viewer until it is disposed. */
  watch(request: LiveRequest, sink: LiveSink): Disposable;
}

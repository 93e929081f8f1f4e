/** Live pictures and sound of a channel as they come from Reed, one track a connection (`src/contract/streams.ts`). */
import type { LiveMessage } from "../../src/contract/streams.ts";

export interface LiveRequest {
  readonly channel: number;
  readonly stream: "main" | "sub";
  readonly track: "video" | "audio";
  /** Asks Reed to convert what this browser can't play. */
  readonly convert: boolean;
}

export interface LiveHandlers {
  opened(): void;
  message(message: LiveMessage): void;
  bytes(bytes: Uint8Array): void;
  /** RFC 6455 code; ours are in `closeCodes` of the contract. */
  closed(code: number): void;
}

/** Opens a connection; disposed, it says nothing more. */
export function openLiveMedia({ channel, stream, track, convert }: LiveRequest, handlers: LiveHandlers): Disposable {
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  const query = new URLSearchParams({ stream, track, ...(convert ? { convert: "true" } : {}) });
  const socket = new WebSocket(`${scheme}//${location.host}/api/live/${channel}?${query.toString()}`);
  socket.binaryType = "arraybuffer";
  let over = false;
  socket.addEventListener("open", () => {
    if (!over) handlers.opened();
  });
  socket.addEventListener("message", ({ data }: MessageEvent<string | ArrayBuffer>) => {
    if (over) return;
    if (typeof data === "string") handlers.message(JSON.parse(data) as LiveMessage);
    else handlers.bytes(new Uint8Array(data));
  });
  socket.addEventListener("close", ({ code }) => {
    if (over) return;
    over = true;
    handlers.closed(code);
  });
  return {
    [Symbol.dispose]() {
      over = true;
      socket.close();
    },
  };
}

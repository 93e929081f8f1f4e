/** A video element that plays a channel's span through hls.js, with the wall time of what it shows. */
import Hls, { ErrorTypes, Events } from "hls.js";
import { apiUrl } from "../../../shared/api-client.ts";
import type { LinePiece } from "../model/wall-line.ts";

export interface SpanHandlers {
  /** The pieces of the recording, once they are known. */
  line(line: readonly LinePiece[]): void;
  /** `codec`: this browser can't decode the camera's pictures. */
  failed(why: "codec" | "nothing" | "network"): void;
}

export interface PlayedSpan {
  readonly channel: number;
  readonly from: number;
  readonly to: number;
}

/** Feeds `video`; disposed, it lets go of it. */
export function openSpan(video: HTMLVideoElement, span: PlayedSpan, handlers: SpanHandlers): Disposable {
  const hls = new Hls({ enableWorker: false, maxBufferLength: 20, backBufferLength: 20, progressive: false });
  hls.on(Events.LEVEL_LOADED, (_event, { details }) => {
    const pieces = details.fragments.map(({ start, duration, programDateTime }) => ({
      ...{ start, duration },
      wall: programDateTime ?? span.from + start * 1000,
    }));
    handlers.line(pieces);
  });
  hls.on(Events.ERROR, (_event, { fatal, type, response, details }) => {
    if (!fatal) return;
    if (response?.code === 404) handlers.failed("nothing");
    else if (type === ErrorTypes.MEDIA_ERROR || details.includes("Codec")) handlers.failed("codec");
    else handlers.failed("network");
  });
  hls.loadSource(apiUrl(`channels/${span.channel}/hls/index.m3u8`, { from: span.from, to: span.to, audio: false }));
  hls.attachMedia(video);
  return { [Symbol.dispose]: () => hls.destroy() };
}

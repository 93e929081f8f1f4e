import { connect } from "node:net";
import type { ConvertRequest } from "../messages/convert.ts";
import {
  mediaFrame,
  unitFlag,
  unitHeaderBytes,
  type MediaParameters,
  type MediaStream,
  type Subscribe,
} from "../messages/media.ts";
import type { FramedUnit } from "./media-frames.ts";

/** One access unit as read from a recorder's media socket; `data` belongs to the reader. */
export interface MediaUnit extends FramedUnit {
  readonly data: Buffer;
}

export interface MediaReaderEvents {
  parameters(parameters: MediaParameters): void;
  unit(unit: MediaUnit): void;
  state?(state: { readonly state: string; readonly reason: string }): void;
  /** Which stream this reader gets, said first to who asked for `sub`. */
  stream?(stream: MediaStream): void;
  /** This reader was too slow: `gops` whole GOPs were left out before the next unit. */
  dropped?(gops: number, reason: string): void;
  closed(reason: string): void;
}

/** No frame of a recorder is longer; a longer one means that the stream is not what it should be. */
const longestFrame = 32 * 1024 * 1024;

/** Reads access units from a recorder (`messages/media.ts`) or a conversion (`messages/convert.ts`) until closed by either side. */
export const readMedia = (
  socketPath: string,
  subscribe: Subscribe | ConvertRequest,
  events: MediaReaderEvents,
): Disposable =>
  readFrames(
    socketPath,
    subscribe,
    (frame) => handleFrame(frame, events),
    (reason) => events.closed(reason),
  );

/** Sends one JSON line and hands on what stands behind each length, until the connection ends. */
export function readFrames(
  socketPath: string,
  line: unknown,
  handle: (frame: Buffer) => void,
  closed: (reason: string) => void,
): Disposable {
  const socket = connect(socketPath);
  let pending: Buffer = Buffer.alloc(0);
  let reason = "the recorder closed the connection";
  socket.on("connect", () => socket.write(JSON.stringify(line) + "\n"));
  socket.on("data", (chunk: Buffer) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    let at = 0;
    while (pending.length - at >= 4) {
      const length = pending.readUInt32LE(at);
      if (length === 0 || length > longestFrame) {
        socket.destroy(new Error(`frame of ${length} bytes`));
        return;
      }
      if (pending.length - at - 4 < length) break;
      handle(pending.subarray(at + 4, at + 4 + length));
      at += 4 + length;
    }
    pending = pending.subarray(at);
  });
  socket.on("error", (error) => {
    reason = error.message;
  });
  socket.on("close", () => {
    closed(reason);
  });
  return { [Symbol.dispose]: () => void socket.destroy() };
}

function handleFrame(frame: Buffer, events: MediaReaderEvents): void {
  const body = frame.subarray(1);
  switch (frame[0]) {
    case mediaFrame.parameters:
      events.parameters(JSON.parse(body.toString()) as MediaParameters);
      break;
    case mediaFrame.unit:
      events.unit(parseUnit(body));
      break;
    case mediaFrame.state:
      events.state?.(JSON.parse(body.toString()) as { state: string; reason: string });
      break;
    case mediaFrame.stream:
      events.stream?.(JSON.parse(body.toString()) as MediaStream);
      break;
    case mediaFrame.dropped: {
      const { gops, reason } = JSON.parse(body.toString()) as { gops: number; reason: string };
      events.dropped?.(gops, reason);
      break;
    }
    default:
      // a newer recorder may say more than this reader knows
      break;
  }
}

/** Body of a frame of type `unit`. */
export function parseUnit(body: Buffer): MediaUnit {
  const flags = body.readUInt8(0);
  return {
    track: (flags & unitFlag.audio) === 0 ? "video" : "audio",
    key: (flags & unitFlag.key) !== 0,
    afterLoss: (flags & unitFlag.afterLoss) !== 0,
    arrival: body.readDoubleLE(1),
    wall: body.readDoubleLE(9),
    pts: Number(body.readBigInt64LE(17)),
    dts: Number(body.readBigInt64LE(25)),
    data: Buffer.from(body.subarray(unitHeaderBytes)),
  };
}

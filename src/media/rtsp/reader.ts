import { parseHeaders, parseStartLine, type RtspMessage, type StartLine } from "./message.ts";
import { latin1 } from "./text.ts";

/** `bytes[start, end)` is what stood behind `$ channel length` (RFC 2326 §10.12); valid until the next `pull`. */
export interface InterleavedFrame {
  readonly kind: "frame";
  channel: number;
  bytes: Uint8Array;
  start: number;
  end: number;
}

/** The stream can't be followed any more; nothing comes after it. */
export interface BrokenStream {
  readonly kind: "broken";
  readonly reason: string;
}

export type RtspItem = RtspMessage | InterleavedFrame | BrokenStream;

/**
 * Cuts a camera's byte stream into messages and interleaved frames.
 *
 * The caller pushes bytes and pulls until `undefined`; then all bytes are used or copied and the buffer may be filled
 * again. A frame that lies whole in the pushed bytes is handed out in place, in one object that is used again.
 */
export interface RtspReader {
  push(bytes: Uint8Array): void;
  pull(): RtspItem | undefined;
  /** Bytes kept for an item that is not whole yet. */
  readonly kept: number;
}

export const readerLimits = { lineBytes: 8192, headBytes: 32_768, bodyBytes: 262_144, junkBytes: 65_536 } as const;

const dollar = 0x24;
const lineFeed = 0x0a;
const isBlank = (byte: number): boolean => byte === 0x0d || byte === lineFeed || byte === 0x20 || byte === 0x09;

interface MessageInParts {
  readonly start: StartLine;
  readonly lines: string[];
  headBytes: number;
}

type Mode = "between" | "frame" | "start-line" | "head" | "body" | "broken";

/** @see RtspReader */
export function createRtspReader(): RtspReader {
  let input = new Uint8Array(0);
  let at = 0;
  let mode: Mode = "between";
  let carry = new Uint8Array(0);
  let carried = 0;
  let line = "";
  let message: MessageInParts | undefined;
  let body = new Uint8Array(0);
  let bodyFilled = 0;
  let junk = 0;
  const frame: InterleavedFrame = { kind: "frame", channel: 0, bytes: input, start: 0, end: 0 };

  const broken = (reason: string): BrokenStream => {
    mode = "broken";
    input = carry = body = new Uint8Array(0);
    at = carried = 0;
    line = "";
    message = undefined;
    return { kind: "broken", reason };
  };

  const emitFrame = (bytes: Uint8Array, from: number, length: number): InterleavedFrame => {
    frame.channel = bytes[from + 1] ?? 0;
    // most frames lie in the same bytes as the one before; the garbage collector hears of every pointer that is stored
    if (frame.bytes !== bytes) frame.bytes = bytes;
    frame.start = from + 4;
    frame.end = from + 4 + length;
    mode = "between";
    return frame;
  };

  /** Copies up to `total` bytes of the frame behind what is carried already. */
  const carryUpTo = (total: number): boolean => {
    if (carry.length < total) {
      const larger = new Uint8Array(Math.min(65_539, Math.max(total, 2048)));
      larger.set(carry.subarray(0, carried));
      carry = larger;
    }
    const take = Math.min(total - carried, input.length - at);
    carry.set(input.subarray(at, at + take), carried);
    carried += take;
    at += take;
    return carried === total;
  };

  const readFrame = (): InterleavedFrame | undefined => {
    if (carried === 0 && input.length - at >= 4) {
      const length = ((input[at + 2] ?? 0) << 8) | (input[at + 3] ?? 0);
      const from = at;
      if (input.length - at >= 4 + length) {
        at += 4 + length;
        return emitFrame(input, from, length);
      }
    }
    if (carried < 4 && !carryUpTo(4)) return undefined;
    const length = ((carry[2] ?? 0) << 8) | (carry[3] ?? 0);
    if (!carryUpTo(4 + length)) return undefined;
    carried = 0;
    return emitFrame(carry, 0, length);
  };

  /** Adds to `line` up to its line feed or `limit` characters. Cut at the same place however the bytes were split. */
  const readLine = (limit: number): "more" | "whole" | "too-long" => {
    const found = input.indexOf(lineFeed, at);
    const stop = Math.min(found === -1 ? input.length : found, at + limit - line.length);
    line += latin1(input, at, stop);
    at = stop;
    if (line.length >= limit) return "too-long";
    if (found === -1) return "more";
    at += 1;
    return "whole";
  };

  const readStartLine = (): BrokenStream | undefined => {
    const got = readLine(readerLimits.lineBytes);
    if (got === "more") return undefined;
    const start = got === "whole" ? parseStartLine(line) : undefined;
    if (start === undefined) {
      junk += line.length + 1;
      mode = "between";
    } else {
      message = { start, lines: [], headBytes: 0 };
      mode = "head";
    }
    line = "";
    return junk > readerLimits.junkBytes ? broken("what comes from the camera is not RTSP") : undefined;
  };

  const finish = (parts: MessageInParts): RtspMessage => {
    mode = "between";
    message = undefined;
    junk = 0;
    const whole = { headers: parseHeaders(parts.lines), body };
    body = new Uint8Array(0);
    return { ...parts.start, ...whole };
  };

  const readHead = (parts: MessageInParts): RtspMessage | BrokenStream | undefined => {
    const got = readLine(readerLimits.headBytes - parts.headBytes);
    if (got === "too-long") return broken("the camera sent an endless message head");
    if (got === "more") return undefined;
    const text = line.endsWith("\r") ? line.slice(0, -1) : line;
    parts.headBytes += line.length + 1;
    line = "";
    if (text !== "") {
      parts.lines.push(text);
      return undefined;
    }
    const length = parseHeaders(parts.lines).get("content-length")?.[0] ?? "0";
    if (!/^\d{1,9}$/.test(length)) return broken(`the camera sent a message of length "${length.slice(0, 20)}"`);
    if (Number(length) > readerLimits.bodyBytes) return broken(`the camera sent a message of ${length} bytes`);
    body = new Uint8Array(Number(length));
    bodyFilled = 0;
    mode = "body";
    return body.length === 0 ? finish(parts) : undefined;
  };

  const readBody = (parts: MessageInParts): RtspMessage | undefined => {
    const take = Math.min(body.length - bodyFilled, input.length - at);
    body.set(input.subarray(at, at + take), bodyFilled);
    at += take;
    bodyFilled += take;
    return bodyFilled === body.length ? finish(parts) : undefined;
  };

  const begin = (): void => {
    const byte = input[at] ?? 0;
    if (byte === dollar) mode = "frame";
    else if (isBlank(byte)) at += 1;
    else mode = "start-line";
  };

  const advance = (): RtspItem | undefined => {
    if (mode === "between") begin();
    if (mode === "frame") return readFrame();
    if (mode === "start-line") return readStartLine();
    if (message === undefined) return undefined;
    return mode === "head" ? readHead(message) : readBody(message);
  };

  return {
    push(bytes) {
      if (mode === "broken") return;
      const rest = input.subarray(at);
      if (rest.length === 0) input = bytes as Uint8Array<ArrayBuffer>;
      else {
        input = new Uint8Array(rest.length + bytes.length);
        input.set(rest);
        input.set(bytes, rest.length);
      }
      at = 0;
    },
    pull() {
      while (at < input.length) {
        const item = advance();
        if (item !== undefined) return item;
      }
      return undefined;
    },
    get kept() {
      return carried + line.length + (message?.headBytes ?? 0) + body.length;
    },
  };
}

/**
 * The event stream of Amcrest and Dahua as bytes: a multipart answer that never ends. Real senders are off by one or two
 * with the length of a part, put their line ends before or behind it, and write JSON over several lines
 * (HTTP API 3.26 §4.9). So a part is taken as soon as all of it makes sense, and at the latest at the next border.
 */
import { StringDecoder } from "node:string_decoder";

export interface RawEvent {
  readonly code: string;
  readonly action: string;
  readonly index: number;
  /** Absent where it sends none, or none that can be read. */
  readonly data?: unknown;
}

/** Bytes of one part that are read at most; of a longer one the rest is dropped with it. */
export const mostPartBytes = 64 * 1024;
/** A sender's length may be off by this. */
const slack = 2;
/** A part is tried so often before its end; then the next border decides. */
const mostTries = 16;

export interface EventReader {
  /** What became whole with these bytes, in their order. Never throws. */
  push(bytes: Uint8Array): readonly RawEvent[];
  /** Parts that made no sense. */
  readonly dropped: number;
}

/** `border`: as the answer's header names it. */
export function createEventReader(border = "myboundary"): EventReader {
  const mark = border.startsWith("--") ? border : `--${border}`;
  let text = "";
  let dropped = 0;
  /** The part that begins `text` was taken or given up: what comes until the next border is no news. */
  let isDone = true;
  let tries = 0;

  const take = (part: string, isWhole: boolean): RawEvent | undefined => {
    if (!isWhole && ++tries > mostTries) return undefined;
    const read = part.length > mostPartBytes ? "bad" : readPart(part, isWhole);
    if (read === "more") {
      if (!isWhole) return undefined;
      dropped++;
    } else if (read === "bad") dropped++;
    isDone = true;
    return typeof read === "string" ? undefined : read;
  };
  return {
    push(bytes) {
      const found: RawEvent[] = [];
      const keep = (event: RawEvent | undefined) => void (event === undefined || found.push(event));
      // one character a byte: lengths are those of bytes
      text += Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
      for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark)) {
        if (!isDone) keep(take(text.slice(0, at), true));
        text = text.slice(at + mark.length);
        [isDone, tries] = [false, 0];
      }
      if (isDone) text = text.slice(-mark.length);
      else keep(take(text, false));
      if (text.length > mostPartBytes) text = text.slice(-mark.length);
      return found;
    },
    get dropped() {
      return dropped;
    },
  };
}

/** `more`: not whole yet; `nothing`: a sign of life; `bad`: no event. */
function readPart(part: string, isWhole: boolean): RawEvent | "more" | "nothing" | "bad" {
  const head = /\r?\n\r?\n/.exec(part);
  if (head === null) return isWhole && /^(--)?\s*$/.test(part) ? "nothing" : "more";
  const body = part.slice(head.index + head[0].length).trimStart();
  const text = body.trimEnd();
  if (text === "") return isWhole ? "nothing" : "more";
  const length = Number(/^content-length:\s*(\d{1,9})/im.exec(part.slice(0, head.index))?.[1] ?? Infinity);
  // JSON tells its own end; a number at the end of a line does not
  if (!isWhole && !body.endsWith("\n") && body.length < length - (text.endsWith("}") ? slack : 0)) return "more";
  return readBody(text, isWhole);
}

function readBody(text: string, isWhole: boolean): RawEvent | "more" | "nothing" | "bad" {
  if (/^heartbeat/i.test(text)) return "nothing";
  const fields = /^Code=(\w{1,64});\s*action=(\w{1,16});\s*index=(\d{1,4})(?:;\s*data=([\s\S]*))?;?$/i.exec(text);
  const [, code, action, index, json] = fields ?? [];
  const unread = isWhole ? "bad" : "more";
  if (code === undefined || action === undefined || index === undefined) return unread;
  const event = { code, action, index: Number(index) };
  if (json === undefined) return event;
  const data = parsed(json);
  if (data === undefined) return isWhole ? event : "more";
  return { ...event, data };
}

/** Names are UTF-8; what is no JSON is undefined. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(new StringDecoder("utf8").end(Buffer.from(json, "latin1")));
  } catch {
    return undefined;
  }
}

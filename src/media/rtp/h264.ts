import { h264Type } from "../codec/h264.ts";
import type { NalSink } from "./depacketizer-video.ts";

const stapA = 24;
const fuA = 28;
const startBit = 0x80;
const endBit = 0x40;

/** Reads one RTP payload of H.264 (RFC 6184 §5.4–5.8): single NAL unit, STAP-A, FU-A. Other aggregates are damage. */
export function readH264Payload(sink: NalSink, bytes: Uint8Array, start: number, end: number): void {
  if (end <= start) return;
  const type = h264Type(bytes[start] ?? 0);
  if (type === fuA) readFuA(sink, bytes, start, end);
  else if (type === stapA) readStapA(sink, bytes, start + 1, end);
  else if (type > stapA && type < 30) sink.damage();
  else sink.whole(bytes, start, end);
}

/** §5.7.1: 16-bit sizes, each before its NAL unit. Nothing of a packet whose sizes do not fit is used. */
function readStapA(sink: NalSink, bytes: Uint8Array, start: number, end: number): void {
  if (!sizesFit(bytes, start, end)) {
    sink.damage();
    return;
  }
  for (let at = start; at < end;) {
    const size = size16(bytes, at);
    sink.whole(bytes, at + 2, at + 2 + size);
    at += 2 + size;
  }
}

/** Do the 16-bit sizes of an aggregate fill `[start, end)` exactly? */
export function sizesFit(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  while (at + 2 <= end) at += 2 + size16(bytes, at);
  return at === end;
}

export const size16 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);

/** §5.8: the NAL unit header is F and NRI of the indicator with the type of the FU header. */
function readFuA(sink: NalSink, bytes: Uint8Array, start: number, end: number): void {
  if (end - start < 2) {
    sink.damage();
    return;
  }
  const fu = bytes[start + 1] ?? 0;
  const header = ((bytes[start] ?? 0) & 0xe0) | (fu & 0x1f);
  const last = (fu & endBit) !== 0;
  if ((fu & startBit) === 0) sink.more(header, bytes, start + 2, end, last);
  else {
    sink.open(header, 0, bytes, start + 2, end);
    // Start and end in one packet is forbidden, and sent all the same.
    if (last) sink.more(header, bytes, end, end, true);
  }
}

import { h265Type } from "../codec/h265.ts";
import type { NalSink } from "./depacketizer-video.ts";
import { size16, sizesFit } from "./h264.ts";

const aggregation = 48;
const fragmentation = 49;
const startBit = 0x80;
const endBit = 0x40;
const headerBytes = 2;

/**
 * Reads one RTP payload of H.265 (RFC 7798 §4.4): single NAL unit, AP, FU; PACI is left out. `donl`: the decoding order
 * numbers of sprop-max-don-diff > 0 are there; they are stepped over, NAL units are taken as they come.
 */
export function readH265Payload(sink: NalSink, donl: boolean, bytes: Uint8Array, start: number, end: number): void {
  if (end - start < headerBytes) {
    if (end > start) sink.damage();
    return;
  }
  const type = h265Type(bytes[start] ?? 0);
  if (type === fragmentation) readFragment(sink, donl, bytes, start, end);
  else if (type === aggregation) readAggregate(sink, donl, bytes, start + headerBytes, end);
  else if (!donl || type > aggregation || (bytes[start] === 0 && bytes[start + 1] === 0)) sink.whole(bytes, start, end);
  else readSingleWithDonl(sink, bytes, start, end);
}

/** §4.4.1, figure 3: DONL stands between the NAL unit's header and its payload. */
function readSingleWithDonl(sink: NalSink, bytes: Uint8Array, start: number, end: number): void {
  if (end - start <= headerBytes + 2) {
    sink.damage();
    return;
  }
  const first = bytes[start] ?? 0;
  sink.open(first, bytes[start + 1] ?? 0, bytes, start + headerBytes + 2, end);
  sink.more(first, bytes, end, end, true);
}

/** §4.4.2: with DONL the first unit has 2 bytes of it before its size, each other one 1 byte of DOND. */
function readAggregate(sink: NalSink, donl: boolean, bytes: Uint8Array, start: number, end: number): void {
  if (!donl) {
    if (!sizesFit(bytes, start, end)) sink.damage();
    else
      for (let at = start; at < end; at += 2 + size16(bytes, at)) sink.whole(bytes, at + 2, at + 2 + size16(bytes, at));
    return;
  }
  for (let at = start + 2; at < end; at++) {
    const from = at + 2;
    const to = from + size16(bytes, at);
    if (from > end || to > end) {
      sink.damage();
      return;
    }
    sink.whole(bytes, from, to);
    at = to;
  }
}

/** §4.4.3: the type of the FU header replaces the type in the payload header. */
function readFragment(sink: NalSink, donl: boolean, bytes: Uint8Array, start: number, end: number): void {
  const fu = bytes[start + 2] ?? 0;
  const starts = (fu & startBit) !== 0;
  const from = start + 3 + (donl && starts ? 2 : 0);
  if (from > end) {
    sink.damage();
    return;
  }
  const first = ((bytes[start] ?? 0) & 0x81) | ((fu & 0x3f) << 1);
  const last = (fu & endBit) !== 0;
  if (!starts) sink.more(first, bytes, from, end, last);
  else {
    sink.open(first, bytes[start + 1] ?? 0, bytes, from, end);
    if (last) sink.more(first, bytes, end, end, true);
  }
}

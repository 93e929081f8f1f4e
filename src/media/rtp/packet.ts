import type { RtpHeader } from "../types.ts";

/** A parsed packet: the header, and where the payload lies in the bytes that were given. Filled again for each packet. */
export interface RtpPacket extends RtpHeader {
  payloadStart: number;
  payloadEnd: number;
}

export const newRtpPacket = (): RtpPacket => ({
  payloadType: 0,
  marker: false,
  sequence: 0,
  timestamp: 0,
  ssrc: 0,
  payloadStart: 0,
  payloadEnd: 0,
});

const u16 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
const u32 = (bytes: Uint8Array, at: number): number => u16(bytes, at) * 65_536 + u16(bytes, at + 2);

/**
 * Reads the RTP packet `bytes[start, end)` (RFC 3550 §5.1) into `packet`: CSRC list, extension (§5.3.1) and padding are
 * left out of the payload. False for what is no whole RTP packet; `packet` is then undefined in its content.
 */
export function parseRtp(bytes: Uint8Array, start: number, end: number, packet: RtpPacket): boolean {
  if (start < 0 || end > bytes.length || end - start < 12) return false;
  const first = bytes[start] ?? 0;
  const second = bytes[start + 1] ?? 0;
  if (first >> 6 !== 2) return false;
  let payloadStart = start + 12 + 4 * (first & 0x0f);
  if ((first & 0x10) !== 0) {
    if (payloadStart + 4 > end) return false;
    payloadStart += 4 + 4 * u16(bytes, payloadStart + 2);
  }
  const padding = (first & 0x20) === 0 ? 0 : (bytes[end - 1] ?? 0);
  if ((first & 0x20) !== 0 && padding === 0) return false;
  if (payloadStart > end - padding) return false;
  packet.marker = second >= 0x80;
  packet.payloadType = second & 0x7f;
  packet.sequence = u16(bytes, start + 2);
  packet.timestamp = u32(bytes, start + 4);
  packet.ssrc = u32(bytes, start + 8);
  packet.payloadStart = payloadStart;
  packet.payloadEnd = end - padding;
  return true;
}

import { wallTime, type WallTime } from "../../kernel/time.ts";

/** A sender report (RFC 3550 §6.4.1): one moment on the camera's clock and on its RTP clock. */
export interface SenderReport {
  readonly ssrc: number;
  /** The camera's clock, by its own word. */
  readonly ntp: WallTime;
  /** The middle 32 bits of the NTP time, for the answer's `last SR`. */
  readonly ntpMiddle: number;
  readonly rtpTimestamp: number;
}

export interface RtcpNews {
  readonly reports: readonly SenderReport[];
  /** Sources that said goodbye (§6.6). */
  readonly bye: readonly number[];
}

const senderReport = 200;
const receiverReport = 201;
const sourceDescription = 202;
const goodbye = 203;
const mostPackets = 32;
/** Seconds from 1900 (NTP) to 1970 (RFC 5905 §6). */
const ntpToUnix = 2_208_988_800;

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** NTP seconds with the top bit clear are of the era that begins in 2036 (RFC 4330 §3). */
function ntpWall(seconds: number, fraction: number): WallTime {
  const since1900 = seconds < 0x8000_0000 ? seconds + 0x1_0000_0000 : seconds;
  return wallTime((since1900 - ntpToUnix) * 1000 + (fraction / 0x1_0000_0000) * 1000);
}

function readReport(data: DataView, at: number): SenderReport {
  const seconds = data.getUint32(at + 8);
  const fraction = data.getUint32(at + 12);
  return {
    ssrc: data.getUint32(at + 4),
    ntp: ntpWall(seconds, fraction),
    ntpMiddle: ((seconds & 0xffff) * 65_536 + (fraction >>> 16)) >>> 0,
    rtpTimestamp: data.getUint32(at + 16),
  };
}

/**
 * Reads a compound RTCP packet `bytes[start, end)` (RFC 3550 §6.1). What can't be read ends it; what came before counts.
 * Undefined when nothing of it is RTCP.
 */
export function readRtcp(bytes: Uint8Array, start: number, end: number): RtcpNews | undefined {
  const data = view(bytes);
  const reports: SenderReport[] = [];
  const bye: number[] = [];
  let at = start;
  let packets = 0;
  for (; at + 4 <= end && packets < mostPackets; packets++) {
    const first = data.getUint8(at);
    const type = data.getUint8(at + 1);
    const next = at + 4 + 4 * data.getUint16(at + 2);
    if (first >> 6 !== 2 || type < 192 || type > 223 || next > end) break;
    if (type === senderReport && next - at >= 28) reports.push(readReport(data, at));
    for (let i = 0; type === goodbye && i < (first & 0x1f) && at + 8 + 4 * i <= next; i++)
      bye.push(data.getUint32(at + 4 + 4 * i));
    at = next;
  }
  return packets === 0 ? undefined : { reports, bye };
}

/** One report block (RFC 3550 §6.4.1). */
export interface ReceptionReport {
  readonly ssrc: number;
  /** Share lost since the last report, in 1/256. */
  readonly fractionLost: number;
  readonly cumulativeLost: number;
  readonly extendedHighest: number;
  /** `ntpMiddle` of the last sender report, 0 when there was none. */
  readonly lastReport: number;
  /** Since it arrived, in 1/65536 s. */
  readonly delaySinceLast: number;
}

const cname = [0x72, 0x65, 0x65, 0x64]; // "reed"

/**
 * A compound packet of a receiver report with one block and the CNAME that must go with it (RFC 3550 §6.1, §6.5.1).
 * Jitter is given as 0: our reads are paced, so it would measure ourselves.
 */
export function writeReceiverReport(ownSsrc: number, block: ReceptionReport): Uint8Array {
  const bytes = new Uint8Array(32 + 16);
  const data = view(bytes);
  bytes.set([0x81, receiverReport, 0, 7]);
  data.setUint32(4, ownSsrc);
  data.setUint32(8, block.ssrc);
  data.setUint32(12, (block.fractionLost & 0xff) * 0x100_0000 + Math.min(0x7f_ffff, Math.max(0, block.cumulativeLost)));
  data.setUint32(16, block.extendedHighest);
  data.setUint32(24, block.lastReport);
  data.setUint32(28, block.delaySinceLast);
  bytes.set([0x81, sourceDescription, 0, 3], 32);
  data.setUint32(36, ownSsrc);
  bytes.set([1, cname.length, ...cname], 40); // the two zero bytes after it end the chunk
  return bytes;
}

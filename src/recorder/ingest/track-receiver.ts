import { between, type Instant } from "../../kernel/time.ts";
import type { Result } from "../../kernel/result.ts";
import { newRtpPacket, parseRtp } from "../../media/rtp/packet.ts";
import { readRtcp, writeReceiverReport } from "../../media/rtp/rtcp.ts";
import { createSequenceTracker } from "../../media/rtp/sequence.ts";
import { createTimeline } from "../../media/rtp/timeline.ts";
import type { BlockPool, Depacketizer, MediaFormat, RawUnit, Timeline } from "../../media/types.ts";
import type { WallMapping } from "../../media/wall-mapping.ts";

export type CreateDepacketizer = (format: MediaFormat, pool: BlockPool, timeline: Timeline) => Result<Depacketizer>;

/** One track's way from interleaved frame to whole access units. */
export interface TrackReceiver {
  readonly format: MediaFormat;
  /** An RTP packet; true when something before it was lost. */
  packet(bytes: Uint8Array, start: number, end: number, arrival: Instant): boolean;
  /** An RTCP packet; true when the camera said goodbye. */
  control(bytes: Uint8Array, start: number, end: number, arrival: Instant): boolean;
  pull(): RawUnit | undefined;
  /** The receiver report that is due (RFC 3550 §6.4.2); undefined before the first packet. */
  report(now: Instant): Uint8Array | undefined;
  /** No packet comes any more: what only waited for the packet behind it can be pulled. */
  settle(): void;
  close(): void;
  /** What came is whole by its marker, but only a packet behind it or `settle` lets it be pulled. */
  readonly waits: boolean;
  readonly lost: number;
  readonly jumps: number;
  readonly lastPacket: Instant | undefined;
}

export interface ReceiverDeps {
  readonly format: MediaFormat;
  readonly pool: BlockPool;
  readonly mapping: WallMapping;
  readonly createDepacketizer: CreateDepacketizer;
  /** Our own source number in reports. */
  readonly ownSsrc: number;
}

/** Fails with a sentence when the format can't be depacketized. */
export function createTrackReceiver(deps: ReceiverDeps): Result<TrackReceiver> {
  const { format, mapping } = deps;
  const timeline = createTimeline(format.clockRate);
  const made = deps.createDepacketizer(format, deps.pool, timeline);
  if (!made.ok) return made;
  const depacketizer = made.value;
  const packet = newRtpPacket();
  const sequence = createSequenceTracker();
  let lastPacket: Instant | undefined;
  let lastReport: { readonly ntpMiddle: number; readonly arrival: Instant } | undefined;

  const receiver: TrackReceiver = {
    format,
    packet(bytes, start, end, arrival) {
      if (!parseRtp(bytes, start, end, packet) || packet.payloadType !== format.payloadType) return false;
      const verdict = sequence.accept(packet.sequence, packet.ssrc);
      if (verdict === "old") return false;
      lastPacket = arrival;
      if (verdict !== "next") depacketizer.lost();
      depacketizer.push(packet, bytes, packet.payloadStart, packet.payloadEnd, arrival);
      return verdict !== "next";
    },
    control(bytes, start, end, arrival) {
      const news = readRtcp(bytes, start, end);
      if (news === undefined) return false;
      for (const report of news.reports) {
        const ticks = report.ssrc === sequence.ssrc ? timeline.peek(report.rtpTimestamp) : undefined;
        if (ticks === undefined) continue;
        mapping.report(format.track, (ticks * 1000) / format.clockRate, report.ntp, arrival);
        lastReport = { ntpMiddle: report.ntpMiddle, arrival };
      }
      return sequence.ssrc !== undefined && news.bye.includes(sequence.ssrc);
    },
    pull: () => depacketizer.pull(),
    report(now) {
      if (sequence.ssrc === undefined) return undefined;
      const delay = lastReport === undefined ? 0 : Math.round(between(lastReport.arrival, now) * 65.536) >>> 0;
      return writeReceiverReport(deps.ownSsrc, {
        ssrc: sequence.ssrc,
        fractionLost: sequence.takeFractionLost(),
        cumulativeLost: sequence.lost,
        extendedHighest: sequence.extendedHighest,
        lastReport: lastReport?.ntpMiddle ?? 0,
        delaySinceLast: delay,
      });
    },
    settle: () => depacketizer.settle?.(),
    close: () => depacketizer.close(),
    get waits() {
      return depacketizer.waits === true;
    },
    get lost() {
      return sequence.lost;
    },
    get jumps() {
      return timeline.jumps;
    },
    get lastPacket() {
      return lastPacket;
    },
  };
  return { ok: true, value: receiver };
}

import type { Instant } from "../../kernel/time.ts";
import type { OrderHint, Timeline } from "../types.ts";

/** A step back up to this is reordering (B-frames) or a late packet; further back the camera set its clock. */
const longestStepBackMs = 2000;
/** How far media time may run ahead of arrival, beyond the most it ever did, before it counts as a jump. */
const longestLeadMs = 2000;

const unknownOrder: OrderHint = { reorders: false };

/** The signed distance between two 32-bit timestamps: the shorter way round (RFC 3550 §5.1). */
const distance = (from: number, to: number): number => (to - from) | 0;

/**
 * A line of ticks for one track, by RTP clock `clockRate` in Hz.
 *
 * Media can't be sent before it was taken: within a session it runs ahead of its arrival at most by what the camera had
 * cached at the start, and it grows there in small steps. A forward step that leads by more than that, or a step back
 * by more than reordering explains, is the camera's clock being set. Then the line goes on by the order of the pictures
 * where the codec tells it, else by the arrival time, and so far on that pictures which are shown earlier than this one
 * still come behind all that were before the jump: each keeps its own time. Falling behind is no jump: that is a stalled
 * network, and the backlog follows.
 */
export function createTimeline(clockRate: number): Timeline {
  const perMs = clockRate / 1000;
  let started = false;
  let rtp = 0;
  let ticks = 0;
  /** Furthest tick so far and when its packet came: where the line goes on after a jump. */
  let furthest = 0;
  let furthestArrival = 0;
  let firstArrival = 0;
  let mostLeadMs = 0;
  /** How far a picture was ever shown before one that came earlier. */
  let mostBack = 0;
  let jumps = 0;

  const leadMs = (at: number, arrival: number): number => at / perMs - (arrival - firstArrival);

  const jump = (arrival: number, { step, reorders }: OrderHint): void => {
    jumps += 1;
    const byArrival = furthest + Math.max(1, Math.round((arrival - furthestArrival) * perMs));
    const byOrder = step === undefined ? Infinity : ticks + step;
    // a camera that paused has a time that no order tells
    if (Math.abs(byOrder - byArrival) <= longestLeadMs * perMs) ticks = byOrder;
    else ticks = byArrival + (reorders ? mostBack : 0);
  };

  const move = (timestamp: number, arrival: number, order: OrderHint): void => {
    const by = distance(rtp, timestamp);
    const next = ticks + by;
    rtp = timestamp;
    if (next < furthest - longestStepBackMs * perMs || leadMs(next, arrival) > mostLeadMs + longestLeadMs)
      jump(arrival, order);
    else {
      ticks = next;
      mostBack = Math.max(mostBack, furthest - ticks);
    }
    if (ticks > furthest) {
      furthest = ticks;
      furthestArrival = arrival;
    }
    mostLeadMs = Math.max(mostLeadMs, leadMs(ticks, arrival));
  };

  return {
    at(rtpTimestamp: number, arrival: Instant, order = unknownOrder): number {
      const timestamp = rtpTimestamp >>> 0;
      if (!started) {
        started = true;
        rtp = timestamp;
        firstArrival = furthestArrival = arrival;
      } else if (timestamp !== rtp) move(timestamp, arrival, order);
      return ticks;
    },
    peek(rtpTimestamp: number): number | undefined {
      return started ? ticks + distance(rtp, rtpTimestamp >>> 0) : undefined;
    },
    get jumps() {
      return jumps;
    },
  };
}

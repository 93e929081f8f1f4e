import { between, type Clock, type Duration, type Instant } from "../kernel/time.ts";
import type { Ring } from "../media/ring.ts";
import type { ChannelPlan, RecorderToCore } from "../messages/recorder.ts";
import type { VolumeRecord } from "../messages/journal.ts";
import type { Outages } from "./holds/outages.ts";

export interface RingCareDeps {
  readonly clock: Clock;
  readonly ring: Ring;
  readonly outages: Outages;
  readonly plan: () => ChannelPlan;
  /** Units below are on a disk, or were never to be written. */
  readonly durableEnd: () => number;
  /** What the pre-record needs. */
  readonly historyMs: () => Duration;
  /** Ends the camera's session and begins another: cameras send a key frame at PLAY. */
  readonly renew: (reason: string) => void;
  readonly note: (record: VolumeRecord) => void;
  readonly send: (message: RecorderToCore) => void;
}

/** What becomes of a channel's ring when the memory for pictures runs short. */
export interface RingCare {
  /** Bytes that no pre-record needs and a disk has: of history, or of a GOP without end. */
  readonly spare: number;
  /** There is history that neither the writer nor a hold needs. */
  readonly history: boolean;
  /** The running GOP has no end in sight: a new session is the way to let go of it without losing what is not durable. */
  readonly endless: boolean;
  renew(): void;
  /** The oldest GOP leaves the ring, wanted or not. False when there is none. */
  dropOldest(): boolean;
  readonly droppedGops: number;
  /** A key frame of this session came into the ring. */
  keyCame(session: number): void;
  tick(now: Instant): void;
  /** The channel is gone, and its trouble with it. */
  close(): void;
}

/** Cameras can be set to GOPs of up to 30 s (rarely more); one that is longer is taken for endless. */
export const longestGopMs = 30_000;
const tooLong = "GOP longer than the memory allows: the stream is begun anew for a key frame";
const usedUp = "the memory for pictures was used up before a disk took them";

/** @see RingCare */
export function createRingCare(deps: RingCareDeps): RingCare {
  const { clock, ring } = deps;
  let droppedGops = 0;
  /** Start of the GOP that was given up while it ran: nothing is kept until the next key frame. */
  let lost: Instant | undefined;
  /** Key frame of the GOP for which a new session was asked for. */
  let renewedFor: number | undefined;
  /** Session of the newest key frame, when its GOP was not given up. */
  let keySession: number | undefined;
  let troubleSince: ReturnType<Clock["wall"]> | undefined;

  const tell = (ended: boolean): void => {
    if (troubleSince === undefined) return;
    const { channel, name } = deps.plan();
    const what = `Channel ${channel} (${name}): the memory does not hold one whole GOP (shorten the camera's key frame interval)`;
    const trouble = { key: `gop:${channel}`, what, since: troubleSince, ...(ended ? { ended: clock.wall() } : {}) };
    deps.send({ kind: "trouble", trouble });
    if (ended) troubleSince = undefined;
  };
  const raise = (): void => {
    if (troubleSince !== undefined) return;
    troubleSince = clock.wall();
    tell(false);
  };
  const renew = (): void => {
    renewedFor = ring.newestKey;
    lost = undefined;
    raise();
    deps.renew(tooLong);
  };
  const isEndless = (): boolean =>
    ring.gops === 1 && ring.since !== undefined && between(ring.since, clock.now()) >= longestGopMs;

  return {
    get spare() {
      if (ring.since === undefined || (ring.gops < 2 && !isEndless())) return 0;
      const durable = (deps.durableEnd() - ring.first) / Math.max(1, ring.end - ring.first);
      const old = 1 - deps.historyMs() / Math.max(1, between(ring.since, clock.now()));
      return ring.bytes * Math.max(0, Math.min(durable, old));
    },
    get history() {
      return ring.gops > 1 && ring.first < deps.durableEnd();
    },
    get endless() {
      return isEndless() && renewedFor !== ring.newestKey && deps.plan().recordMode !== "off";
    },
    renew,
    dropOldest() {
      const start = ring.since;
      const durableEnd = deps.durableEnd();
      const firstLost = ring.at(Math.max(durableEnd, ring.first));
      const dropped = ring.dropOldest();
      if (dropped === undefined || start === undefined) return false;
      if (ring.gops === 0) {
        lost = start;
        keySession = undefined;
        raise();
      }
      if (dropped.end <= durableEnd) return true;
      droppedGops++;
      deps.outages.add(firstLost?.arrival ?? start, ring.since ?? clock.now(), usedUp);
      const gap = { from: firstLost?.wall ?? dropped.fromWall, to: dropped.toWall, reason: usedUp };
      const { channel } = deps.plan();
      deps.note({ kind: "gap", channel, gap });
      deps.send({ kind: "gap", channel, gap });
      return true;
    },
    get droppedGops() {
      return droppedGops;
    },
    keyCame(session) {
      lost = undefined;
      // the GOP before it came whole, within its session and within the memory
      if (session === keySession) tell(true);
      keySession = session;
    },
    tick(now) {
      if (lost !== undefined && between(lost, now) >= longestGopMs && deps.plan().recordMode !== "off") renew();
    },
    close: () => tell(true),
  };
}

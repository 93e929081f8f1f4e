import { offLine, segmentCut, timeJumped, type SegmentLength } from "../../domain/segment-cutter.ts";
import { between, type Duration, type Instant, type WallTime } from "../../kernel/time.ts";
import type { Ring } from "../../media/ring.ts";
import type { AccessUnit, AudioParameters, VideoParameters } from "../../media/types.ts";

/** What one segment is about: as long as this holds, units go on in it. */
export interface SegmentPlan {
  readonly session: number;
  readonly startArrival: Instant;
  /** Wall time and presentation time of its first picture: the line that the file is played by. */
  readonly startWall: WallTime;
  readonly startPts: number;
  readonly video: VideoParameters;
  readonly audio: AudioParameters | undefined;
}

/** A fragment that can be written: units [first, end), in a new segment when `plan` is set. */
export interface Extent {
  readonly first: number;
  readonly end: number;
  readonly plan: SegmentPlan | undefined;
}

export interface ScanLimits {
  readonly fragmentMs: Duration;
  readonly segment: SegmentLength;
  readonly audio: AudioParameters | undefined;
}

/**
 * Walks along the ring and says where fragments and segments end. It looks at each unit once, when it has come;
 * nothing is written here. `stopAtNextKey` ends the walk before the next key frame (or what is there at `flush`).
 */
export interface FragmentScan {
  /** Looks at all units that are new. */
  advance(limits: ScanLimits): void;
  /** Ends the running fragment with the newest unit. */
  flush(): void;
  next(): Extent | undefined;
  /** Takes the first extent off the list. */
  shift(): void;
  /** Begins anew at a key frame: nothing from there on has been scanned. */
  restart(index: number): void;
  cutAtNextKey(): void;
  stopAtNextKey(): void;
  goOn(): void;
  /** The session is over: what comes next begins a new segment. */
  sessionEnded(): void;
  /** Index behind the last unit when it has stopped. */
  readonly stoppedAt: number | undefined;
  /** The session is over and all of it is in extents. */
  readonly betweenSegments: boolean;
  /** Arrival of the first unit that is in no extent yet. */
  readonly runningSince: Instant | undefined;
}

/** A fragment is ended a little before its limit, because a unit more still comes into it. */
const limitShare = 0.9;

export function createFragmentScan(ring: Ring, start: number): FragmentScan {
  let extents: Extent[] = [];
  let at = start;
  /** First unit of the running fragment, and the segment that it begins, if it does. */
  let first = start;
  let firstArrival: Instant | undefined;
  let firstPlan: SegmentPlan | undefined;
  let plan: SegmentPlan | undefined;
  let previous: AccessUnit | undefined;
  let cutAsked = false;
  /** Of the segment up to `at`. */
  let bytes = 0;
  /** Key frames from this index on end the walk. */
  let stopFrom = Infinity;
  let stoppedAt: number | undefined;

  const close = (end: number): void => {
    if (end > first) extents.push({ first, end, plan: firstPlan });
    first = end;
    firstPlan = undefined;
    firstArrival = undefined;
  };
  const beginSegment = (unit: AccessUnit, audio: AudioParameters | undefined): void => {
    if (unit.parameters.kind !== "video") return;
    const { session, arrival, wall, pts, parameters } = unit;
    plan = { session, startArrival: arrival, startWall: wall, startPts: pts, video: parameters, audio };
    firstPlan = plan;
    bytes = 0;
    cutAsked = false;
  };
  const isFull = (unit: AccessUnit, { fragmentMs }: ScanLimits): boolean =>
    firstArrival !== undefined && unit.arrival - firstArrival >= fragmentMs * limitShare;
  const lookAtVideo = (unit: AccessUnit, index: number, limits: ScanLimits): void => {
    if (previous?.session === unit.session && clockJumped(previous, unit)) cutAsked = true;
    if (plan?.session === unit.session && leftLine(plan, unit)) cutAsked = true;
    if (plan === undefined || beginsSegment({ plan, asked: cutAsked, bytes }, unit, limits.segment)) {
      close(index);
      beginSegment(unit, limits.audio);
    } else if (unit.afterLoss || isFull(unit, limits)) close(index);
    previous = unit;
  };

  return {
    advance(limits) {
      for (; stoppedAt === undefined && at < ring.end; at++) {
        const unit = ring.at(at);
        if (unit === undefined) continue;
        if (unit.track === "video") {
          if (at >= stopFrom && unit.key) {
            close(at);
            stoppedAt = at;
            return;
          }
          if (plan !== undefined || unit.key) lookAtVideo(unit, at, limits);
        } else if (plan !== undefined && unit.parameters !== plan.audio) cutAsked = true;
        firstArrival ??= unit.arrival;
        bytes += unit.data.length;
      }
    },
    flush: () => close(at),
    next: () => extents[0],
    shift: () => void extents.shift(),
    restart(index) {
      extents = [];
      at = index;
      first = index;
      firstArrival = undefined;
      firstPlan = undefined;
      plan = undefined;
      previous = undefined;
      stoppedAt = undefined;
    },
    cutAtNextKey() {
      cutAsked = true;
    },
    stopAtNextKey() {
      stopFrom = ring.end;
    },
    goOn() {
      stopFrom = Infinity;
      stoppedAt = undefined;
    },
    sessionEnded() {
      close(at);
      firstArrival = undefined;
      plan = undefined;
      if (stopFrom < Infinity) stoppedAt = at;
    },
    get stoppedAt() {
      return stoppedAt;
    },
    get betweenSegments() {
      return plan === undefined && firstArrival === undefined;
    },
    get runningSince() {
      return firstArrival;
    },
  };
}

interface Running {
  readonly plan: SegmentPlan;
  readonly asked: boolean;
  readonly bytes: number;
}

function beginsSegment({ plan, asked, bytes }: Running, unit: AccessUnit, most: SegmentLength): boolean {
  const { session, key, arrival } = unit;
  const facts = { session, key, arrival, parametersChanged: unit.parameters !== plan.video };
  return segmentCut({ session: plan.session, startedAt: plan.startArrival, asked, bytes }, facts, most) !== undefined;
}

const leftLine = ({ startPts, startWall }: SegmentPlan, { pts, wall }: AccessUnit): boolean =>
  offLine((pts - startPts) / 90, wall - startWall);

/** Did the camera's clock jump between two pictures? Decode time is in ticks of 90 kHz. */
const clockJumped = (previous: AccessUnit, unit: AccessUnit): boolean =>
  timeJumped((unit.dts - previous.dts) / 90, between(previous.arrival, unit.arrival));

/**
 * Where media time lies on the wall clock: one mapping a session, shared by audio and video.
 *
 * Until something better is known the least of `arrival − media` says when a unit was taken (a camera may burst what it
 * had cached at PLAY, so the first unit alone says nothing). Once every track has two sender reports that agree with
 * each other (RFC 3550 §6.4.1), the camera's own clock ties audio to video; and if that clock agrees with ours, it
 * places them too. Everything is kept in instants; the wall clock's offset comes on top, so a clock step moves nothing
 * else. A correction is a new row of offsets for the units that follow, never another sample duration.
 */
import { wallTime, type Duration, type Instant, type WallTime } from "../kernel/time.ts";

export type TrackName = "video" | "audio";

export interface WallMapping {
  /** The place of a unit that just arrived; what it teaches is taken up first. `media` in ms on the track's line. */
  place(track: TrackName, media: Duration, arrival: Instant): WallTime;
  /** A sender report: the camera's clock said `ntp` at `media`. */
  report(track: TrackName, media: Duration, ntp: WallTime, arrival: Instant): void;
  /** Wall time − instant, as the machine's clocks stand now. */
  setWallOffset(offset: Duration): void;
  readonly basis: "arrival" | "camera-sync" | "camera-clock";
  /** The camera's clock − ours at its last sender report, ms; its way through the network counts as behind. */
  readonly cameraAhead: Duration | undefined;
  /** Corrections so far, the first row included. */
  readonly rows: number;
}

const youngMs = 5000;
const windowMs = 30_000;
/** A deviation up to this is noise of encoder and network. */
const toleranceMs = 100;
/** A camera's clock agrees with ours if its reports seem to take this long at most. */
const longestLatencyMs = 1500;
/** Our clock was set, and did not only go a little faster or slower. */
const setByMs = 500;

interface Track {
  /** Least `arrival − media`: instants. */
  offset: number;
  readonly firstArrival: Instant;
  windowEnd: number;
  windowLeast: number;
  /** The window before was late too: a stalled network has to last to count. */
  late: number | undefined;
  /** `ntp − media` of the last report, and of the last pair that agreed. */
  lastBase: number | undefined;
  base: number | undefined;
  clockVotes: number;
}

const newTrack = (media: Duration, arrival: Instant): Track => ({
  offset: arrival - media,
  firstArrival: arrival,
  windowEnd: arrival + youngMs,
  windowLeast: Infinity,
  late: undefined,
  lastBase: undefined,
  base: undefined,
  clockVotes: 0,
});

/** Takes up `arrival − media`. Young: the minimum at once. Later: the minimum of a window, when it left the tolerance. */
function learnArrival(track: Track, media: Duration, arrival: Instant): void {
  const seen = arrival - media;
  if (arrival - track.firstArrival < youngMs) {
    track.offset = Math.min(track.offset, seen);
    return;
  }
  track.windowLeast = Math.min(track.windowLeast, seen);
  if (arrival < track.windowEnd) return;
  const by = track.windowLeast - track.offset;
  if (by < -toleranceMs || (by > toleranceMs && track.late !== undefined)) {
    track.offset = Math.min(track.windowLeast, track.late ?? Infinity);
    track.late = undefined;
  } else track.late = by > toleranceMs ? track.windowLeast : undefined;
  track.windowEnd = arrival + windowMs;
  track.windowLeast = Infinity;
}

/** Takes up a sender report; one that contradicts the one before waits for a second of its kind. */
function learnReport(track: Track, base: number, latency: Duration): void {
  const agrees = track.lastBase !== undefined && Math.abs(base - track.lastBase) <= toleranceMs;
  track.lastBase = base;
  if (agrees) track.base = base;
  const votes = track.clockVotes + (latency >= -toleranceMs && latency <= longestLatencyMs ? 1 : -1);
  track.clockVotes = Math.max(-3, Math.min(3, votes));
}

/** `wallOffset` is wall time − instant at the start. @see WallMapping */
export function createWallMapping(wallOffset: Duration): WallMapping {
  const tracks = new Map<TrackName, Track>();
  let row = new Map<TrackName, number>();
  let basis: WallMapping["basis"] = "arrival";
  let trusted = false;
  let rows = 1;
  let cameraAhead: Duration | undefined;

  /** The camera's clock is believed after two good reports of each track, and no longer after some bad ones. */
  const trust = (): boolean => {
    const votes = [...tracks.values()].map((track) => track.clockVotes);
    trusted = trusted ? votes.every((vote) => vote > 0) : votes.every((vote) => vote >= 2);
    return trusted;
  };

  const target = (): { basis: WallMapping["basis"]; offsets: Map<TrackName, number> } => {
    const lead = tracks.get("video") ?? tracks.get("audio");
    const offsets = new Map<TrackName, number>();
    const synced = [...tracks.values()].every((track) => track.base !== undefined);
    const byClock = synced && trust();
    for (const [name, track] of tracks) {
      if (track.base === undefined || lead?.base === undefined || !synced) offsets.set(name, track.offset);
      else offsets.set(name, byClock ? track.base - wallOffset : track.base - lead.base + lead.offset);
    }
    return { basis: byClock ? "camera-clock" : synced ? "camera-sync" : "arrival", offsets };
  };

  /** Is the row in force still good? While a session is young its first row only becomes better. */
  const consider = (young: boolean): void => {
    const next = target();
    const off = [...next.offsets].some(([name, offset]) => Math.abs(offset - (row.get(name) ?? offset)) > toleranceMs);
    if (!young && !off && next.basis === basis) return;
    if (off && !(young && next.basis === basis)) rows += 1;
    row = next.offsets;
    basis = next.basis;
  };

  return {
    place(name, media, arrival) {
      const known = tracks.get(name);
      const track = known ?? newTrack(media, arrival);
      if (known === undefined) tracks.set(name, track);
      const before = track.offset;
      learnArrival(track, media, arrival);
      if (known === undefined || track.offset !== before) consider(arrival - track.firstArrival < youngMs);
      return wallTime(media + (row.get(name) ?? track.offset) + wallOffset);
    },
    report(name, media, ntp, arrival) {
      cameraAhead = ntp - (arrival + wallOffset);
      const track = tracks.get(name);
      if (track === undefined) return;
      learnReport(track, ntp - media, arrival + wallOffset - ntp);
      consider(false);
    },
    setWallOffset(offset) {
      const by = Math.abs(offset - wallOffset);
      if (by > 20) rows += 1;
      wallOffset = offset;
      if (by < setByMs) return;
      // whether the camera's clock agrees with ours has to show again; meanwhile arrival places its pictures
      for (const track of tracks.values()) track.clockVotes = 0;
      consider(false);
    },
    get basis() {
      return basis;
    },
    get cameraAhead() {
      return cameraAhead;
    },
    get rows() {
      return rows;
    },
  };
}

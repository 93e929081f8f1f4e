/**
 * core ↔ recorder: newline-delimited JSON over core's Unix socket. Everything core says is a wanted state or can be
 * said again without harm: after a reconnect it sends plan and holds again in full.
 */
import type { Instant, WallTime } from "../kernel/time.ts";
import type {
  GapFact,
  HoldAnswerFact,
  HoldClosedEvent,
  HoldDurableEvent,
  HoldFreshEvent,
  RecordHold,
  Trouble,
} from "../domain/engine-types.ts";
import type { FootageLock } from "../domain/footage-lock.ts";
import type { KeepRule } from "../domain/keep-rules.ts";
import type { VolumeGroup } from "../domain/volume-groups.ts";
import type { RecordNow } from "../domain/recording-rule.ts";
import type { VolumeSettings } from "../domain/site-config.ts";

/** What the engine decides and hears is said as it is: its own types, under the names of the wire. */
export type HoldOrder = RecordHold;
export type HoldAnswer = HoldAnswerFact;
export type FootageGap = GapFact;
export type TroubleReport = Trouble;

export interface ChannelPlan {
  readonly channel: number;
  readonly name: string;
  readonly url: string;
  /** Opened while somebody watches it live, and always where it is recorded. */
  readonly subUrl?: string;
  readonly username: string;
  readonly password: string;
  readonly audio: boolean;
  /** What core decided for now (`domain/recording-rule.ts`). It holds until core says otherwise, also while core is away. */
  readonly recordMode: RecordNow;
  readonly preRecordMs: number;
  /**
   * The detection listens to its sound (of the sub stream, or of the main one where there is none): where `audio` is
   * off, that reaches readers who say `listen`, and neither ring nor disk nor viewers.
   */
  readonly listen?: true;
  /** The sub stream is recorded beside the main one. */
  readonly recordSub?: true;
  /** Its files go to archives that take `chosen`. */
  readonly secondCopy?: true;
}

export interface RecorderPlan {
  readonly revision: number;
  readonly channels: readonly ChannelPlan[];
  readonly volumes: readonly VolumeSettings[];
  /** Bytes of ring and pinned access units that this process may hold. */
  readonly memoryBytes: number;
  readonly segmentMs: number;
  /** A file also ends at this size; absent: by time alone. */
  readonly segmentBytes?: number;
  /** How long footage is kept by channel and what it shows, beside the volumes' days; absent: by those alone. */
  readonly keep?: readonly KeepRule[];
  /** Which channels are recorded to which volumes; absent: all to the first that takes footage. */
  readonly volumeGroups?: readonly VolumeGroup[];
  /** Nothing is deleted for age or quota before this time: the database was rebuilt a short while ago. */
  readonly keepAllUntil?: WallTime;
}

export type CoreToRecorder =
  | { readonly kind: "plan"; readonly plan: RecorderPlan }
  | { readonly kind: "hold"; readonly hold: HoldOrder }
  | { readonly kind: "end-hold"; readonly holdId: string; readonly endAt: Instant }
  /** All holds that core still waits for; what the recorder has beyond them is let go. Sent after each (re)connect. */
  | { readonly kind: "holds"; readonly holds: readonly HoldOrder[] }
  /** A copy of a closed receipt for the volumes' journals, so that footage and receipts lie together. */
  | { readonly kind: "note"; readonly note: unknown }
  /**
   * Every lock and lease that holds, and the ids of those that were released. Sent after each (re)connect and at each
   * change. A lock that a volume's journal knows and core does not (its database was lost) goes on holding.
   */
  | { readonly kind: "locks"; readonly locks: readonly FootageLock[]; readonly released: readonly string[] }
  /**
   * Events of alarms that nobody has acknowledged: what their holds kept is protected. `all`: there are no others; sent
   * after each (re)connect. Before the first of these words everything that a hold kept is protected.
   */
  | { readonly kind: "unreviewed"; readonly events: readonly string[]; readonly all: boolean }
  /** Somebody has acknowledged their alarm: they protect nothing any more. */
  | { readonly kind: "reviewed"; readonly events: readonly string[] }
  /** Retry a camera at once (after a refused password). */
  | { readonly kind: "retry"; readonly channel: number }
  | { readonly kind: "forget-hold"; readonly holdId: string }
  /** Send the rows of all segments again: core's database is new or was lost. */
  | { readonly kind: "segments" }
  | { readonly kind: "stop" };

export type ChannelStateKind = "connecting" | "live" | "down" | "refused" | "off";

export interface ChannelState {
  readonly channel: number;
  readonly state: ChannelStateKind;
  readonly since: WallTime;
  /** Why it is down, in a sentence; empty while live. */
  readonly reason: string;
  readonly video?: {
    readonly codec: string;
    readonly width: number;
    readonly height: number;
    readonly frameRate?: number;
  };
  readonly audio?: string;
  readonly bitsPerSecond: number;
  /** Measured over the last seconds. */
  readonly picturesPerSecond?: number;
  readonly gopMs?: number;
  readonly ringMs: number;
}

export interface SegmentRow {
  readonly id: string;
  readonly volumeId: string;
  readonly channel: number;
  readonly stream: "main" | "sub";
  /** Path relative to the volume. */
  readonly path: string;
  readonly bootId: string;
  readonly startInstant: Instant;
  readonly startWall: WallTime;
  readonly endWall: WallTime;
  readonly bytes: number;
  readonly accessUnits: number;
  readonly closed: boolean;
  readonly trusted: boolean;
  readonly codec: string;
  /** In an archive: the segment of the same id may still lie on the volume that it was recorded to. */
  readonly copy?: true;
  /** What it was begun for: `general` footage, or what holds keep. Absent in rows of versions before there were weeks. */
  readonly cause?: SegmentCause;
}

export type SegmentCause = "general" | "holds";

export type RecorderToCore =
  | {
      readonly kind: "hello";
      readonly role: "recorder";
      readonly index: number;
      readonly pid: number;
      readonly bootId: string;
      readonly planRevision: number;
    }
  | { readonly kind: "hold-answer"; readonly holdId: string; readonly answer: HoldAnswer }
  | HoldDurableEvent
  | HoldFreshEvent
  | HoldClosedEvent
  | { readonly kind: "channel"; readonly state: ChannelState }
  | { readonly kind: "segment"; readonly segment: SegmentRow }
  | { readonly kind: "segment-deleted"; readonly id: string; readonly volumeId?: string; readonly reason: string }
  /** Nothing could be kept in that time; said when it is over. */
  | { readonly kind: "gap"; readonly channel: number; readonly gap: FootageGap }
  | { readonly kind: "volume"; readonly volume: VolumeState }
  | { readonly kind: "trouble"; readonly trouble: TroubleReport }
  /** This process of a bucket did not answer in time: core ends it by force and starts it again. */
  | { readonly kind: "silent"; readonly role: "bucket"; readonly index: number }
  | { readonly kind: "stats"; readonly stats: RecorderStats };

export interface ArchiveBacklog {
  readonly segments: number;
  readonly bytes: number;
  /** Beginning of the oldest that is not copied yet. */
  readonly oldest?: WallTime;
  /** While something is sent. */
  readonly bytesPerSecond?: number;
  /** Why the last copy failed; it is tried again. */
  readonly problem?: string;
}

export interface VolumeState {
  readonly volumeId: string;
  readonly path: string;
  readonly state: "ready" | "missing" | "read-only" | "stalled" | "failing" | "full";
  readonly reason: string;
  readonly totalBytes: number;
  readonly freeBytes: number;
  readonly usedBytes: number;
  /** Of them in footage that is locked. */
  readonly lockedBytes: number;
  readonly syncP50Ms: number;
  readonly syncP99Ms: number;
  readonly fileSystem: string;
  /** Of footage that it took since the check before; absent: not looked at yet. */
  readonly bytesPerSecond?: number;
  /** Of an archive: what is still to be copied. */
  readonly waiting?: ArchiveBacklog;
}

export interface RecorderStats {
  readonly channels: readonly {
    readonly channel: number;
    readonly accessUnits: number;
    /** Access units that were written to a file, once each. */
    readonly unitsWritten?: number;
    readonly bytes: number;
    readonly lostPackets: number;
    readonly droppedGops: number;
    readonly reconnects: number;
    /** Of pictures in memory. */
    readonly ringBytes?: number;
  }[];
  readonly ringBytes: number;
  /** Of the memory for pictures, viewers' queues among them, and the most that it may be (`RecorderPlan.memoryBytes`). */
  readonly usedBytes?: number;
  readonly budgetBytes?: number;
  readonly rssBytes: number;
  readonly loopDelayP99Ms: number;
}

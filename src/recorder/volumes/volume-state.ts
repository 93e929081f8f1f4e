/** What a volume is made of, and how its state is shown: shared by `volume.ts`, `volume-check.ts` and `cleaner.ts`. */
import type { Clock, Instant, WallTime } from "../../kernel/time.ts";
import type { FootageCause } from "../../domain/footage-cause.ts";
import type { KeepRule } from "../../domain/keep-rules.ts";
import type { FootageRange } from "../../domain/footage-lock.ts";
import type { Deletion } from "../../domain/retention.ts";
import type { VolumeSettings } from "../../domain/site-config.ts";
import type { SegmentRow, TroubleReport, VolumeState } from "../../messages/recorder.ts";
import type { History } from "../journal/history.ts";
import type { Recovered } from "../journal/recover.ts";
import type { SegmentIndex } from "../journal/segment-index.ts";
import type { ArchiveStore } from "../archive/s3/store.ts";
import { errorCode, errorText, type Files, type FootageVolume, type SpaceFacts } from "../ports.ts";
import { StalledError, type createJobQueue } from "./job-queue.ts";
import type { KnownVolumes } from "./marker.ts";
import type { Mounted } from "./mount.ts";
import type { createSyncRounds } from "./sync-rounds.ts";

export interface VolumeEvents {
  state(state: VolumeState): void;
  trouble(trouble: TroubleReport): void;
  segment(row: SegmentRow): void;
  /** An open one has more in it; told often. */
  segmentGrew(row: SegmentRow): void;
  segmentDeleted(id: string, volumeId: string, reason: string): void;
  /** It was found and read; before anything is written to it. */
  mounted(volume: Volume, recovered: Recovered): void;
  /** Its marker or device is gone: whoever writes to it lets go. */
  lost(volume: Volume): void;
  /** Does a hold need this footage (`open`), or was it recorded for an alarm? */
  wanted(row: SegmentRow): "open" | "alarm" | "no";
  /** What this footage shows. */
  causeOf(range: FootageRange): FootageCause;
  /** How long footage is kept, beside the volume's own days. */
  keepRules(): readonly KeepRule[];
  /** What protects this footage besides. */
  held(range: FootageRange): "locked" | "leased" | undefined;
  /** Rises with each change of what is held. */
  lockVersion(): number;
  /** Nothing is deleted before this, except in an emergency: the database was rebuilt. */
  keepAllUntil(): WallTime | undefined;
}

export interface VolumeDeps {
  readonly clock: Clock;
  readonly files: Files;
  readonly settings: VolumeSettings;
  /** Absolute. Of an archive in a bucket the folder of its journal. */
  readonly root: string;
  /** Of an archive in a bucket. */
  readonly store?: ArchiveStore;
  readonly known: KnownVolumes;
  readonly events: VolumeEvents;
}

/** A volume over its whole life: looked for, mounted, checked, in trouble, back again. */
export interface Volume extends FootageVolume {
  readonly settings: VolumeSettings;
  /** Where its segments lie when not in its folder. */
  readonly store: ArchiveStore | undefined;
  readonly index: SegmentIndex;
  readonly history: History | undefined;
  readonly state: VolumeState;
  /** What was noted before is in the journal's file, or could not be written to it. */
  noted(): Promise<void>;
  /** Deadlines and sync rounds; four times a second. */
  tick(now: Instant): void;
  /** Marker, device, writability, space, cleaning; every 5 s, and at the start. Never rejects. */
  check(): Promise<void>;
  update(settings: VolumeSettings): void;
  /** The segment is in an archive that takes the place of the original: it goes as soon as nothing needs it. */
  release(id: string): void;
  /** Of an archive: what is still to be copied, for people. */
  waits(waiting: NonNullable<VolumeState["waiting"]>): void;
  /** All is synced, the journal says so, the lock is free. Writers have finished before. */
  close(): Promise<void>;
}

export const volumeLimits = {
  jobs: 8,
  deadlineMs: 5000,
  syncEveryMs: 2000,
  tickMs: 250,
  checkEveryMs: 5000,
  storeDeadlineMs: 60_000,
} as const;
type Kind = VolumeState["state"];

/** What the cleaner goes on with in its next rounds. */
export interface Planned {
  readonly left: Deletion[];
  readonly stuck: string | undefined;
  readonly until: Instant;
}

/** The insides of a volume, shared with `volume-check.ts` and `cleaner.ts`. */
export interface VolumeInside {
  readonly deps: VolumeDeps;
  readonly queue: ReturnType<typeof createJobQueue>;
  readonly rounds: ReturnType<typeof createSyncRounds>;
  settings: VolumeSettings;
  kind: Kind;
  reason: string;
  trouble: TroubleReport | undefined;
  /** The clock leapt ahead. */
  leap: TroubleReport | undefined;
  mounted: Mounted | undefined;
  space: SpaceFacts;
  checking: Promise<void> | undefined;
  closed: boolean;
  /** Faults since the last check; a check that ends after a fault must not call the volume ready. */
  faults: number;
  readonly abandoned: Map<string, SegmentRow>;
  /** Counted anew with each change of the locks, and now and then. */
  locked: { readonly bytes: number; readonly version: number; readonly until: Instant };
  readonly released: Set<string>;
  /** Footage since the check before, and how fast that was. */
  taken: { bytes: number; readonly since: Instant; readonly bytesPerSecond?: number };
  planned: Planned | undefined;
  waiting: VolumeState["waiting"];
  aged: { bytes: number; until: Instant };
  /** What is old is protected: age is not looked at again before this. */
  ageLookAt: Instant;
}

export const stateOf = (state: VolumeInside, usedBytes: number): VolumeState => ({
  volumeId: state.deps.settings.id,
  path: shownPath(state),
  state: state.kind,
  reason: state.reason,
  totalBytes: state.space.totalBytes,
  freeBytes: state.space.freeBytes,
  usedBytes,
  lockedBytes: state.locked.bytes,
  syncP50Ms: state.rounds.percentile(0.5),
  syncP99Ms: state.rounds.percentile(0.99),
  fileSystem: state.space.fileSystem,
  ...(state.taken.bytesPerSecond === undefined ? {} : { bytesPerSecond: state.taken.bytesPerSecond }),
  ...(state.waiting === undefined ? {} : { waiting: state.waiting }),
});

/** As people know it: a bucket by its address, a folder by its whole path. */
const shownPath = ({ deps, settings }: VolumeInside): string => (deps.store === undefined ? deps.root : settings.path);

/** Sets the state and tells; trouble begins and ends with it. */
export function show(state: VolumeInside, kind: Kind, reason: string): void {
  if (state.kind === kind && state.reason === reason) return;
  state.kind = kind;
  state.reason = reason;
  const { events, clock, settings } = state.deps;
  events.state(stateOf(state, state.mounted?.recovered.history.index.usedBytes ?? 0));
  if (kind === "ready") {
    if (state.trouble !== undefined) events.trouble({ ...state.trouble, ended: clock.wall() });
    state.trouble = undefined;
    return;
  }
  const what = `Volume ${shownPath(state)}: ${reason}`;
  state.trouble = { key: `volume:${settings.id}`, what, since: state.trouble?.since ?? clock.wall() };
  events.trouble(state.trouble);
}

export function fault(state: VolumeInside, error: unknown): void {
  state.faults++;
  const code = errorCode(error);
  if (error instanceof StalledError) show(state, "stalled", error.message);
  else if (code === "EROFS" || code === "EACCES") show(state, "read-only", "nothing may be written");
  else if (code === "ENOSPC" || code === "EDQUOT") show(state, "full", "no space left");
  else show(state, "failing", errorText(error));
}

import { instant, type Clock, type Instant, type WallTime } from "../../kernel/time.ts";
import type { BucketSettings } from "../../domain/bucket-settings.ts";
import { chooseVolume, type VolumeChoice, type VolumeGroup } from "../../domain/volume-groups.ts";
import type { VolumeSettings } from "../../domain/site-config.ts";
import { volumeFolder } from "../../platform/paths.ts";
import { calmStore } from "../archive/s3/calm-store.ts";
import type { ArchiveStore } from "../archive/s3/store.ts";
import type { VolumeRecord } from "../../messages/journal.ts";
import type { FootageGap, SegmentRow } from "../../messages/recorder.ts";
import type { ShiftOf } from "../journal/footage-runs.ts";
import type { HoldHistory } from "../journal/history.ts";
import type { Files } from "../ports.ts";
import type { Run } from "../recording/coverage.ts";
import { knownVolumes } from "./marker.ts";
import { channelOnDisk } from "./on-disk.ts";
import { createVolume } from "./volume.ts";
import { within } from "./within.ts";
import type { Volume, VolumeEvents } from "./volume-state.ts";

/** What the journals know of a channel's time before this process. */
export interface Past {
  /** When the recorder was last alive. */
  readonly lastSign: WallTime | undefined;
  /** When it began, where it was not stopped: what it had in memory is lost. */
  readonly crashedSince: WallTime | undefined;
  readonly outages: readonly FootageGap[];
}

/** The volumes of the plan. */
export interface VolumeSet {
  /** Opens new ones, lets go of those that left the plan. */
  update(settings: readonly VolumeSettings[]): Promise<void>;
  /** The first that takes this channel's footage, by its group and the order of the plan. */
  pick(channel: number): Volume | undefined;
  /** Why none does. */
  trouble(channel: number): string | undefined;
  /** Where a channel's footage goes, and what it was meant for. */
  choice(channel: number): VolumeChoice<Volume>;
  readonly all: readonly Volume[];
  /** Writes a record to every volume that is mounted. */
  note(record: VolumeRecord): void;
  /** What was noted before is in the journals' files, or could not be written to them. */
  noted(): Promise<void>;
  history(holdId: string): HoldHistory | undefined;
  past(channel: number): Past;
  /** What the files hold of a channel from `from` on. */
  onDisk(channel: number, from: Instant): Promise<readonly Run[]>;
  /** The same for holds and footage, so that they lie to each other as they did in their own boot. */
  readonly shiftOf: ShiftOf;
  rows(): Iterable<SegmentRow>;
  tick(now: Instant): void;
  check(): Promise<void>;
  close(): Promise<void>;
}

export interface VolumeSetDeps {
  readonly clock: Clock;
  readonly files: Files;
  readonly dataFolder: string;
  readonly events: VolumeEvents;
  /** Opens the store of an archive in a bucket. */
  readonly openStore?: OpenStore;
  readonly groups: () => readonly VolumeGroup[];
}

/** @param root the folder of the archive's journal */
export type OpenStore = (settings: VolumeSettings, bucket: BucketSettings, root: string) => ArchiveStore;

export function createVolumeSet(deps: VolumeSetDeps): VolumeSet {
  const { clock, files, events } = deps;
  const known = knownVolumes(files, deps.dataFolder);
  let volumes: Volume[] = [];

  /** Nothing waits for an archive: it may be far away. */
  const recorded = () => volumes.filter((volume) => volume.settings.archive === undefined);
  const create = (settings: VolumeSettings): Volume => {
    const root = volumeFolder(deps.dataFolder, settings);
    const bucket = settings.archive?.bucket;
    const opened = bucket && deps.openStore?.(settings, bucket, root);
    const store = opened === undefined ? {} : { store: calmStore(opened, clock) };
    return createVolume({ clock, files, settings, root, known, events, ...store });
  };
  const bucketOf = ({ archive }: VolumeSettings): string => JSON.stringify(archive?.bucket);
  const choice = (channel: number) => chooseVolume(deps.groups(), channel, recorded());
  const sameVolume = (volume: Volume, settings: VolumeSettings): boolean =>
    volume.id === settings.id &&
    volume.root === volumeFolder(deps.dataFolder, settings) &&
    bucketOf(volume.settings) === bucketOf(settings);
  const shifts = new Map([[clock.bootId, 0]]);
  const shiftOf: ShiftOf = (bootId) => {
    const known = shifts.get(bootId);
    const clocks = volumes.flatMap((volume) => volume.history?.boots.get(bootId) ?? [])[0];
    if (known !== undefined || clocks === undefined) return known;
    const shift = clock.now() - (clock.wall() - clocks.wall) - clocks.at;
    shifts.set(bootId, shift);
    return shift;
  };
  const check = async (): Promise<void> => {
    await Promise.all(volumes.map((volume) => volume.check()));
  };

  return {
    async update(wanted) {
      const before = volumes;
      const gone = before.filter((volume) => !wanted.some((settings) => sameVolume(volume, settings)));
      volumes = wanted.map((settings) => {
        const kept = before.find((volume) => sameVolume(volume, settings));
        kept?.update(settings);
        return kept ?? create(settings);
      });
      for (const volume of gone) {
        events.lost(volume);
        await volume.close();
      }
      const added = volumes.filter((volume) => !before.includes(volume));
      // nobody waits for a bucket
      for (const volume of added) if (volume.store !== undefined) void volume.check();
      const near = added.filter((volume) => volume.store === undefined);
      await within(clock, openingMs, Promise.all(near.map((volume) => volume.check())));
    },
    pick: (channel) => choice(channel).volume,
    choice,
    trouble(channel) {
      const { volume, meant } = choice(channel);
      if (volume !== undefined) return undefined;
      const first = meant[0];
      return first === undefined ? "no volume is set up" : `the disk takes nothing: ${first.state.reason}`;
    },
    get all() {
      return volumes;
    },
    note(record) {
      for (const volume of recorded()) volume.note(record);
    },
    async noted() {
      await Promise.all(recorded().map((volume) => volume.noted()));
    },
    history(holdId) {
      for (const volume of volumes) {
        const found = volume.history?.holds.get(holdId);
        if (found !== undefined) return found;
      }
      return undefined;
    },
    past(channel) {
      const known = volumes.flatMap((volume) => volume.history ?? []);
      const signs = known.flatMap((history) => history.lastSign ?? []);
      return {
        lastSign: signs.length === 0 ? undefined : (Math.max(...signs) as WallTime),
        crashedSince: known.find((history) => !history.clean)?.lastStart,
        outages: known.flatMap((history) => history.outages.get(channel) ?? []),
      };
    },
    onDisk: (channel, from) => channelOnDisk({ clock, files, shiftOf, volumes }, channel, from),
    shiftOf,
    *rows() {
      for (const volume of volumes) yield* volume.index.all();
    },
    tick(now) {
      for (const volume of volumes) volume.tick(now);
    },
    check,
    async close() {
      await Promise.all(volumes.map((volume) => volume.close()));
    },
  };
}

/** A disk that hangs must not keep the cameras waiting: their pictures wait in the ring. */
const openingMs = 5000;

/** How long before now the files are read at the start, so that an edge right after a restart has its pre-record. */
export const readBackFrom = (now: Instant): Instant => instant(now - 120_000);

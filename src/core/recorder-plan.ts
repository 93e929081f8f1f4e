import { hours, minutes, wallTime, type WallTime } from "../kernel/time.ts";
import { leftForUs, onlyTheCameras } from "../domain/detection/own-settings.ts";
import type { RecordNow } from "../domain/recording-rule.ts";
import { defaults, type ChannelSettings, type SiteConfig } from "../domain/site-config.ts";
import type { HoldOrder, RecorderPlan } from "../messages/recorder.ts";

/** The recorder process that a channel belongs to. A function of the number alone, so that a channel never moves. */
export const recorderOf = (channel: number, recorders: number): number => (channel - 1) % recorders;

/** What does not come from the configuration. */
export interface PlanFrame {
  /** Ring and pinned bytes of all recorder processes together. */
  readonly memoryBytes: number;
  readonly keepAllUntil?: WallTime;
}

/** What one recorder process shall do. */
export function planFor(
  config: SiteConfig,
  recorder: { readonly index: number; readonly of: number },
  fixed: PlanFrame & { readonly revision: number; recording(row: ChannelSettings): RecordNow },
): RecorderPlan {
  const files = config.site.files ?? { minutes: defaults.fileMinutes };
  return {
    revision: fixed.revision,
    ...(config.site.keep === undefined ? {} : { keep: config.site.keep }),
    ...(config.site.volumeGroups === undefined ? {} : { volumeGroups: config.site.volumeGroups }),
    ...(fixed.keepAllUntil === undefined ? {} : { keepAllUntil: fixed.keepAllUntil }),
    channels: config.channels
      .filter((row) => row.enabled && recorderOf(row.channel, recorder.of) === recorder.index)
      .map((row) => ({
        channel: row.channel,
        name: row.name,
        url: row.mainUrl,
        ...(row.subUrl === undefined ? {} : { subUrl: row.subUrl }),
        username: row.username,
        password: row.password,
        audio: row.audio,
        ...(isListenedTo(config, row.channel) ? { listen: true } : {}),
        recordMode: fixed.recording(row),
        preRecordMs: row.preRecordS * 1000,
        ...(row.recordSub === true && row.subUrl !== undefined ? { recordSub: true } : {}),
        ...(row.secondCopy === true ? { secondCopy: true } : {}),
      })),
    volumes: config.volumes,
    memoryBytes: Math.floor(fixed.memoryBytes / recorder.of),
    segmentMs: minutes(files.minutes),
    ...(files.megabytes === undefined ? {} : { segmentBytes: files.megabytes * 1e6 }),
  };
}

/** Somebody switched the detection of its sound on; whether it is recorded is another question. */
const isListenedTo = ({ boards }: SiteConfig, channel: number): boolean =>
  boards.some(
    ({ enabled, driver }) =>
      enabled &&
      driver.kind === "video-detection" &&
      driver.channel === channel &&
      leftForUs(driver, onlyTheCameras(driver)).audio !== undefined,
  );

/** The holds of one recorder process's channels. */
export const holdsFor = (holds: readonly HoldOrder[], recorder: { readonly index: number; readonly of: number }) =>
  holds.filter((hold) => recorderOf(hold.channel, recorder.of) === recorder.index);

/** Ring and pinned bytes that the recorders may hold: two fifths of the machine, between 256 MiB and 2 GiB. */
export const memoryBudget = (machineBytes: number): number =>
  Math.min(2 ** 31, Math.max(2 ** 28, Math.floor(machineBytes * 0.4)));

/** After a rebuild of the database nothing is deleted for 24 h: somebody may want to look first. */
export const keepAllAfterRebuild = (rebuiltAt: WallTime): WallTime => wallTime(rebuiltAt + hours(24));

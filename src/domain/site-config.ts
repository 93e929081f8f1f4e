/**
 * The configuration of a site as values: what the API accepts (after its schemas), what the database keeps and what
 * the processes are planned from. Numbers are the ones an installer counts (channel 1…N, input 1…N).
 */
import type { DriverSettings } from "./driver-settings.ts";
import type { ArmingSettings, CodeSettings, ZoneSettings } from "./arming.ts";
import type { AutoArmSettings } from "./auto-arm.ts";
import type { BucketSettings } from "./bucket-settings.ts";
import type { KeepRule } from "./keep-rules.ts";
import type { MeasuredSpeed } from "./disk-speed.ts";
import type { VolumeGroup } from "./volume-groups.ts";
import type { FirstStepMarks } from "./first-steps.ts";
import { usualDebounceMs, type InputKind } from "./input-kind.ts";
import type { OutputExtras } from "./output-settings.ts";
import type { WatchSettings } from "./sensor-watch.ts";
import type { SensorType } from "./level.ts";
import type { LinkageExtras } from "./linkage-settings.ts";
import type { NotifierSettings } from "./notifier-settings.ts";
import type { PtzSettings } from "./ptz-settings.ts";
import type { EvidenceKey } from "./evidence-key.ts";
import type { PushKeys, PushSubscriptionSettings } from "./push-settings.ts";
import type { RecordSettings } from "./recording-rule.ts";
import type { TimedPictures } from "./timed-pictures.ts";
import type { Holiday, ScheduleSettings } from "./weekly-schedule.ts";

export interface SiteConfig {
  readonly site: SiteSettings;
  readonly volumes: readonly VolumeSettings[];
  readonly channels: readonly ChannelSettings[];
  readonly boards: readonly BoardSettings[];
  readonly inputs: readonly AlarmInputSettings[];
  readonly outputs: readonly AlarmOutputSettings[];
  readonly notifiers: readonly NotifierSettings[];
  readonly views: readonly ViewSettings[];
  readonly schedules: readonly ScheduleSettings[];
  readonly subscriptions: readonly PushSubscriptionSettings[];
}

export interface SiteSettings {
  readonly name: string;
  /** IANA name, e.g. `Europe/Berlin`. */
  readonly timeZone: string;
  /** Live pictures that are converted from H.265 at once, at most; absent: `defaults.liveConversions`. */
  readonly liveConversions?: number;
  /** Of pages before somebody has chosen their own; absent: the browser's, else English. */
  readonly language?: Language;
  /** What was said of the steps of the first start. */
  readonly firstSteps?: FirstStepMarks;
  /** Modes and delays; absent: `defaultArming`. */
  readonly arming?: ArmingSettings;
  /** Days on which schedules go by their row for holidays. */
  readonly holidays?: readonly Holiday[];
  /** How long footage is kept by channel and type, beside the volumes' days; absent: by those alone. */
  readonly keep?: readonly KeepRule[];
  /** Which cameras are recorded to which volumes; absent: all to the first that takes footage. */
  readonly volumeGroups?: readonly VolumeGroup[];
  /** What was measured of volumes, the last of each; absent: nothing was. */
  readonly measured?: readonly MeasuredSpeed[];
  /** How long the files of footage are; absent: `defaults.fileMinutes`. */
  readonly files?: FileSettings;
  /** Arms at closing time; absent: nobody asked for it. */
  readonly autoArm?: AutoArmSettings;
  /** Absent: nobody has one. */
  readonly codes?: readonly CodeSettings[];
  /** Absent: nobody has subscribed a browser yet. */
  readonly push?: PushKeys;
  /** What evidence packs are signed with; made at the first start. */
  readonly evidenceKeys?: readonly EvidenceKey[];
  /** Id of the model that finds objects; absent: `detector` where somebody put one, else Reed's own. */
  readonly model?: string;
}

/** A file ends by time and, where it is set, by size; whichever comes first. */
export interface FileSettings {
  readonly minutes: number;
  readonly megabytes?: number;
}

/** As a site is called before anybody has named it. */
export const unnamedSite = "Reed";

export const languages = ["en", "de"] as const;
export type Language = (typeof languages)[number];

export interface VolumeSettings {
  readonly id: string;
  /** Its folder; of an archive in a bucket `bucketPath`. */
  readonly path: string;
  /** Share of the volume that Reed may fill, 0–1 (default 0.8); the larger of 5 % and 10 GB is always left free. */
  readonly maxShare: number;
  /** A fixed cap in bytes instead of a share, e.g. for the demo. */
  readonly maxBytes?: number;
  readonly keepDays: number;
  /** Nothing is recorded to it: closed segments are copied there. Absent: a volume that is recorded to. */
  readonly archive?: ArchiveSettings;
}

export interface ArchiveSettings {
  /** `both`: the original stays as long as its volume keeps it. `remote`: it goes once its copy is proven and durable. */
  readonly mode: "both" | "remote";
  /** `chosen`: second copies of the channels that ask for one (`ChannelSettings.secondCopy`), as soon as a file ends. */
  readonly takes: "all" | "alarm" | "chosen";
  /** So long after its end a segment is copied, minutes; absent: 2, of `chosen` 0. An alarm may still reach back into it before. */
  readonly afterMin?: number;
  /** Where it lies, when not in a folder. */
  readonly bucket?: BucketSettings;
}

export type { RecordMode } from "./recording-rule.ts";

export interface ChannelSettings extends RecordSettings {
  readonly channel: number;
  readonly name: string;
  readonly enabled: boolean;
  /** `rtsp://host[:port]/path`, without credentials. */
  readonly mainUrl: string;
  readonly subUrl?: string;
  readonly username: string;
  readonly password: string;
  /** Off unless somebody switched it on; off means dropped before the ring. */
  readonly audio: boolean;
  /** Seconds before an edge, 0–60, default 10. */
  readonly preRecordS: number;
  /** The sub stream is recorded beside the main one, in files of its own; absent: no. */
  readonly recordSub?: boolean;
  /** Its files are copied to the volumes for second copies, too; absent: no. */
  readonly secondCopy?: boolean;
  /** Pictures every so often; absent: none. */
  readonly timedPictures?: TimedPictures;
  /** How it is moved; absent: it can't be. */
  readonly ptz?: PtzSettings;
}

/** A box with contacts and relays, and how to talk to it. */
export interface BoardSettings {
  readonly board: number;
  readonly name: string;
  readonly enabled: boolean;
  readonly driver: DriverSettings;
}

export type * from "./driver-settings.ts";

export type { InputKind } from "./input-kind.ts";
export { usualType } from "./input-kind.ts";

export interface AlarmInputSettings extends ZoneSettings, WatchSettings {
  readonly input: number;
  readonly name: string;
  readonly enabled: boolean;
  readonly kind: InputKind;
  readonly board: number;
  readonly point: number;
  readonly type: SensorType;
  readonly debounceMs: number;
  readonly antiDitherS: number;
  readonly linkage: Linkage;
}

/** What an edge of an input does. Recording always; outputs and messages only while armed. */
export interface Linkage extends LinkageExtras {
  readonly recordChannels: readonly number[];
  /** Seconds that recording goes on after the input came to rest, 0–600, default 30. */
  readonly postRecordS: number;
  /** The most an edge records while its input stays active, seconds, default 600. */
  readonly maxRecordS: number;
  readonly outputs: readonly OutputLink[];
  readonly notifiers: readonly number[];
  /** Outside this schedule outputs and messages are suppressed, and an edge is an event; absent: always. */
  readonly schedule?: number;
}

export interface OutputLink {
  readonly output: number;
  /** Seconds that the output stays on after the input came to rest, 0–300, default 10. */
  readonly holdS: number;
}

export type OutputKind = "siren" | "strobe" | "light" | "lock" | "gate" | "buzzer" | "general";
export type OutputMode = "auto" | "on" | "off";

export interface AlarmOutputSettings extends OutputExtras {
  readonly output: number;
  readonly name: string;
  readonly kind: OutputKind;
  readonly board: number;
  readonly point: number;
  readonly mode: OutputMode;
  /** The most it is on for one edge, seconds: siren 180 by default, cap 900. */
  readonly maxOnS: number;
  /** The state it rests in; `on` for a normally energised relay (a fail-safe lock). */
  readonly restState: "off" | "on";
  /** A contact that feels whether it is really on, for instance of the siren's own relay; apart from the board's read-back. */
  readonly feedback?: FeedbackContact;
}

export interface FeedbackContact {
  readonly board: number;
  readonly point: number;
  /** The level of the contact while the output is on. */
  readonly onWhen: "closed" | "open";
}

export type { NotifierSettings } from "./notifier-settings.ts";

/** How many places a live view has; `auto`: as few as hold all of its channels. */
export type ViewLayout = "auto" | 1 | 4 | 9 | 16;

/** An arrangement of channels on the live page. */
export interface ViewSettings {
  readonly view: number;
  readonly name: string;
  /** The user whom it belongs to; empty: everybody's. */
  readonly owner: string;
  readonly layout: ViewLayout;
  /** Channel of each place, row by row; 0 is an empty place. */
  readonly channels: readonly number[];
}

export const defaults = {
  debounceMs: usualDebounceMs,
  antiDitherS: 5,
  preRecordS: 10,
  postRecordS: 30,
  maxRecordS: 600,
  /** "Record now" ends by itself after this. */
  manualRecordS: 600,
  liveConversions: 2,
  outputHoldS: 10,
  maxOnS: { siren: 180, strobe: 900, light: 900, lock: 60, gate: 60, buzzer: 300, general: 900 } satisfies Record<
    OutputKind,
    number
  >,
  maxOnCapS: 900,
  pollMs: 50,
  serialPollMs: 100,
  offlineGraceS: 60,
  keepDays: 14,
  fileMinutes: 5,
  /** Ten years: no age limit to speak of, the space decides. */
  untilFullDays: 3650,
  maxShare: 0.8,
} as const;

/** Ranges that the API enforces and the pages show. Inclusive. */
export const ranges = {
  preRecordS: [0, 60],
  fileMinutes: [1, 60],
  fileMegabytes: [128, 2048],
  postRecordS: [0, 600],
  outputHoldS: [0, 300],
  antiDitherS: [0, 600],
  debounceMs: [0, 10_000],
  maxRecordS: [10, 3600],
  maxOnS: [1, 900],
  liveConversions: [0, 8],
  offlineGraceS: [10, 3600],
} as const;

/** What a linkage has besides channels, outputs and messages. All of it may be absent: rows of before have none. */
import type { PtzLink } from "./ptz-settings.ts";

/** How much an alarm of this source wants a person: shown in the inbox, and how loud a message is. */
export const severities = ["info", "warning", "critical"] as const;
export type Severity = (typeof severities)[number];
export const usualSeverity: Severity = "warning";
/** Whether the first wants a person more than the second. */
export const isGraver = (one: Severity, other: Severity): boolean =>
  severities.indexOf(one) > severities.indexOf(other);
export const gravestOf = (one: Severity, other: Severity): Severity => (isGraver(one, other) ? one : other);

/** Pictures of an edge, kept with the alarm and sent with its messages. */
export interface SnapshotLink {
  readonly channels: readonly number[];
  /** Of each channel. */
  readonly count: number;
  /** Seconds between two of them. */
  readonly intervalS: number;
}

/** Only when one of these inputs was raised within the seconds before. Recording does not ask. */
export interface OnlyIf {
  readonly inputs: readonly number[];
  readonly withinS: number;
}

/** What else sees the same: other inputs, as a rule those of its cameras' pictures. Recording does not ask. */
export interface Confirmation {
  readonly inputs: readonly number[];
  readonly withinS: number;
  /** Of an edge while one of them is active, or was raised within the seconds; absent: as without. */
  readonly severity?: Severity;
  /** None of them within the seconds before and after, although all were watched: a trouble. */
  readonly check?: true;
}

/** Whom to tell when nobody acknowledged the alarm so many minutes after it began. */
export interface EscalationStep {
  readonly afterMin: number;
  readonly notifiers: readonly number[];
}

export const pageSounds = ["off", "chime", "siren"] as const;
export type PageSound = (typeof pageSounds)[number];

/** Cameras that open live pages show one group after the other while the alarm is new. */
export interface TourLink {
  readonly channels: readonly number[];
  /** How many at once. */
  readonly atOnce: 1 | 4;
  /** Seconds until the next group. */
  readonly everyS: number;
}

/** What open pages do. Off but for the pop-up; a page is never the only sounder. */
export interface PageLink {
  readonly popup: boolean;
  readonly sound: PageSound;
  /** Spoken by the browser; empty: nothing. */
  readonly voice: string;
  /** Absent: the first cameras that are linked, as they are. */
  readonly tour?: TourLink;
}
export const usualPage: PageLink = { popup: true, sound: "off", voice: "" };

export interface LinkageExtras {
  /** Cameras that look somewhere else. */
  readonly ptz?: readonly PtzLink[];
  readonly severity?: Severity;
  /** Absent: each notifier that wants a picture takes one of the first recorded camera. */
  readonly snapshots?: SnapshotLink;
  readonly onlyIf?: OnlyIf;
  readonly confirm?: Confirmation;
  /** In order of their minutes. */
  readonly escalation?: readonly EscalationStep[];
  readonly page?: PageLink;
}

/** Inclusive. */
export const linkageRanges = {
  snapshotCount: [1, 10],
  snapshotIntervalS: [1, 10],
  withinS: [1, 600],
  escalateMin: [1, 120],
  tourEveryS: [3, 120],
} as const;
export const mostEscalations = 5;
export const tourDefaults = { atOnce: 1, everyS: 5 } as const;
export const snapshotDefaults = { count: 3, intervalS: 1 } as const;

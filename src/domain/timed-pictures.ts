/**
 * Pictures that are taken every so often within a week, whatever happens: for building sites, parking lots and long
 * reviews. They are like general footage: a schedule gates them, and none is taken off for privacy or at home.
 */
import { dayOfText } from "../kernel/local-time.ts";
import { recordingOf, whenOf, type RecordFacts, type RecordWhen } from "./recording-rule.ts";
import type { ChannelSettings, SiteConfig } from "./site-config.ts";

export interface TimedPictures {
  /** Seconds from one to the next. */
  readonly everyS: number;
  readonly when: RecordWhen;
  readonly keepDays: number;
}

/** Inclusive. */
export const timedPictureRanges = { everyS: [1, 3600], keepDays: [1, 365] } as const;

/** May a picture of this channel be taken now? */
export function takesPictures(
  config: Pick<SiteConfig, "schedules" | "site">,
  row: ChannelSettings,
  facts: RecordFacts,
): boolean {
  if (row.timedPictures === undefined || !row.enabled) return false;
  const { now, because } = recordingOf(config, row, facts);
  return now !== "off" && because !== "at-home" && whenOf(config, row.timedPictures.when, facts).on;
}

/** One camera's pictures of one day, UTC. */
export interface PictureDay {
  readonly channel: number;
  /** `2026-11-22`. */
  readonly day: string;
  readonly bytes: number;
}

export interface PictureLimits {
  /** The day that it is. */
  readonly today: string;
  readonly mostBytes: number;
  /** Of a camera; undefined: it takes none any more, what is there goes by room alone. */
  keepDays(channel: number): number | undefined;
  /** The clock may be believed: what is old goes. */
  readonly aging: boolean;
}

/** Which days go: those that are too old, and of what is left the oldest until the rest fits. Never today's. */
export function daysToDrop(days: readonly PictureDay[], limits: PictureLimits): PictureDay[] {
  const { today, mostBytes, aging } = limits;
  const isOld = ({ channel, day }: PictureDay): boolean => {
    const keep = limits.keepDays(channel);
    return aging && keep !== undefined && dayNumber(today) - dayNumber(day) > keep;
  };
  const old = days.filter(isOld);
  const left = days.filter((one) => !old.includes(one)).toSorted((a, b) => (a.day < b.day ? -1 : 1));
  let bytes = left.reduce((sum, one) => sum + one.bytes, 0);
  const crowded: PictureDay[] = [];
  for (const one of left) {
    if (bytes <= mostBytes || one.day >= today) break;
    crowded.push(one);
    bytes -= one.bytes;
  }
  return [...old, ...crowded];
}

const dayNumber = (day: string): number => dayOfText(day) ?? 0;

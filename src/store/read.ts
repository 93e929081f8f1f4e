import type { Kysely } from "kysely";
import { bookmarkReads, type BookmarkReads } from "./bookmarks.ts";
import type { SiteConfig, VolumeSettings } from "../domain/site-config.ts";
import { instant, wallTime } from "../kernel/time.ts";
import type { ConfigPart } from "../messages/api.ts";
import type { SegmentRow, TroubleReport } from "../messages/recorder.ts";
import { configOf } from "./config-rows.ts";
import { kyselyOver, openForReading } from "./database.ts";
import { accountReads, type AccountReads } from "./read-accounts.ts";
import { alarmReads, type AlarmReads } from "./read-alarms.ts";
import { audit } from "./read-audit.ts";
import { copyReads, type CopyReads } from "./read-copies.ts";
import { receiptReads, type ReceiptReads } from "./read-receipts.ts";
import { storageReads, type StorageReads } from "./read-storage.ts";
import {
  recordedChannels,
  spanOf,
  timelineReads,
  type TimelineReads,
  type TimelineSpan,
  type TimeRange,
} from "./read-timeline.ts";
import { walkReads, type WalkReads } from "./read-walks.ts";
import type { SegmentTable, Tables } from "./schema.ts";
import { causes, longestSegmentMs } from "./spans.ts";

export type { ReceiptFilter } from "./read-receipts.ts";
export type { TimelineSpan, TimeRange } from "./read-timeline.ts";

export interface SpanBeside {
  readonly channels: readonly number[];
  readonly causes: readonly string[];
  readonly at: number;
  readonly side: "after" | "before";
}

export interface AuditFilter {
  /** Only lines of these kinds, or of all but these. */
  readonly among?: readonly string[] | undefined;
  readonly notAmong?: readonly string[] | undefined;
  /** Who did it, or whose name is in the details; without regard to case. */
  readonly person?: string | undefined;
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  /** Id of the last row of the page before. */
  readonly before?: number | undefined;
  readonly limit: number;
}

export interface AuditRow {
  readonly id: number;
  readonly at: number;
  readonly actor: { readonly kind: string; readonly name: string };
  readonly what: string;
  readonly details: unknown;
}

interface Parts
  extends BookmarkReads, AccountReads, AlarmReads, CopyReads, ReceiptReads, StorageReads, TimelineReads, WalkReads {}

/** What the api asks of the database. Secrets of the configuration come sealed. */
export interface StoreReads extends Parts, AsyncDisposable {
  config(): Promise<SiteConfig>;
  /** The nearest run of these causes that begins behind or before a time. */
  spanBeside(beside: SpanBeside): Promise<TimelineSpan | undefined>;
  /** Where a channel's footage begins, wall ms; undefined while it has none. */
  firstFootage(channel: number): Promise<number | undefined>;
  /** The highest number that a row of a part ever had; 0 when there never was one. */
  highestNumber(part: ConfigPart): Promise<number>;
  /** Channels that footage is there of, also of removed cameras. */
  channelsWithFootage(): Promise<number[]>;
  /** Asked with every request for footage, so that not all of the configuration is read. Secrets are sealed. */
  volumes(): Promise<readonly VolumeSettings[]>;
  /** Segments of a stream, the main one where none is named, that reach into the range, oldest first. */
  segments(channel: number, range: TimeRange, stream?: "main" | "sub"): Promise<SegmentRow[]>;
  segment(id: string): Promise<SegmentRow | undefined>;
  /** Its copies on other volumes. */
  copies(id: string): Promise<SegmentRow[]>;
  /** Newest first; those that still last when `open`. */
  troubles(filter: { readonly open: boolean; readonly limit: number }): Promise<TroubleReport[]>;
  audit(filter: AuditFilter): Promise<AuditRow[]>;
}

/** Opens the database for reading only. Throws when it is missing: core makes it before it starts the api. */
export function openStoreReads(path: string): StoreReads {
  const db = kyselyOver(openForReading(path));
  return {
    ...accountReads(db),
    ...alarmReads(db),
    ...bookmarkReads(db),
    ...copyReads(db),
    ...receiptReads(db),
    ...storageReads(db),
    ...timelineReads(db),
    ...walkReads(db),
    config: async () => configOf(await db.selectFrom("config").selectAll().execute()),
    spanBeside: (beside) => spanBeside(db, beside),
    async firstFootage(channel) {
      const firsts = await Promise.all(causes.map((cause) => firstSpan(db, channel, cause)));
      const known = firsts.filter((at) => at !== undefined);
      return known.length === 0 ? undefined : Math.min(...known);
    },
    async highestNumber(part) {
      const row = await db.selectFrom("number_given").select("highest").where("part", "=", part).executeTakeFirst();
      return row?.highest ?? 0;
    },
    channelsWithFootage: async () => (await recordedChannels.execute(db)).rows.map(({ channel }) => channel),
    async volumes() {
      const rows = await db.selectFrom("config").select("json").where("part", "=", "volume").execute();
      return rows.map(({ json }) => JSON.parse(json) as VolumeSettings);
    },
    segments: (channel, range, stream) => segments(db, channel, range, stream),
    async segment(id) {
      const row = await db.selectFrom("segment").selectAll().where("id", "=", id).executeTakeFirst();
      return row === undefined ? undefined : segmentOf(row);
    },
    copies: async (id) =>
      (await db.selectFrom("segment_copy").selectAll().where("id", "=", id).execute()).map(segmentOf),
    troubles: (filter) => troubles(db, filter),
    audit: (filter) => audit(db, filter),
    [Symbol.asyncDispose]: () => db.destroy(),
  };
}

async function spanBeside(db: Kysely<Tables>, { channels, causes: of, at, side }: SpanBeside) {
  const found: TimelineSpan[] = [];
  const [operator, order] = side === "after" ? ([">", "asc"] as const) : (["<", "desc"] as const);
  for (const channel of channels) {
    for (const cause of of) {
      const runs = db.selectFrom("span").selectAll().where("channel", "=", channel).where("cause", "=", cause);
      const row = await runs.where("from_wall", operator, at).orderBy("from_wall", order).limit(1).executeTakeFirst();
      if (row !== undefined) found.push(spanOf(row));
    }
  }
  found.sort((a, b) => (side === "after" ? a.from - b.from : b.from - a.from));
  return found[0];
}

const firstSpan = async (db: Kysely<Tables>, channel: number, cause: string): Promise<number | undefined> => {
  const of = db.selectFrom("span").select("from_wall").where("channel", "=", channel).where("cause", "=", cause);
  return (await of.orderBy("from_wall").limit(1).executeTakeFirst())?.from_wall;
};

async function segments(
  db: Kysely<Tables>,
  channel: number,
  range: TimeRange,
  stream: "main" | "sub" = "main",
): Promise<SegmentRow[]> {
  const rows = await db
    .selectFrom("segment")
    .selectAll()
    .where("channel", "=", channel)
    .where("stream", "=", stream)
    .where("start_wall", "<", range.to)
    .where("start_wall", ">", range.from - longestSegmentMs)
    .where("end_wall", ">", range.from)
    .orderBy("start_wall")
    .execute();
  return rows.map(segmentOf);
}

export const segmentOf = (row: SegmentTable): SegmentRow => ({
  id: row.id,
  volumeId: row.volume_id,
  channel: row.channel,
  stream: row.stream === "sub" ? "sub" : "main",
  path: row.path,
  bootId: row.boot_id,
  startInstant: instant(row.start_instant),
  startWall: wallTime(row.start_wall),
  endWall: wallTime(row.end_wall),
  bytes: row.bytes,
  accessUnits: row.access_units,
  closed: row.closed === 1,
  trusted: row.trusted === 1,
  codec: row.codec,
});

async function troubles(
  db: Kysely<Tables>,
  filter: { readonly open: boolean; readonly limit: number },
): Promise<TroubleReport[]> {
  let query = db.selectFrom("trouble").selectAll().orderBy("since", "desc").limit(filter.limit);
  if (filter.open) query = query.where("ended", "is", null);
  const rows = await query.execute();
  return rows.map((row) => ({
    key: row.key,
    what: row.what,
    since: wallTime(row.since),
    ...(row.ended === null ? {} : { ended: wallTime(row.ended) }),
  }));
}

/** The tables as Kysely sees them. Times are wall-clock milliseconds; booleans are 0 and 1. Made by `migrations.ts`. */
import type { Generated } from "kysely";

export interface Tables {
  readonly meta: { readonly key: string; readonly value: string };
  /** One JSON document a row; secrets in it are sealed (`secrets.ts`). `id` is the number or UUID as text. */
  readonly config: { readonly part: string; readonly id: string; readonly json: string };
  /** The highest number that a row of a part ever had. */
  readonly number_given: { readonly part: string; readonly highest: number };
  readonly receipt: ReceiptTable;
  readonly segment: SegmentTable;
  /** Copies in archives, beside the row of where the segment is read from. */
  readonly segment_copy: SegmentTable;
  readonly alarm: AlarmTable;
  readonly footage_lock: LockTable;
  readonly bookmark: BookmarkTable;
  /** Merged: spans of one channel and cause never overlap or touch, so their starts are in the order of their ends. */
  readonly span: SpanTable;
  /** Of each cause how much of an hour and of a day its runs cover, ms; `part` counts units since 1970. */
  readonly span_part: SpanPartTable;
  /** Bytes by the hour in which segments began and by what they show, but for the hours in `stored_change`. */
  readonly stored_hour: StoredHourTable;
  /** Hours of which something changed since they were summed. */
  readonly stored_change: { readonly hour: number; readonly channel: number };
  readonly gap: {
    readonly channel: number;
    readonly from_wall: number;
    readonly to_wall: number;
    readonly reason: string;
  };
  /** Hours of which footage was deleted. */
  readonly deleted_hour: { readonly hour: number; readonly channel: number };
  /** Receipts that went with their footage and stand in the journal still; `day`s since 1970, of the edge and when it went. */
  readonly swept: { readonly day: number; readonly event_id: string; readonly on_day: number };
  readonly trouble: {
    readonly key: string;
    readonly since: number;
    readonly what: string;
    readonly ended: number | null;
  };
  readonly arming: { readonly id: Generated<number>; readonly at: number; readonly armed: number; readonly by: string };
  readonly audit: AuditTable;
  readonly user: {
    readonly name: string;
    readonly role: string;
    readonly password_hash: string;
    readonly created_at: number;
    /** JSON; null = all channels. */
    readonly rights: string | null;
    /** JSON; null = none chosen. */
    readonly preferences: string | null;
  };
  readonly session: {
    readonly token_hash: string;
    readonly user: string;
    readonly created_at: number;
    readonly expires_at: number;
    readonly seen_at: number | null;
    readonly address: string | null;
    readonly agent: string | null;
  };
  /** JSON: `WalkRecord`. */
  readonly walk_test: {
    readonly walk_id: string;
    readonly since: number;
    readonly ended_at: number | null;
    readonly json: string;
  };
  readonly login_link: { readonly link_hash: string; readonly user: string; readonly expires_at: number };
  readonly api_key: {
    readonly id: string;
    readonly name: string;
    readonly key_hash: string;
    readonly scopes: string;
    readonly created_at: number;
  };
}

export interface ReceiptTable {
  readonly event_id: string;
  readonly input: number;
  readonly kind: string;
  readonly at_wall: number;
  readonly armed: number;
  readonly alarm_id: string | null;
  readonly closed_at: number | null;
  readonly json: string;
  /** Of what called nobody: when to look whether its footage is gone. */
  readonly due_wall: number | null;
}

/** Made of its edges' receipts, and of what people made of it. */
export interface AlarmTable {
  readonly alarm_id: string;
  readonly input: number;
  readonly name: string;
  /** Of its first and its last raised edge. */
  readonly at_wall: number;
  readonly last_wall: number;
  readonly state: string;
  /** 1 while nobody has acknowledged it: these come first. */
  readonly is_new: number;
  readonly acknowledged_at: number | null;
  readonly acknowledged_by: string | null;
  readonly resolved_at: number | null;
  readonly resolved_by: string | null;
  readonly note: string | null;
}

export interface LockTable {
  readonly id: string;
  readonly channel: number;
  readonly from_wall: number;
  readonly to_wall: number;
  readonly reason: string;
  readonly by: string;
  readonly at: number;
  readonly alarm_id: string | null;
  readonly released_at: number | null;
  readonly released_by: string | null;
}

/** `end` is `at` where it is a moment; `channels`: JSON. */
export interface BookmarkTable {
  readonly id: string;
  readonly at: number;
  readonly end: number;
  readonly channels: string;
  readonly note: string;
  readonly by: string;
  readonly made_at: number;
}

export interface SegmentTable {
  readonly id: string;
  readonly volume_id: string;
  readonly channel: number;
  readonly stream: string;
  readonly path: string;
  readonly boot_id: string;
  readonly start_instant: number;
  readonly start_wall: number;
  readonly end_wall: number;
  readonly bytes: number;
  readonly access_units: number;
  readonly closed: number;
  readonly trusted: number;
  readonly codec: string;
}

export interface SpanTable {
  readonly channel: number;
  readonly cause: string;
  readonly from_wall: number;
  readonly to_wall: number;
  /** The event that began it; later ones of the same run are found by their receipts. */
  readonly event_id: string | null;
}

export interface SpanPartTable {
  readonly channel: number;
  readonly cause: string;
  /** Its length, ms. */
  readonly unit: number;
  readonly part: number;
  readonly covered: number;
}

export interface StoredHourTable {
  readonly channel: number;
  readonly hour: number;
  readonly volume_id: string;
  readonly cause: string;
  readonly copy: number;
  readonly bytes: number;
  readonly from_wall: number;
  readonly to_wall: number;
}

export interface AuditTable {
  readonly id: Generated<number>;
  readonly at: number;
  readonly actor_kind: string;
  readonly actor_name: string;
  readonly what: string;
  readonly details: string;
}

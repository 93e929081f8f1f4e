/** core → database-writer thread: intents, batched into one transaction. The thread is the only writer. */
import type { FootageCause } from "../domain/footage-cause.ts";
import type { WallTime } from "../kernel/time.ts";
import type { FootageLock } from "../domain/footage-lock.ts";
import type { Receipt } from "../domain/receipt.ts";
import type { WalkRecord } from "../domain/walk-test.ts";
import type { ChannelRights } from "../domain/rights.ts";
import type { Language, SiteConfig } from "../domain/site-config.ts";
import type { AccountOp, Actor, ConfigChange } from "./api.ts";
import type { BookmarkRecord, ReleaseRecord, ReviewRecord } from "./journal.ts";
import type { FootageGap, SegmentRow, TroubleReport } from "./recorder.ts";

export type StoreIntent =
  /** All of them or none. */
  | { readonly kind: "together"; readonly intents: readonly StoreIntent[] }
  | { readonly kind: "config"; readonly change: ConfigChange }
  | { readonly kind: "config-removed"; readonly part: string; readonly id: number | string }
  /** Inserted or replaced by event id, open or closed. */
  | { readonly kind: "receipt"; readonly receipt: Receipt }
  /** Receipts that called nobody and whose footage is gone leave the database and, later, core's journal in `journal`. */
  | { readonly kind: "sweep-receipts"; readonly now: WallTime; readonly journal?: string }
  | { readonly kind: "segment"; readonly segment: SegmentRow }
  /** `volumeId`: there; a copy in an archive stays, and takes its place. Absent (older journals): where it was recorded. */
  | { readonly kind: "segment-deleted"; readonly id: string; readonly volumeId?: string }
  /** A run of a channel's footage with its cause, merged by the writer into what the timeline reads. */
  | {
      readonly kind: "span";
      readonly channel: number;
      readonly cause: FootageCause;
      readonly from: WallTime;
      readonly to: WallTime;
      readonly eventId?: string;
    }
  | { readonly kind: "gap"; readonly channel: number; readonly gap: FootageGap }
  | { readonly kind: "trouble"; readonly trouble: TroubleReport }
  | { readonly kind: "armed"; readonly armed: boolean; readonly at: WallTime; readonly by: string }
  | ReviewRecord
  | { readonly kind: "footage-locked"; readonly lock: FootageLock }
  | ReleaseRecord
  | BookmarkRecord
  /** Inserted or replaced by its id. */
  | { readonly kind: "walk-test"; readonly walk: WalkRecord }
  | { readonly kind: "account"; readonly op: AccountOp; readonly at: WallTime }
  | {
      readonly kind: "audit";
      readonly at: WallTime;
      readonly actor: Actor;
      readonly what: string;
      readonly details: unknown;
    };

/** core's side of the writer. `put` never waits; it is bounded (50 000 intents) and counts what it had to drop. */
export interface StoreWriter extends AsyncDisposable {
  put(intent: StoreIntent): void;
  /** Everything put before is committed. */
  flushed(): Promise<void>;
  readonly dropped: number;
}

/** A person as core knows them: what they may see after their role, and the language that they chose. */
export interface KnownPerson {
  readonly name: string;
  readonly rights: ChannelRights;
  readonly language?: Language;
}

/** What core reads once at its start, before the writer thread takes over. */
export interface StoreStart {
  readonly config: SiteConfig;
  readonly users: readonly string[];
  readonly people: readonly KnownPerson[];
  /** Troubles that nobody ended: the life before was cut off. */
  readonly troubles: readonly TroubleReport[];
  readonly alarms: KnownAlarms;
  readonly locks: KnownLocks;
  /** Channels that have footage. */
  readonly recorded: readonly number[];
  /** When the database was rebuilt from the journals: nothing is deleted for 24 h after that. */
  readonly rebuiltAt?: WallTime;
}

/** What core goes on from: alarms that nobody has looked at. */
export interface KnownAlarms {
  readonly unacknowledged: readonly string[];
  /** Their events, of which footage is protected. */
  readonly events: readonly AlarmEvent[];
}

export interface AlarmEvent {
  readonly alarmId: string;
  readonly eventId: string;
}

/** Locks that hold, and the ids of those that were released. */
export interface KnownLocks {
  readonly held: readonly FootageLock[];
  readonly released: readonly string[];
}

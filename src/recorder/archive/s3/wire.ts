/** recorder ↔ the process that speaks with a bucket: JSON lines over `run/bucket-….sock`. */
import type { BucketSettings } from "../../../domain/bucket-settings.ts";
import type { BucketTrouble } from "../../../bucket/port.ts";
import type { Lines } from "../../../platform/lines.ts";
import type { CopyJob } from "./store.ts";

/**
 * The first thing that the process hears, and again when all that was asked for is to be forgotten. Secrets go this way
 * and no other: not by arguments, not by the environment.
 */
export interface StoreStart {
  readonly settings: BucketSettings;
  readonly volumeId: string;
  readonly memory: string;
}

export type StoreAsk =
  | { readonly kind: "read" | "remove" | "rowOf"; readonly name: string }
  | { readonly kind: "write"; readonly name: string; readonly text: string }
  | { readonly kind: "list"; readonly after?: string }
  | { readonly kind: "copy"; readonly job: CopyJob };

export type ToBucket =
  | { readonly kind: "start"; readonly start: StoreStart }
  | { readonly kind: "ask"; readonly id: number; readonly ask: StoreAsk };

export type FromBucket =
  | { readonly kind: "done"; readonly id: number; readonly value?: unknown }
  | { readonly kind: "failed"; readonly id: number; readonly message: string; readonly trouble?: BucketTrouble }
  /** It gets on; bytes that went out since it was said last. */
  | { readonly kind: "moved"; readonly id: number; readonly bytes: number };

/** The recorder's end, and the process's. */
export type RecorderEnd = Pick<Lines<FromBucket, ToBucket>, "send" | "onMessage" | "onClose">;
export type BucketEnd = Pick<Lines<ToBucket, FromBucket>, "send" | "onMessage" | "onClose">;

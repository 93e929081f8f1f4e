/** What the archiver needs of a place that closed segments are copied to: a folder, or a bucket of an S3 server. */
import type { ArchiveSettings } from "../../domain/site-config.ts";
import type { ArchiveBacklog, SegmentRow } from "../../messages/recorder.ts";
import type { SegmentEnd } from "../ports.ts";

export type ClosedSegment = SegmentRow & SegmentEnd;

/** Where a segment is copied from. */
export interface ArchiveSource {
  /** Its whole path, for who reads it by itself. */
  readonly file: string;
  readonly size: number;
  /** Bytes read from `position` on; 0 at the end. */
  read(into: Uint8Array, position: number): Promise<number>;
}

export interface Archive {
  readonly id: string;
  readonly settings: ArchiveSettings;
  /** So long it keeps what nothing protects. */
  readonly keepDays: number;
  /** Takes copies now. */
  readonly ready: boolean;
  has(segmentId: string): boolean;
  /**
   * Copies a segment, goes on where a copy was broken off, and proves the copy by its own chain. Resolved: it is durable
   * there and will be found again. Rejects when the archive or the source fails; the next try goes on.
   */
  put(segment: ClosedSegment, source: ArchiveSource): Promise<void>;
  /** What still has to be copied, for people. */
  waits(backlog: ArchiveBacklog): void;
}

/** What the archiver needs of a place that closed segments are copied to: a folder, or a bucket of an S3 server. */
import type { ArchiveBacklog, SegmentRow } from "../../messages/recorder.ts";
import type { SegmentEnd } from "../ports.ts";
import type { Volume } from "../volumes/volume-state.ts";

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
  /** Its marker, journal, index, settings and cleaner: an archive is a volume that nothing is recorded to. */
  readonly volume: Volume;
  /** Takes copies now. */
  readonly ready: boolean;
  /**
   * Copies a segment, goes on where a copy was broken off, and proves the copy by its own chain. Resolved: it is durable
   * there and will be found again. Rejects when the archive or the source fails; the next try goes on.
   */
  put(segment: ClosedSegment, source: ArchiveSource): Promise<void>;
  /** What still has to be copied, for people. */
  waits(backlog: ArchiveBacklog): void;
}

/** An object store as the recorder sees it: segments by their paths, and small texts. The work is done elsewhere. */
import type { SegmentRow } from "../../../messages/recorder.ts";
import type { SegmentEnd } from "../../ports.ts";
import type { ClosedSegment } from "../port.ts";

export interface ArchiveStore extends AsyncDisposable {
  /** It was disposed of: nothing is asked any more. */
  readonly closed: boolean;
  /** A small text; undefined when there is none. */
  read(name: string): Promise<string | undefined>;
  write(name: string, text: string): Promise<void>;
  /** A segment with what lies beside it, or a small text. What is not there is nothing to complain of. */
  remove(name: string): Promise<void>;
  /** Paths of segments behind `after`, in their order; none behind the last page. */
  list(after: string | undefined): Promise<readonly string[]>;
  /** What the object says of itself; undefined when it is none that this installation made for `volumeId`. */
  rowOf(path: string): Promise<FoundCopy | undefined>;
  /** Copies a file, goes on where that was broken off, proves the copy. `moved`: bytes that went out. */
  copy(job: CopyJob, moved: (bytes: number) => void): Promise<void>;
}

export interface CopyJob {
  /** The file, whole path. */
  readonly file: string;
  readonly segment: ClosedSegment;
}

export interface FoundCopy {
  readonly row: SegmentRow;
  readonly end: SegmentEnd;
}

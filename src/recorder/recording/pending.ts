import type { FootageVolume } from "../ports.ts";
import type { Run } from "./coverage.ts";
import type { BuiltFragment } from "./fragments.ts";
import type { SegmentFile } from "./segment-file.ts";

interface Mark {
  readonly file: SegmentFile;
  readonly first: number;
  readonly endOffset: number;
  readonly runs: readonly Run[];
  durable: boolean;
}

/** What is written and not yet durable, in the order of arrival. */
export interface PendingMarks {
  wrote(file: SegmentFile, fragments: readonly BuiltFragment[]): void;
  /** The file is durable up to `bytes`. Runs are handed on in order, never past one that is not durable. */
  durable(file: SegmentFile, bytes: number): void;
  /** What the file held cannot be believed: forgets it and all that came after; the first index of that. */
  drop(file: SegmentFile): number | undefined;
  /** The same for all files of a volume. */
  dropVolume(volume: FootageVolume): number | undefined;
  /** Index of the first unit that is written and not durable. */
  readonly first: number | undefined;
  readonly volumes: ReadonlySet<FootageVolume>;
}

export function createPendingMarks(onDurable: (runs: readonly Run[]) => void): PendingMarks {
  let marks: Mark[] = [];
  const dropFrom = (from: number): number | undefined => {
    const first = marks[from]?.first;
    if (from >= 0) marks = marks.slice(0, from);
    return first;
  };
  return {
    wrote(file, fragments) {
      for (const { first, runs } of fragments) {
        marks.push({ file, first, endOffset: file.written, runs, durable: false });
      }
    },
    durable(file, bytes) {
      for (const mark of marks) if (mark.file === file && mark.endOffset <= bytes) mark.durable = true;
      const open = marks.findIndex((mark) => !mark.durable);
      const done = open < 0 ? marks : marks.slice(0, open);
      marks = open < 0 ? [] : marks.slice(open);
      if (done.length > 0) onDurable(done.flatMap((mark) => mark.runs));
    },
    drop: (file) => dropFrom(marks.findIndex((mark) => mark.file === file && !mark.durable)),
    dropVolume: (volume) => dropFrom(marks.findIndex((mark) => mark.file.volume === volume && !mark.durable)),
    get first() {
      return marks[0]?.first;
    },
    get volumes() {
      return new Set(marks.map((mark) => mark.file.volume));
    },
  };
}

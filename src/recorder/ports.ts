/** What the recorder's rooms need from each other and from the machine, in the recorder's words. */
import type { SegmentRow } from "../messages/recorder.ts";
import type { VolumeRecord } from "../messages/journal.ts";

export interface FileFacts {
  readonly size: number;
  /** The device (st_dev) it lies on. */
  readonly device: number;
  readonly folder: boolean;
}

export interface SpaceFacts {
  readonly totalBytes: number;
  /** Free for an ordinary user. */
  readonly freeBytes: number;
  readonly fileSystem: string;
}

/**
 * The file system as the recorder uses it: everything asynchronous, because a disk may hang. Errors are the ones of
 * Node (`code` ENOSPC, EIO, EROFS …). `volumes/node-files.ts` is the real one; tests inject failures.
 */
export interface Files {
  open(path: string, mode: "create" | "append" | "read" | "change"): Promise<number>;
  close(fd: number): Promise<void>;
  /** Bytes written, possibly fewer than given. */
  writev(fd: number, parts: readonly Uint8Array[], position: number): Promise<number>;
  /** Bytes read; 0 at the end. */
  read(fd: number, into: Uint8Array, position: number): Promise<number>;
  dataSync(fd: number): Promise<void>;
  truncate(fd: number, size: number): Promise<void>;
  /** Makes new and removed names of a folder durable. */
  syncFolder(path: string): Promise<void>;
  /**
   * Makes the folder and its parents; returns the first one that was new. With `within`, that folder has to be there
   * already (else ENOENT): a volume that vanished a moment ago must not be made anew in its place.
   */
  makeFolder(path: string, within?: string): Promise<string | undefined>;
  list(path: string): Promise<readonly string[]>;
  /** Undefined when there is nothing of that name. */
  facts(path: string): Promise<FileFacts | undefined>;
  remove(path: string): Promise<void>;
  removeEmptyFolder(path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** Rejects with EROFS or EACCES when nothing may be written there. */
  writable(path: string): Promise<void>;
  space(path: string): Promise<SpaceFacts>;
}

export const errorCode = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";

export const errorText = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A file with bytes that are not on the medium yet. */
export interface DirtyFile {
  /**
   * Makes durable what has been written so far and tells the file's owner. A failure is the owner's to deal with:
   * it is never tried again on the same file, because the kernel marks the pages clean. Never rejects.
   */
  sync(): Promise<void>;
}

/** What a volume knows of a segment besides its row. */
export interface SegmentEnd {
  /** The chain's SHA-256 after the last fragment, hex. */
  readonly head: string;
  readonly fragments: number;
}

/** A volume as the recording room sees it. */
export interface FootageVolume {
  readonly id: string;
  readonly root: string;
  /** Takes new footage now. */
  readonly ready: boolean;
  readonly files: Files;
  /** One of at most 8 jobs in flight; rejects with `StalledError` after the deadline. */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Rejects unless its marker and its disk are there now: asked before a file is made, the checks are seconds apart. */
  present(): Promise<void>;
  note(record: VolumeRecord): void;
  dirty(file: DirtyFile): void;
  /** A sync round as soon as `write` has ended. */
  urgent(write: Promise<void>): void;
  /** Something that was tried on this volume failed: it is looked at before anything else is written. */
  fault(error: unknown, doing: "write" | "sync"): void;
  segmentOpened(row: SegmentRow): void;
  /** It grew; for readers of running segments. */
  segmentGrew(row: SegmentRow): void;
  segmentClosed(row: SegmentRow, end: SegmentEnd): void;
  /** Nobody writes it any more, and what it holds must be looked at before it counts as closed. */
  segmentAbandoned(row: SegmentRow): void;
  segmentUntrusted(row: SegmentRow, reason: string): void;
}

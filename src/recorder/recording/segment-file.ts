import { createHash } from "node:crypto";
import { dirname } from "node:path";
import { crc32 } from "node:zlib";
import { uuidBox } from "../../media/mp4/user-box.ts";
import type { SegmentRow } from "../../messages/recorder.ts";
import { errorText, type DirtyFile, type FootageVolume } from "../ports.ts";
import { foldersToSync, inVolume } from "../volumes/node-files.ts";
import { queuedFiles } from "../volumes/queued-files.ts";
import type { BuiltFragment } from "./fragments.ts";
import { encodeTrailer, endWallOf, fragmentBoxType, uuidBytes } from "./segment-format.ts";

/** The disk took fewer bytes than given: it is full, or going. */
export class ShortWriteError extends Error {
  override readonly name = "ShortWriteError";
  readonly code = "ENOSPC";
}

/** One segment while it is written. It ends with `finish` (all is well) or `abandon` (its volume is in trouble). */
export interface SegmentFile extends DirtyFile {
  readonly volume: FootageVolume;
  readonly row: SegmentRow;
  readonly sequence: number;
  /** Bytes that are written; whole fragments only. */
  readonly written: number;
  /**
   * Writes fragments behind each other with one `writev`. When it rejects nothing of them is in the file: a part that
   * had been written is cut off again.
   */
  append(fragments: readonly BuiltFragment[]): Promise<void>;
  /** No more fragments: closed as soon as all of it is durable. Resolves then, or when that failed. */
  finish(): Promise<void>;
  /** Lets go of it as it is; the volume's next recovery looks at it. `untrusted` when a sync of it failed. */
  abandon(untrusted: string | undefined): void;
}

export interface SegmentStart {
  readonly row: SegmentRow;
  /** ftyp, moov and the uuid box with the segment's header. */
  readonly head: readonly Uint8Array[];
  readonly chainStart: Uint8Array;
  /** All fragments that end at or before `bytes` are durable. */
  readonly onDurable: (file: SegmentFile, bytes: number) => void;
  /** Its fdatasync failed: nothing after the last `onDurable` can be believed. */
  readonly onSyncFailed: (file: SegmentFile) => void;
}

/** Makes the file. Rejects when the volume does not take it. */
export async function openSegment(volume: FootageVolume, start: SegmentStart): Promise<SegmentFile> {
  const path = inVolume(volume.root, start.row.path);
  const queued = queuedFiles(volume.files, (work) => volume.run(work));
  await volume.present();
  await queued.makeFolder(dirname(path), volume.root);
  const fd = await queued.open(path, "create");
  const unsyncedFolders = foldersToSync(volume.root, dirname(path));
  volume.segmentOpened(start.row);
  return segmentOver(volume, start, { fd, unsyncedFolders });
}

interface OpenFile {
  readonly fd: number;
  unsyncedFolders: readonly string[];
}

function segmentOver(volume: FootageVolume, start: SegmentStart, open: OpenFile): SegmentFile {
  let row = start.row;
  let chain = start.chainStart;
  let written = 0;
  let durable = 0;
  let sequence = 0;
  let state: "open" | "finishing" | "closed" | "lost" = "open";
  let jobs = 0;
  const finished = Promise.withResolvers<undefined>();

  /** The descriptor is closed when the last job on it has really ended, however late. */
  const release = (): void => {
    if (jobs === 0 && (state === "closed" || state === "lost")) {
      jobs = -1;
      void volume.files.close(open.fd).catch((error: unknown) => {
        volume.fault(error, "write");
      });
      finished.resolve(undefined);
    }
  };
  const job = <T>(work: () => Promise<T>): Promise<T> =>
    volume.run(async () => {
      jobs++;
      try {
        return await work();
      } finally {
        jobs--;
        release();
      }
    });
  // the state may have changed while a job was under way
  const isLost = (): boolean => state === "lost";
  const lose = (): void => {
    if (state === "lost" || state === "closed") return;
    state = "lost";
    finished.resolve(undefined);
    release();
  };
  const end = () => ({ head: Buffer.from(chain).toString("hex"), fragments: sequence });
  const closeWhenDurable = (): void => {
    if (state !== "finishing" || durable !== written) return;
    state = "closed";
    row = { ...row, closed: true };
    volume.segmentClosed(row, end());
    release();
  };

  const file: SegmentFile = {
    volume,
    get row() {
      return row;
    },
    get sequence() {
      return sequence;
    },
    get written() {
      return written;
    },
    async append(fragments) {
      const batch = assemble(written === 0 ? start.head : [], chain, fragments);
      const position = written;
      const progress = { begun: false };
      const writing = job(async () => {
        progress.begun = true;
        try {
          const bytes = await volume.files.writev(open.fd, batch.parts, position);
          if (bytes !== batch.bytes) throw new ShortWriteError(`${bytes} of ${batch.bytes} bytes written`);
        } catch (error) {
          await volume.files.truncate(open.fd, position);
          throw error;
        } finally {
          releaseAll(fragments);
        }
      });
      try {
        await writing;
      } catch (error) {
        // a write that was given up may still read the bytes; one that never began reads none
        if (!progress.begun) releaseAll(fragments);
        throw error;
      }
      if (isLost()) return;
      chain = batch.chain;
      written += batch.bytes;
      sequence += fragments.length;
      row = grown(row, fragments, written);
      volume.dirty(file);
      volume.segmentGrew(row);
    },
    async sync() {
      if (state === "lost" || state === "closed") return;
      const target = written;
      const folders = open.unsyncedFolders;
      try {
        await Promise.all([
          job(() => volume.files.dataSync(open.fd)),
          ...folders.map((folder) => volume.run(() => volume.files.syncFolder(folder))),
        ]);
      } catch (error) {
        start.onSyncFailed(file);
        volume.fault(error, "sync");
        file.abandon(errorText(error));
        return;
      }
      open.unsyncedFolders = [];
      durable = target;
      start.onDurable(file, durable);
      closeWhenDurable();
    },
    finish() {
      if (state === "open") {
        state = "finishing";
        if (durable === written) closeWhenDurable();
        else volume.dirty(file);
      }
      return finished.promise;
    },
    abandon(untrusted) {
      if (state === "lost" || state === "closed") return;
      if (untrusted !== undefined) {
        row = { ...row, trusted: false, closed: true };
        volume.segmentUntrusted(row, untrusted);
      } else volume.segmentAbandoned(row);
      lose();
    },
  };
  return file;
}

function releaseAll(fragments: readonly BuiltFragment[]): void {
  for (const fragment of fragments) fragment.release();
}

function grown(row: SegmentRow, fragments: readonly BuiltFragment[], bytes: number): SegmentRow {
  let units = row.accessUnits;
  for (const fragment of fragments) units += fragment.about.videoUnits + fragment.about.audioUnits;
  return { ...row, bytes, accessUnits: units, endWall: endWallOf(row, fragments.at(-1)?.about) };
}

interface Batch {
  readonly parts: Uint8Array[];
  readonly bytes: number;
  readonly chain: Uint8Array;
}

const fragmentType = uuidBytes(fragmentBoxType);

/** All bytes of some fragments with their trailers, and the chain behind the last. */
function assemble(head: readonly Uint8Array[], chainBefore: Uint8Array, fragments: readonly BuiltFragment[]): Batch {
  const parts: Uint8Array[] = [...head];
  let chain = chainBefore;
  for (const fragment of fragments) {
    let crc = 0;
    const hash = createHash("sha256").update(chain);
    for (const part of fragment.parts) {
      crc = crc32(part, crc);
      hash.update(part);
      parts.push(part);
    }
    chain = hash.digest();
    parts.push(uuidBox(fragmentType, encodeTrailer({ ...fragment.about, crc, chain })));
  }
  return { parts, bytes: parts.reduce((sum, part) => sum + part.length, 0), chain };
}

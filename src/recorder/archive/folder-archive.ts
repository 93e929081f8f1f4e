import { dirname, join } from "node:path";
import { scanSegment } from "../journal/scan-segment.ts";
import type { Files } from "../ports.ts";
import { foldersToSync } from "../volumes/node-files.ts";
import { queuedFiles } from "../volumes/queued-files.ts";
import type { Volume } from "../volumes/volume-state.ts";
import type { Archive, ArchiveSource, ClosedSegment } from "./port.ts";

const chunkBytes = 1024 * 1024;

/**
 * An archive in a folder: a volume that nothing is recorded to. It has the marker, journal, cleaner and checks of one,
 * and its files lie under the same names. A copy has another name until it is proven.
 */
export function folderArchive(volume: Volume): Archive {
  const run = <T>(work: () => Promise<T>): Promise<T> =>
    volume.run(work).catch((error: unknown) => {
      volume.fault(error, "write");
      throw error;
    });
  const files = queuedFiles(volume.files, run);
  return {
    volume,
    get ready() {
      return volume.ready;
    },
    async put(segment, source) {
      await volume.present();
      const path = join(volume.root, segment.path);
      const part = `${path}.part`;
      await files.makeFolder(dirname(path), volume.root);
      await copy(files, part, source);
      await prove(files, part, segment);
      await run(() => volume.files.rename(part, path));
      for (const folder of foldersToSync(volume.root, dirname(path))) await run(() => volume.files.syncFolder(folder));
      const { head, fragments, ...row } = segment;
      volume.segmentClosed({ ...row, volumeId: volume.id, copy: true }, { head, fragments });
    },
    waits: (backlog) => volume.waits(backlog),
  };
}

/** From the last whole chunk on that is there. */
async function copy(files: Files, part: string, source: ArchiveSource): Promise<void> {
  const there = await files.facts(part);
  const fd = await files.open(part, there === undefined ? "create" : "change");
  try {
    const begun = Math.min(there?.size ?? 0, source.size);
    let at = begun - (begun % chunkBytes);
    const chunk = new Uint8Array(chunkBytes);
    while (at < source.size) {
      const read = await source.read(chunk.subarray(0, Math.min(chunkBytes, source.size - at)), at);
      if (read === 0) throw new Error("the segment became shorter while it was copied");
      for (let done = 0; done < read;) {
        const written = await files.writev(fd, [chunk.subarray(done, read)], at + done);
        if (written === 0) throw new Error("the archive takes nothing");
        done += written;
      }
      at += read;
    }
    await files.truncate(fd, source.size);
    await files.dataSync(fd);
  } finally {
    await files.close(fd);
  }
}

/** Reads the copy back: its checksums and its chain must end where the original's do. */
async function prove(files: Files, part: string, { bytes, head }: ClosedSegment): Promise<void> {
  const scanned = await scanSegment(files, part, true);
  if (scanned?.wholeBytes === bytes && Buffer.from(scanned.head).toString("hex") === head) return;
  await files.remove(part);
  throw new Error("the copy differs from the segment; it is made again");
}

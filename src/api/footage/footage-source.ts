import { open, type FileHandle } from "node:fs/promises";
import { isAbsolute, join, normalize } from "node:path";
import { virtualMp4, type Mp4Part, type VirtualSegment } from "../../media/mp4/virtual-mp4.ts";
import type { SegmentRow } from "../../messages/recorder.ts";
import type { StoreReads } from "../../store/read.ts";
import type { FootagePort } from "../ports.ts";
import { indexSegment, type SegmentIndex } from "./segment-index.ts";

/** Indexes of closed segments that are kept; they do not change any more. */
const mostIndexes = 256;
const readBytes = 1024 * 1024;

export type FootageLog = (message: string, details: Record<string, unknown>) => void;

/**
 * Footage as files that play: put together from the segments' sample tables and ranges of their bytes. A segment that
 * is gone or damaged is left out and logged; what is left is what there is.
 */
export function footageSource(reads: Pick<StoreReads, "segments" | "config">, log: FootageLog): FootagePort {
  const known = new Map<string, SegmentIndex>();
  const indexOf = async (segment: SegmentRow, path: string): Promise<SegmentIndex> => {
    const cached = known.get(segment.id);
    if (cached !== undefined) return cached;
    const index = await indexSegment(path);
    if (segment.closed) {
      known.set(segment.id, index);
      for (const oldest of known.keys()) {
        if (known.size <= mostIndexes) break;
        known.delete(oldest);
      }
    }
    return index;
  };
  return {
    async open({ channel, fromMs, toMs, audio }) {
      const { volumes } = await reads.config();
      const rows = await reads.segments(channel, { from: fromMs, to: toMs });
      const segments: VirtualSegment<string>[] = [];
      for (const row of rows) {
        const root = volumes.find((volume) => volume.id === row.volumeId)?.path;
        const path = root === undefined ? undefined : pathInside(root, row.path);
        if (path === undefined) continue;
        try {
          segments.push({ source: path, zeroMs: row.startWall, ...(await indexOf(row, path)) });
        } catch (error) {
          log("a segment can't be read and is left out", { path, error: String(error) });
        }
      }
      return { parts: virtualMp4(segments, { fromMs, toMs, audio }), read: readPart };
    },
  };
}

/** The path of a segment; undefined when it would lie outside its volume. */
function pathInside(root: string, path: string): string | undefined {
  const inside = normalize(path);
  return isAbsolute(inside) || inside.startsWith("..") ? undefined : join(root, inside);
}

/** The bytes `[start, end)` of a part, file by file; one file is open at a time. */
async function* readPart(part: Mp4Part<string>, start: number, end: number): AsyncGenerator<Uint8Array> {
  let at = 0;
  let file: { readonly path: string; readonly handle: FileHandle } | undefined;
  try {
    for (const piece of part.pieces) {
      const length = piece.kind === "bytes" ? piece.bytes.length : piece.length;
      const from = Math.max(0, start - at);
      const to = Math.min(length, end - at);
      at += length;
      if (from >= to) continue;
      if (piece.kind === "bytes") {
        yield piece.bytes.subarray(from, to);
        continue;
      }
      if (file?.path !== piece.source) {
        await file?.handle.close();
        file = undefined;
        file = { path: piece.source, handle: await open(piece.source, "r") };
      }
      yield* readRange(file.handle, piece.offset + from, to - from);
    }
  } finally {
    await file?.handle.close();
  }
}

async function* readRange(handle: FileHandle, offset: number, length: number): AsyncGenerator<Uint8Array> {
  for (let done = 0; done < length;) {
    const buffer = Buffer.allocUnsafe(Math.min(readBytes, length - done));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, offset + done);
    if (bytesRead === 0) throw new Error("a segment file became shorter while it was read");
    done += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

import type { Piece } from "../../media/mp4/virtual-mp4.ts";
import type { SegmentFile, SegmentFiles } from "./segment-files.ts";

const readBytes = 256 * 1024;

export interface ReadSpan {
  readonly start: number;
  readonly end: number;
  /** Files are read into this, over and over: for who is done with some bytes when asking for the next. */
  readonly into?: Uint8Array | undefined;
}

/** The bytes `[start, end)` of pieces, file by file; one file is open at a time. */
export async function* readPieces(
  files: SegmentFiles,
  pieces: readonly Piece<string>[],
  { start, end, into }: ReadSpan,
): AsyncGenerator<Uint8Array> {
  let at = 0;
  let file: { readonly path: string; readonly handle: SegmentFile } | undefined;
  try {
    for (const piece of pieces) {
      const length = lengthOf(piece);
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
        file = { path: piece.source, handle: await files.open(piece.source) };
      }
      yield* readRange(file.handle, piece.offset + from, to - from, into);
    }
  } finally {
    await file?.handle.close();
  }
}

export const lengthOf = (piece: Piece<string>): number => (piece.kind === "bytes" ? piece.bytes.length : piece.length);

async function* readRange(
  handle: SegmentFile,
  offset: number,
  length: number,
  into: Uint8Array | undefined,
): AsyncGenerator<Uint8Array> {
  for (let done = 0; done < length;) {
    const most = Math.min(into?.length ?? readBytes, length - done);
    const buffer = into?.subarray(0, most) ?? Buffer.allocUnsafe(most);
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, offset + done);
    if (bytesRead === 0) throw new Error("a segment file became shorter while it was read");
    done += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

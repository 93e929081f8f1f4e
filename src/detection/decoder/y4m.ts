/**
 * Reads YUV4MPEG2, ffmpeg's format for raw pictures in a pipe: a line with the size, then `FRAME` and the bytes of each
 * picture. Pushed bytes, pulled pictures.
 */
import { planesBytes, type Planes } from "./planes.ts";
import { checkSize } from "./limits.ts";

export interface Y4mReader {
  push(chunk: Uint8Array): void;
  /** The next whole picture; its bytes are the reader's until the next pull. Throws a sentence on what is none. */
  pull(): Planes | undefined;
  /** Bytes that were not pulled yet. */
  readonly held: number;
}

const longestLine = 256;

export function createY4mReader(): Y4mReader {
  let held = Buffer.alloc(0);
  let parts: Uint8Array[] = [];
  let partBytes = 0;
  let size: { readonly width: number; readonly height: number; readonly bytes: Buffer } | undefined;

  /** All that is held in one piece: only when a line is read or a picture is whole. */
  const join = (): void => {
    if (parts.length === 0) return;
    held = Buffer.concat([held, ...parts]);
    [parts, partBytes] = [[], 0];
  };
  const begin = (): boolean => {
    join();
    const end = held.indexOf(0x0a);
    if (end < 0 && held.length < longestLine) return false;
    const line = held.toString("latin1", 0, Math.max(0, end));
    const found = /^YUV4MPEG2 W(\d+) H(\d+) .*C420/.exec(line);
    if (found === null) throw new Error("ffmpeg gives something else than pictures");
    const [width, height] = [Number(found[1]), Number(found[2])];
    checkSize(width, height);
    size = { width, height, bytes: Buffer.alloc(planesBytes(width, height)) };
    held = held.subarray(end + 1);
    return true;
  };
  return {
    push(chunk) {
      parts.push(chunk);
      partBytes += chunk.length;
    },
    pull() {
      if (size === undefined && !begin()) return undefined;
      if (size === undefined) return undefined;
      const { width, height, bytes } = size;
      if (held.length + partBytes < frameMark.length + bytes.length) return undefined;
      join();
      if (!held.subarray(0, frameMark.length).equals(frameMark))
        throw new Error("ffmpeg gives something else than pictures");
      held.copy(bytes, 0, frameMark.length);
      held = held.subarray(frameMark.length + bytes.length);
      return { width, height, bytes };
    },
    get held() {
      return held.length + partBytes;
    },
  };
}

const frameMark = Buffer.from("FRAME\n");

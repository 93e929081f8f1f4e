import type { Block, BlockPool } from "./types.ts";

export interface BlockPoolOptions {
  /** Size of a normal block in bytes. */
  readonly blockBytes?: number;
  /** Free blocks kept for the next `take`; more are left to the garbage collector. */
  readonly keepFree?: number;
}

const defaultBlockBytes = 256 * 1024;
const defaultKeepFree = 8;

/**
 * A pool of reference-counted blocks. A taken block has one reference; the last `release` gives it back.
 * A block larger than `blockBytes` is made for its taker and not kept. `bytesOut` counts blocks that somebody holds.
 * Releasing more often than retained, or retaining a block that went back, is a broken invariant and throws.
 */
export function createBlockPool(options: BlockPoolOptions = {}): BlockPool {
  const blockBytes = options.blockBytes ?? defaultBlockBytes;
  const keepFree = options.keepFree ?? defaultKeepFree;
  const free: Uint8Array[] = [];
  let bytesOut = 0;

  const give = (bytes: Uint8Array): void => {
    bytesOut -= bytes.byteLength;
    if (bytes.byteLength === blockBytes && free.length < keepFree) free.push(bytes);
  };

  return {
    take(minimumBytes) {
      const bytes =
        minimumBytes > blockBytes ? new Uint8Array(minimumBytes) : (free.pop() ?? new Uint8Array(blockBytes));
      bytesOut += bytes.byteLength;
      return countedBlock(bytes, give);
    },
    get bytesOut() {
      return bytesOut;
    },
  };
}

function countedBlock(bytes: Uint8Array, give: (bytes: Uint8Array) => void): Block {
  let references = 1;
  return {
    bytes,
    retain() {
      if (references === 0) throw new Error("block: retained after its last release");
      references++;
    },
    release() {
      if (references === 0) throw new Error("block: released more often than retained");
      if (--references === 0) give(bytes);
    },
  };
}

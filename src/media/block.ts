import type { Block, BlockPool } from "./types.ts";

export interface BlockPoolOptions {
  /** Size of a normal block in bytes. */
  readonly blockBytes?: number;
  /** After this many takes the free blocks that none of them needed are left to the garbage collector. */
  readonly reviewEvery?: number;
}

const defaultBlockBytes = 256 * 1024;
/** At 0.5 MB/s a camera, a quarter of a minute of 16 cameras. */
const defaultReviewEvery = 512;

/**
 * A pool of reference-counted blocks. A taken block has one reference; the last `release` gives it back.
 *
 * Rings breathe: whole GOPs of many channels go at once and come back within seconds. A free block is kept as long as
 * takes come close to the bottom of the pile: memory outside V8's heap that comes and goes costs a full collection
 * every time. What no take of a whole review period reached is let go.
 *
 * A block larger than `blockBytes` is made for its taker and not kept. `bytesOut` counts blocks that somebody holds.
 * Releasing more often than retained, or retaining a block that went back, is a broken invariant and throws.
 */
export function createBlockPool(options: BlockPoolOptions = {}): BlockPool {
  const blockBytes = options.blockBytes ?? defaultBlockBytes;
  const reviewEvery = options.reviewEvery ?? defaultReviewEvery;
  const free: Uint8Array[] = [];
  let bytesOut = 0;
  let takes = 0;
  let leastFree = 0;

  const give = (bytes: Uint8Array): void => {
    bytesOut -= bytes.byteLength;
    if (bytes.byteLength === blockBytes) free.push(bytes);
  };
  const review = (): void => {
    leastFree = Math.min(leastFree, free.length);
    takes += 1;
    if (takes < reviewEvery) return;
    free.length -= leastFree;
    takes = 0;
    leastFree = free.length;
  };

  return {
    take(minimumBytes) {
      const bytes =
        minimumBytes > blockBytes ? new Uint8Array(minimumBytes) : (free.pop() ?? new Uint8Array(blockBytes));
      bytesOut += bytes.byteLength;
      review();
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

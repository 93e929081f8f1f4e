/** Measures how fast a volume takes footage: a test file of its own, bounded in bytes and in time, and gone behind it. */
import { open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { speedOf, type DiskSpeed, type Piece } from "../../domain/disk-speed.ts";

export const speedFile = ".reed-speed";
/** A piece is synced before the next, so that never more than this waits beside what is recorded. */
const pieceBytes = 8 * 1024 * 1024;
const mostPieces = 8;
const smallBytes = 64 * 1024;
const mostSyncs = 32;
/** Of each of the two parts. */
const partMs = 3000;

/** What is used of a file; a test has its own. */
export interface SpeedFile {
  write(bytes: Uint8Array, position: number): Promise<void>;
  sync(): Promise<void>;
}

/** `now`: ms. Rejects when the folder is no volume, or takes nothing. */
export async function measureDisk(root: string, now: () => number): Promise<DiskSpeed> {
  // an empty folder in place of a disk that is not mounted is not to be measured
  await readFile(join(root, ".reed-volume"));
  const path = join(root, speedFile);
  await rm(path, { force: true });
  const file = await open(path, "wx", 0o600);
  try {
    return await measure(
      {
        async write(bytes, position) {
          const { bytesWritten } = await file.write(bytes, 0, bytes.length, position);
          if (bytesWritten < bytes.length) throw new Error("no space left");
        },
        sync: () => file.datasync(),
      },
      now,
    );
  } finally {
    await file.close();
    await rm(path, { force: true });
  }
}

/** Large pieces for the throughput, then small ones for the time until something is durable. */
export async function measure(file: SpeedFile, now: () => number): Promise<DiskSpeed> {
  // what a disk could shorten says nothing of footage, which it can't
  const bytes = noise(pieceBytes);
  const pieces: Piece[] = [];
  let position = 0;
  const timed = async (part: Uint8Array): Promise<number> => {
    const begun = now();
    await file.write(part, position);
    await file.sync();
    position += part.length;
    return now() - begun;
  };
  const large = now();
  while (pieces.length < mostPieces && now() - large < partMs) {
    pieces.push({ bytes: pieceBytes, ms: await timed(bytes) });
  }
  const syncs: number[] = [];
  const small = now();
  while (syncs.length < mostSyncs && now() - small < partMs) {
    syncs.push(await timed(bytes.subarray(syncs.length * smallBytes, (syncs.length + 1) * smallBytes)));
  }
  return speedOf(pieces, syncs, pieces.length < mostPieces || syncs.length < mostSyncs);
}

function noise(length: number): Uint8Array {
  const words = new Uint32Array(length / 4);
  let state = 0x9e3779b9;
  // xorshift32 (Marsaglia 2003)
  for (let i = 0; i < words.length; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[i] = state;
  }
  return new Uint8Array(words.buffer);
}

import { statfs } from "node:fs/promises";

/** What Reed's own disk keeps free of all that people bring or have made: its database and its logs need it. */
const leftFreeBytes = 1e9;
const leftFreePart = 0.02;

/** Bytes that may still be used there; below zero where more than that was taken already. */
export async function roomOn(folder: string): Promise<number> {
  const { bavail, bsize, blocks } = await statfs(folder);
  return bavail * bsize - Math.max(leftFreeBytes, blocks * bsize * leftFreePart);
}

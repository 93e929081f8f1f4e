import { dirname } from "node:path";
import { errorCode, type Files } from "../ports.ts";

const chunkBytes = 256 * 1024;

/** A small file's text, or undefined when there is none. */
export async function readWhole(files: Files, path: string): Promise<string | undefined> {
  let fd: number;
  try {
    fd = await files.open(path, "read");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
  try {
    const parts: Uint8Array[] = [];
    let position = 0;
    for (;;) {
      const chunk = new Uint8Array(chunkBytes);
      const read = await files.read(fd, chunk, position);
      if (read === 0) return new TextDecoder().decode(Buffer.concat(parts));
      parts.push(chunk.subarray(0, read));
      position += read;
    }
  } finally {
    await files.close(fd);
  }
}

/** Makes the folder and its parents (those below `within` only); their names are durable when it returns. */
export async function makeDurableFolder(files: Files, path: string, within?: string): Promise<void> {
  const firstNew = await files.makeFolder(path, within);
  if (firstNew === undefined) return;
  for (let at = path; at !== dirname(firstNew) && at !== dirname(at);) {
    at = dirname(at);
    await files.syncFolder(at);
  }
}

/** Makes a new small file, durable when it returns; rejects with EEXIST when there is one. */
export async function writeWhole(files: Files, path: string, text: string): Promise<void> {
  const bytes = new TextEncoder().encode(text);
  const fd = await files.open(path, "create");
  try {
    const written = await files.writev(fd, [bytes], 0);
    if (written !== bytes.length) throw new Error(`${path}: short write`);
    await files.dataSync(fd);
  } finally {
    await files.close(fd);
  }
  await files.syncFolder(dirname(path));
}

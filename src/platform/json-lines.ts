/** Files of a line of JSON for each thing that was, appended; a line that a crash has torn is left out. */
import { appendFile, mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";

/** The folder is made where there is none. */
export async function appendJsonLines(file: string, values: readonly unknown[]): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  // a line before it that was torn by a crash stays a line of its own
  await appendFile(file, `\n${values.map((value) => JSON.stringify(value)).join("\n")}\n`);
}

/** What the whole lines in the first `mostBytes` of a file say, in their order; of a file that is not there, nothing. */
export async function readJsonLines(file: string, mostBytes: number): Promise<unknown[]> {
  const lines = (await startOf(file, mostBytes)).toString().split("\n");
  return lines.flatMap((line) => {
    if (line === "") return [];
    try {
      return [JSON.parse(line) as unknown];
    } catch {
      return [];
    }
  });
}

async function startOf(path: string, mostBytes: number): Promise<Buffer> {
  const file = await open(path, "r").catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  });
  if (file === undefined) return Buffer.alloc(0);
  try {
    const { size } = await file.stat();
    const bytes = Buffer.alloc(Math.min(size, mostBytes));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
    return bytes.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Files on their way: each in parts, one after the other, until it is put in its place or forgotten. */
import { appendFile, mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../../kernel/time.ts";
import { mostModelBytes } from "../../contract/model.ts";
import { fail } from "../failure.ts";

export interface Uploads {
  /** Takes the next part. @returns bytes that are there by now */
  add(upload: string, at: number, part: Uint8Array): Promise<number>;
  /** Where a file lies whose parts were sent; fails for one that nobody sent. */
  file(upload: string): Promise<string>;
  forget(upload: string): Promise<void>;
}

/** So many at once, of whomever. */
const mostUploads = 2;
/** One that nobody went on with is removed after this. */
const staleMs = 600_000;

export function uploadsIn(folder: string, clock: Clock): Uploads {
  const path = (upload: string): string => join(folder, `${upload}.part`);
  const size = async (upload: string): Promise<number | undefined> => {
    const found = await stat(path(upload)).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    });
    return found?.size;
  };
  const clean = async (): Promise<number> => {
    const names = await readdir(folder).catch((): string[] => []);
    let left = 0;
    for (const name of names) {
      const { mtimeMs } = await stat(join(folder, name));
      if (clock.wall() - mtimeMs > staleMs) await rm(join(folder, name), { force: true });
      else left++;
    }
    return left;
  };
  return {
    async add(upload, at, part) {
      const here = await size(upload);
      if (here === undefined && (await clean()) >= mostUploads)
        fail("conflict", "Other models are being sent already. Wait until they are there.");
      if ((here ?? 0) !== at) fail("conflict", `The next part of this file begins at byte ${here ?? 0}.`);
      if (at + part.length > mostModelBytes) {
        await rm(path(upload), { force: true });
        fail("too-large", `A model may have ${mostModelBytes / 1024 ** 2} MB at most.`);
      }
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await appendFile(path(upload), part, { mode: 0o600, flush: true });
      return at + part.length;
    },
    async file(upload) {
      if ((await size(upload)) === undefined)
        fail("not-found", "Nothing was sent under this upload. Send the file first.");
      return path(upload);
    },
    forget: (upload) => rm(path(upload), { force: true }),
  };
}

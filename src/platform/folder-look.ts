/** Looks at a folder that somebody wants to record to. Writes nothing. */
import { access, constants, readdir, stat, statfs } from "node:fs/promises";
import { dirname } from "node:path";

export interface FolderLook {
  readonly fits: boolean;
  readonly totalBytes?: number;
  readonly freeBytes?: number;
  /** Why it does not fit, and what to do. */
  readonly problem?: string;
  readonly warnings: readonly string[];
}

/** A mount whose server is gone does not answer, and must not keep the asker waiting. */
const patienceMs = 5000;
/** What recorders always leave free is half of this. */
const smallBytes = 20e9;
/** A volume's marker, and what a new file system brings. */
const marker = ".reed-volume";
const harmless = new Set([marker, "lost+found"]);

export async function lookAtFolder(path: string): Promise<FolderLook> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<FolderLook>((resolve) => {
    const problem = "The folder does not answer. Check the disk or the file server behind it.";
    timer = setTimeout(() => resolve({ fits: false, problem, warnings: [] }), patienceMs);
  });
  try {
    return await Promise.race([look(path), late]);
  } catch (error) {
    const problem = `It can't be looked at: ${error instanceof Error ? error.message : String(error)}`;
    return { fits: false, problem, warnings: [] };
  } finally {
    clearTimeout(timer);
  }
}

async function look(path: string): Promise<FolderLook> {
  const there = await stat(path).catch(none);
  if (there !== undefined && !there.isDirectory()) return unfit("This is a file, not a folder.");
  if (there === undefined && (await stat(dirname(path)).catch(none)) === undefined) {
    return unfit(`There is no folder ${dirname(path)}. Mount the disk first, or correct the path.`);
  }
  const nearest = there === undefined ? dirname(path) : path;
  if (!(await mayWrite(nearest))) return unfit("Reed may not write there. Give its user the right to.");
  const names = there === undefined ? [] : await readdir(path);
  if (!names.includes(marker) && names.some((name) => !harmless.has(name))) {
    return unfit("The folder is not empty and carries no marker of Reed. Take an empty one.");
  }
  const { blocks, bavail, bsize } = await statfs(nearest);
  const space = { totalBytes: blocks * bsize, freeBytes: bavail * bsize };
  const onSystemDisk = (await stat(nearest)).dev === (await stat("/")).dev;
  return { fits: true, ...space, warnings: warningsOf(space.freeBytes, onSystemDisk, names.includes(marker)) };
}

const unfit = (problem: string): FolderLook => ({ fits: false, problem, warnings: [] });

function warningsOf(freeBytes: number, onSystemDisk: boolean, marked: boolean): string[] {
  return [
    ...(onSystemDisk ? ["It is on the system's own disk. Is the footage disk mounted?"] : []),
    ...(freeBytes < smallBytes ? ["Little is free there; the larger of 5 % and 10 GB is always left free."] : []),
    ...(marked ? ["It was a volume of Reed before; its footage is taken over."] : []),
  ];
}

function none(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
  throw error;
}

async function mayWrite(path: string): Promise<boolean> {
  try {
    await access(path, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    // every reason why not is one to the person who asks
    return false;
  }
}

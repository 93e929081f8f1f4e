import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Result, err, ok } from "../../kernel/result.ts";
import { errorCode, type Files } from "../ports.ts";
import { readWhole, writeWhole } from "./whole-file.ts";

/** Who holds a volume. A process id alone comes back after a reboot, so boot and start time belong to it. */
export interface LockOwner {
  readonly pid: number;
  readonly bootId: string;
  /** Clock ticks from boot to the process's start (field 22 of /proc/<pid>/stat). */
  readonly startTime: string;
}

export const lockName = ".reed-lock";

/** Start time of a process, or undefined when it does not run; a zombie that nobody has reaped holds nothing. */
export function processStart(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // the name in field 2 may hold spaces and brackets: count from the last bracket
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" || fields[0] === "X" ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

export const thisProcess = (bootId: string): LockOwner => ({
  pid: process.pid,
  bootId,
  startTime: processStart(process.pid) ?? "",
});

/** Does the owner still run? */
export const isAlive = (owner: LockOwner, bootId: string, startOf = processStart): boolean =>
  owner.bootId === bootId && startOf(owner.pid) === owner.startTime;

/** Takes the lock of a volume; the lock of a process that is gone is taken over. */
export async function takeLock(files: Files, root: string, me: LockOwner): Promise<Result<undefined>> {
  const path = join(root, lockName);
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      await writeWhole(files, path, JSON.stringify(me));
      return ok(undefined);
    } catch (error) {
      if (errorCode(error) !== "EEXIST") throw error;
    }
    const owner = parseOwner(await readWhole(files, path));
    if (owner?.pid === me.pid && owner.startTime === me.startTime && owner.bootId === me.bootId) return ok(undefined);
    if (owner !== undefined && isAlive(owner, me.bootId)) {
      return err(`in use by another process (${owner.pid})`);
    }
    await files.remove(path);
  }
  return err("its lock changes hands");
}

function parseOwner(text: string | undefined): LockOwner | undefined {
  try {
    const value = JSON.parse(text ?? "") as Partial<LockOwner>;
    return typeof value.pid === "number" && typeof value.bootId === "string" && typeof value.startTime === "string"
      ? { pid: value.pid, bootId: value.bootId, startTime: value.startTime }
      : undefined;
  } catch {
    return undefined;
  }
}

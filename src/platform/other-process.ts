import { readFileSync } from "node:fs";

/** Does it run? A zombie answers signals, but it is dead. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    return !/^\d+ \(.*\) [ZX]/s.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return process.platform !== "linux";
  }
}

/** One that has ended already is nothing to complain of. */
export function endWith(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** What Linux tells of a process; undefined where it is gone or the system does not tell. */
export interface ProcessUse {
  /** Processor time since it began, ms. */
  readonly cpuMs: number;
  /** Memory that it holds of the machine, without what was swapped out, bytes. */
  readonly memory: number;
}

/** `/proc` counts processor time in hundredths of a second (USER_HZ), whatever the kernel's own tick is. */
const msATick = 10;

export function processUse(pid: number): ProcessUse | undefined {
  try {
    // the name, in brackets, may hold spaces and brackets of its own
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    // utime and stime are fields 14 and 15, of which two were cut off
    return { cpuMs: (Number(fields[11]) + Number(fields[12])) * msATick, memory: Number(kib ?? 0) * 1024 };
  } catch {
    return undefined;
  }
}

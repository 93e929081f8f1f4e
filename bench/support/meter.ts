import { existsSync, mkdirSync, readFileSync, readdirSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What a group of processes used since it was made, by the kernel's books. */
export interface Reading {
  /** User and system time of all threads (and with a cgroup all children), ms. */
  readonly cpuMs: number;
  readonly voluntarySwitches: number;
  /** Bytes that the processes caused to be written to a disk (`write_bytes` of /proc/<pid>/io). */
  readonly writtenBytes: number;
}

/** Processes that are counted together. */
export interface Meter extends Disposable {
  readonly name: string;
  /** Where the CPU time comes from. */
  readonly how: "cgroup cpuacct.usage" | "cgroup cpu.stat" | "utime + stime of /proc/<pid>/stat, all threads";
  readonly pids: readonly number[];
  add(pid: number): void;
  read(): Reading;
  /** Proportional set size, shared pages split among their users, bytes. Costs CPU: not inside a window. */
  pssBytes(): number;
}

const v1 = "/sys/fs/cgroup/cpuacct";
const v2 = "/sys/fs/cgroup";
const ticksPerSecond = 100;

/** A meter with a cgroup of its own where one can be made (root), else over /proc. */
export function createMeter(name: string): Meter {
  const pids: number[] = [];
  const group = cpuGroup(`reed-bench-${process.pid}-${name}`);
  return {
    name,
    how: group?.how ?? "utime + stime of /proc/<pid>/stat, all threads",
    pids,
    add(pid) {
      pids.push(pid);
      group?.add(pid);
    },
    read: () => ({
      cpuMs: group === undefined ? sum(pids, cpuMsOf) : group.cpuMs(),
      voluntarySwitches: sum(pids, switchesOf),
      writtenBytes: sum(pids, (pid) => field(`/proc/${pid}/io`, "write_bytes")),
    }),
    pssBytes: () => sum(pids, (pid) => field(`/proc/${pid}/smaps_rollup`, "Pss") * 1024),
    [Symbol.dispose]: () => group?.remove(),
  };
}

const sum = (pids: readonly number[], of: (pid: number) => number): number =>
  pids.reduce((total, pid) => total + of(pid), 0);

/** The number behind `name:` in a file of the kernel's. Throws when it is not there. */
function field(path: string, name: string): number {
  const found = new RegExp(`^${name}:\\s*(\\d+)`, "m").exec(readFileSync(path, "utf8"));
  if (found === null) throw new Error(`${path} says nothing of ${name}`);
  return Number(found[1]);
}

const switchesOf = (pid: number): number =>
  readdirSync(`/proc/${pid}/task`).reduce(
    (total, task) => total + field(`/proc/${pid}/task/${task}/status`, "voluntary_ctxt_switches"),
    0,
  );

/** proc(5): utime and stime are the fields 14 and 15; the name in field 2 may hold spaces. */
function cpuMsOf(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond;
}

interface CpuGroup {
  readonly how: Meter["how"];
  add(pid: number): void;
  cpuMs(): number;
  remove(): void;
}

function cpuGroup(name: string): CpuGroup | undefined {
  const old = existsSync(join(v1, "cpuacct.usage"));
  if (!old && !existsSync(join(v2, "cgroup.controllers"))) return undefined;
  const folder = join(old ? v1 : v2, name);
  try {
    mkdirSync(folder);
  } catch (error) {
    if (error instanceof Error && "code" in error && ["EACCES", "EROFS", "EPERM"].includes(String(error.code)))
      return undefined;
    throw error;
  }
  const read = (file: string) => readFileSync(join(folder, file), "utf8");
  return {
    how: old ? "cgroup cpuacct.usage" : "cgroup cpu.stat",
    add: (pid) => writeFileSync(join(folder, "cgroup.procs"), String(pid)),
    cpuMs: () =>
      old ? Number(read("cpuacct.usage")) / 1e6 : Number(/usage_usec (\d+)/.exec(read("cpu.stat"))?.[1]) / 1000,
    remove() {
      // what still lives goes back to the root group
      for (const pid of read("cgroup.procs").split("\n").filter(Boolean))
        writeFileSync(join(old ? v1 : v2, "cgroup.procs"), pid);
      rmdirSync(folder);
    },
  };
}

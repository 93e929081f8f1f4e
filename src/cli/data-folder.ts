import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { dataPaths } from "../platform/paths.ts";

/** `/var/lib/reed` for root, a folder in the home for others; the demo has its own, so that it can be thrown away. */
export function defaultDataFolder(demo: boolean): string {
  const base =
    process.env["REED_DATA"] ??
    (process.getuid?.() === 0 ? "/var/lib/reed" : join(homedir(), ".local", "share", "reed"));
  return resolve(demo ? `${base}-demo` : base);
}

/** Pid of the core that runs on this data folder, if one does (Linux). */
export function runningCore(data: string): number | undefined {
  const file = join(dataPaths(data).run, "core.pid");
  if (!existsSync(file)) return undefined;
  const pid = Number(readFileSync(file, "utf8"));
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").includes(data) ? pid : undefined;
  } catch {
    return undefined;
  }
}

export function requireFolder(data: string): void {
  if (!existsSync(data)) throw new Error(`There is no data folder ${data}. Give the right one with --data.`);
}

export function requireStopped(data: string): void {
  const pid = runningCore(data);
  if (pid !== undefined) throw new Error(`Reed runs on ${data} (process ${pid}). Stop it first.`);
}

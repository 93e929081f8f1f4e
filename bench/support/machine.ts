import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, loadavg, release, totalmem } from "node:os";
import { resolve } from "node:path";

const firstLine = (command: string, ...args: string[]): string =>
  spawnSync(command, args, { encoding: "utf8" }).stdout.split("\n")[0] ?? "";

/** The machine and what it was doing, for the head of a report. */
export function describeMachine(folder: string): string {
  const processors = cpus();
  return [
    `${new Date().toISOString().slice(0, 16)}Z · ${processors.length} × ${processors[0]?.model ?? "?"}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, Linux ${release()}`,
    `Node ${process.version} · ${firstLine("ffmpeg", "-version").replace(/ Copyright.*/, "")}`,
    `files on ${fileSystemOf(folder)} · load before ${loadavg()
      .map((value) => value.toFixed(1))
      .join(" ")}`,
  ].join("\n");
}

/** Kind, device and mount point of the file system that a folder is on. */
export function fileSystemOf(folder: string): string {
  const path = resolve(folder);
  const mounts = readFileSync("/proc/mounts", "utf8")
    .split("\n")
    .map((line) => line.split(" "))
    .filter(([, point = "?"]) => path === point || path.startsWith(point === "/" ? "/" : `${point}/`))
    .sort((a, b) => (b[1]?.length ?? 0) - (a[1]?.length ?? 0));
  const [device, point, kind] = mounts[0] ?? ["?", "?", "?"];
  return `${kind} (${device} at ${point})`;
}

/** Time that the processors were busy (with anything) and could have been, since boot, ms. */
export function processorTime(): { readonly busyMs: number; readonly allMs: number } {
  const [user = 0, nice = 0, system = 0, idle = 0, wait = 0, irq = 0, soft = 0, steal = 0] = (
    readFileSync("/proc/stat", "utf8").split("\n")[0] ?? ""
  )
    .split(/\s+/)
    .slice(1)
    .map((ticks) => Number(ticks) * 10);
  const busyMs = user + nice + system + irq + soft + steal;
  return { busyMs, allMs: busyMs + idle + wait };
}

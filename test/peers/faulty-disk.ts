/** A disk of Debian's FUSE that fails as it is told, in a process of its own. */
import type { TestContext } from "node:test";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { until } from "../support/reed.ts";

const python = "/usr/bin/python3";
const why = "needs Debian's fuse3 and python3-fusepy, and the right to mount";

export type Fault = "" | "hang" | "slow" | "write-fails" | "sync-fails" | "short" | "read-only";

export interface FaultyDisk extends AsyncDisposable {
  /** Where it is mounted. */
  readonly path: string;
  fault(fault: Fault): Promise<void>;
  /** The whole program stands still, and goes on. */
  signal(signal: "SIGSTOP" | "SIGCONT"): void;
  /** As if somebody had pulled it out: open files fail, the folder under it is seen. */
  pull(): Promise<void>;
  plugIn(): Promise<void>;
}

/** Over `<folder>/below`, at `<folder>/disk`. Undefined, and the test skipped, where it can't be mounted; in CI that fails. */
export async function faultyDisk(t: TestContext, folder: string): Promise<FaultyDisk | undefined> {
  const below = join(folder, "below");
  const path = join(folder, "disk");
  for (const one of [below, path]) mkdirSync(one, { recursive: true });
  const usable = spawnSync(python, ["-c", "import fusepy; open('/dev/fuse', 'r+b', 0)"]).status === 0;
  if (!usable && process.env["CI"] === "true") throw new Error(why);
  if (!usable) {
    t.skip(why);
    return undefined;
  }
  const device = statSync(path).dev;
  const mount = async () => {
    const child = spawn(python, [join(import.meta.dirname, "faulty_disk.py"), below, path], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    await until(() => statSync(path).dev !== device, "the disk is mounted");
    return { child, lines, closed: once(child, "close") };
  };
  let running = await mount();
  const pull = async () => {
    running.child.kill("SIGKILL");
    await running.closed;
    spawnSync("umount", ["-l", path]);
  };
  return {
    path,
    async fault(fault) {
      running.child.stdin.write(`${fault}\n`);
      await running.lines.next();
    },
    signal: (signal) => void running.child.kill(signal),
    pull,
    async plugIn() {
      running = await mount();
    },
    [Symbol.asyncDispose]: pull,
  };
}

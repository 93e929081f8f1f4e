import { spawn, type ChildProcess } from "node:child_process";
import { writeFileSync, rmSync } from "node:fs";
import { getPriority, setPriority } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { systemClock } from "../platform/clock.ts";
import { makeDurableFolder } from "../platform/journal-file.ts";
import { dataPaths } from "../platform/paths.ts";
import { runningCore } from "./data-folder.ts";
import { startDemo } from "./demo.ts";

export interface RunOptions {
  readonly data: string;
  readonly port: number;
  readonly host: string;
  readonly demo: boolean;
}

const firstPauseMs = 300;
const longestPauseMs = 10_000;
const steadyMs = 60_000;
/** A call on a dead mount occupies a thread for as long as it hangs, and each volume may have 8 such calls under way. */
const fileThreads = 64;

/**
 * Keeps the core process running until SIGTERM or SIGINT; a core that crashes is started again with growing pauses
 * while the recorder goes on. Returns the exit code of a clean stop.
 */
export async function run(options: RunOptions): Promise<number> {
  const already = runningCore(options.data);
  if (already !== undefined) throw new Error(`Reed already runs on ${options.data} (process ${already}).`);
  const paths = dataPaths(options.data);
  makeDurableFolder(paths.run);
  const clock = systemClock();
  await using own = new AsyncDisposableStack();
  if (options.demo) own.use(await startDemo(options.data));
  const stop = new AbortController();
  const stopAsked = () => stop.signal.aborted;
  let core: ChildProcess | undefined;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      stop.abort();
      core?.kill("SIGTERM");
    });
  }
  const pidFile = join(paths.run, "core.pid");
  const script = fileURLToPath(new URL("../core/main.ts", import.meta.url));
  const args = [
    "--data",
    options.data,
    "--port",
    String(options.port),
    "--host",
    options.host,
    ...(options.demo ? ["--demo"] : []),
  ];
  for (let pauseMs = firstPauseMs, restarts = 0; ; restarts++) {
    const startedAt = clock.now();
    // its own session: Ctrl-C reaches only this process, which then asks core to stop in order
    core = spawn(process.execPath, [script, ...args, "--restarts", String(restarts)], {
      stdio: "inherit",
      detached: true,
      env: { UV_THREADPOOL_SIZE: String(fileThreads), ...process.env },
    });
    comeForward(core.pid);
    writeFileSync(pidFile, String(core.pid ?? 0));
    const code = await ended(core);
    rmSync(pidFile, { force: true });
    if (stopAsked()) return code;
    // hopeless, or the battery of the UPS is empty: neither is started again
    if (code === 2 || code === 3) return code;
    pauseMs = clock.now() - startedAt > steadyMs ? firstPauseMs : Math.min(pauseMs * 2, longestPauseMs);
    console.error(
      `Reed's core ended unasked (exit ${code}); it starts again in ${pauseMs} ms. Recording goes on meanwhile.`,
    );
    await pause(pauseMs, stop.signal);
    if (stopAsked()) return 0;
  }
}

/** How far core comes before all others on the processor, nice values: the relay's turn is not to be waited for. */
const beforeOthers = 5;

/** Only with the right to (root, `CAP_SYS_NICE`): without it core runs beside the recorder, which is no error. */
function comeForward(pid: number | undefined): void {
  if (pid === undefined || process.getuid?.() !== 0) return;
  try {
    setPriority(pid, Math.max(-20, getPriority() - beforeOthers));
  } catch (error) {
    console.error(`Reed's core runs with ordinary priority: ${String(error)}`);
  }
}

function ended(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => resolve(code ?? 1));
  });
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

import { spawn } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { getPriority, setPriority } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { after, between, seconds, type Clock, type Instant } from "../kernel/time.ts";
import type { ProcessRole, ProcessState } from "../messages/health.ts";
import type { Log } from "../platform/log.ts";
import { endWith, isAlive, processUse } from "../platform/other-process.ts";
import { dataPaths } from "../platform/paths.ts";

export interface WantedProcess {
  readonly name: string;
  readonly role: ProcessRole;
  readonly index: number;
  readonly script: URL;
  readonly args: readonly string[];
  /** Above it it is ended by force and started again: native memory knows no bound of its own. Bytes. */
  readonly mostMemory?: number;
}

export interface SupervisorDeps {
  /** Nice value of those that do not step back; core's own may be before it. */
  readonly basePriority: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly data: string;
  readonly processes: readonly WantedProcess[];
  onState(state: ProcessState): void;
}

export interface Supervisor extends AsyncDisposable {
  /** From now on these: what is missing is started, what is wanted no more is ended. */
  want(processes: readonly WantedProcess[]): void;
  /**
   * A process said hello: one of ours, or one that a dead core left behind and that goes on (adopted). False: it is
   * wanted no more.
   */
  connected(role: ProcessRole, index: number, pid: number): boolean;
  disconnected(role: ProcessRole, index: number): void;
  /** Ends one that does not answer whom it works for, by force; it is started again as after any other end. */
  end(role: ProcessRole, index: number): void;
}

/** What a process that already runs gets to say hello before another is started in its place. */
const adoptionMs = seconds(4);
const firstPause = 200;
const longestPause = seconds(10);
/** How often the memory of one that has a bound is looked at. */
const weighMs = seconds(5);
/** A process that ran this long starts again without a pause growing further. */
const steadyMs = seconds(60);

/**
 * How far a process steps back from the processor, behind what Reed was started with, when there is not enough for all (nice values; asking for less needs
 * no privilege). Pages, downloads and decoding wait, so that the relay and the recording do not.
 */
const stepsBack = { recorder: 0, analysis: 10, api: 5, detection: 15, bucket: 15 } as const;

/**
 * V8 lets the space for young objects grow to 3 × 16 MiB and more when objects live for seconds, as access units do:
 * 50 MiB that save next to nothing (`bench/README.md`). MiB a half-space. What speaks with a bucket holds a few MiB of
 * parts, outside V8's heap.
 */
const nodeOptions = {
  recorder: ["--max-semi-space-size=4"],
  analysis: [],
  api: [],
  detection: ["--max-semi-space-size=4"],
  bucket: ["--max-old-space-size=96"],
} as const;

/** Linux counts nice values by thread; a process that was faster than we has some already. Elsewhere: none to name. */
const threadsOf = (pid: number): readonly number[] =>
  process.platform === "linux" ? readdirSync(`/proc/${pid}/task`).map(Number) : [];

/** Keeps the wanted processes running: starts, adopts, restarts with growing pauses. Disposing ends them, at last by force. */
export function startSupervisor(deps: SupervisorDeps): Supervisor {
  const kept = new Map<string, KeptProcess>();
  const leaving = new Map<string, Promise<void>>();
  let wanted = deps.processes;
  let stopping = false;
  const follow = () => {
    if (stopping) return;
    for (const [name, one] of kept) {
      if (wanted.some((process) => process.name === name)) continue;
      kept.delete(name);
      leaving.set(
        name,
        one.leave().finally(() => {
          leaving.delete(name);
          follow();
        }),
      );
    }
    // one of a name at a time: a process that is wanted again begins when the one before has ended
    for (const process of wanted) kept.get(process.name)?.bound(process.mostMemory);
    for (const process of wanted)
      if (!kept.has(process.name) && !leaving.has(process.name)) kept.set(process.name, keepProcess(deps, process));
  };
  const find = (role: string, index: number) =>
    [...kept.values()].find((one) => one.wanted.role === role && one.wanted.index === index);
  follow();
  return {
    want(processes) {
      wanted = processes;
      follow();
    },
    connected(role, index, pid) {
      const one = find(role, index);
      one?.connected(pid);
      return one !== undefined;
    },
    disconnected: (role, index) => find(role, index)?.disconnected(),
    end: (role, index) => find(role, index)?.end(),
    async [Symbol.asyncDispose]() {
      stopping = true;
      await Promise.all([...[...kept.values()].map((one) => one.stop()), ...leaving.values()]);
    },
  };
}

interface KeptProcess {
  readonly wanted: WantedProcess;
  connected(pid: number): void;
  disconnected(): void;
  /** What it may take from now on. */
  bound(bytes: number | undefined): void;
  /** By force; another is started. */
  end(): void;
  /** It was asked to end. */
  stop(): Promise<void>;
  /** Nobody has asked it, and nothing is told of it any more. */
  leave(): Promise<void>;
}

function keepProcess(deps: SupervisorDeps, wanted: WantedProcess): KeptProcess {
  const { clock, log } = deps;
  const pidFile = join(dataPaths(deps.data).run, `${wanted.name}.pid`);
  let pid = runningPid(pidFile, deps.data);
  let startedAt = clock.now();
  let restarts = 0;
  let pause = firstPause;
  let stopping = false;
  let left = false;
  let childPid: number | undefined;
  let cancelWake: () => void = () => undefined;
  let most = wanted.mostMemory;
  let cancelWeigh: () => void = () => undefined;
  const tell = (state: ProcessState["state"]) => {
    if (!left) deps.onState({ name: wanted.name, pid: pid ?? 0, state, restarts, since: clock.wall() });
  };

  const start = () => {
    if (stopping) return;
    startedAt = clock.now();
    const child = spawn(process.execPath, [...nodeOptions[wanted.role], fileURLToPath(wanted.script), ...wanted.args], {
      stdio: "inherit",
      detached: true,
    });
    const started = child.pid;
    childPid = started;
    child.on("error", (error) => {
      log.error({ process: wanted.name, error: error.message }, "process can't be started");
      gone(started, "not started");
    });
    if (started === undefined) return;
    stepBack(started);
    pid = started;
    writeFileSync(pidFile, String(started));
    tell("starting");
    child.on("exit", (code, signal) => gone(started, signal ?? `exit code ${code ?? "?"}`));
  };
  /** Its first thread first: those that it makes later begin with what that one has. */
  const stepBack = (started: number) => {
    const by = stepsBack[wanted.role];
    try {
      const wanted = Math.min(19, deps.basePriority + by);
      if (wanted === getPriority(started)) return;
      setPriority(started, wanted);
      for (const thread of threadsOf(started)) setPriority(thread, wanted);
    } catch (error) {
      // it has ended already, or the system does not let us: it runs as it is
      log.warn({ process: wanted.name, error: String(error) }, "priority can't be set");
    }
  };
  const gone = (which: number | undefined, how: string) => {
    if (pid !== which) return;
    pid = undefined;
    rmSync(pidFile, { force: true });
    tell("down");
    if (stopping) return;
    restarts++;
    pause = between(startedAt, clock.now()) > steadyMs ? firstPause : Math.min(pause * 2, longestPause);
    log.error({ process: wanted.name, how, startsAgainInMs: pause }, "process ended unasked and is started again");
    wake(after(clock.now(), pause), start);
  };
  const wake = (at: Instant, call: () => void) => {
    cancelWake();
    cancelWake = clock.wakeAt(at, call);
  };
  /** An adopted process is not our child: its end is seen by asking. */
  const watchAdopted = () => {
    if (pid === undefined || stopping) return;
    if (!isAlive(pid)) gone(pid, "adopted process ended");
    else wake(after(clock.now(), 500), watchAdopted);
  };

  const weigh = () => {
    cancelWeigh = clock.wakeAt(after(clock.now(), weighMs), weigh);
    const memory = most === undefined || pid === undefined ? undefined : processUse(pid)?.memory;
    if (most === undefined || pid === undefined || memory === undefined || memory <= most || stopping) return;
    log.error({ process: wanted.name, pid, memory, most }, "process takes too much memory and is ended");
    endWith(pid, "SIGKILL");
  };
  const stop = async () => {
    stopping = true;
    cancelWake();
    cancelWeigh();
    await endProcess(pid, log, wanted.name);
    rmSync(pidFile, { force: true });
  };

  if (most !== undefined) weigh();
  if (pid === undefined) start();
  else {
    log.info({ process: wanted.name, pid }, "process of an earlier core still runs; waiting for it to connect");
    const earlier = pid;
    wake(after(clock.now(), adoptionMs), () => {
      log.warn({ process: wanted.name, pid: earlier }, "process did not connect; it is ended and started again");
      endWith(earlier, "SIGKILL");
      gone(earlier, "did not connect");
    });
  }
  return {
    wanted,
    bound: (bytes) => void (most = bytes),
    connected(helloPid) {
      if (pid !== undefined && pid !== helloPid && isAlive(pid)) endWith(pid, "SIGTERM");
      pid = helloPid;
      cancelWake();
      writeFileSync(pidFile, String(helloPid));
      tell("running");
      if (helloPid !== childPid) watchAdopted();
    },
    disconnected() {
      if (pid === undefined) return;
      if (!isAlive(pid)) gone(pid, "connection closed");
      else tell("starting");
    },
    end() {
      if (pid === undefined || stopping) return;
      log.error({ process: wanted.name, pid }, "process does not answer and is ended");
      endWith(pid, "SIGKILL");
    },
    stop,
    leave() {
      left = true;
      if (pid !== undefined) endWith(pid, "SIGTERM");
      return stop();
    },
  };
}

/** The pid that a file names, when that process lives and belongs to this data folder. */
function runningPid(pidFile: string, data: string): number | undefined {
  try {
    const pid = Number(readFileSync(pidFile, "utf8"));
    const commandLine = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    return isAlive(pid) && commandLine.includes(data) ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** Waits for a process that was asked to stop: 6 s, then SIGTERM and 3 s, then SIGKILL. */
async function endProcess(pid: number | undefined, log: Log, name: string): Promise<void> {
  if (pid === undefined) return;
  for (const [signal, patienceMs] of [
    [undefined, 6000],
    ["SIGTERM", 3000],
    ["SIGKILL", 2000],
  ] as const) {
    if (signal !== undefined && isAlive(pid)) {
      log.warn({ process: name, pid, signal }, "process does not end by itself");
      endWith(pid, signal);
    }
    for (let waited = 0; waited < patienceMs; waited += 25) {
      if (!isAlive(pid)) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}

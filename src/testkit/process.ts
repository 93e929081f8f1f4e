import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createInterface } from "node:readline";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { CameraCommand, CameraServerOptions } from "./camera/options.ts";
import type { CameraStatus } from "./camera/server.ts";

/** A started program that speaks control lines (see `control-lines.ts`). */
export interface Program<Command = unknown, Answer = unknown> extends AsyncDisposable {
  /** The ready line. */
  readonly ready: Readonly<Record<string, unknown>>;
  readonly pid: number;
  /** Rejects when the program refuses the command or has ended. */
  send(command: Command): Promise<Answer>;
  /** Ends it in order; after `graceMs` it is killed. Gives the exit code, undefined after a signal. */
  stop(graceMs?: number): Promise<number | undefined>;
  kill(signal: NodeJS.Signals): void;
}

interface Waiting {
  readonly resolve: (line: Record<string, unknown>) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Starts a program and waits for its ready line. Its stderr is passed on. Rejects when it ends before.
 * @param command the program and its arguments, e.g. `[process.execPath, "x.ts"]`
 */
export async function startProgram<Command = unknown, Answer = unknown>(
  command: readonly [string, ...string[]],
  env: NodeJS.ProcessEnv = process.env,
): Promise<Program<Command, Answer>> {
  const child = spawn(command[0], command.slice(1), { stdio: ["pipe", "pipe", "inherit"], env });
  const waiting: Waiting[] = [];
  const ended = new Promise<number | undefined>((resolve) => {
    child.once("error", () => resolve(undefined));
    child.once("close", (code) => resolve(code ?? undefined));
  });
  void ended.then((code) => {
    const error = new Error(`${command.slice(0, 2).join(" ")} ended (exit ${code ?? "by signal"})`);
    for (const { reject } of waiting.splice(0)) reject(error);
  });
  createInterface({ input: child.stdout }).on("line", (line) =>
    waiting.shift()?.resolve(JSON.parse(line) as Record<string, unknown>),
  );
  // a write to a program that just ended fails; "close" rejects whoever waits
  child.stdin.on("error", () => undefined);
  const nextLine = () => new Promise<Record<string, unknown>>((resolve, reject) => waiting.push({ resolve, reject }));
  const ready = await nextLine();
  const stop = (graceMs = 3000) => stopChild(child, ended, graceMs);
  return {
    ready,
    pid: child.pid ?? 0,
    async send(value) {
      if (child.exitCode !== null || child.signalCode !== null) throw new Error("the program has ended");
      const answered = nextLine();
      child.stdin.write(`${JSON.stringify(value)}\n`);
      const line = await answered;
      if (line["ok"] !== true) throw new Error(String(line["error"]));
      return line["answer"] as Answer;
    },
    stop,
    kill: (signal) => void child.kill(signal),
    [Symbol.asyncDispose]: async () => {
      await stop();
    },
  };
}

async function stopChild(
  child: ChildProcess,
  ended: Promise<number | undefined>,
  graceMs: number,
): Promise<number | undefined> {
  child.stdin?.end();
  const timer = setTimeout(() => child.kill("SIGKILL"), graceMs);
  const code = await ended;
  clearTimeout(timer);
  return code;
}

/** Path of a testkit program, as source or as built. */
const programPath = (url: URL): string => fileURLToPath(url);

export type CameraProgram = Program<CameraCommand, readonly CameraStatus[]> & {
  readonly port: number;
  /** Where the cameras say by themselves what they see; 0 without. */
  readonly eventsPort: number;
  readonly urls: readonly string[];
};

export interface CameraProgramOptions extends CameraServerOptions {
  /**
   * Bytes of send buffer that the kernel grants each connection (it doubles the value), as of a camera with little
   * memory. Node can't set it, so a line of Perl opens the listening socket whose size the connections inherit.
   */
  readonly sendBuffer?: number;
}

const openListener = `use Socket; $^F = 255; socket(my $s, PF_INET, SOCK_STREAM, 0) or die $!;
setsockopt($s, SOL_SOCKET, SO_REUSEADDR, 1); setsockopt($s, SOL_SOCKET, SO_SNDBUF, shift) or die $!;
bind($s, sockaddr_in(shift, INADDR_LOOPBACK)) or die $!; listen($s, 128) or die $!;
my $options = pop; $options =~ s/"listenFd":-1/'"listenFd":'.fileno($s)/e; exec(@ARGV, $options) or die $!;`;

/** Starts the virtual cameras as a process of their own. */
export async function startCameraProgram(given: CameraProgramOptions): Promise<CameraProgram> {
  const { sendBuffer, ...options } = given;
  const main = programPath(new URL("./camera-main.ts", import.meta.url));
  const command: readonly [string, ...string[]] =
    sendBuffer === undefined
      ? [process.execPath, main, JSON.stringify(options)]
      : [
          "perl",
          "-e",
          openListener,
          String(sendBuffer),
          String(options.port ?? 0),
          process.execPath,
          main,
          JSON.stringify({ ...options, listenFd: -1 }),
        ];
  const program = await startProgram<CameraCommand, readonly CameraStatus[]>(command);
  return {
    ...program,
    port: Number(program.ready["port"]),
    eventsPort: Number(program.ready["eventsPort"] ?? 0),
    urls: program.ready["urls"] as string[],
  };
}

/** A new folder with a short path (a Unix socket's may have 108 bytes), removed when disposed. */
export async function temporaryFolder(): Promise<{ readonly path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), "rd-"));
  return {
    path,
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}

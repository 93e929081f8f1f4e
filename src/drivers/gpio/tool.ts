import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** A tool that runs until it is stopped, or ends by itself. */
export interface Tool {
  /** Resolves when it has ended and all that it said was read. `code` is undefined when it was killed. */
  readonly ended: Promise<{ readonly code: number | undefined; readonly stderr: string }>;
  /** Asks it to end; `ended` follows. */
  stop(): void;
}

/** How much of a tool's complaints is kept. */
const mostStderr = 2000;

/**
 * The tool lives as long as its standard input: with ours it ends too, even if we are killed, so that no forgotten
 * `gpioset` keeps a siren on and its line from us. POSIX shell; the tool itself does not see the input.
 */
const guarded = `exec 3<&0
"$@" </dev/null 3<&- &
tool=$!
(read -r _ <&3; kill "$tool") >/dev/null 2>&1 &
exec 3<&-
wait "$tool"`;

/** Starts a program of `folder` (empty: the PATH's) with its arguments; `line` gets what it says, line by line. */
export function startTool(folder: string, args: readonly string[], line: (text: string) => void): Tool {
  const [program = "", ...rest] = args;
  const command = folder === "" ? program : `${folder}/${program}`;
  const child = spawn("/bin/sh", ["-c", guarded, "sh", command, ...rest], { stdio: ["pipe", "pipe", "pipe"] });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr = (stderr + text).slice(-mostStderr);
  });
  // a tool that ended before it was stopped has closed its input
  child.stdin.on("error", () => undefined);
  createInterface({ input: child.stdout }).on("line", line);
  return {
    ended: new Promise((resolve) => {
      child.on("error", (error) => resolve({ code: undefined, stderr: error.message }));
      child.on("close", (code) => {
        child.stdin.destroy();
        resolve({ code: code ?? undefined, stderr });
      });
    }),
    stop: () => child.stdin.end(),
  };
}

/** Runs a tool to its end; its output, or an error with what it complained of. */
export async function runTool(folder: string, args: readonly string[]): Promise<string> {
  const lines: string[] = [];
  const { code, stderr } = await startTool(folder, args, (text) => lines.push(text)).ended;
  if (code !== 0) throw new Error(stderr);
  return lines.join("\n");
}

/** Bytes through a command: in by its standard input, out by its standard output. */
import { spawn } from "node:child_process";

export interface CommandEnd {
  /** `null` when a signal ended it, as one does that takes too long. */
  readonly code: number | null;
  readonly output: Buffer;
  /** How its complaints begin; empty when it had none. */
  readonly complaint: string;
}

const longestMs = 10_000;
const mostComplaint = 200;

/** Rejects with a sentence when the command can't be started; one that takes longer than ten seconds is ended. */
export function throughCommand(command: string, flags: readonly string[], input: Uint8Array): Promise<CommandEnd> {
  const child = spawn(command, flags, { stdio: ["pipe", "pipe", "pipe"], timeout: longestMs });
  const parts: Buffer[] = [];
  let complaint = "";
  child.stdout.on("data", (part: Buffer) => parts.push(part));
  child.stderr.on("data", (part: Buffer) => (complaint = (complaint + part.toString()).slice(0, mostComplaint)));
  // one that ends early closes its input; its end tells why
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on("error", (error) => reject(new Error(`${command} can't be started: ${error.message}`)));
    child.once("close", (code) => resolve({ code, output: Buffer.concat(parts), complaint: complaint.trim() }));
  });
}

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { ClipProgress, ClipRequest } from "../../messages/clip.ts";
import { endingWithParent } from "../../platform/end-with-parent.ts";

/** Makes another file of a clip. Rejects with a sentence when it can't; abort ends the work at once. */
export type ConvertClip = (
  request: ClipRequest,
  signal: AbortSignal,
  progress: (share: number) => void,
) => Promise<void>;

const longestComplaint = 300;

/** By a child process: a decoder that hangs or crashes takes nothing else with it. @param script what it runs */
export const convertBy =
  (script: string): ConvertClip =>
  (request, signal, progress) =>
    new Promise((resolve, reject) => {
      const here = [script, JSON.stringify(request)];
      const { command, args } = endingWithParent({ command: process.execPath, args: here });
      const child = spawn(command, args, {
        stdio: ["ignore", "pipe", "pipe"],
        signal,
        killSignal: "SIGKILL",
      });
      let complaint = "";
      child.stderr.on("data", (chunk: Buffer) => (complaint = (complaint + chunk.toString()).slice(-longestComplaint)));
      createInterface({ input: child.stdout }).on("line", (line) => progress((JSON.parse(line) as ClipProgress).share));
      child.on("error", reject);
      child.once("close", (code) => {
        if (code === 0) resolve();
        else
          reject(
            new Error(
              `The clip could not be converted: ${complaint.trim() || `the process ended with ${code ?? "a signal"}`}`,
            ),
          );
      });
    });

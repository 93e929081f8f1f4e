import { spawn, type ChildProcess } from "node:child_process";
import { setPriority } from "node:os";
import { fileURLToPath } from "node:url";
import type { Socket } from "node:net";
import { convertBusy, type ConvertRequest } from "../../messages/convert.ts";
import { mediaFrame, unitFlag } from "../../messages/media.ts";
import { endingWithParent } from "../../platform/end-with-parent.ts";
import { encodeJson } from "../../platform/media-frames.ts";

/** The far end of a viewer's connection. */
export type Viewer = Pick<Socket, "write" | "end" | "destroy" | "on" | "writableLength">;

export interface Conversions extends Disposable {
  /** Serves a viewer; viewers of the same stream share one conversion, which ends with the last of them. */
  serve(request: ConvertRequest, viewer: Viewer): void;
  readonly running: number;
}

export type StartChild = (request: ConvertRequest) => Pick<ChildProcess, "stdout" | "stdin" | "on" | "kill">;

/** Bytes that may wait for a viewer; beyond it pictures are left out up to the next key frame. */
const mostWaiting = 4 * 1024 * 1024;
/** Niceness of a conversion. */
const lowPriority = 10;
/** Of what a child wrote last. */
const longestWords = 300;

interface Conversion {
  readonly child: ReturnType<StartChild>;
  /** With whether they wait for a key frame. */
  readonly viewers: Map<Viewer, boolean>;
  parameters: Buffer | undefined;
}

/** Conversions by child processes: a decoder that hangs or crashes takes nothing else with it. */
export function startConversions(start: StartChild): Conversions {
  const running = new Map<string, Conversion>();
  const begin = (key: string, request: ConvertRequest): Conversion => {
    const conversion: Conversion = { child: start(request), viewers: new Map(), parameters: undefined };
    running.set(key, conversion);
    readFrames(conversion.child, (frame) => handOut(conversion, frame));
    const over = (): void => {
      if (running.get(key) === conversion) running.delete(key);
      for (const viewer of conversion.viewers.keys()) viewer.end();
    };
    conversion.child.on("exit", over);
    // one that could not be started has no exit
    conversion.child.on("error", over);
    return conversion;
  };
  return {
    get running() {
      return running.size;
    },
    serve(request, viewer) {
      const key = `${request.channel}/${request.stream}`;
      const there = running.get(key);
      if (there === undefined && running.size >= request.most) {
        const reason =
          request.most === 0
            ? "converting is switched off for this site"
            : `${running.size} of at most ${request.most} pictures are being converted`;
        viewer.end(encodeJson(mediaFrame.state, { state: convertBusy, reason }));
        return;
      }
      const conversion = there ?? begin(key, request);
      conversion.viewers.set(viewer, true);
      if (conversion.parameters !== undefined) viewer.write(conversion.parameters);
      if (there !== undefined) conversion.child.stdin?.write("key\n");
      viewer.on("close", () => {
        conversion.viewers.delete(viewer);
        if (conversion.viewers.size > 0) return;
        if (running.get(key) === conversion) running.delete(key);
        conversion.child.kill("SIGKILL");
      });
    },
    [Symbol.dispose]() {
      for (const { child } of running.values()) child.kill("SIGKILL");
      running.clear();
    },
  };
}

const ownScript = fileURLToPath(new URL("./child.ts", import.meta.url));

/**
 * The child of this module, with a lower priority: looking on is worth less than everything else.
 * @param said a failed one's end and what it wrote last; @param script another one in tests
 */
export const childAt =
  (mediaSocket: string, said: (channel: number, why: string) => void, script = ownScript): StartChild =>
  ({ channel, stream }) => {
    const here = [script, "--socket", mediaSocket, "--channel", String(channel), "--stream", stream];
    const { command, args } = endingWithParent({ command: process.execPath, args: here });
    // its errors are not inherited: whoever waits for the end of our output would wait for a child that is stuck
    const child = spawn(command, args, { stdio: ["pipe", "pipe", "pipe"] });
    if (child.pid !== undefined) setPriority(child.pid, lowPriority);
    let last = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (last = `${last}${text}`.slice(-longestWords)));
    child.on("error", (error) => said(channel, error.message));
    child.on("exit", (code, signal) => {
      child.stderr.destroy();
      if (code !== 0 && signal !== "SIGKILL") said(channel, `${signal ?? `exit code ${code ?? 0}`} ${last}`.trim());
    });
    return child;
  };

function readFrames(child: ReturnType<StartChild>, take: (frame: Buffer) => void): void {
  let pending: Buffer = Buffer.alloc(0);
  child.stdout?.on("data", (chunk: Buffer) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    while (pending.length >= 4 && pending.length >= 4 + pending.readUInt32LE(0)) {
      const end = 4 + pending.readUInt32LE(0);
      take(pending.subarray(0, end));
      pending = pending.subarray(end);
    }
  });
  // a child that ended: its exit tells the viewers
  child.stdin?.on("error", () => undefined);
}

/** Whole runs from a key frame on, or none. */
function handOut(conversion: Conversion, frame: Buffer): void {
  const type = frame[4];
  if (type === mediaFrame.parameters) conversion.parameters = Buffer.from(frame);
  const key = type === mediaFrame.unit && ((frame[5] ?? 0) & unitFlag.key) !== 0;
  for (const [viewer, waits] of conversion.viewers) {
    if (type !== mediaFrame.unit) viewer.write(frame);
    else if (waits ? key && viewer.writableLength < mostWaiting / 2 : viewer.writableLength < mostWaiting) {
      conversion.viewers.set(viewer, false);
      viewer.write(frame);
    } else conversion.viewers.set(viewer, true);
  }
}

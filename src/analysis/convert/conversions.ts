import { spawn, type ChildProcess } from "node:child_process";
import { setPriority } from "node:os";
import { fileURLToPath } from "node:url";
import type { Socket } from "node:net";
import { convertBusy, type ConvertRequest } from "../../messages/convert.ts";
import { mediaFrame, unitFlag } from "../../messages/media.ts";
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
    conversion.child.on("exit", () => {
      if (running.get(key) === conversion) running.delete(key);
      for (const viewer of conversion.viewers.keys()) viewer.end();
    });
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

/** The child of this module, with a lower priority: looking on is worth less than everything else. */
export const childAt =
  (mediaSocket: string): StartChild =>
  ({ channel, stream }) => {
    const script = fileURLToPath(new URL("./child.ts", import.meta.url));
    const args = [script, "--socket", mediaSocket, "--channel", String(channel), "--stream", stream];
    const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
    if (child.pid !== undefined) setPriority(child.pid, lowPriority);
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

/** One `ffmpeg` that decodes one stream: Matroska goes in, raw pictures and their times come out. */
import { spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { mostPixels } from "./limits.ts";
import type { Planes } from "./planes.ts";
import { createY4mReader } from "./y4m.ts";

export interface FfmpegChildEvents {
  /** In the order in which they are shown; the bytes are the reader's until it returns. */
  picture(planes: Planes, time: number): void;
  /** It has ended, asked or unasked, with what it said last. Once; nothing follows. */
  ended(reason: string): void;
}

export interface FfmpegChild extends Disposable {
  readonly pid: number | undefined;
  /** Bytes that it has not taken yet. */
  readonly queued: number;
  write(bytes: Uint8Array): void;
  /** Nothing more comes: it gives what it holds and ends. */
  finish(): void;
}

/** No picture is made wider; the objects' stage wants no wider one. */
const mostWidth = 1280;
/** The largest single piece of memory that it may ask for: several pictures of the largest kind. */
const mostAlloc = 128 * 1024 * 1024;
const timesFd = 3;

/**
 * Times stand in a pipe of their own, a line before each picture, not in the log, where other lines may cut through
 * them. The loop filter is off, as in `node-av.ts`.
 */
const flags: readonly string[] = [
  ...["-hide_banner", "-nostdin", "-v", "error", "-max_alloc", String(mostAlloc)],
  ...["-probesize", "32", "-analyzeduration", "0"],
  // what is damaged gives no picture, not one that was made up
  ...["-err_detect", "explode"],
  ...["-threads", "1", "-skip_loop_filter", "all", "-max_pixels", String(mostPixels)],
  ...["-f", "matroska", "-i", "pipe:0", "-map", "0:v:0", "-copyts", "-fps_mode", "passthrough", "-filter_threads", "1"],
  "-vf",
  [
    `scale=w='min(iw,${mostWidth})':h=-2:flags=area`,
    "metadata=add:key=reed:value=1",
    `metadata=print:file='pipe\\:${timesFd}':direct=1`,
  ].join(","),
  ...["-pix_fmt", "yuv420p", "-f", "yuv4mpegpipe", "pipe:1"],
];

/** Starts it. It ends with this process: its input ends then. @param gone called when it runs no more, however that came */
export function startFfmpegChild(command: string, events: FfmpegChildEvents, gone: () => void): FfmpegChild {
  const child = spawn(command, flags, { stdio: ["pipe", "pipe", "pipe", "pipe"] });
  const reader = createY4mReader();
  const times: (number | undefined)[] = [];
  let line = "";
  let last = "";
  let over = false;

  const end = (reason: string): void => {
    if (over) return;
    over = true;
    child.kill("SIGKILL");
    events.ended(reason);
  };
  const deliver = (): void => {
    while (!over && times.length > 0) {
      const planes = reader.pull();
      if (planes === undefined) break;
      const time = times.shift();
      if (time !== undefined) events.picture(planes, time);
    }
    // a picture whose time is still on its way: no more of them meanwhile
    if (times.length === 0 && reader.held > 0) child.stdout.pause();
    else child.stdout.resume();
  };
  const guarded = (work: () => void): void => {
    try {
      if (!over) work();
    } catch (error) {
      end(error instanceof Error ? error.message : String(error));
    }
  };
  child.stdout.on("data", (chunk: Buffer) =>
    guarded(() => {
      reader.push(chunk);
      deliver();
    }),
  );
  const told = child.stdio[timesFd] as Readable;
  told.setEncoding("latin1").on("data", (text: string) =>
    guarded(() => {
      const lines = (line + text).split("\n");
      line = lines.pop() ?? "";
      for (const one of lines) {
        const found = /^frame:\d+ +pts:(\S+)/.exec(one)?.[1];
        if (found !== undefined) times.push(/^-?\d+$/.test(found) ? Number(found) : undefined);
      }
      deliver();
    }),
  );
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    last = text.trim().split("\n").at(-1)?.slice(0, 200) ?? last;
  });
  // one that ends early closes its pipes; its exit tells
  for (const pipe of [child.stdin, child.stdout, child.stderr, told]) pipe.on("error", () => undefined);
  child.once("exit", gone);
  // more than one may come: of the start, and of a signal that it did not take
  child.on("error", (error) => {
    gone();
    end(`${command} can't be started: ${error.message}`);
  });
  child.once("close", (code, signal) => end(`${command} ended (${signal ?? `exit code ${code ?? 0}`})${saying(last)}`));
  return {
    pid: child.pid,
    get queued() {
      return child.stdin.writableLength;
    },
    write: (bytes) => void (over || child.stdin.write(bytes)),
    finish: () => void child.stdin.end(),
    [Symbol.dispose]() {
      over = true;
      child.kill("SIGKILL");
    },
  };
}

const saying = (last: string): string => (last === "" ? "" : `: ${last}`);

import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { findMarks } from "../../src/testkit/camera/sei.ts";

/** One ffmpeg a camera, as a recorder made of scripts does it. */
export interface FfmpegRecorders {
  readonly pids: readonly number[];
  /** Asks all to finish their files and waits. */
  stop(): Promise<void>;
  /** Numbers of the access units in the files of camera `n` (from 1), in order. */
  recorded(n: number): number[];
}

export const ffmpegArgs = (url: string): string[] => [
  ...["-nostdin", "-loglevel", "error", "-rtsp_transport", "tcp", "-i", url],
  ...["-c", "copy", "-f", "segment", "-segment_time", "10", "%05d.mp4"],
];

/** Starts `ffmpeg -rtsp_transport tcp -i … -c copy -f segment -segment_time 10` for each address. */
export function startFfmpeg(urls: readonly string[], folder: string): FfmpegRecorders {
  const folderOf = (n: number) => join(folder, `cam${n}`);
  const children = urls.map((url, i): ChildProcess => {
    mkdirSync(folderOf(i + 1), { recursive: true });
    return spawn("ffmpeg", ffmpegArgs(url), { cwd: folderOf(i + 1), stdio: ["ignore", "ignore", "inherit"] });
  });
  const ended = children.map((child) => new Promise<void>((resolve) => child.once("exit", () => resolve())));
  return {
    pids: children.map((child) => child.pid ?? 0),
    async stop() {
      for (const child of children) child.kill("SIGINT");
      const patience = setTimeout(() => {
        for (const child of children) child.kill("SIGKILL");
      }, 10_000);
      await Promise.all(ended);
      clearTimeout(patience);
    },
    recorded: (n) =>
      readdirSync(folderOf(n))
        .sort()
        .flatMap((file) => findMarks(readFileSync(join(folderOf(n), file))).map((mark) => mark.number)),
  };
}

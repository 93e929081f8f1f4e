import { existsSync, readFileSync } from "node:fs";
import { startCameraProgram, type CameraProgram } from "../../src/testkit/process.ts";
import { startReed, until, type Api, type Json, type RunningReed } from "../../test/support/reed.ts";
import { createMeter, type Meter } from "./meter.ts";

/** How a camera's bytes arrive, see `src/testkit/camera/delivery.ts`. */
export type Shape = "link100" | "burst" | "packet";
export const shapes: readonly string[] = ["link100", "burst", "packet"];

/** 1080p25 at 4 Mbit/s with a key frame every 2 s that is ten times as large as the others. */
export const fullHd = {
  kind: "synthetic",
  width: 1920,
  height: 1080,
  fps: 25,
  gopSeconds: 2,
  bitsPerSecond: 4_000_000,
} as const;

/** `count` equal cameras in one process; their logs go to `logFolder`. */
export const startFarm = (count: number, shape: Shape, logFolder: string): Promise<CameraProgram> =>
  startCameraProgram({ cameras: Array.from({ length: count }, () => ({ source: fullHd, shape })), logFolder });

export const reedProcesses = ["recorder-0", "core", "api", "analysis"] as const;

export interface ReedUnderTest extends AsyncDisposable {
  readonly reed: RunningReed;
  readonly api: Api;
  /** One a process, in the order of `reedProcesses`. */
  readonly meters: readonly Meter[];
  /** A clean stop, also under strace. */
  stop(): Promise<void>;
}

/** A disk whose syncs take so much longer: strace holds up each `fdatasync` and `fsync`, and nothing else. */
export const slowSyncs = (ms: number): readonly string[] =>
  ms === 0
    ? []
    : [
        ...["strace", "-f", "-qqq", "--seccomp-bpf", "-o", "/dev/null", "-e", "trace=fdatasync,fsync"],
        ...["-e", `inject=fdatasync,fsync:delay_exit=${ms * 1000}`],
      ];

/** Starts Reed with a channel for each address and waits until all are live. */
export async function startReedWith(
  urls: readonly string[],
  data: string,
  channel: object = {},
  wrap: readonly string[] = [],
): Promise<ReedUnderTest> {
  const reed = await startReed({ data, wrap });
  const api = await reed.administrator();
  const meters = reedProcesses.map((name) => createMeter(name));
  for (const meter of meters) meter.add(reed.pid(meter.name));
  for (const url of urls) await api.post("channels", { url, ...channel });
  await until(
    async () => ((await api.get("channels")) as Json[]).every((row) => row.live?.state === "live"),
    "all channels are live",
    60_000,
  );
  const core = reed.pid("core");
  const stop = async () => {
    // strace does not pass signals on: the launcher, core's parent, is told
    const stat = existsSync(`/proc/${core}/stat`) ? readFileSync(`/proc/${core}/stat`, "utf8") : "";
    const launcher = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
    if (wrap.length > 0 && launcher > 1) {
      process.kill(launcher, "SIGTERM");
      await until(() => !existsSync(`/proc/${launcher}`), "Reed has ended");
    }
    await reed.stop();
  };
  return {
    reed,
    api,
    meters,
    stop,
    async [Symbol.asyncDispose]() {
      await stop();
      await reed[Symbol.asyncDispose]();
      for (const meter of meters) meter[Symbol.dispose]();
    },
  };
}

/** A number from `/metrics`. */
export async function metric(under: ReedUnderTest, name: string): Promise<number> {
  const text = await metricsText(under);
  const found = new RegExp(`^${name}(?:\\{[^}]*\\})? ([0-9.e+-]+)$`, "m").exec(text);
  if (found === null) throw new Error(`/metrics says nothing of ${name}`);
  return Number(found[1]);
}

export async function metricsText({ reed, api }: ReedUnderTest): Promise<string> {
  const answer = await fetch(`${reed.url}/metrics`, { headers: { authorization: `Bearer ${api.key}` } });
  if (!answer.ok) throw new Error(`/metrics: ${answer.status}`);
  return answer.text();
}

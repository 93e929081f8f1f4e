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
}

/** Starts Reed with a channel for each address and waits until all are live. */
export async function startReedWith(
  urls: readonly string[],
  data: string,
  channel: object = {},
): Promise<ReedUnderTest> {
  const reed = await startReed({ data });
  const api = await reed.administrator();
  const meters = reedProcesses.map((name) => createMeter(name));
  for (const meter of meters) meter.add(reed.pid(meter.name));
  for (const url of urls) await api.post("channels", { url, ...channel });
  await until(
    async () => ((await api.get("channels")) as Json[]).every((row) => row.live?.state === "live"),
    "all channels are live",
    60_000,
  );
  return {
    reed,
    api,
    meters,
    async [Symbol.asyncDispose]() {
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

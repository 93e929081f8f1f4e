/**
 * Looking for motion beside Debian's `motion`, in the same windows, on the same streams:
 *
 *     node bench/analysis/run.ts [--cameras 8] [--fps 5] [--seconds 20] [--windows 2] [--clips busy,quiet] [--folder DIR]
 *
 * busy: `vtest.avi` of Debian's `opencv-doc` (people who walk, all the time), every picture looked at. quiet: a made-up
 * street on which something crosses every 20 s for 3 to 7 s; gated, after 120 s in which the gate proves itself, and every
 * picture looked at. 640 × 360 H.264, a key frame every 2 s. Reed records what it looks at as well, which is the
 * recorder's line. Needs ffmpeg and motion. Takes 5½ minutes.
 */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { allCells, hexOfCells } from "../../src/domain/detection/motion-grid.ts";
import { readMotion } from "../../src/platform/motion-file.ts";
import { startCameraProgram } from "../../src/testkit/process.ts";
import { filmStreet } from "../../test/support/made-up-street.ts";
import { pause, until, type Json } from "../../test/support/reed.ts";
import { streetClip } from "../../test/support/street-clip.ts";
import { measureWindow, type Window } from "../record/window.ts";
import { startReedWith, type ReedUnderTest } from "../support/farm.ts";
import { describeMachine } from "../support/machine.ts";
import { createMeter, type Meter } from "../support/meter.ts";
import { median, table } from "../support/numbers.ts";
import { startMotionDaemon } from "./motion-daemon.ts";

const text = { type: "string" } as const;
const { values } = parseArgs({
  options: {
    cameras: { ...text, default: "8" },
    fps: { ...text, default: "5" },
    seconds: { ...text, default: "20" },
    windows: { ...text, default: "2" },
    clips: { ...text, default: "busy,quiet" },
    folder: { ...text, default: tmpdir() },
  },
});
const cameras = Number(values.cameras);
const picture = { width: 640, height: 360, fps: Number(values.fps) };
/** V8 compiles what it runs often; and a gate has to see some motion before it is believed. */
const warmUpMs = { busy: 20_000, gated: 120_000, every: 10_000 } as const;
type Mode = keyof typeof warmUpMs;

const folder = mkdtempSync(join(values.folder, "reed-analysis-"));
try {
  console.log(describeMachine(folder));
  console.log(`${cameras} cameras of 640 × 360, ${picture.fps} pictures a second, looked at five times a second\n`);
  if (values.clips.includes("busy"))
    await run("busy", streetClip({ ...picture, seconds: 60 }), [["busy", "busy, every picture"]]);
  if (values.clips.includes("quiet"))
    await run("quiet", await quietClip(), [
      ["gated", "quiet, gated"],
      ["every", "quiet, every picture"],
    ]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** A minute with a person, a car and another person. */
async function quietClip(): Promise<string> {
  const file = join(folder, "quiet.mp4");
  const person = { width: 20, height: 50, speed: 100 };
  const crossings = [
    { at: 5, ...person },
    { at: 25, width: 80, height: 36, speed: 220 },
    { at: 45, ...person },
  ];
  const coding = ["-c:v", "libx264", "-preset", "veryfast", "-g", String(2 * picture.fps), "-bf", "0", "-crf", "24"];
  await filmStreet({ ...picture, seconds: 60, weather: { noise: 0.5 }, crossings }, coding, file);
  return file;
}

async function run(clip: string, path: string, modes: readonly (readonly [Mode, string])[]): Promise<void> {
  await using program = await startCameraProgram({
    cameras: Array.from({ length: cameras }, () => ({ source: { kind: "file", path, audio: "none" } as const })),
  });
  const data = join(folder, clip);
  await using under = await startReedWith(program.urls, data);
  await put(under, true);
  await until(async () => {
    const all: Json[] = await under.api.get("detection");
    return all.length === cameras && all.every((row: Json) => row.state === "watching");
  }, "all cameras are looked at");
  using detection = createMeter("detection");
  detection.add(under.reed.pid("detection"));
  await using daemon = startMotionDaemon(program.urls, join(folder, `motion-${clip}`), picture);
  using motion = createMeter("motion");
  motion.add(daemon.pid);
  const meters = [detection, motion, ...under.meters];
  for (const [mode, title] of modes) {
    await put(under, mode !== "gated");
    await pause(warmUpMs[mode]);
    const [from, events] = [Date.now(), daemon.events()];
    const windows: Window[] = [];
    for (let n = 0; n < Number(values.windows); n++)
      windows.push(await measureWindow(meters, Number(values.seconds) * 1000));
    const to = Date.now();
    console.log(`${title}\n${report(windows, meters)}`);
    console.log(await account(under));
    // the newest second is written with the next one
    await pause(3000);
    const found = await motionsIn(data, from, to);
    console.log(`motions that began meanwhile: Reed ${found}, motion ${daemon.events() - events}\n`);
  }
}

async function put({ api }: ReedUnderTest, everyPicture: boolean): Promise<void> {
  const region = { name: "All", cells: hexOfCells(allCells()), sensitivity: 60, threshold: 6 };
  for (let channel = 1; channel <= cameras; channel++)
    await api.put(`channels/${channel}/detection`, {
      motion: { regions: [region], holdS: 1 },
      ...(everyPicture ? { everyPicture } : {}),
    });
}

/** Seconds with motion of all cameras that follow upon three without. */
async function motionsIn(data: string, from: number, to: number): Promise<number> {
  let motions = 0;
  for (let channel = 1; channel <= cameras; channel++) {
    const past = join(data, "detection", String(channel));
    if (!existsSync(past)) throw new Error(`${past} is not there`);
    let last = -Infinity;
    for (const { wall } of (await readMotion(past, from - 10_000, to)).moved) {
      if (wall >= from && wall - last > 3000) motions++;
      last = wall;
    }
  }
  return motions;
}

/** Reed's own account, the mean of all cameras. */
async function account({ api }: ReedUnderTest): Promise<string> {
  const rows: Json[] = await api.get("detection");
  const mean = (of: (row: Json) => unknown): string => {
    let sum = 0;
    for (const row of rows) sum += Number(of(row));
    return (sum / cameras).toFixed(1);
  };
  const [looked, skipped, cost] = [mean((row) => row.lookedAt), mean((row) => row.skipped), mean((row) => row.costMs)];
  return `a camera by Reed's own account: ${looked} looked at, ${skipped} not decoded a second, ${cost} ms`;
}

/** Medians over the windows; the ratio is the median of the windows' ratios. */
function report(windows: readonly Window[], meters: readonly Meter[]): string {
  const cpu = (window: Window, name: string) => window.rows.find((row) => row.name === name)?.cpuMs ?? NaN;
  const each = (name: string) => windows.map((window) => cpu(window, name) / ((cameras * window.ms) / 1000));
  const ratios = (name: string) => windows.map((window) => cpu(window, name) / cpu(window, "motion"));
  const rows = meters.map((meter) => [
    meter.name,
    median(each(meter.name)).toFixed(2),
    median(ratios(meter.name)).toFixed(3),
    ratios(meter.name)
      .map((ratio) => ratio.toFixed(3))
      .join(" "),
    (meter.pssBytes() / 2 ** 20).toFixed(0),
  ]);
  const busy = windows.map((window) => `${Math.round(window.busy * 100)} %`).join(", ");
  const load = windows.map((window) => window.load.toFixed(1)).join(", ");
  return [
    table([["process", "CPU ms/ss", "× motion", "of the windows", "PSS MiB"], ...rows]),
    `ss = stream-second; machine busy ${busy}; load ${load}`,
  ].join("\n");
}

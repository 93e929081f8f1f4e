/** Debian's `motion` on the film: one camera a region (`mask_file`), by its own events. */
import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readUnits } from "../../src/testkit/camera/sender-log.ts";
import { startCameraProgram } from "../../src/testkit/process.ts";
import { pause } from "../../test/support/reed.ts";
import type { Span } from "../../test/support/street/judge.ts";
import { film, type Region } from "../../test/support/street/walks.ts";

export interface MotionOnRegion {
  readonly region: Region;
  /** Pixels that have to change; 1500 is its default. */
  readonly threshold: number;
  /** When it was in an event, seconds of the film. */
  readonly spans: readonly Span[];
}

/** Shows the film twice, and gives what `motion` said of the second time: the first is for its learning. */
export async function motionOnRegions(
  path: string,
  folder: string,
  cases: readonly Omit<MotionOnRegion, "spans">[],
): Promise<MotionOnRegion[]> {
  mkdirSync(folder, { recursive: true });
  const told = join(folder, "told");
  writeFileSync(told, "");
  const script = join(folder, "tell.sh");
  writeFileSync(script, `#!/bin/sh\necho "$1 $2 $(date +%s%3N)" >> ${told}\n`);
  chmodSync(script, 0o755);
  await using program = await startCameraProgram({
    cameras: [{ source: { kind: "file", path, audio: "none" } }],
    logFolder: folder,
  });
  const config = configure(cases, { folder, script, url: program.urls[0] ?? "" });
  const child = spawn("motion", ["-n", "-c", config], { stdio: "ignore" });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await pause(2 * film.seconds * 1000 + 2000);
  child.kill("SIGTERM");
  await gone;
  const monotonicToWall = Date.now() * 1000 - Number(process.hrtime.bigint() / 1000n);
  await program.stop();
  const [first] = readUnits(readFileSync(join(folder, "cam1.log"), "utf8"));
  if (first === undefined) throw new Error("the camera's log has no picture");
  const again = (first.sentMicros + monotonicToWall) / 1000 + film.seconds * 1000;
  return cases.map((one, index) => ({ ...one, spans: spansOf(readFileSync(told, "utf8"), index + 1, again) }));
}

interface Where {
  readonly folder: string;
  readonly script: string;
  readonly url: string;
}

function configure(cases: readonly Omit<MotionOnRegion, "spans">[], { folder, script, url }: Where): string {
  const cameras = cases.map(({ region, threshold }, index) => {
    const mask = join(folder, `mask-${index + 1}.pgm`);
    const [left, top, right, bottom] = region.frame;
    const inside = (at: number): boolean => {
      const [x, y] = [at % film.width, Math.floor(at / film.width)];
      return x >= left && x < right && y >= top && y < bottom;
    };
    const pixels = Uint8Array.from({ length: film.width * film.height }, (_, at) => (inside(at) ? 255 : 0));
    writeFileSync(mask, Buffer.concat([Buffer.from(`P5\n${film.width} ${film.height}\n255\n`), pixels]));
    const file = join(folder, `motion-${index + 1}.conf`);
    const lines = [`camera_id ${index + 1}`, `netcam_url ${url}`, `mask_file ${mask}`, `threshold ${threshold}`];
    writeFileSync(file, lines.join("\n") + "\n");
    return `camera ${file}`;
  });
  const config = join(folder, "motion.conf");
  const lines = [
    ...["daemon off", "setup_mode off", "log_level 3", "webcontrol_port 0", "stream_port 0", `target_dir ${folder}`],
    ...["netcam_params rtsp_transport=tcp", `width ${film.width}`, `height ${film.height}`, `framerate ${film.fps}`],
    ...["picture_output off", "movie_output off", "event_gap 1", "post_capture 0"],
    ...[`on_event_start ${script} %t start`, `on_event_end ${script} %t end`, ...cameras],
  ];
  writeFileSync(config, lines.join("\n") + "\n");
  return config;
}

function spansOf(told: string, camera: number, beganMs: number): Span[] {
  const spans: [number, number][] = [];
  for (const line of told.split("\n")) {
    const [of, what, wall] = line.split(" ");
    const second = (Number(wall) - beganMs) / 1000;
    const last = spans.at(-1);
    if (Number(of) !== camera) continue;
    if (what === "start") spans.push([second, film.seconds]);
    else if (last !== undefined) last[1] = second;
  }
  return spans.filter(([, to]) => to > 0).map(([from, to]) => [Math.max(0, from), to]);
}

import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findMarks } from "../../src/testkit/camera/sei.ts";
import { pause, until } from "../../test/support/reed.ts";

export interface MotionEvent {
  /** Request sent → a file with at least 100 kB is there. */
  readonly fileAfterMs: number;
  /** Trigger − sending of the first picture in the file, s. */
  readonly preRecordS: number;
}

const fps = 25;
const enoughBytes = 100_000;
const port = 18_480;

/** Debian's `motion` on one of the cameras: passthrough, detection as it must be, events by its web control. */
export async function measureMotion(url: string, folder: string, options: { events: number; preRecordS: number }) {
  const target = join(folder, "motion");
  mkdirSync(target, { recursive: true });
  const config = join(folder, "motion.conf");
  writeFileSync(config, configFor(url, target, options.preRecordS * fps));
  const child = spawn("motion", ["-n", "-c", config], { stdio: "ignore" });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()).once("error", () => resolve()));
  try {
    await until(async () => (await act("detection/connection")).includes("OK"), "motion has its camera", 30_000);
    // its ring of raw pictures has to be made and filled
    await pause((options.preRecordS + 10) * 1000);
    const events: MotionEvent[] = [];
    for (let n = 0; n < options.events; n++) events.push(await oneEvent(target));
    return events;
  } finally {
    child.kill("SIGTERM");
    const patience = setTimeout(() => child.kill("SIGKILL"), 5000);
    await gone;
    clearTimeout(patience);
  }
}

const act = async (what: string): Promise<string> => (await fetch(`http://127.0.0.1:${port}/0/${what}`)).text();

async function oneEvent(target: string): Promise<MotionEvent> {
  const before = new Set(readdirSync(target));
  const micros = Number(process.hrtime.bigint() / 1000n);
  const start = performance.now();
  await act("action/eventstart");
  let file = "";
  while (performance.now() - start < 20_000) {
    file = readdirSync(target).find((name) => !before.has(name) && name.endsWith(".mp4")) ?? "";
    if (file !== "" && statSync(join(target, file)).size >= enoughBytes) break;
    await pause(1);
  }
  const fileAfterMs = performance.now() - start;
  if (file === "") throw new Error("motion began no file within 20 s");
  await pause(1500);
  await act("action/eventend");
  await pause(2500);
  const first = findMarks(readFileSync(join(target, file)))[0];
  if (first === undefined) throw new Error("motion's file holds no picture of the camera");
  await pause(9000);
  return { fileAfterMs, preRecordS: (micros - first.sentMicros) / 1e6 };
}

const configFor = (url: string, target: string, preCapture: number): string =>
  [
    ...["daemon off", "setup_mode off", "log_level 4", `webcontrol_port ${port}`, "webcontrol_localhost on"],
    ...["webcontrol_interface 1", "webcontrol_parms 2", "stream_port 0", `target_dir ${target}`],
    ...[`netcam_url ${url}`, "netcam_params rtsp_transport=tcp", "width 1920", "height 1088", `framerate ${fps}`],
    ...["threshold 2000000", "event_gap 1", `pre_capture ${preCapture}`, "post_capture 0", "minimum_motion_frames 1"],
    ...["picture_output off", "movie_output on", "movie_passthrough on", "movie_codec mp4", "movie_filename %v"],
  ].join("\n") + "\n";

import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface MotionDaemon extends AsyncDisposable {
  readonly pid: number;
  /** Events of all cameras that it has begun so far, by its log. */
  readonly events: () => number;
}

/** Debian's `motion` on all cameras, in one process: it detects as it does by default, and keeps and shows nothing. */
export function startMotionDaemon(urls: readonly string[], folder: string, picture: Picture): MotionDaemon {
  mkdirSync(folder, { recursive: true });
  const cameras = urls.map((url, i) => {
    const file = join(folder, `camera-${i + 1}.conf`);
    writeFileSync(file, [`camera_id ${i + 1}`, `netcam_url ${url}`, ""].join("\n"));
    return `camera ${file}`;
  });
  const log = join(folder, "motion.log");
  const config = join(folder, "motion.conf");
  writeFileSync(
    config,
    [
      ...["daemon off", "setup_mode off", "log_level 5", "webcontrol_port 0", "stream_port 0", `target_dir ${folder}`],
      ...["netcam_params rtsp_transport=tcp", `width ${picture.width}`, `height ${picture.height}`],
      ...[`framerate ${picture.fps}`, "event_gap 3", "picture_output off", "movie_output off", ...cameras],
    ].join("\n") + "\n",
  );
  const child = spawn("motion", ["-n", "-c", config, "-l", log], { stdio: ["ignore", "ignore", "inherit"] });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return {
    pid: child.pid ?? 0,
    events: () => (existsSync(log) ? readFileSync(log, "utf8").split("starting event").length - 1 : 0),
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      const patience = setTimeout(() => child.kill("SIGKILL"), 5000);
      await gone;
      clearTimeout(patience);
    },
  };
}

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly fps: number;
}

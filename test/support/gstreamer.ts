/** GStreamer as a player: files through its demuxer, parser and decoder. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const python = "/usr/bin/python3";
const script = join(import.meta.dirname, "gst_frames.py");
const present = spawnSync(python, [script]).status === 0;
const why = "needs the Debian packages python3-gi, gstreamer1.0-plugins-good and gstreamer1.0-plugins-bad";
if (!present && process.env["CI"] === "true") throw new Error(why);
export const gstreamerSkip: string | false = present ? false : why;

/** Decodes files whole; the pictures of each, and everything that it warned of or failed with. */
export function gstreamer(files: readonly string[]): { readonly frames: readonly number[]; readonly errors: string } {
  const { stdout, stderr, status } = spawnSync(python, [script, ...files], { encoding: "utf8" });
  const frames = stdout.trim().split("\n").map(Number);
  return { frames, errors: status === 0 ? stderr : `${stderr} exit ${status}` };
}

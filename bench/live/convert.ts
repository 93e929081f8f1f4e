/**
 * What the conversion of live H.265 costs (`src/analysis/convert/`): processor time a picture and how long one takes,
 * for pictures of common sizes. `node bench/live/convert.ts [--seconds 8]`. Needs ffmpeg with libx265.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { openTranscoder } from "../../src/analysis/convert/transcoder.ts";
import { readMp4 } from "../../src/testkit/camera/mp4-file.ts";
import { temporaryFolder } from "../../src/testkit/process.ts";
import { quantile, table } from "../support/numbers.ts";

const { values } = parseArgs({ options: { seconds: { type: "string", default: "8" } } });
const rate = 25;

/** A noisy scene that moves, as a camera at night would send it: dearer than most. */
function make(path: string, size: string, bitRate: string): void {
  const scene = `testsrc2=s=${size}:r=${rate}:d=${values.seconds},noise=alls=12:allf=t`;
  const x265 = "log-level=error:bframes=0:keyint=50:scenecut=0:repeat-headers=1";
  const codec = ["-c:v", "libx265", "-preset", "ultrafast", "-b:v", bitRate, "-x265-params", x265];
  const made = spawnSync("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", scene, ...codec, "-tag:v", "hev1", path]);
  if (made.status !== 0) throw new Error(`ffmpeg: ${String(made.stderr)}`);
}

await using folder = await temporaryFolder();
const rows = [["camera sends", "processor time a picture", "of a core at 25 a second", "a picture takes p50 / p99"]];
for (const [size, bitRate] of [
  ["1280x720", "2M"],
  ["1920x1080", "4M"],
  ["2560x1440", "6M"],
  ["3840x2160", "10M"],
] as const) {
  const path = join(folder.path, `${size}.mp4`);
  make(path, size, bitRate);
  const samples = readMp4(path)[0]?.samples ?? [];
  using transcoder = openTranscoder();
  transcoder.parameters({ track: "video", codec: "h265", codecString: "" });
  const took: number[] = [];
  const before = process.cpuUsage();
  samples.forEach(({ data }, index) => {
    const began = performance.now();
    const times = { arrival: 0, wall: 0, pts: index * 3600, dts: index * 3600 };
    transcoder.push({ track: "video", key: index % 50 === 0, afterLoss: false, ...times, data: Buffer.from(data) });
    took.push(performance.now() - began);
  });
  const { user, system } = process.cpuUsage(before);
  const each = (user + system) / 1000 / samples.length;
  const cost = [`${each.toFixed(1)} ms`, `${((each * rate) / 10).toFixed(0)} %`];
  rows.push([
    `${size}, ${bitRate}bit/s`,
    ...cost,
    `${quantile(took, 0.5).toFixed(1)} / ${quantile(took, 0.99).toFixed(1)} ms`,
  ]);
}
console.log(`load ${loadavg()[0]?.toFixed(1)}`);
console.log(table(rows));

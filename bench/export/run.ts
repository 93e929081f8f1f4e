/**
 * An export beside `cp` and `ffmpeg -c copy` of the same recorded files, in the same run, all of it in the page cache:
 *
 *     node bench/export/run.ts [--cameras 4] [--mbit 50] [--seconds 30] [--rounds 3] [--folder DIR]
 *
 * Reed records virtual cameras; then their footage is exported as one ZIP with a SHA-256 of everything, copied by `cp`,
 * and put into one MP4 a camera by ffmpeg. Each writes to the same disk; the clock stops when it says that it is done.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startCameraProgram } from "../../src/testkit/process.ts";
import { segmentFiles } from "../../test/support/footage.ts";
import { pause, type Api } from "../../test/support/reed.ts";
import { startReedWith } from "../support/farm.ts";
import { describeMachine } from "../support/machine.ts";
import { median, table } from "../support/numbers.ts";

const { values } = parseArgs({
  options: {
    cameras: { type: "string", default: "4" },
    mbit: { type: "string", default: "50" },
    seconds: { type: "string", default: "30" },
    rounds: { type: "string", default: "3" },
    folder: { type: "string", default: tmpdir() },
  },
});
const channels = Array.from({ length: Number(values.cameras) }, (_, i) => i + 1);
const folder = mkdtempSync(join(values.folder, "reed-export-"));
try {
  console.log(describeMachine(folder));
  await run();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function run(): Promise<void> {
  const bitsPerSecond = Number(values.mbit) * 1e6;
  const source = { kind: "synthetic", width: 1920, height: 1080, fps: 25, gopSeconds: 2, bitsPerSecond } as const;
  await using cameras = await startCameraProgram({ cameras: channels.map(() => ({ source, queueBytes: 64e6 })) });
  const data = join(folder, "d");
  await using under = await startReedWith(cameras.urls, data);
  const from = Date.now() - 5000;
  await pause(Number(values.seconds) * 1000);
  await cameras.send({ do: "down", camera: "all" });
  // what is in the ring is written, and the files are closed
  await pause(6000);
  const files = channels.map((channel) => segmentFiles(join(data, "footage"), channel));
  const bytes = files.flat().reduce((sum, file) => sum + statSync(file).size, 0);
  const took: Record<"reed" | "cp" | "ffmpeg", number[]> = { reed: [], cp: [], ffmpeg: [] };
  for (let round = 0; round < Number(values.rounds); round++) {
    spawnSync("cat", files.flat(), { stdio: "ignore" });
    took.cp.push(await timed(() => copy(files.flat())));
    took.reed.push(await timed(() => exported(under.api, from)));
    took.ffmpeg.push(await timed(() => remuxed(files)));
  }
  const rate = (ms: readonly number[]) => bytes / 1e3 / median(ms);
  const row = (name: string, ms: readonly number[]) => [
    name,
    rate(ms).toFixed(0),
    (rate(ms) / rate(took.cp)).toFixed(2),
    ms.map((one) => (one / 1000).toFixed(2)).join(" "),
  ];
  console.log(`${(bytes / 1e6).toFixed(0)} MB of ${channels.length} cameras in ${files.flat().length} files\n`);
  const rows = [row("cp", took.cp), row("Reed's export", took.reed), row("ffmpeg -c copy", took.ffmpeg)];
  console.log(table([["", "MB/s", "of cp", "seconds"], ...rows]));
}

async function timed(work: () => unknown): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

function copy(files: readonly string[]): void {
  const target = join(folder, "cp");
  mkdirSync(target);
  must(spawnSync("cp", [...files, target]));
  rmSync(target, { recursive: true });
}

async function exported(api: Api, from: number): Promise<void> {
  const span = { channels, from, to: Date.now() };
  const { id } = await api.post("exports", { span, reason: "bench", recipient: "nobody" });
  for (;;) {
    const { state } = await api.get(`exports/${id}`);
    if (state.kind === "done") break;
    if (state.kind === "failed") throw new Error(state.reason);
    await pause(10);
  }
  await api.remove(`exports/${id}`);
}

function remuxed(files: readonly (readonly string[])[]): void {
  const target = join(folder, "ffmpeg");
  mkdirSync(target);
  files.forEach((ofCamera, i) => {
    const list = join(target, `${i}.txt`);
    writeFileSync(list, ofCamera.map((file) => `file '${file}'\n`).join(""));
    const args = ["-v", "error", "-f", "concat", "-safe", "0", "-i", list, "-c", "copy", join(target, `${i}.mp4`)];
    must(spawnSync("ffmpeg", args));
  });
  rmSync(target, { recursive: true });
}

function must({ status, stderr }: ReturnType<typeof spawnSync>): void {
  if (status !== 0) throw new Error(stderr.toString());
}

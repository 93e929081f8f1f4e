/** Clips as people take them away: pictures as they were, sound that plays, a copy with the time in its pictures. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { drawStamp } from "../../src/analysis/convert/stamp.ts";
import { siteClock } from "../../src/platform/site-clock.ts";
import { findMarks } from "../../src/testkit/camera/sei.ts";
import { startCameraProgram } from "../../src/testkit/process.ts";
import { decode, isRun } from "../support/footage.ts";
import { pause, startReed, until, type Json, type RunningReed } from "../support/reed.ts";
import { live } from "../support/site.ts";

const tools = ["ffmpeg", "unzip"].filter((tool) => spawnSync(tool, ["-v"]).error !== undefined);
if (tools.length > 0 && process.env["CI"] === "true") throw new Error(`needs ${tools.join(", ")}`);
const skip = tools.length === 0 ? false : `needs ${tools.join(", ")}`;
const timeZone = "Asia/Kolkata";

/** The first picture of a file, luma only. */
function firstPicture(file: string, width: number, height: number): Buffer {
  const args = ["-v", "error", "-i", file, "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "gray", "pipe:1"];
  const { stdout } = spawnSync("ffmpeg", args, { maxBuffer: 1 << 26 });
  assert.equal(stdout.length, width * height);
  return stdout;
}

/** Share of the stamp's box in which two pictures agree on black or white. */
function likeness(picture: Buffer, text: string, width: number, height: number): number {
  const luma = new Uint8Array(width * height).fill(100);
  drawStamp({ width, height, planes: [luma], strides: [width] }, text);
  let [same, all] = [0, 0];
  luma.forEach((value, i) => {
    if (value === 100) return;
    all++;
    if (value > 128 === (picture[i] ?? 0) > 128) same++;
  });
  return same / all;
}

/**
 * Kills the api while an export has its first file and not its last one. Stopped before it is looked at, so that it can't
 * end meanwhile; one that had ended by then was too quick, and another is begun.
 */
async function killedInTheMiddle(
  reed: RunningReed,
  start: () => Promise<string>,
): Promise<{ id: string; begun: Json }> {
  for (;;) {
    const id = await start();
    const file = (ending: string) => join(reed.data, "exports", `${id}.${ending}`);
    const log = () => (existsSync(file("part.log")) ? readFileSync(file("part.log"), "utf8") : "");
    await until(() => log().includes("\n") || existsSync(file("zip")), "the first file is whole");
    process.kill(reed.pid("api"), "SIGSTOP");
    const [first = ""] = log().split("\n");
    const isOver = existsSync(file("zip")) || first === "";
    process.kill(reed.pid("api"), isOver ? "SIGCONT" : "SIGKILL");
    if (!isOver) return { id, begun: JSON.parse(first) };
  }
}

test("a clip: AAC made of G.711, subtitles, and a copy with the site's time", { timeout: 120_000, skip }, async (t) => {
  await using cameras = await startCameraProgram({
    cameras: [{ source: { kind: "clip", name: "front-door", audio: "pcma" } }],
  });
  await using reed = await startReed();
  const api = await reed.administrator();
  await api.put("site", { name: "Harbour", timeZone });
  await api.post("channels", { url: cameras.urls[0], name: "Door", audio: true });
  await live(api, 1);
  const from = Date.now();
  await pause(8000);
  const span = { channels: [1], from, to: from + 5000 };
  const why = { reason: "test", recipient: "nobody" };
  const order = { span, sound: "aac", copy: true, subtitles: true, ...why };
  const { id, begun } = await killedInTheMiddle(reed, async () => (await api.post("exports", order)).id as string);
  let job: Json;
  await until(
    async () => {
      job = await api.get(`exports/${id}`);
      if (job.state.kind === "failed") throw new Error(job.state.reason);
      return job.state.kind === "done";
    },
    "the export is done",
    60_000,
  );
  await t.test("an export that was cut off by a kill goes on, and has what it had", () => {
    const { name, bytes, sha256 } = begun;
    assert.deepEqual([job.resumed, name], [true, "camera-01-door.mp4"]);
    const kept = (job.state.files as Json[]).find((file) => file.name === name);
    assert.deepEqual([kept.bytes, kept.sha256], [bytes, sha256]);
    assert.deepEqual(
      readdirSync(join(reed.data, "exports"))
        .filter((file) => file.startsWith(id))
        .sort(),
      [`${id}.json`, `${id}.zip`],
    );
  });
  const zip = join(reed.folder, "clip.zip");
  const bytes = await api.bytes(`exports/${id}/file.zip`);
  assert.equal(createHash("sha256").update(bytes).digest("hex"), job.state.sha256);
  writeFileSync(zip, bytes);
  assert.equal(spawnSync("unzip", ["-q", zip, "-d", reed.folder]).status, 0);
  const [original, copy, srt] = ["", "-copy", ""].map((more, i) =>
    join(reed.folder, `camera-01-door${more}.${i === 2 ? "srt" : "mp4"}`),
  ) as [string, string, string];
  const bounds = (job.state.files as Json[]).find((file) => file.name === "camera-01-door.mp4");
  let frames = 0;

  await t.test("the pictures are the camera's own, the sound is AAC of the same length", () => {
    const decoded = decode(original);
    assert.deepEqual([decoded.errors, decoded.audio], ["", ["aac"]]);
    const numbers = findMarks(readFileSync(original)).map((mark) => mark.number);
    assert.ok(isRun(numbers) && numbers.length >= 60, numbers.join(" "));
    frames = numbers.length;
    assert.equal(decoded.frames, frames);
    const probe = ["-v", "error", "-show_entries", "stream=duration", "-of", "csv=p=0", original];
    const lengths = spawnSync("ffprobe", probe, { encoding: "utf8" }).stdout.trim().split("\n").map(Number);
    assert.ok(Math.abs((lengths[0] ?? 0) - (lengths[1] ?? 9)) < 0.3, lengths.join(" and "));
  });

  await t.test("the copy has every picture, H.264 made anew, with the word COPY and the site's time", () => {
    const decoded = decode(copy);
    assert.deepEqual([decoded.errors, decoded.audio, decoded.frames], ["", ["aac"], frames]);
    assert.equal(findMarks(readFileSync(copy)).length, 0);
    const clock = siteClock(timeZone);
    const picture = firstPicture(copy, 640, 360);
    const [right, wrong] = [0, 5000].map((ms) =>
      likeness(picture, `COPY ${clock(Number(bounds.from) + ms)}`, 640, 360),
    );
    assert.ok(right !== undefined && wrong !== undefined && right > 0.97 && right > wrong, `${right}, ${wrong}`);
  });

  await t.test("the subtitles say the same time, and the page which file is the copy", () => {
    assert.match(
      readFileSync(srt, "utf8"),
      new RegExp(`^1\n00:00:00,000 --> .*\n${siteClock(timeZone)(bounds.from).replace("+", "\\+")}\n`),
    );
    assert.match(
      readFileSync(join(reed.folder, "report.html"), "utf8"),
      /camera-01-door-copy\.mp4.*COPY, encoded again/s,
    );
  });
});

/** What really lies on a volume, read without Reed: the access units by their marks, against what the cameras sent. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { findMarks } from "../../src/testkit/camera/sei.ts";
import { readSegment } from "../verifier/boxes.ts";
import { readUnits, type UnitLine } from "../../src/testkit/camera/sender-log.ts";

/** The segment files of a channel's main stream, oldest first. */
export const segmentFiles = (volume: string, channel: number): string[] =>
  globSync(join(volume, "footage", "*", `ch${String(channel).padStart(2, "0")}-main`, "*.mp4")).sort();

/** Numbers of the access units in the files of a channel, in the order of the files. */
export const recorded = (volume: string, channel: number): number[] =>
  segmentFiles(volume, channel).flatMap((file) => findMarks(readFileSync(file)).map((mark) => mark.number));

/** Arrivals of a channel's key frames as its files say, ms of CLOCK_MONOTONIC. */
export const keyArrivals = (volume: string, channel: number): number[] =>
  segmentFiles(volume, channel)
    .flatMap((file) => readSegment(file, file).units.flatMap(({ arrival }) => arrival ?? []))
    .sort((a, b) => a - b);

/** Each number follows the one before. */
export const isRun = (numbers: readonly number[]): boolean =>
  numbers.every((number, i) => i === 0 || number === (numbers[i - 1] ?? 0) + 1);

/** Where a run of numbers is broken: `12→14`. */
export const breaks = (numbers: readonly number[]): string[] =>
  numbers.flatMap((number, i) => {
    const before = numbers[i - 1];
    return before === undefined || number === before + 1 ? [] : [`${before}→${number}`];
  });

/** What the sender's log of a camera says (flush it first). */
export const sentUnits = (folder: string, camera: number): UnitLine[] =>
  readUnits(readFileSync(join(folder, `cam${camera}.log`), "utf8"));

export interface Decoded {
  readonly frames: number;
  /** Codec names of the sound tracks. */
  readonly audio: readonly string[];
  /** What ffmpeg complained of. */
  readonly errors: string;
}

/** Decodes a file whole, as strictly as ffmpeg can. */
export function decode(file: string): Decoded {
  const strict = spawnSync("ffmpeg", ["-v", "error", "-xerror", "-i", file, "-f", "null", "-"], { encoding: "utf8" });
  const probe = spawnSync(
    "ffprobe",
    [
      "-v",
      "error",
      "-count_frames",
      "-show_entries",
      "stream=codec_type,codec_name,nb_read_frames",
      "-of",
      "json",
      file,
    ],
    { encoding: "utf8" },
  );
  const { streams = [] } = JSON.parse(probe.stdout) as {
    streams?: { codec_type: string; codec_name: string; nb_read_frames?: string }[];
  };
  const video = streams.find((stream) => stream.codec_type === "video");
  return {
    frames: Number(video?.nb_read_frames ?? 0),
    audio: streams.filter((stream) => stream.codec_type === "audio").map((stream) => stream.codec_name),
    errors: strict.stderr + (strict.status === 0 ? "" : ` exit ${strict.status}`) + probe.stderr,
  };
}

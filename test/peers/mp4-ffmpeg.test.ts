import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { instant, wallTime } from "../../src/kernel/time.ts";
import { createBlockPool } from "../../src/media/block.ts";
import { h264Syntax } from "../../src/media/codec/h264.ts";
import { h265Syntax } from "../../src/media/codec/h265.ts";
import { splitAnnexB } from "../../src/media/codec/nal.ts";
import { buildFragment } from "../../src/media/mp4/fragment.ts";
import { initSegment } from "../../src/media/mp4/init-segment.ts";
import { createLiveMuxer } from "../../src/media/mp4/live-muxer.ts";
import { parseFragment, parseInit } from "../../src/media/mp4/read.ts";
import { joinTables } from "../../src/media/mp4/sample-table.ts";
import type { SampleTable, Tracks } from "../../src/media/mp4/types.ts";
import { virtualMp4 } from "../../src/media/mp4/virtual-mp4.ts";
import { createDepacketizer } from "../../src/media/rtp/depacketizer.ts";
import { createTimeline } from "../../src/media/rtp/timeline.ts";
import type { MediaFormat, RawUnit, VideoCodec } from "../../src/media/types.ts";
import { aacPayloads, videoPayloads } from "../../src/testkit/rtp-payloads.ts";

const folder = mkdtempSync(join(tmpdir(), "reed-mp4-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const missing =
  spawnSync("ffmpeg", ["-version"]).status === 0 ? false : "ffmpeg is not installed (Debian package: ffmpeg)";
const skip = process.env["CI"] === "true" ? false : missing;

const frameTicks = 3600;
const frames = 75;

function encode(name: string, args: readonly string[]): Uint8Array {
  const path = join(folder, name);
  execFileSync("ffmpeg", ["-v", "error", "-y", ...args, path]);
  return new Uint8Array(readFileSync(path));
}

/** Groups an Annex B stream's NAL units into access units: a new one begins before a first slice's prefix. */
function accessUnits(codec: VideoCodec, stream: Uint8Array): Uint8Array[][] {
  const syntax = codec === "h264" ? h264Syntax : h265Syntax;
  const units: Uint8Array[][] = [];
  let unit: Uint8Array[] = [];
  let sliced = false;
  for (const nal of splitAnnexB(stream)) {
    const slice = syntax.kind(nal, 0) === "slice";
    if (sliced && (!slice || syntax.firstSlice(nal, 0))) {
      units.push(unit);
      unit = [];
      sliced = false;
    }
    unit.push(nal);
    sliced ||= slice;
  }
  if (unit.length > 0) units.push(unit);
  return units;
}

/** An encoded clip as an Annex B stream, and its presentation numbers in decoding order: the encoder's own word. */
function encodeVideo(
  codec: VideoCodec,
  name: string,
  args: readonly string[],
): { stream: Uint8Array; order: number[] } {
  const clip = `${name}.mkv`;
  encode(clip, ["-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25", "-frames:v", String(frames), ...args]);
  const probe = ["-v", "error", "-show_entries", "packet=pts_time", "-of", "csv=p=0", join(folder, clip)];
  const times = execFileSync("ffprobe", probe, { encoding: "utf8" }).trim().split("\n").map(Number);
  const stream = encode(`${name}.${codec}`, [
    "-i",
    join(folder, clip),
    "-c",
    "copy",
    "-f",
    codec === "h264" ? "h264" : "hevc",
  ]);
  return { stream, order: times.map((time) => Math.round(time * 25)) };
}

function format(codec: MediaFormat["codec"], clockRate: number, fmtp: Record<string, string> = {}): MediaFormat {
  const track = codec === "h264" || codec === "h265" ? "video" : "audio";
  return {
    track,
    codec,
    payloadType: 96,
    clockRate,
    channels: 1,
    fmtp: new Map(Object.entries(fmtp)),
    control: "rtsp://camera/track",
  };
}

interface Packet {
  readonly payload: Uint8Array;
  readonly timestamp: number;
  readonly marker: boolean;
}

function depacketize(description: MediaFormat, packets: readonly Packet[]): RawUnit[] {
  const pool = createBlockPool();
  const made = createDepacketizer(description, pool, createTimeline(description.clockRate));
  assert.ok(made.ok);
  const units: RawUnit[] = [];
  packets.forEach(({ payload, timestamp, marker }, sequence) => {
    const arrival = instant((timestamp / description.clockRate) * 1000);
    made.value.push({ payloadType: 96, marker, sequence, timestamp, ssrc: 1 }, payload, 0, payload.length, arrival);
    for (let unit = made.value.pull(); unit !== undefined; unit = made.value.pull()) units.push(unit);
  });
  made.value.close();
  return units;
}

function videoUnits(codec: VideoCodec, name: string, args: readonly string[]): RawUnit[] {
  const { stream, order } = encodeVideo(codec, name, args);
  const units = accessUnits(codec, stream);
  assert.equal(units.length, order.length);
  const packets = units.flatMap((nals, i) => {
    const payloads = videoPayloads(codec, nals, { mtu: 1400, aggregate: true });
    const timestamp = (order[i] ?? 0) * frameTicks;
    return payloads.map((payload, p) => ({ payload, timestamp, marker: p === payloads.length - 1 }));
  });
  return depacketize(format(codec, 90_000), packets);
}

/** A whole segment file: init, then a fragment per `perFragment` video units with the audio up to them. */
function muxed(tracks: Tracks, video: readonly RawUnit[], audio: readonly RawUnit[], perFragment = 10): Uint8Array {
  const parts: Uint8Array[] = [initSegment(tracks)];
  const zero = video[0]?.dts ?? 0;
  const audioZero = audio[0]?.dts ?? 0;
  let heard = 0;
  for (let from = 0, sequence = 1; from < Math.max(video.length, 1); from += perFragment, sequence++) {
    const pictures = video.slice(from, from + perFragment);
    const next = video[from + perFragment];
    const share = next === undefined ? audio.length : Math.floor((audio.length * (from + perFragment)) / video.length);
    const sounds = audio.slice(heard, share);
    const after = audio[share];
    heard = share;
    const [firstPicture, firstSound] = [pictures[0], sounds[0]];
    const fragment = buildFragment({
      sequence,
      ...(firstPicture === undefined
        ? {}
        : {
            video: {
              baseDts: firstPicture.dts - zero,
              samples: pictures,
              lastDuration: next === undefined ? frameTicks : next.dts - (pictures.at(-1)?.dts ?? 0),
            },
          }),
      ...(firstSound === undefined
        ? {}
        : {
            audio: {
              baseDts: firstSound.dts - audioZero,
              samples: sounds,
              lastDuration: after === undefined ? 160 : after.dts - (sounds.at(-1)?.dts ?? 0),
            },
          }),
    });
    parts.push(fragment.head, ...fragment.slices);
  }
  return Uint8Array.from(Buffer.concat(parts));
}

/** Decodes everything; gives the number of decoded pictures or audio packets. Any word on stderr fails. */
function check(file: Uint8Array, name: string, stream: "v" | "a"): number {
  const path = join(folder, name);
  writeFileSync(path, file);
  const decoded = spawnSync("ffmpeg", ["-v", "error", "-xerror", "-i", path, "-f", "null", "-"], { encoding: "utf8" });
  assert.equal(decoded.stderr, "");
  assert.equal(decoded.status, 0);
  const entry = stream === "v" ? "nb_read_frames" : "nb_read_packets";
  const counted = spawnSync(
    "ffprobe",
    [
      ..."-v error -count_frames -count_packets -select_streams".split(" "),
      stream,
      "-show_entries",
      `stream=${entry}`,
      "-of",
      "csv=p=0",
      path,
    ],
    { encoding: "utf8" },
  );
  assert.equal(counted.stderr, "");
  return Number(counted.stdout.trim());
}

function videoOf(units: readonly RawUnit[]): Tracks {
  const parameters = units[0]?.parameters;
  assert.ok(parameters?.kind === "video");
  return { video: parameters };
}

const encodings = {
  "h264-plain": ["h264", ["-c:v", "libx264", "-preset", "ultrafast", "-bf", "0", "-g", "25"]],
  "h264-b-pyramid": ["h264", ["-c:v", "libx264", "-bf", "3", "-b_strategy", "0", "-g", "25"]],
  "h264-slices": ["h264", ["-c:v", "libx264", "-preset", "ultrafast", "-g", "25", "-slices", "4"]],
  h265: ["h265", ["-c:v", "libx265", "-x265-params", "log-level=none:keyint=25:bframes=3"]],
} as const;

for (const [name, [codec, args]] of Object.entries(encodings)) {
  test(`${name} through RTP and MP4 is decoded whole by ffmpeg, in the encoder's order`, { skip }, () => {
    const units = videoUnits(codec, name, args);
    // The last picture of a session is known to be whole when the marker is believed.
    assert.equal(units.length, frames);
    for (const [i, unit] of units.entries()) {
      assert.ok(unit.dts <= unit.pts, `unit ${i}: dts ${unit.dts} > pts ${unit.pts}`);
      assert.ok(i === 0 || unit.dts > (units[i - 1]?.dts ?? 0), `unit ${i}: dts stands still`);
    }
    const sorted = units.map((unit) => unit.pts).sort((a, b) => a - b);
    assert.deepEqual(
      sorted.map((pts) => pts - (sorted[0] ?? 0)),
      units.map((_, i) => i * frameTicks),
    );
    assert.equal(check(muxed(videoOf(units), units, []), `${name}.mp4`, "v"), frames);
  });
}

/** The table of all fragments of a file, as a reader of segments gets it. */
function readSegment(file: Uint8Array): { tracks: Tracks; video?: SampleTable; audio?: SampleTable } {
  const init = parseInit(file);
  assert.ok(init.ok, init.ok ? "" : init.error);
  const tables: { video: SampleTable[]; audio: SampleTable[] } = { video: [], audio: [] };
  for (let at = init.value.end; at < file.length;) {
    const fragment = parseFragment(file, at, 0);
    assert.ok(fragment.ok, fragment.ok ? "" : fragment.error);
    if (fragment.value.video !== undefined) tables.video.push(fragment.value.video);
    if (fragment.value.audio !== undefined) tables.audio.push(fragment.value.audio);
    at = fragment.value.end;
  }
  const tracks = Object.fromEntries(init.value.tracks.map(({ parameters }) => [parameters.kind, parameters]));
  return { tracks, video: joinTables(tables.video), audio: joinTables(tables.audio) };
}

function audioUnits(codec: "aac" | "pcma"): RawUnit[] {
  const tone = ["-f", "lavfi", "-i", "sine=frequency=440:sample_rate=16000", "-t", "3", "-ac", "1"];
  if (codec === "aac") {
    const stream = encode("tone.aac", [...tone, "-c:a", "aac", "-f", "adts"]);
    const sounds: Uint8Array[] = [];
    for (let at = 0; at < stream.length;) {
      const length = (((stream[at + 3] ?? 0) & 3) << 11) | ((stream[at + 4] ?? 0) << 3) | ((stream[at + 5] ?? 0) >> 5);
      sounds.push(stream.subarray(at + 7, at + length));
      at += length;
    }
    let sent = 0;
    const packets = aacPayloads(sounds, 300).map(({ payload, frames: count }) => {
      const timestamp = sent * 1024;
      sent += count;
      return { payload, timestamp, marker: count > 0 };
    });
    const fmtp = { mode: "AAC-hbr", sizelength: "13", indexlength: "3", indexdeltalength: "3", config: "1408" };
    const units = depacketize(format("aac", 16_000, fmtp), packets);
    assert.deepEqual(
      units.map((unit) => [...unit.data]),
      sounds.map((sound) => [...sound]),
    );
    return units;
  }
  const samples = encode("tone.alaw", [...tone, "-ar", "8000", "-c:a", "pcm_alaw", "-f", "alaw"]);
  const packets = Array.from({ length: Math.floor(samples.length / 160) }, (_, i) => ({
    payload: samples.subarray(i * 160, i * 160 + 160),
    timestamp: i * 160,
    marker: i === 0,
  }));
  return depacketize(format("pcma", 8000), packets);
}

for (const codec of ["aac", "pcma"] as const) {
  test(`${codec} beside video is decoded whole by ffmpeg, and again after the virtual MP4`, { skip }, () => {
    const [, args] = encodings["h264-b-pyramid"];
    const video = videoUnits("h264", `beside-${codec}`, args);
    const audio = audioUnits(codec);
    const parameters = audio[0]?.parameters;
    assert.ok(parameters?.kind === "audio");
    const file = muxed({ ...videoOf(video), audio: parameters }, video, audio);
    assert.equal(check(file, `${codec}.mp4`, "v"), frames);
    assert.equal(check(file, `${codec}.mp4`, "a"), audio.length);

    const segment = readSegment(file);
    assert.ok(segment.tracks.video !== undefined && segment.video !== undefined);
    assert.ok(segment.tracks.audio !== undefined && segment.audio !== undefined);
    const source = {
      source: file,
      video: { parameters: segment.tracks.video, samples: segment.video },
      audio: { parameters: segment.tracks.audio, samples: segment.audio },
    };
    // The same footage three times in a row: with no hole, and with one that is left out.
    const segments = [0, 3000, 13_000].map((zeroMs) => ({ ...source, zeroMs }));
    const parts = virtualMp4(segments, { fromMs: 1500, toMs: 16_000, audio: true });
    assert.equal(parts.length, 1);
    const bytes = Buffer.concat(
      (parts[0]?.pieces ?? []).map((piece) =>
        piece.kind === "bytes" ? piece.bytes : piece.source.subarray(piece.offset, piece.offset + piece.length),
      ),
    );
    assert.equal(bytes.length, parts[0]?.bytes);
    // From the key frame at 1 s: two whole GOPs of the first segment, three of each other.
    assert.equal(check(bytes, `virtual-${codec}.mp4`, "v"), frames * 3 - 25);
  });
}

test("the live muxer's init and fragments are one stream that ffmpeg decodes whole", { skip }, () => {
  const [, args] = encodings["h264-b-pyramid"];
  const units = videoUnits("h264", "live", args);
  const muxer = createLiveMuxer("video");
  const out = units.flatMap((unit) => muxer.push({ ...unit, wall: wallTime(0), session: 1 }));
  muxer.close();
  const [init] = out;
  assert.ok(init?.kind === "init");
  assert.match(init.mime, /^video\/mp4; codecs="avc1\.6400[0-9a-f]{2}"$/);
  // The last unit waits for its duration.
  assert.equal(check(Buffer.concat(out.map(({ bytes }) => bytes)), "live.mp4", "v"), frames - 1);
});

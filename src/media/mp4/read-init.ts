import { type Result, err, ok } from "../../kernel/result.ts";
import { h264Parameters } from "../codec/h264.ts";
import { h265Parameters } from "../codec/h265.ts";
import type { AudioCodec, AudioParameters, VideoParameters } from "../types.ts";
import { findBox, readBoxes } from "./read-boxes.ts";
import { readElementaryStream } from "./sample-entry.ts";
import type { Box, Init, InitTrack } from "./types.ts";

const visualEntryBytes = 78;
const audioEntryBytes = 28;

/** Reads ftyp + moov at the beginning of a file that Reed wrote. */
export function parseInit(bytes: Uint8Array): Result<Init> {
  const ftyp = findFirst(bytes, "ftyp", 0);
  const moov = ftyp === undefined ? undefined : findFirst(bytes, "moov", ftyp.end);
  if (moov === undefined) return err("mp4: does not begin with ftyp and moov");
  const boxes = readBoxes(bytes, moov.body, moov.end);
  if (!boxes.ok) return boxes;
  const tracks: InitTrack[] = [];
  for (const trak of boxes.value.filter((box) => box.type === "trak")) {
    const track = readTrack(bytes, trak);
    if (!track.ok) return track;
    tracks.push(track.value);
  }
  return tracks.length === 0 ? err("mp4: no track") : ok({ tracks, end: moov.end });
}

/** The box at `start` if it is whole and of this type; what follows it may be cut off. */
function findFirst(bytes: Uint8Array, type: string, start: number): Box | undefined {
  if (start + 8 > bytes.byteLength) return undefined;
  const size = new DataView(bytes.buffer, bytes.byteOffset + start, 4).getUint32(0);
  return findBox(bytes, [type], start, start + size);
}

function readTrack(bytes: Uint8Array, trak: Box): Result<InitTrack> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tkhd = findBox(bytes, ["tkhd"], trak.body, trak.end);
  const mdhd = findBox(bytes, ["mdia", "mdhd"], trak.body, trak.end);
  const stsd = findBox(bytes, ["mdia", "minf", "stbl", "stsd"], trak.body, trak.end);
  if (tkhd === undefined || mdhd === undefined || stsd === undefined) return err("mp4: track without its headers");
  // tkhd and mdhd of version 1 have two 64-bit times first.
  const idAt = tkhd.body + (bytes[tkhd.body] === 1 ? 20 : 12);
  const timescaleAt = mdhd.body + (bytes[mdhd.body] === 1 ? 20 : 12);
  if (idAt + 4 > tkhd.end || timescaleAt + 4 > mdhd.end) return err("mp4: track header too short");
  const timescale = view.getUint32(timescaleAt);
  const entries = readBoxes(bytes, stsd.body + 8, stsd.end);
  const entry = entries.ok ? entries.value[0] : undefined;
  if (entry === undefined || timescale === 0) return err("mp4: track without a sample entry");
  const parameters = readEntry(bytes, entry, timescale);
  return parameters.ok ? ok({ id: view.getUint32(idAt), timescale, parameters: parameters.value }) : parameters;
}

const audioCodecs: Readonly<Record<string, AudioCodec>> = { mp4a: "aac", alaw: "pcma", ulaw: "pcmu" };

function readEntry(bytes: Uint8Array, entry: Box, timescale: number): Result<VideoParameters | AudioParameters> {
  if (entry.type === "avc1") {
    const box = findBox(bytes, ["avcC"], entry.body + visualEntryBytes, entry.end);
    return box === undefined ? err("mp4: avc1 without avcC") : readAvc(bytes.slice(box.body, box.end));
  }
  if (entry.type === "hvc1") {
    const box = findBox(bytes, ["hvcC"], entry.body + visualEntryBytes, entry.end);
    return box === undefined ? err("mp4: hvc1 without hvcC") : readHevc(bytes.slice(box.body, box.end));
  }
  const codec = audioCodecs[entry.type];
  if (codec === undefined || entry.end - entry.body < audioEntryBytes) return err(`mp4: sample entry ${entry.type}`);
  const channels = bytes[entry.body + 17] ?? 0;
  if (codec !== "aac") return ok({ kind: "audio", codec, sampleRate: timescale, channels, config: new Uint8Array(0) });
  const esds = findBox(bytes, ["esds"], entry.body + audioEntryBytes, entry.end);
  const config = esds === undefined ? undefined : readElementaryStream(bytes.subarray(esds.body, esds.end));
  return config === undefined
    ? err("mp4: mp4a without AudioSpecificConfig")
    : ok({ kind: "audio", codec, sampleRate: timescale, channels, config });
}

/** The set of 16-bit length at `at`; undefined when it is cut off. */
function setAt(record: Uint8Array, at: number): Uint8Array | undefined {
  const length = ((record[at] ?? 0) << 8) | (record[at + 1] ?? 0);
  return at + 2 + length > record.byteLength ? undefined : record.subarray(at + 2, at + 2 + length);
}

/** As `writeAvcConfiguration` wrote it: one SPS, one PPS. */
function readAvc(record: Uint8Array): Result<VideoParameters> {
  const sps = setAt(record, 6);
  const pps = sps === undefined ? undefined : setAt(record, 8 + sps.byteLength + 1);
  if (sps === undefined || pps === undefined) return err("mp4: avcC is cut off");
  return h264Parameters(sps, pps);
}

/** As `writeHevcConfiguration` wrote it: arrays of one VPS, one SPS and one PPS. */
function readHevc(record: Uint8Array): Result<VideoParameters> {
  const sets: Uint8Array[] = [];
  let at = 23;
  for (let i = 0; i < 3; i++) {
    const set = setAt(record, at + 3);
    if (set === undefined) return err("mp4: hvcC is cut off");
    sets.push(set);
    at += 5 + set.byteLength;
  }
  const [vps, sps, pps] = sets;
  if (vps === undefined || sps === undefined || pps === undefined) return err("mp4: hvcC is cut off");
  return h265Parameters(vps, sps, pps);
}

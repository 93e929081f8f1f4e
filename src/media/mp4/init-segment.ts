import type { AudioParameters, VideoParameters } from "../types.ts";
import { type BoxWriter, boxWriter } from "./boxes.ts";
import { writeAudioEntry, writeVideoEntry } from "./sample-entry.ts";
import { audioTrackId, type Tracks, videoTimescale, videoTrackId } from "./types.ts";

/** More than all boxes of two tracks need without their parameter sets. */
const fixedBytes = 2048;
const unityMatrix = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000];

/** ftyp + moov of a fragmented MP4 (ISO 14496-12, 14496-15): no samples, mvex says that fragments follow. */
export function initSegment(tracks: Tracks): Uint8Array {
  const { video, audio } = tracks;
  const sets = video === undefined ? 0 : video.vps.byteLength + video.sps.byteLength + video.pps.byteLength;
  const writer = boxWriter(fixedBytes + sets);
  writer.box("ftyp", () => {
    writer.ascii("isom");
    writer.u32(0x200);
    for (const brand of ["isom", "iso6", "mp41"]) writer.ascii(brand);
  });
  writer.box("moov", () => {
    writeMovieHeader(writer);
    if (video !== undefined) writeTrack(writer, videoTrackId, video);
    if (audio !== undefined) writeTrack(writer, audioTrackId, audio);
    writer.box("mvex", () => {
      if (video !== undefined) writeTrackExtends(writer, videoTrackId);
      if (audio !== undefined) writeTrackExtends(writer, audioTrackId);
    });
  });
  return writer.written().slice();
}

function writeMovieHeader(writer: BoxWriter): void {
  writer.fullBox("mvhd", 0, 0, () => {
    writer.zeros(8);
    writer.u32(1000);
    writer.u32(0); // duration: the fragments tell
    writer.u32(0x10000);
    writer.u16(0x100);
    writer.zeros(10);
    for (const value of unityMatrix) writer.u32(value);
    writer.zeros(24);
    writer.u32(audioTrackId + 1);
  });
}

function writeTrackExtends(writer: BoxWriter, id: number): void {
  writer.fullBox("trex", 0, 0, () => {
    writer.u32(id);
    writer.u32(1);
    writer.zeros(12);
  });
}

function writeTrack(writer: BoxWriter, id: number, parameters: VideoParameters | AudioParameters): void {
  const video = parameters.kind === "video" ? parameters : undefined;
  writer.box("trak", () => {
    writer.fullBox("tkhd", 0, 3, () => {
      writer.zeros(8);
      writer.u32(id);
      writer.zeros(20);
      writer.u16(video === undefined ? 0x100 : 0);
      writer.u16(0);
      for (const value of unityMatrix) writer.u32(value);
      writer.u32((video?.width ?? 0) * 0x10000);
      writer.u32((video?.height ?? 0) * 0x10000);
    });
    writer.box("mdia", () => {
      writer.fullBox("mdhd", 0, 0, () => {
        writer.zeros(8);
        writer.u32(parameters.kind === "video" ? videoTimescale : parameters.sampleRate);
        writer.u32(0);
        writer.u16(0x55c4); // "und"
        writer.u16(0);
      });
      writer.fullBox("hdlr", 0, 0, () => {
        writer.zeros(4);
        writer.ascii(video === undefined ? "soun" : "vide");
        writer.zeros(12);
        writer.ascii(video === undefined ? "sound\0" : "video\0");
      });
      writeMediaInformation(writer, parameters);
    });
  });
}

function writeMediaInformation(writer: BoxWriter, parameters: VideoParameters | AudioParameters): void {
  writer.box("minf", () => {
    if (parameters.kind === "video") writer.fullBox("vmhd", 0, 1, () => writer.zeros(8));
    else writer.fullBox("smhd", 0, 0, () => writer.zeros(4));
    writer.box("dinf", () =>
      writer.fullBox("dref", 0, 0, () => {
        writer.u32(1);
        writer.fullBox("url ", 0, 1, () => undefined);
      }),
    );
    writer.box("stbl", () => {
      writer.fullBox("stsd", 0, 0, () => {
        writer.u32(1);
        if (parameters.kind === "video") writeVideoEntry(writer, parameters);
        else writeAudioEntry(writer, parameters);
      });
      for (const empty of ["stts", "stsc", "stco"]) writer.fullBox(empty, 0, 0, () => writer.u32(0));
      writer.fullBox("stsz", 0, 0, () => writer.zeros(8));
    });
  });
}

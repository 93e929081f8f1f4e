import { mimeOf } from "../../media/mp4/live-muxer.ts";
import type { MediaSlice } from "../../media/mp4/media-line.ts";
import type { AudioParameters, VideoParameters } from "../../media/types.ts";
import type { SegmentSource } from "../ports.ts";

type Slice = MediaSlice<SegmentSource>;
type Track = "video" | "audio";

/** Addresses relative to `/api/channels/:id/hls/…`; the same segments for playlists and for the page's own player. */
export const initAddress = ({ segment }: Slice, track: Track): string => `../media/${segment.source.id}/${track}.mp4`;

/** @param setsInside behind a change of parameters, see `SliceRequest` */
export function mediaAddress(slice: Slice, track: Track, setsInside = false): string {
  const { segment, fromTicks, toTicks, baseTicks } = slice;
  const { source } = segment;
  return `../media/${source.id}/${track}/${fromTicks}/${toTicks}/${baseTicks}/${source.hintFor(slice)}.m4s${setsInside ? "?sets=inside" : ""}`;
}

const codecsOf = (parameters: VideoParameters | AudioParameters): string =>
  /codecs="([^"]+)"/.exec(mimeOf(parameters))?.[1] ?? "";

/** Sound that is offered: of one kind from end to end, because a rendition can't begin in the middle. */
export function soundOf(slices: readonly Slice[], audio: "true" | "false" | "original"): AudioParameters | undefined {
  if (audio === "false") return undefined;
  const first = slices[0]?.segment.audio?.parameters;
  const playable = first !== undefined && (first.codec === "aac" || audio === "original");
  return playable && slices.every(({ segment }) => segment.audio?.parameters.codec === first.codec) ? first : undefined;
}

/** The multivariant playlist (RFC 8216 §4.3.4): pictures, and sound as a rendition of its own. */
export function mainPlaylist(slices: readonly Slice[], query: string, sound: AudioParameters | undefined): string {
  const kinds = new Set(slices.flatMap(({ segment }) => segment.video?.parameters.codecString ?? []));
  const codecs = [...kinds, ...(sound === undefined ? [] : [codecsOf(sound)])];
  const first = slices[0]?.segment.video?.parameters;
  const facts = [
    `BANDWIDTH=${Math.ceil(Math.max(1, ...slices.map(bitsASecond)))}`,
    `AVERAGE-BANDWIDTH=${averageOf(slices)}`,
    `CODECS="${codecs.join(",")}"`,
    ...(first === undefined ? [] : [`RESOLUTION=${first.width}x${first.height}`]),
    `FRAME-RATE=${Math.max(...slices.map(picturesASecond)).toFixed(3)}`,
    ...(sound === undefined ? [] : ['AUDIO="sound"']),
  ];
  const rendition = `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="Sound",DEFAULT=YES,AUTOSELECT=YES,URI="audio.m3u8?${query}"`;
  return lines([
    "#EXTM3U",
    "#EXT-X-VERSION:7",
    "#EXT-X-INDEPENDENT-SEGMENTS",
    ...(sound === undefined ? [] : [rendition]),
    `#EXT-X-STREAM-INF:${facts.join(",")}`,
    `video.m3u8?${query}`,
  ]);
}

/** `BANDWIDTH` has to be that of the densest slice. */
const bitsASecond = (slice: Slice): number => (bytesOf(slice) * 8) / lengthOf(slice);
const picturesASecond = (slice: Slice): number => slice.pictures.length / lengthOf(slice);
const lengthOf = (slice: Slice): number => Math.max(1, slice.toTicks - slice.fromTicks) / 90_000;

function averageOf(slices: readonly Slice[]): number {
  const sum = (of: (slice: Slice) => number) => slices.reduce((total, slice) => total + of(slice), 0);
  return Math.ceil(Math.max(1, (sum(bytesOf) * 8) / sum(lengthOf)));
}

function bytesOf({ segment, fromTicks, toTicks }: Slice): number {
  const samples = segment.video?.samples;
  let bytes = 0;
  for (let i = 0; samples !== undefined && i < samples.count; i++) {
    const dts = samples.dts[i] ?? 0;
    if (dts >= fromTicks && dts < toTicks) bytes += samples.size[i] ?? 0;
  }
  return bytes;
}

/** A media playlist of a span that is over (RFC 8216 §4.3.3): it may be played from any place. */
export function mediaPlaylist(slices: readonly Slice[], track: Track): string {
  const longest = slices.reduce((most, slice) => Math.max(most, secondsOf(slice)), 1);
  const changed = slices.findIndex((slice, i) => i > 0 && slice.newParameters);
  const isBehindChange = (i: number): boolean => track === "video" && changed >= 0 && i >= changed;
  return lines([
    "#EXTM3U",
    "#EXT-X-VERSION:7",
    `#EXT-X-TARGETDURATION:${Math.ceil(longest)}`,
    "#EXT-X-PLAYLIST-TYPE:VOD",
    "#EXT-X-INDEPENDENT-SEGMENTS",
    ...slices.flatMap((slice, i) => entry(slice, slices[i - 1], track, isBehindChange(i))),
    "#EXT-X-ENDLIST",
  ]);
}

const secondsOf = ({ fromTicks, toTicks }: Slice): number => (toTicks - fromTicks) / 90_000;

function entry(slice: Slice, before: Slice | undefined, track: Track, setsInside: boolean): string[] {
  const newFile = before?.segment.source.id !== slice.segment.source.id;
  return [
    ...(slice.discontinuity ? ["#EXT-X-DISCONTINUITY"] : []),
    ...(slice.newParameters ? [`#EXT-X-MAP:URI="${initAddress(slice, track)}"`] : []),
    ...(newFile ? [`#EXT-X-PROGRAM-DATE-TIME:${new Date(slice.fromMs).toISOString()}`] : []),
    `#EXTINF:${secondsOf(slice).toFixed(5)},`,
    mediaAddress(slice, track, setsInside),
  ];
}

const lines = (all: readonly string[]): string => `${all.join("\n")}\n`;

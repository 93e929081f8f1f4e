import { parseFragment, parseInit } from "../../media/mp4/read.ts";
import type { VideoParameters } from "../../media/types.ts";
import type { MediaParameters } from "../../messages/media.ts";
import { mostUnitBytes } from "../../messages/pictures.ts";
import type { StoreReads } from "../../store/read.ts";
import { whichStream } from "../playback/which-stream.ts";
import type { PlaybackPort } from "../ports.ts";

/** A key frame by its place, which never becomes another picture. */
export interface KeyFramePlace {
  readonly segment: string;
  readonly ticks: number;
  readonly hint: number;
}

interface Deps {
  readonly reads: Pick<StoreReads, "segments">;
  readonly playback: PlaybackPort;
}

/** A hole as short as this is no gap, as for the players, ms. */
const smallHoleMs = 1000;

/** The key frame at or before a moment, of the small pictures where there are any; undefined where nothing was recorded. */
export async function keyFrameAt(
  { reads, playback }: Deps,
  channel: number,
  at: number,
): Promise<(KeyFramePlace & { readonly atMs: number }) | undefined> {
  const span = { from: at, to: at + 1 };
  const request = { fromMs: span.from, toMs: span.to, sliceMs: 0, line: { kind: "wall", zeroMs: 0 } } as const;
  const stream = await whichStream(reads, channel, span, "sub");
  const found = await playback.line(channel, request, stream);
  const [slice] = found.length > 0 || stream === "main" ? found : await playback.line(channel, request, "main");
  if (slice === undefined || at > slice.toMs + smallHoleMs) return undefined;
  const { source } = slice.segment;
  return { segment: source.id, ticks: slice.fromTicks, hint: source.hintFor(slice), atMs: slice.fromMs };
}

/** Its access unit and what a decoder needs to know; undefined when it is not there any more, or is no key frame. */
export async function keyFrameUnit(
  playback: PlaybackPort,
  channel: number,
  { segment, ticks, hint }: KeyFramePlace,
): Promise<{ readonly parameters: MediaParameters; readonly unit: Uint8Array } | undefined> {
  const init = parseInit((await playback.init(channel, segment, "video")) ?? new Uint8Array());
  const video = init.ok ? init.value.tracks[0]?.parameters : undefined;
  if (video?.kind !== "video") return undefined;
  const slice = { track: "video", fromTicks: ticks, toTicks: ticks + 1, baseTicks: 0 } as const;
  const media = await playback.media({
    ...{ channel, segmentId: segment, hint, ...slice },
    ...{ setsInside: false, keysOnly: true },
  });
  if (media === undefined || media.bytes > mostUnitBytes) return undefined;
  const chunks: Uint8Array[] = [];
  for await (const chunk of media.read()) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const fragment = parseFragment(bytes, 0, 0);
  const table = fragment.ok ? fragment.value.video : undefined;
  const [offset, size] = [table?.offset[0], table?.size[0]];
  if (offset === undefined || size === undefined) return undefined;
  return { parameters: messageOf(video), unit: bytes.subarray(offset, offset + size) };
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");

const messageOf = ({ codec, codecString, vps, sps, pps, width, height }: VideoParameters): MediaParameters => ({
  ...{ track: "video", codec, codecString, width, height },
  ...{ vps: base64(vps), sps: base64(sps), pps: base64(pps) },
});

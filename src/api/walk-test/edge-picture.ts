/** A picture out of the footage at a time: the key frame nearest to it, decoded. */
import { open } from "node:fs/promises";
import type { VideoParameters } from "../../media/types.ts";
import type { MediaParameters } from "../../messages/media.ts";
import type { ApiDeps } from "../ports.ts";

export interface EdgePicture {
  readonly jpeg: Uint8Array;
  /** When it was taken, wall time. */
  readonly at: number;
}

/** Key frames that come so long after the edge still count. */
const laterMs = 2000;

/** Undefined: there is no footage of that time. Rejects with a sentence when it can't be decoded. */
export async function edgePicture(
  deps: Pick<ApiDeps, "playback" | "probe">,
  channel: number,
  wall: number,
): Promise<EdgePicture | undefined> {
  const span = { fromMs: wall, toMs: wall + laterMs };
  // slices as short as can be: each begins at a key frame, the first at or before the edge
  const slices = await deps.playback.line(channel, { ...span, sliceMs: 1, line: { kind: "joined" } });
  const [nearest] = slices.toSorted((a, b) => Math.abs(a.fromMs - wall) - Math.abs(b.fromMs - wall));
  const video = nearest?.segment.video;
  if (nearest === undefined || video === undefined) return undefined;
  const { samples, parameters } = video;
  const at = samples.dts.findIndex((dts, index) => dts === nearest.fromTicks && samples.key[index] === 1);
  const bytes = samples.size[at];
  if (at < 0 || bytes === undefined) return undefined;
  const unit = await read(nearest.segment.source.path, samples.offset[at] ?? 0, bytes);
  return { jpeg: await deps.probe.decode(mediaParameters(parameters), unit), at: nearest.fromMs };
}

async function read(path: string, offset: number, bytes: number): Promise<Uint8Array> {
  await using file = await open(path, "r");
  const unit = Buffer.alloc(bytes);
  const { bytesRead } = await file.read(unit, 0, bytes, offset);
  if (bytesRead < bytes) throw new Error("a segment file became shorter while it was read");
  return unit;
}

function mediaParameters({
  codec,
  codecString,
  width,
  height,
  reorderDepth,
  ...sets
}: VideoParameters): MediaParameters {
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
  const { vps, sps, pps } = sets;
  return {
    track: "video",
    ...{ codec, codecString, width, height, reorderDepth },
    ...{ vps: text(vps), sps: text(sps), pps: text(pps) },
  };
}

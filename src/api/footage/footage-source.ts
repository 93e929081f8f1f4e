import { isAbsolute, join, normalize } from "node:path";
import { initSegment } from "../../media/mp4/init-segment.ts";
import { mediaLine, mediaSlice, type MediaSlice } from "../../media/mp4/media-line.ts";
import { joinTables } from "../../media/mp4/sample-table.ts";
import type { Tracks } from "../../media/mp4/types.ts";
import { virtualMp4, type VirtualSegment } from "../../media/mp4/virtual-mp4.ts";
import type { SegmentRow } from "../../messages/recorder.ts";
import type { StoreReads, TimeRange } from "../../store/read.ts";
import type { FootagePort, PlaybackPort, SegmentSource } from "../ports.ts";
import { lengthOf, readPieces } from "./read-pieces.ts";
import { createHeadReader, type Heads } from "./segment-heads.ts";

export type FootageLog = (message: string, details: Record<string, unknown>) => void;
type Reads = Pick<StoreReads, "segments" | "segment" | "volumeRoots">;

/**
 * Footage as files that play, and as media segments for players: put together from the segments' sample tables and
 * ranges of their bytes. A segment that is gone or damaged is left out and logged; what is left is what there is.
 */
export function footageSource(reads: Reads, log: FootageLog): FootagePort & PlaybackPort {
  const heads = createHeadReader();
  const fileOf = (roots: ReadonlyMap<string, string>, row: SegmentRow): string | undefined => {
    const root = roots.get(row.volumeId);
    return root === undefined ? undefined : pathInside(root, row.path);
  };
  const segmentsOf = async (channel: number, range: TimeRange): Promise<VirtualSegment<SegmentSource>[]> => {
    const segments: VirtualSegment<SegmentSource>[] = [];
    const [rows, roots] = await Promise.all([reads.segments(channel, range), reads.volumeRoots()]);
    for (const row of rows) {
      const path = fileOf(roots, row);
      if (path === undefined) continue;
      const { id, startWall, endWall } = row;
      const window = {
        fromTicks: (range.from - startWall) * 90,
        toTicks: (range.to - startWall) * 90,
        lengthMs: endWall - startWall,
      };
      try {
        segments.push(virtualSegment({ id, path }, startWall, await heads.read(id, path, window)));
      } catch (error) {
        log("a segment can't be read and is left out", { path, error: String(error) });
      }
    }
    return segments;
  };
  const rowOf = async (channel: number, id: string): Promise<{ path: string; row: SegmentRow } | undefined> => {
    const [row, roots] = await Promise.all([reads.segment(id), reads.volumeRoots()]);
    const path = row?.channel === channel ? fileOf(roots, row) : undefined;
    return row === undefined || path === undefined ? undefined : { row, path };
  };
  return {
    async open({ channel, fromMs, toMs, audio }) {
      const segments = await segmentsOf(channel, { from: fromMs, to: toMs });
      const parts = virtualMp4(
        segments.map((segment) => ({ ...segment, source: segment.source.path })),
        { fromMs, toMs, audio },
      );
      return { parts, read: (part, start, end) => readPieces(part.pieces, start, end) };
    },
    line: async (channel, request) =>
      mediaLine(await segmentsOf(channel, { from: request.fromMs, to: request.toMs }), request),
    async init(channel, segmentId, track) {
      const found = await rowOf(channel, segmentId);
      if (found === undefined) return undefined;
      const read = await orGone(heads.read(segmentId, found.path, { fromTicks: 0, toTicks: 0 }));
      const { parameters } = read?.init.tracks.find((one) => one.parameters.kind === track) ?? {};
      return parameters === undefined ? undefined : initSegment({ [track]: parameters } satisfies Tracks);
    },
    async media({ channel, segmentId, hint, ...slice }) {
      const found = await rowOf(channel, segmentId);
      if (found === undefined) return undefined;
      const { fromTicks, toTicks } = slice;
      const read = await orGone(heads.read(segmentId, found.path, { fromTicks, toTicks, hint }));
      if (read === undefined) return undefined;
      const segment = virtualSegment({ id: segmentId, path: found.path }, found.row.startWall, read);
      const pieces = mediaSlice({ ...segment, source: found.path }, slice);
      if (pieces === undefined) return undefined;
      const bytes = pieces.reduce((sum, piece) => sum + lengthOf(piece), 0);
      return { bytes, read: () => readPieces(pieces, 0, bytes) };
    },
  };
}

/** A file that the cleaner took meanwhile is nothing to complain of. */
const orGone = (read: Promise<Heads>): Promise<Heads | undefined> =>
  read.catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  });

function virtualSegment(
  { id, path }: { readonly id: string; readonly path: string },
  zeroMs: number,
  { init, fragments }: Heads,
): VirtualSegment<SegmentSource> {
  const of = (kind: "video" | "audio") => init.tracks.find((track) => track.parameters.kind === kind)?.parameters;
  const table = (kind: "video" | "audio") => joinTables(fragments.flatMap((fragment) => fragment[kind] ?? []));
  const [video, audio] = [of("video"), of("audio")];
  // from the fragment before: sound may have come earlier than the pictures of its time
  const hintFor = ({ offset }: MediaSlice<SegmentSource>): number => {
    const at = fragments.findIndex((fragment) => fragment.end > offset);
    return fragments[Math.max(0, at - 1)]?.start ?? init.end;
  };
  return {
    source: { id, path, hintFor },
    zeroMs,
    ...(video?.kind === "video" ? { video: { parameters: video, samples: table("video") } } : {}),
    ...(audio?.kind === "audio" ? { audio: { parameters: audio, samples: table("audio") } } : {}),
  };
}

/** The path of a segment; undefined when it would lie outside its volume. */
function pathInside(root: string, path: string): string | undefined {
  const inside = normalize(path);
  return isAbsolute(inside) || inside.startsWith("..") ? undefined : join(root, inside);
}

import { initSegment } from "../../media/mp4/init-segment.ts";
import { mediaLine, mediaSlice, type MediaSlice } from "../../media/mp4/media-line.ts";
import { joinTables } from "../../media/mp4/sample-table.ts";
import type { Tracks } from "../../media/mp4/types.ts";
import { virtualMp4, type VirtualSegment } from "../../media/mp4/virtual-mp4.ts";
import type { VolumeSettings } from "../../domain/site-config.ts";
import type { SegmentRow } from "../../messages/recorder.ts";
import type { StoreReads, TimeRange } from "../../store/read.ts";
import type { FootagePort, PlaybackPort, SegmentSource } from "../ports.ts";
import { inPlayingOrder } from "./playing-order.ts";
import { lengthOf, readPieces } from "./read-pieces.ts";
import { nearFiles, segmentPlace, StoreAway, type SegmentFiles } from "./segment-files.ts";
import { createHeadReader, type Heads, type Window } from "./segment-heads.ts";

export type FootageLog = (message: string, details: Record<string, unknown>) => void;
type Reads = Pick<StoreReads, "segments" | "segment" | "copies" | "volumes">;
type Roots = readonly VolumeSettings[];

/** Where files are read. */
export interface Places {
  readonly files?: SegmentFiles;
  /** A volume that does not answer now: a copy elsewhere is read first. */
  readonly away?: (volumeId: string) => boolean;
}

/** A segment whose head was read, and the file that it was read from. */
interface ReadSegment {
  readonly path: string;
  readonly read: Heads;
}

/** A row ends with the beginning of its last picture, which is shown for a while yet. */
const lastPictureMs = 5000;

/**
 * Footage as files that play, and as media segments for players: put together from the segments' sample tables and
 * ranges of their bytes. What can't be read where it was recorded is read from its copy; a segment that is gone from
 * everywhere or damaged is left out and logged; what is left is what there is.
 */
export function footageSource(
  reads: Reads,
  log: FootageLog,
  { files = nearFiles, away = () => false }: Places = {},
): FootagePort & PlaybackPort {
  const heads = createHeadReader(files);
  const fileOf = (roots: Roots, row: SegmentRow): string | undefined => {
    const volume = roots.find(({ id }) => id === row.volumeId);
    return volume === undefined ? undefined : segmentPlace(volume, row.path);
  };
  /** Rejects with what the original's file says when no copy can be read either; undefined: no volume is known. */
  const readOf = async (roots: Roots, row: SegmentRow, window: Window): Promise<ReadSegment | undefined> => {
    const from = async (place: SegmentRow): Promise<ReadSegment | undefined> => {
      const path = fileOf(roots, place);
      return path === undefined ? undefined : { path, read: await heads.read(row.id, path, window) };
    };
    let far: StoreAway | undefined;
    const fromCopy = async (): Promise<ReadSegment | undefined> => {
      for (const copy of await reads.copies(row.id)) {
        const found = await from(copy).catch((error: unknown) => {
          if (error instanceof StoreAway) far = error;
          log("a copy of a segment can't be read", { path: fileOf(roots, copy), error: String(error) });
        });
        if (found !== undefined) return found;
      }
      return undefined;
    };
    if (away(row.volumeId)) {
      const copy = await fromCopy();
      if (copy !== undefined) return copy;
    }
    try {
      return (await from(row)) ?? (await fromCopy());
    } catch (error) {
      const copy = await fromCopy();
      if (copy !== undefined) return copy;
      // the original went while this was asked, and its copy has taken its place meanwhile
      const now = await reads.segment(row.id);
      if (now !== undefined && now.volumeId !== row.volumeId) return from(now);
      // where an archive may have it nobody can say that it is gone
      throw far ?? error;
    }
  };
  /** @param whole rejects when an archive can't be read, else what can be read is all that there is for now */
  const segmentsOf = async (channel: number, range: TimeRange, whole: boolean, stream?: "main" | "sub") => {
    const segments: VirtualSegment<SegmentSource>[] = [];
    let unread: StoreAway | undefined;
    const reaching = { from: range.from - lastPictureMs, to: range.to };
    const [rows, roots] = await Promise.all([reads.segments(channel, reaching, stream), reads.volumes()]);
    for (const row of inPlayingOrder(rows)) {
      const { id, startWall, endWall } = row;
      const window = {
        fromTicks: (range.from - startWall) * 90,
        toTicks: (range.to - startWall) * 90,
        lengthMs: endWall - startWall,
      };
      try {
        const found = await readOf(roots, row, window);
        if (found !== undefined) segments.push(virtualSegment({ id, path: found.path }, startWall, found.read));
      } catch (error) {
        if (error instanceof StoreAway) unread ??= error;
        log("a segment can't be read and is left out", { path: fileOf(roots, row), error: String(error) });
      }
    }
    if (unread !== undefined && (whole || segments.length === 0)) throw unread;
    return segments;
  };
  const findOf = async (channel: number, id: string, window: Window) => {
    const [row, roots] = await Promise.all([reads.segment(id), reads.volumes()]);
    const found = row?.channel === channel ? await orGone(readOf(roots, row, window)) : undefined;
    return row === undefined || found === undefined ? undefined : { row, ...found };
  };
  return {
    async open({ channel, fromMs, toMs, audio }) {
      const segments = await segmentsOf(channel, { from: fromMs, to: toMs }, true);
      const parts = virtualMp4(
        segments.map((segment) => ({ ...segment, source: segment.source.path })),
        { fromMs, toMs, audio },
      );
      return { parts, read: (part, start, end, into) => readPieces(files, part.pieces, { start, end, into }) };
    },
    line: async (channel, request, stream) =>
      mediaLine(await segmentsOf(channel, { from: request.fromMs, to: request.toMs }, false, stream), request),
    async init(channel, segmentId, track) {
      const found = await findOf(channel, segmentId, { fromTicks: 0, toTicks: 0 });
      const { parameters } = found?.read.init.tracks.find((one) => one.parameters.kind === track) ?? {};
      return parameters === undefined ? undefined : initSegment({ [track]: parameters } satisfies Tracks);
    },
    async media({ channel, segmentId, hint, ...slice }) {
      const { fromTicks, toTicks } = slice;
      const found = await findOf(channel, segmentId, { fromTicks, toTicks, hint });
      if (found === undefined) return undefined;
      const segment = virtualSegment({ id: segmentId, path: found.path }, found.row.startWall, found.read);
      const pieces = mediaSlice({ ...segment, source: found.path }, slice);
      if (pieces === undefined) return undefined;
      const bytes = pieces.reduce((sum, piece) => sum + lengthOf(piece), 0);
      return { bytes, read: () => readPieces(files, pieces, { start: 0, end: bytes }) };
    },
  };
}

/** A file that the cleaner took meanwhile is nothing to complain of. */
const orGone = <T>(read: Promise<T>): Promise<T | undefined> =>
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

import { join } from "node:path";
import { parseInit } from "../../media/mp4/read.ts";
import type { VolumeRecord } from "../../messages/journal.ts";
import type { SegmentRow } from "../../messages/recorder.ts";
import type { AudioParameters } from "../../media/types.ts";
import type { RemoteSegments } from "../archive/s3/recover-store.ts";
import type { Files } from "../ports.ts";
import { endWallOf, isSegmentPath, rowOfHeader, segmentPath } from "../recording/segment-format.ts";
import { codecsOf } from "../recording/segment-start.ts";
import { emptyHistory, fold, type History } from "./history.ts";
import { scanSegment, type ScannedSegment } from "./scan-segment.ts";
import { readVolumeJournal } from "./volume-journal.ts";

export interface Recovered {
  readonly history: History;
  /** What recovery found out: to be journalled once the journal is open. */
  readonly findings: readonly VolumeRecord[];
  readonly damagedLines: number;
}

/** Which volume it is, and where its segments lie when not in its folder. */
export interface RecoveredVolume {
  readonly volumeId: string;
  /** It holds copies. */
  readonly archive?: boolean;
  readonly remote?: RemoteSegments | undefined;
}

const journalFolder = "journal";

/**
 * Reads a volume's journal and sets it against its files: finishes deletions, cuts the tails of segments that were
 * open, takes in files that the journal does not know, and forgets rows without a file.
 */
export async function recoverVolume(files: Files, root: string, of: RecoveredVolume): Promise<Recovered> {
  const history = emptyHistory();
  const damagedLines = await readVolumeJournal(files, join(root, journalFolder), (stamped) => fold(history, stamped));
  const found = await (of.remote?.paths() ?? listSegments(files, root));
  for (const path of history.deleted) {
    if (found.delete(path)) await files.remove(join(root, path));
  }
  const findings: VolumeRecord[] = [];
  for (const row of history.index.all()) {
    const present = found.delete(row.path);
    if (!present) findings.push({ ...deletion(row, "its file is gone"), head: row.head });
    else if (!row.closed) findings.push(await recoverSegment(files, root, row.path, row));
  }
  if (of.remote !== undefined) findings.push(...(await of.remote.look(found)));
  else {
    for (const path of found) {
      const finding = await recoverUnknown(files, root, of, path);
      if (finding !== undefined) findings.push(finding);
    }
  }
  for (const record of findings) {
    fold(history, { seq: history.lastSequence, boot: "", at: 0 as never, wall: 0 as never, record });
  }
  return { history, findings, damagedLines };
}

const deletion = (row: SegmentRow, reason: string) => ({
  kind: "segment-deleted" as const,
  id: row.id,
  path: row.path,
  reason,
  head: "",
});

/** Cuts an unclosed segment behind its last whole fragment; one without any is removed. */
export async function recoverSegment(
  files: Files,
  root: string,
  path: string,
  known: SegmentRow | undefined,
): Promise<VolumeRecord> {
  const scanned = await scanSegment(files, join(root, path), true);
  const row = scanned === undefined || scanned.fragments.length === 0 ? undefined : rowFrom(scanned, known);
  if (scanned === undefined || row === undefined) {
    await files.remove(join(root, path));
    return { ...deletion(known ?? unknownRow(path), "nothing whole was in it after a crash") };
  }
  const cutBytes = scanned.fileBytes - scanned.wholeBytes;
  if (cutBytes > 0) await cutTail(files, join(root, path), scanned.wholeBytes);
  return {
    kind: "segment-recovered",
    segment: row,
    head: Buffer.from(scanned.head).toString("hex"),
    fragments: scanned.fragments.length,
    cutBytes,
  };
}

async function cutTail(files: Files, path: string, bytes: number): Promise<void> {
  const fd = await files.open(path, "change");
  try {
    await files.truncate(fd, bytes);
    await files.dataSync(fd);
  } finally {
    await files.close(fd);
  }
}

/**
 * A file that the journal lost. One that does not lie where its own header says is not ours to touch; one with a name
 * of ours and nothing whole in it is what a power cut left of a file that had just been made.
 */
async function recoverUnknown(
  files: Files,
  root: string,
  { volumeId, archive = false }: RecoveredVolume,
  path: string,
): Promise<VolumeRecord | undefined> {
  const scanned = await scanSegment(files, join(root, path), false);
  if (scanned === undefined) {
    return isSegmentPath(path) ? recoverSegment(files, root, path, undefined) : undefined;
  }
  if (segmentPath(scanned.header) !== path) return undefined;
  // the header of a copy names the volume that it was recorded to
  if (!archive) return scanned.header.volumeId === volumeId ? recoverSegment(files, root, path, undefined) : undefined;
  const found = await recoverSegment(files, root, path, undefined);
  return found.kind === "segment-recovered" ? { ...found, segment: { ...found.segment, volumeId, copy: true } } : found;
}

function rowFrom(scanned: ScannedSegment, known: SegmentRow | undefined): SegmentRow {
  const { header, fragments } = scanned;
  const units = fragments.reduce((sum, fragment) => sum + fragment.videoUnits + fragment.audioUnits, 0);
  return {
    ...rowOfHeader(header),
    endWall: endWallOf({ ...header, endWall: header.startWall }, fragments.at(-1)),
    bytes: scanned.wholeBytes,
    accessUnits: units,
    closed: true,
    trusted: known?.trusted ?? true,
    codec: known?.codec ?? codecFrom(scanned.init),
  };
}

function codecFrom(init: Uint8Array): string {
  const parsed = parseInit(init);
  if (!parsed.ok) return "";
  const all = parsed.value.tracks.map((track) => track.parameters);
  const video = all.find((parameters) => parameters.kind === "video");
  const audio = all.find((parameters): parameters is AudioParameters => parameters.kind === "audio");
  return codecsOf(video?.codecString ?? "", audio);
}

const unknownRow = (path: string): SegmentRow => ({ id: path, path }) as Pick<SegmentRow, "id" | "path"> as SegmentRow;

/** Paths of all segment files, relative to the volume. */
async function listSegments(files: Files, root: string): Promise<Set<string>> {
  const found = new Set<string>();
  for (const day of await files.list(join(root, "footage"))) {
    for (const channel of await files.list(join(root, "footage", day))) {
      for (const name of await files.list(join(root, "footage", day, channel))) {
        if (name.endsWith(".mp4")) found.add(`footage/${day}/${channel}/${name}`);
      }
    }
  }
  return found;
}

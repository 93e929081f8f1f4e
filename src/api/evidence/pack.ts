/** What makes an export an evidence pack: originals, rules, clocks, journal lines, and a signed manifest. */
import { createHash } from "node:crypto";
import type { VolumeSettings } from "../../domain/site-config.ts";
import type { EvidenceKey } from "../../domain/evidence-key.ts";
import type { ExportFile, ExportJob } from "../../contract/export.ts";
import type { ExportOrder } from "../exports/export-order.ts";
import type { ReportFile } from "../exports/report.ts";
import { addBytes, type ZipWriter } from "../exports/zip-file.ts";
import { zipTimes } from "../exports/zip-format.ts";
import { segmentPlace, StoreAway } from "../footage/segment-files.ts";
import type { ApiDeps } from "../ports.ts";
import { madeOfOriginal, originalOf, readOriginal, type Original } from "./original.ts";
import { rulesOf } from "./rules.ts";
import { historyOf, type History, type SegmentHistory } from "./segment-history.ts";
import { signBytes } from "./sign.ts";

export type EvidenceDeps = Pick<
  ApiDeps,
  "reads" | "sealer" | "version" | "journalFolder" | "machine" | "log" | "segmentFiles" | "volumeFolder"
>;

export interface PlannedSegment {
  readonly segment: SegmentHistory;
  readonly name: string;
  /** Undefined: deleted, or its file can't be read. */
  readonly original: Original | undefined;
}

export interface PlannedEvidence {
  readonly segments: readonly PlannedSegment[];
  readonly history: History;
  readonly bytes: number;
}

/** Looks at every segment of the spans that the journals know. */
export async function planEvidence(deps: EvidenceDeps, order: ExportOrder): Promise<PlannedEvidence> {
  const volumes = await deps.reads.volumes();
  // archives come last: what is still here is read here
  const ordered = volumes.toSorted((a, b) => Number(a.archive !== undefined) - Number(b.archive !== undefined));
  const folders = new Map(ordered.map((volume) => [volume.id, deps.volumeFolder(volume)]));
  const history = await historyOf(folders, order.spans);
  const segments: PlannedSegment[] = [];
  for (const segment of history.segments) {
    const { row } = segment;
    const name = `originals/${row.path.replace(/^footage\//, "")}`;
    segments.push({ segment, name, original: await findOriginal(deps, volumes, segment, order) });
  }
  // an open segment that ended before the span has nothing of it
  const shown = segments.filter(({ segment, original }) => original !== undefined || segment.closed !== undefined);
  return { segments: shown, history, bytes: shown.reduce((sum, { original }) => sum + (original?.bytes ?? 0), 0) };
}

async function findOriginal(
  deps: EvidenceDeps,
  volumes: readonly VolumeSettings[],
  { row, places }: SegmentHistory,
  order: ExportOrder,
): Promise<Original | undefined> {
  const spans = order.spans.filter(({ channel }) => channel === row.channel);
  const [from, to] = [Math.min(...spans.map((span) => span.from)), Math.max(...spans.map((span) => span.to))];
  for (const place of places) {
    const volume = volumes.find(({ id }) => id === place);
    const file = volume === undefined ? undefined : segmentPlace(volume, row.path);
    if (file === undefined) continue;
    try {
      const found = await originalOf(deps.segmentFiles, file, from, to);
      if (found !== undefined) return (found.fragments.at(-1)?.walls[1] ?? 0) >= from ? found : undefined;
    } catch (error) {
      // a pack without it would say that it is missing; it is there, and can be packed later
      if (error instanceof StoreAway) throw error;
      deps.log.warn({ path: row.path, error: String(error) }, "an original can't be read and is left out");
    }
  }
  return undefined;
}

/** Puts originals, clocks, rules and journal lines into the ZIP. */
export async function addEvidence(
  deps: EvidenceDeps,
  zip: ZipWriter,
  plan: PlannedEvidence,
  order: ExportOrder,
  clockOffsetMs: number | undefined,
): Promise<ReportFile[]> {
  const files: ReportFile[] = [];
  for (const { segment, name, original } of plan.segments) {
    if (original === undefined) continue;
    const sha256 = await zip.add({
      name,
      bytes: original.bytes,
      made: madeOfOriginal(original),
      read: (begin) => readOriginal(deps.segmentFiles, original, begin),
    });
    const { channel } = segment.row;
    const camera = `${channel} ${order.spans.find((span) => span.channel === channel)?.name ?? ""}`;
    const [from, to] = [original.fragments[0]?.walls[0], original.fragments.at(-1)?.walls[1]];
    const times = from === undefined || to === undefined ? {} : { channel, from, to };
    files.push({ name, bytes: original.bytes, sha256, camera, codec: "original bytes of the recorder", ...times });
  }
  const channels = order.spans.map(({ channel }) => channel);
  const rules = await rulesOf(deps.journalFolder, { ...order, channels });
  const clocks = clocksOf(plan, clockOffsetMs, deps.machine.network().clock);
  const texts = {
    "clocks.json": JSON.stringify(clocks, undefined, 1),
    "rules.json": JSON.stringify(rules, undefined, 1),
    "journal.log": plan.history.lines.map((line) => `${line}\n`).join(""),
  };
  for (const [name, text] of Object.entries(texts))
    files.push({ ...(await addBytes(zip, name, Buffer.from(text))), camera: "", codec: "" });
  return files;
}

/** How the times came about: each row maps an arrival (ms of the boot's monotonic clock) to the wall's time. */
function clocksOf({ segments, history }: PlannedEvidence, clockOffsetMs: number | undefined, machine: object) {
  return {
    aheadOfAskingDeviceMs: clockOffsetMs ?? null,
    machine,
    steps: history.clockSteps,
    mapping: segments.flatMap(({ segment, original }) =>
      original === undefined
        ? []
        : [{ segment: segment.row.id, boot: segment.row.bootId, rows: mappingRows(original) }],
    ),
  };
}

/** A row wherever the offset is another one than that of the row before, to the millisecond. */
function mappingRows({ first, fragments }: Original) {
  let last: number | undefined;
  return fragments.flatMap(({ arrivals, walls }, i) => {
    const offset = walls[0] - arrivals[0];
    if (last !== undefined && Math.abs(offset - last) < 1) return [];
    last = offset;
    return [{ fragment: first + i, arrivalMs: arrivals[0], wallMs: walls[0], offsetMs: offset }];
  });
}

export interface Sealing {
  readonly job: ExportJob | Omit<ExportJob, "state">;
  readonly order: ExportOrder;
  readonly plan: PlannedEvidence;
  readonly key: EvidenceKey;
  readonly site: { readonly name: string; readonly timeZone: string };
  readonly version: string;
}

/** The manifest of all files before it, and its signature: the last two of the ZIP. */
export async function addSeal(zip: ZipWriter, files: readonly ExportFile[], sealing: Sealing): Promise<ExportFile[]> {
  const text = Buffer.from(JSON.stringify(manifestOf(files, sealing), undefined, 1));
  const manifest = await addBytes(zip, "manifest.json", text);
  return [manifest, await addBytes(zip, "manifest.sig", signBytes(sealing.key, text))];
}

function manifestOf(files: readonly ExportFile[], { job, order, plan, key, site, version }: Sealing) {
  const { id, at, by, reason, recipient } = job;
  const receipts = order.receipts.map((receipt) => ({
    event: receipt.edge.eventId,
    sha256: createHash("sha256").update(JSON.stringify(receipt)).digest("hex"),
  }));
  return {
    ...{ format: "reed-evidence-1", id, site: site.name, timeZone: site.timeZone, language: order.language },
    ...{ at, by, reason, recipient, reed: version, from: order.from, to: order.to },
    key: { fingerprint: key.fingerprint, publicKey: key.publicKey },
    zip: zipTimes(new Date(at)),
    files: files.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 })),
    receipts,
    segments: plan.segments.map(manifestSegment),
  };
}

function manifestSegment({ segment, name, original }: PlannedSegment) {
  const { row, closed, deleted } = segment;
  const isWhole = original?.first === 0 && original.fragments.length === closed?.fragments;
  const state = closed === undefined ? "open" : isWhole ? "whole" : "part";
  return {
    ...{ id: row.id, channel: row.channel, stream: row.stream, startWall: row.startWall },
    ...(closed === undefined ? {} : { endWall: row.endWall, of: closed.fragments, head: closed.head }),
    ...(original === undefined
      ? { state: deleted === undefined ? "missing" : "deleted" }
      : { state, file: name, first: original.first, count: original.fragments.length, before: original.before }),
    ...(deleted === undefined ? {} : { deletedAt: deleted.at, reason: deleted.reason }),
  };
}

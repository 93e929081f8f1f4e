/** Makes an export's ZIP: the cameras' files, then the receipts, then the page that names every hash. */
import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import type { ExportFile, ExportJob } from "../../contract/export.ts";
import { addEvidence, addSeal, planEvidence, type EvidenceDeps } from "../evidence/pack.ts";
import { evidenceKeyOf } from "../evidence/sign.ts";
import { verifierPage } from "../evidence/verifier-page.ts";
import { sentence } from "../../domain/receipt-sentence.ts";
import { roomOn } from "../own-disk.ts";
import type { ApiDeps } from "../ports.ts";
import { addFiles, type ClipWishes, scratchFor, weightOf } from "./clip-files.ts";
import { planFiles, type PlannedFile } from "./export-files.ts";
import type { Making } from "./export-jobs.ts";
import type { ExportOrder } from "./export-order.ts";
import { reportHtml, type ReportFile } from "./report.ts";
import { siteTime, type SiteTime } from "./site-time.ts";
import { addBytes, startZip } from "./zip-file.ts";

type Deps = Pick<ApiDeps, "reads" | "footage" | "version" | "convertClip"> & EvidenceDeps;

export interface Circumstances extends ClipWishes {
  readonly clockOffsetMs: number | undefined;
  readonly locked: boolean;
}

/** All that an export is made of; kept until it is over, so that a restart does not end it. */
export interface ExportTask {
  readonly order: ExportOrder;
  readonly around: Circumstances;
  /** Leases that it has, by their ids. */
  readonly leases: readonly string[];
}

/** The work of one export. Rejects with a sentence when there is no footage or no room. */
export async function runExport(
  deps: Deps,
  job: ExportJob,
  { order, around }: ExportTask,
  { path, signal, progress }: Making,
) {
  const planned = await planFiles(deps, order.spans, order.audio);
  if (planned.length === 0) throw new Error("Nothing is left of this footage.");
  const key = job.evidence === true ? await evidenceKeyOf(deps) : undefined;
  const plan = key === undefined ? undefined : await planEvidence(deps, order);
  const clips = planned.reduce((sum, { part }) => sum + part.bytes * weightOf(part, around), 0);
  const total = clips + (plan?.bytes ?? 0);
  // what is converted lies beside the ZIP for a while
  await checkRoom(dirname(path), total - (await sizeOf(path)));
  progress.total(total);
  const { site } = await deps.reads.config();
  const time = siteTime(site.timeZone, order.language);
  await using zip = startZip(path, new Date(job.at), signal, (bytes) => progress.passed(bytes));
  const files: ReportFile[] = [];
  const made = { ...around, timeZone: site.timeZone, scratch: scratchFor(path), signal, progress };
  for (const one of planned) files.push(...(await addFiles(deps, zip, one, made)));
  if (plan !== undefined) files.push(...(await addEvidence(deps, zip, plan, order, around.clockOffsetMs)));
  const missing = [...order.missing, ...(await missingOf(deps, order, planned, time))];
  const receipts = { site: site.name, timeZone: site.timeZone, alarm: order.alarm, receipts: order.receipts, files };
  const json = await addBytes(zip, "receipts.json", Buffer.from(JSON.stringify(receipts, undefined, 2)));
  const told = order.receipts.map((receipt) => sentence(receipt, (wall) => time.exact(wall)));
  const { title, reason, recipient, by, at } = job;
  const html = reportHtml(
    {
      ...{
        language: order.language,
        title,
        reason,
        recipient,
        by,
        at,
        missing,
        site: site.name,
        version: deps.version,
      },
      ...{ alarm: order.alarm?.sentence, receipts: told, from: order.from, to: order.to },
      ...{ locked: around.locked, clockOffsetMs: around.clockOffsetMs },
      ...(key === undefined ? {} : { signedBy: key.fingerprint }),
      files: [...files, { ...json, camera: "", codec: "" }],
    },
    time,
  );
  const all = [...files.map(plain), json, await addBytes(zip, "report.html", Buffer.from(html))];
  if (key !== undefined && plan !== undefined) {
    all.push(await addBytes(zip, "verify.html", Buffer.from(verifierPage(order.language))));
    all.push(...(await addSeal(zip, all, { job, order, plan, key, site, version: deps.version })));
  }
  return { ...(await zip.end()), files: all };
}

const plain = ({ name, channel, from, to, bytes, sha256 }: ReportFile): ExportFile => ({
  ...{ name, bytes, sha256 },
  ...(channel === undefined || from === undefined || to === undefined ? {} : { channel, from, to }),
});

/** Of what an earlier process has written already. */
async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return 0;
    throw error;
  }
}

async function checkRoom(folder: string, bytes: number): Promise<void> {
  const free = await roomOn(folder);
  if (bytes <= free) return;
  const megabytes = (n: number) => `${Math.ceil(Math.max(0, n) / 1e6)} MB`;
  throw new Error(
    `There is no room for it: it takes ${megabytes(bytes)}, and ${megabytes(free)} may be used on Reed's own disk. ` +
      "Remove older exports or take a shorter span.",
  );
}

/** Cameras of which nothing was found, and holes with their reasons. */
async function missingOf(
  { reads }: Pick<ApiDeps, "reads">,
  order: ExportOrder,
  planned: readonly PlannedFile[],
  time: SiteTime,
): Promise<string[]> {
  const lines: string[] = [];
  for (const span of order.spans) {
    const camera = `Camera ${span.channel} "${span.name}"`;
    if (!planned.some((one) => one.span === span)) lines.push(`${camera}: nothing of this time is there.`);
    for (const gap of await reads.gaps(span.channel, span)) {
      lines.push(`${camera}: nothing from ${time.exact(gap.from)} to ${time.exact(gap.to)}: ${gap.reason}.`);
    }
  }
  return lines;
}

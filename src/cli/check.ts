import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { coreReader, type CoreLine, type VolumeRecord } from "../messages/journal.ts";
import { eachRecord, readJournal } from "../platform/journal-file.ts";
import { dataPaths } from "../platform/paths.ts";
import { scanSegment } from "../recorder/journal/scan-segment.ts";
import { nodeFiles } from "../recorder/volumes/node-files.ts";
import { openForReading } from "../store/database.ts";
import { requireFolder } from "./data-folder.ts";
import { volumeFolders } from "./volumes.ts";

/** A segment that its journal calls finished, and what the file must then be. */
interface Finished {
  readonly path: string;
  readonly head: string;
  readonly fragments: number;
}

/**
 * `reed check`: database, journals and every finished segment against the chain head that its journal holds. Reads
 * only; may be run while Reed runs. Returns 1 when something is wrong.
 */
export async function check(data: string): Promise<number> {
  requireFolder(data);
  const problems = [...checkDatabase(data), ...checkCoreJournal(data)];
  const { archives } = dataPaths(data);
  for (const volume of volumeFolders(data)) problems.push(...(await checkVolume(volume, dirname(volume) === archives)));
  for (const problem of problems) console.log(`✖ ${problem}`);
  console.log(problems.length === 0 ? "Everything fits." : `${problems.length} problem(s).`);
  return problems.length === 0 ? 0 : 1;
}

function checkDatabase(data: string): string[] {
  const { database } = dataPaths(data);
  if (!existsSync(database)) return [`There is no database ${database}. \`reed rebuild\` makes it from the journals.`];
  const open = openForReading(database);
  try {
    const rows = open.pragma("integrity_check") as { integrity_check: string }[];
    const wrong = rows.map((row) => row.integrity_check).filter((text) => text !== "ok");
    console.log(`Database: ${wrong.length === 0 ? "whole" : "damaged"}`);
    return wrong.map((text) => `database: ${text}. \`reed rebuild\` makes it anew from the journals.`);
  } finally {
    open.close();
  }
}

function checkCoreJournal(data: string): string[] {
  const { journal } = dataPaths(data);
  let [records, receipts, damaged] = [0, 0, 0];
  const read = coreReader();
  // line by line: a month of busy streets is more than memory holds
  for (const line of eachRecord<CoreLine>(journal, ".core.log")) {
    if (line === "damaged") damaged++;
    else {
      const said = read(line);
      records += said.length;
      receipts += said.filter(({ record }) => record.kind === "receipt").length;
    }
  }
  console.log(`Core's journal: ${records} records, ${receipts} closed receipts`);
  return damaged === 0 ? [] : [`${journal}: ${damaged} line(s) with a wrong checksum`];
}

/** @param far its segments lie in a bucket: the journal alone is looked at */
async function checkVolume(volume: string, far: boolean): Promise<string[]> {
  const folder = join(volume, "journal");
  if (!existsSync(folder)) return [`${volume}: no journal. Is the volume mounted?`];
  const { records, damaged } = readJournal<VolumeRecord>(folder, ".rec.log");
  const problems = damaged === 0 ? [] : [`${folder}: ${damaged} line(s) with a wrong checksum`];
  const finished = finishedSegments(records.map((stamped) => stamped.record));
  if (far) {
    console.log(`Archive ${volume}: ${finished.size} segments lie in a bucket and were not read`);
    return problems;
  }
  let bytes = 0;
  for (const segment of finished.values()) {
    const problem = await checkSegment(join(volume, segment.path), segment, (size) => (bytes += size));
    if (problem !== undefined) problems.push(problem);
  }
  console.log(`Volume ${volume}: ${finished.size} finished segments, ${(bytes / 1e6).toFixed(1)} MB read`);
  return problems;
}

function finishedSegments(records: readonly VolumeRecord[]): ReadonlyMap<string, Finished> {
  const finished = new Map<string, Finished>();
  for (const record of records) {
    if (record.kind === "segment-close" || record.kind === "segment-recovered") {
      const { head, fragments, segment } = record;
      finished.set(segment.id, { path: segment.path, head, fragments });
    } else if (record.kind === "segment-deleted" || record.kind === "segment-untrusted") finished.delete(record.id);
  }
  return finished;
}

async function checkSegment(
  path: string,
  expected: Finished,
  count: (bytes: number) => void,
): Promise<string | undefined> {
  if (!existsSync(path)) return `${path}: missing; the journal has no deletion of it`;
  const found = await scanSegment(nodeFiles, path, true);
  if (found === undefined) return `${path}: is no segment of Reed any more`;
  count(found.fileBytes);
  if (found.wholeBytes !== found.fileBytes) return `${path}: damaged at byte ${found.wholeBytes}`;
  if (found.fragments.length !== expected.fragments) {
    return `${path}: ${found.fragments.length} fragments, the journal says ${expected.fragments}`;
  }
  const head = Buffer.from(found.head).toString("hex");
  return head === expected.head ? undefined : `${path}: its chain ends in ${head}, the journal says ${expected.head}`;
}

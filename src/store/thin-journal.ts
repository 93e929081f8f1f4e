/**
 * Short lines of receipts that were swept (`receipt-retention.ts`) leave core's journal, some days later and file by file. Each run
 * of them is replaced by one line that says how many stood there, up to which number, and the SHA-256 of their bytes; all
 * other lines stay byte by byte. The new file takes the old one's place in one step, when it is on the medium.
 */
import { createHash, type Hash } from "node:crypto";
import { closeSync, fdatasyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { eventsOf } from "../domain/short-lines.ts";
import { days, type WallTime } from "../kernel/time.ts";
import type { CoreLine, Stamped, ThinnedRecord } from "../messages/journal.ts";
import { decodeLine, encodeLine, journalFiles, linesOf, rawLinesOf, syncFolder } from "../platform/journal-file.ts";
import type { Direct } from "./database.ts";
import { dayOf } from "./receipt-retention.ts";

const suffix = ".core.log";
/** Core goes on from these: they are never touched. */
const newestFiles = 2;
/** A day's receipts go one by one as their footage does: its files are written anew when that has gone on so long. */
const patienceDays = 7;

export interface Thinning {
  readonly files: readonly string[];
  readonly lines: number;
}

/** Thins the files of the oldest day whose time has come. */
export function thinJournal(db: Direct, folder: string, now: WallTime): Thinning | undefined {
  const oldest = db.build.selectFrom("swept").select("day").orderBy("day").limit(1);
  const [first] = db.all(oldest);
  if (first === undefined) return undefined;
  const rows = db.all(db.build.selectFrom("swept").selectAll().where("day", "=", first.day));
  if (rows.every(({ on_day }) => on_day > dayOf(now) - patienceDays)) return undefined;
  const gone = new Set(rows.map(({ event_id }) => event_id));
  // what began before midnight ends in the next file
  const names = [first.day, first.day + 1].map((day) => new Date(day * days(1)).toISOString().slice(0, 10));
  const all = journalFiles(folder, suffix);
  const ofTheDay = all.filter((name) => names.includes(name.slice(0, 10)));
  const meant = ofTheDay.filter((name) => all.indexOf(name) < all.length - newestFiles);
  keepBegun(folder, ofTheDay, gone);
  const lines = meant.reduce((sum, name) => sum + thinFile(folder, name, gone), 0);
  db.run(db.build.deleteFrom("swept").where("day", "=", first.day));
  return { files: meant, lines };
}

/**
 * Leaves those of which a line that stays tells that they began: a step that was written out, the state that a day begins
 * with, a line of something else that stays. Without their other lines a rebuild would find them open for ever.
 */
function keepBegun(folder: string, names: readonly string[], gone: Set<string>): void {
  const together: { readonly all: readonly string[]; readonly begun: readonly string[] }[] = [];
  for (const name of names) {
    for (const text of linesOf(join(folder, name))) {
      const record = stampedOf(text, "")?.record;
      if (record?.kind === "short") {
        const all = eventsOf(record.of);
        const begun = record.of.flatMap((part) => ("edge" in part ? [part.edge] : []));
        if (begun.length > 0 && all.length > 1) together.push({ all, begun });
      } else if (record !== undefined) for (const eventId of begunIn(record)) gone.delete(eventId);
    }
  }
  for (let before = -1; before !== gone.size;) {
    before = gone.size;
    for (const { all, begun } of together)
      if (!all.every((eventId) => gone.has(eventId))) for (const eventId of begun) gone.delete(eventId);
  }
}

function begunIn(line: CoreLine): string[] {
  if (line.kind === "step") return line.records.flatMap(begunIn);
  if (line.kind === "state") return line.open.map(({ edge }) => edge.eventId);
  if (line.kind === "receipt") return [line.receipt.edge.eventId];
  return line.kind === "edge" ? [line.edge.eventId] : [];
}

/** Returns how many lines went. */
export function thinFile(folder: string, name: string, gone: ReadonlySet<string>): number {
  const path = join(folder, name);
  const draft = `${path}.thin`;
  const out = openOutput(draft);
  try {
    let lines = 0;
    let run: Run | undefined;
    let boot = "";
    for (const bytes of rawLinesOf(path)) {
      const text = bytes.toString("utf8");
      const line = text === "" ? undefined : stampedOf(text, boot);
      boot = line?.boot ?? boot;
      if (line !== undefined && (isGone(line, gone) || line.record.kind === "thinned")) {
        run = joined(run, line, text);
        if (line.record.kind !== "thinned") lines++;
        continue;
      }
      if (run !== undefined) out.write(stubOf(run));
      run = undefined;
      out.write(bytes);
      out.write("\n");
    }
    if (run !== undefined) out.write(stubOf(run));
    if (lines > 0) out.sync();
    out.close();
    if (lines > 0) {
      renameSync(draft, path);
      syncFolder(folder);
    }
    return lines;
  } finally {
    out.close();
    rmSync(draft, { force: true });
  }
}

/** Lines one behind the other that go. */
interface Run {
  readonly first: Stamped<CoreLine>;
  /** One that was a stub before, and stays as it is when nothing joins it. */
  readonly only: string | undefined;
  readonly to: number;
  readonly lines: number;
  readonly hash: Hash;
}

function joined(run: Run | undefined, line: Stamped<CoreLine>, text: string): Run {
  const { record } = line;
  const stub = record.kind === "thinned" ? record : undefined;
  return {
    first: run?.first ?? line,
    only: run === undefined && stub !== undefined ? text : undefined,
    to: stub?.to ?? line.seq,
    lines: (run?.lines ?? 0) + (stub?.lines ?? 1),
    hash: (run?.hash ?? createHash("sha256")).update(`${text}\n`),
  };
}

function stubOf({ first, only, to, lines, hash }: Run): string {
  if (only !== undefined) return `${only}\n`;
  const { seq, boot, at, wall } = first;
  const record: ThinnedRecord = { kind: "thinned", lines, to, sha256: hash.digest("hex") };
  return encodeLine(JSON.stringify({ seq, boot, at, wall, record }));
}

/** What is damaged stays as it is. */
function stampedOf(text: string, boot: string): Stamped<CoreLine> | undefined {
  const json = decodeLine(text);
  return json === undefined ? undefined : ({ boot, ...(JSON.parse(json) as object) } as Stamped<CoreLine>);
}

function isGone({ record }: Stamped<CoreLine>, gone: ReadonlySet<string>): boolean {
  if (record.kind !== "short") return false;
  const events = eventsOf(record.of);
  return events.length > 0 && events.every((eventId) => gone.has(eventId));
}

const pieceBytes = 1 << 20;

function openOutput(path: string) {
  const fd = openSync(path, "w", 0o600);
  let waiting: Buffer[] = [];
  let length = 0;
  let open = true;
  const flush = () => {
    const bytes = Buffer.concat(waiting);
    for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
    waiting = [];
    length = 0;
  };
  return {
    write(what: string | Buffer) {
      const bytes = Buffer.from(what);
      waiting.push(bytes);
      length += bytes.length;
      if (length > pieceBytes) flush();
    },
    sync() {
      flush();
      fdatasyncSync(fd);
    },
    close() {
      if (open) closeSync(fd);
      open = false;
    },
  };
}

import { fdatasync, fsync, openSync, closeSync } from "node:fs";
import { isDeepStrictEqual, promisify } from "node:util";
import { after, seconds, type Clock } from "../kernel/time.ts";
import type { EngineRecord } from "../domain/engine-records.ts";
import { acts } from "../domain/patient-records.ts";
import type { Receipt } from "../domain/receipt.ts";
import { noteRecord, type ShortBook } from "../domain/short-book.ts";
import { restore, shorten } from "../domain/short-lines.ts";
import { coreRecords, type CoreLine, type CoreRecord, type ShortLine, type Stamped } from "../messages/journal.ts";
import { openJournal, readJournal } from "../platform/journal-file.ts";

const dataSync = promisify(fdatasync);
const fullSync = promisify(fsync);
const suffix = ".core.log";

/** core's journal: appended on the alarm's thread (page cache only), synced off it in batches. */
export interface CoreJournal extends AsyncDisposable {
  /** In the page cache when it returns. A journal that can't be written is told to `failed`, never thrown. */
  append(record: CoreRecord): void;
  /**
   * What one step decided, as one line: a kill or a power cut leaves all of it or nothing. Else as `append`; `patient`:
   * it is synced with the next that is not, or after two seconds, and is a short line where that says all of it.
   */
  step(records: readonly CoreRecord[], patient?: "patient"): void;
  /** Everything appended before is on the medium. */
  synced(): Promise<void>;
}

export interface CoreJournalDeps {
  readonly clock: Clock;
  readonly folder: string;
  /** What each new file begins with. */
  readonly opening: () => CoreRecord;
  /** The journal could not be written or synced; `undefined` once it works again. */
  readonly failed: (why: string | undefined) => void;
  /** Absent: the disk's own. */
  readonly sync?: (fd: number) => Promise<void>;
}

/** As long as the recorder's rounds in the background. */
const patience = seconds(2);

/** Records of the newest files, oldest first: the newest file begins with a state record, so two are always enough. */
export function readCoreJournal(folder: string): { records: Stamped<CoreRecord>[]; damaged: number } {
  const { records, damaged } = readJournal<CoreLine>(folder, suffix, 2);
  return { records: coreRecords(records), damaged };
}

/** Receipts that were closed since the last clean stop: a power cut may have taken their rows from the database. */
export function closedSinceLastStop(records: readonly Stamped<CoreRecord>[]): Receipt[] {
  const stop = records.findLastIndex(({ record }) => record.kind === "clean-stop");
  return records.slice(stop + 1).flatMap(({ record }) => (record.kind === "receipt" ? [record.receipt] : []));
}

/** A power cut takes far fewer rows from the database, and its queue holds more. */
const mostRepeated = 20_000;

/** Of these the newest, and all that called somebody: busy streets close more in a day than the database's queue holds. */
export function toRepeat(closed: readonly Receipt[], most = mostRepeated): Receipt[] {
  const called = ({ alarmId, edge, actions }: Receipt) =>
    alarmId !== undefined || edge.walk !== undefined || actions.some(acts);
  return closed.filter((receipt, index) => index >= closed.length - most || called(receipt));
}

/** Opens today's file for appending. */
export function openCoreJournal(deps: CoreJournalDeps): CoreJournal {
  const journal = openJournal<CoreLine>(deps.folder, suffix, deps.clock, deps.opening);
  let dirty = false;
  let failing = false;
  let closed = false;
  let folderSyncedFor = -1;
  let round: Promise<void> | undefined;
  let cancelLater: (() => void) | undefined;
  const told = (why: string | undefined) => {
    if (why === undefined && !failing) return;
    failing = why !== undefined;
    deps.failed(why);
  };
  const syncOnce = async () => {
    const { fd } = journal;
    await (deps.sync ?? dataSync)(fd);
    if (folderSyncedFor === fd) return;
    await syncFolderLater(deps.folder);
    folderSyncedFor = fd;
  };
  const rounds = async () => {
    while (dirty) {
      dirty = false;
      try {
        await syncOnce();
        told(undefined);
      } catch (error) {
        told(sentence("synced", error));
      }
    }
    round = undefined;
  };
  const syncNow = () => {
    cancelLater?.();
    cancelLater = undefined;
    if (dirty) round ??= rounds();
  };
  const book: ShortBook = new Map();
  const append = (records: readonly CoreRecord[], patient = false) => {
    const [first, ...others] = records;
    if (closed || first === undefined) return;
    const short = patient ? shortLine(records, deps.clock.bootId, book) : undefined;
    try {
      if (short !== undefined) journal.append(short, "brief");
      else journal.append(others.length === 0 ? first : { kind: "step", records });
    } catch (error) {
      told(sentence("written", error));
      return;
    }
    for (const record of records) noteRecord(book, record);
    dirty = true;
    if (patient) cancelLater ??= deps.clock.wakeAt(after(deps.clock.now(), patience), syncNow);
    else syncNow();
  };
  return {
    append: (record) => append([record]),
    step: (records, patient) => append(records, patient !== undefined),
    synced() {
      syncNow();
      return round ?? Promise.resolve();
    },
    async [Symbol.asyncDispose]() {
      if (closed) return;
      closed = true;
      syncNow();
      await round;
      journal[Symbol.dispose]();
    },
  };
}

/** In few bytes what reads back as the very same records; else nothing, and they are written out. */
function shortLine(records: readonly CoreRecord[], boot: string, book: ShortBook): ShortLine | undefined {
  const of = shorten(records as readonly EngineRecord[], book);
  if (of === undefined) return undefined;
  const line = JSON.parse(JSON.stringify({ kind: "short", of })) as ShortLine;
  const same = isDeepStrictEqual(restore(line.of, boot, book), JSON.parse(JSON.stringify(records)));
  return same ? line : undefined;
}

const sentence = (what: string, error: unknown) =>
  `the journal can't be ${what}: ${error instanceof Error ? error.message : String(error)}`;

async function syncFolderLater(folder: string): Promise<void> {
  const fd = openSync(folder, "r");
  try {
    await fullSync(fd);
  } finally {
    closeSync(fd);
  }
}

import { join } from "node:path";
import type { Clock } from "../../kernel/time.ts";
import type { Stamped, VolumeRecord } from "../../messages/journal.ts";
import { decodeLine, encodeLine } from "../../platform/journal-file.ts";
import type { DirtyFile, Files } from "../ports.ts";
import { makeDurableFolder, readWhole } from "../volumes/whole-file.ts";

export const journalSuffix = ".rec.log";
/** Records that wait for a disk that takes none; beyond it the oldest are lost (their facts are in the files too). */
const mostWaiting = 20_000;

/**
 * A volume's journal in the format of `platform/journal-file.ts`, appended asynchronously: a hanging disk must not stop
 * the process. Records are written in order, all that wait with one write.
 */
export interface VolumeJournal extends DirtyFile {
  append(record: VolumeRecord): void;
  /** All records appended so far are in the file, or could not be written. */
  written(): Promise<void>;
  close(): Promise<void>;
}

export interface JournalDeps {
  readonly files: Files;
  readonly run: <T>(work: () => Promise<T>) => Promise<T>;
  readonly folder: string;
  readonly clock: Clock;
  readonly nextSequence: number;
  readonly onDirty: (file: DirtyFile) => void;
  readonly onFault: (error: unknown, doing: "write" | "sync") => void;
}

export function openVolumeJournal(deps: JournalDeps): VolumeJournal {
  const { files, run, clock } = deps;
  let sequence = deps.nextSequence;
  let waiting: string[] = [];
  /** In the file and not durable: written again to another file when a sync fails. */
  let unsynced: string[] = [];
  let fd: number | undefined;
  let day = "";
  let generation = 0;
  let newName = false;
  let torn = false;
  let busy: Promise<void> | undefined;

  const today = () => new Date(clock.wall()).toISOString().slice(0, 10);
  const openFile = async (): Promise<number> => {
    // never back to an older file: a clock set back must not interleave
    const wanted = today() > day ? today() : day;
    if (fd !== undefined && wanted === day) return fd;
    if (fd !== undefined) await files.close(fd);
    day = wanted;
    await makeDurableFolder(files, deps.folder);
    const name = `${day}${generation === 0 ? "" : `.z${generation}`}${journalSuffix}`;
    fd = await files.open(join(deps.folder, name), "append");
    newName = true;
    torn = true;
    return fd;
  };
  const writeWaiting = async (): Promise<void> => {
    const lines = waiting;
    waiting = [];
    // an empty line is nothing to a reader; it ends what a crash or a full disk left torn
    const bytes = new TextEncoder().encode((torn ? "\n" : "") + lines.join(""));
    try {
      const written = await run(async () => files.writev(await openFile(), [bytes], 0));
      if (written !== bytes.length) throw new Error("journal: short write");
      torn = false;
      unsynced.push(...lines);
    } catch (error) {
      torn = true;
      waiting = [...lines, ...waiting].slice(-mostWaiting);
      deps.onFault(error, "write");
      return;
    }
    if (waiting.length > 0) await writeWaiting();
  };
  const pump = (): Promise<void> => {
    busy ??= writeWaiting().finally(() => {
      busy = undefined;
    });
    return busy;
  };

  const journal: VolumeJournal = {
    append(record) {
      const stamped: Stamped<VolumeRecord> = {
        seq: sequence++,
        boot: clock.bootId,
        at: clock.now(),
        wall: clock.wall(),
        record,
      };
      waiting.push(encodeLine(JSON.stringify(stamped)));
      deps.onDirty(journal);
      void pump();
    },
    written: () => (waiting.length === 0 ? (busy ?? Promise.resolve()) : pump()),
    async sync() {
      if (waiting.length > 0 || busy !== undefined) await pump();
      const target = unsynced.length;
      const open = fd;
      if (open === undefined || target === 0) return;
      try {
        await run(() => files.dataSync(open));
        if (newName) await run(() => files.syncFolder(deps.folder));
        newName = false;
        unsynced = unsynced.slice(target);
      } catch (error) {
        // the kernel marked the pages clean: another file, and the lines again
        generation++;
        waiting = [...unsynced, ...waiting];
        unsynced = [];
        day = "";
        deps.onFault(error, "sync");
      }
    },
    async close() {
      await pump();
      await journal.sync();
      if (fd !== undefined) await run(() => files.close(fd ?? -1));
      fd = undefined;
    },
  };
  return journal;
}

/** Calls `each` with every believable record, oldest first; returns how many lines were damaged. */
export async function readVolumeJournal(
  files: Files,
  folder: string,
  each: (stamped: Stamped<VolumeRecord>) => void,
): Promise<number> {
  let damaged = 0;
  for (const name of (await files.list(folder)).filter((candidate) => candidate.endsWith(journalSuffix))) {
    for (const line of ((await readWhole(files, join(folder, name))) ?? "").split("\n")) {
      if (line === "") continue;
      const json = decodeLine(line);
      if (json === undefined) damaged++;
      else each(JSON.parse(json) as Stamped<VolumeRecord>);
    }
  }
  return damaged;
}

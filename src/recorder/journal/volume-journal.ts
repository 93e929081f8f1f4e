import { dirname, join } from "node:path";
import type { Clock } from "../../kernel/time.ts";
import type { Stamped, VolumeRecord } from "../../messages/journal.ts";
import { decodeLine, encodeLine, inOrder, sequenceIn } from "../../platform/journal-file.ts";
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
  const nameOf = () => `${day}${generation === 0 ? "" : `.z${generation}`}${journalSuffix}`;
  const openFile = async (): Promise<number> => {
    // never back to an older file: a clock set back must not interleave
    const wanted = today() > day ? today() : day;
    if (fd !== undefined && wanted === day) return fd;
    if (fd !== undefined) await files.close(fd);
    fd = undefined;
    day = wanted;
    await makeDurableFolder(files, deps.folder, dirname(deps.folder));
    // nor to one that was begun before another: a clock that stood ahead, a file whose sync had failed
    const known = await filesInOrder(files, deps.folder);
    while (known.includes(nameOf()) && known.at(-1) !== nameOf()) generation++;
    fd = await files.open(join(deps.folder, nameOf()), "append");
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

/** The names of the journal's files in the order in which they were begun. */
async function filesInOrder(files: Files, folder: string): Promise<string[]> {
  const names = (await files.list(folder)).filter((name) => name.endsWith(journalSuffix));
  const sequences = new Map<string, number | undefined>();
  for (const name of names) sequences.set(name, await firstSequence(files, join(folder, name)));
  return inOrder(names, (name) => sequences.get(name));
}

async function firstSequence(files: Files, path: string): Promise<number | undefined> {
  const fd = await files.open(path, "read");
  try {
    const bytes = new Uint8Array(4096);
    const read = await files.read(fd, bytes, 0);
    return sequenceIn(new TextDecoder("latin1").decode(bytes.subarray(0, read)));
  } finally {
    await files.close(fd);
  }
}

/** Calls `each` with every believable record, oldest first; returns how many lines were damaged. */
export async function readVolumeJournal(
  files: Files,
  folder: string,
  each: (stamped: Stamped<VolumeRecord>) => void,
): Promise<number> {
  let damaged = 0;
  for (const name of await filesInOrder(files, folder)) {
    for (const line of ((await readWhole(files, join(folder, name))) ?? "").split("\n")) {
      if (line === "") continue;
      const json = decodeLine(line);
      if (json === undefined) damaged++;
      else each(JSON.parse(json) as Stamped<VolumeRecord>);
    }
  }
  return damaged;
}

import { renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { pino } from "pino";

/** Of one file; with the one before it a process keeps twice as much. */
const defaultBytes = 4 * 1024 * 1024;
/** What waits for a disk that hangs, bytes; beyond it lines are left out. */
const mostWaiting = 1024 * 1024;

export const logPath = (folder: string, process: string): string => join(folder, `${process}.log`);
/** The file before the present one. */
export const olderLogPath = (folder: string, process: string): string => `${logPath(folder, process)}.1`;

/**
 * Lines of one process in `<folder>/<process>.log`; a full file becomes `….log.1` in the place of the one before. A
 * disk that can't be written loses lines here and nothing else: standard output has them too.
 */
export function logFile(folder: string, process: string, mostBytes = defaultBytes): { write(line: string): void } {
  const path = logPath(folder, process);
  const file = pino.destination({ dest: path, sync: false, mkdir: true, mode: 0o600, maxLength: mostWaiting });
  let size = sizeOf(path);
  /** The file is being opened anew: it is renamed again only when its lines have reached it. */
  let turning = false;
  const turn = (): void => {
    try {
      renameSync(path, olderLogPath(folder, process));
      turning = true;
      size = 0;
      file.reopen();
    } catch {
      // not there yet, or not to be renamed: it goes on growing until the next try
    }
  };
  file.on("ready", () => (turning = false));
  // a full or missing disk: the line stands on standard output, and the next one is tried again
  file.on("error", () => (turning = false));
  file.on("write", (bytes: number) => {
    size += bytes;
    if (size >= mostBytes && !turning) turn();
  });
  return { write: (line) => void file.write(line) };
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}

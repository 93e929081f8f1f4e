import { closeSync, openSync, writeSync } from "node:fs";

/**
 * What really happened at the board's terminals: one append-only text file, written at once, a line a fact, times in
 * microseconds of CLOCK_MONOTONIC, contacts and relays from 0.
 *
 *     reed-board-log 1 contacts <n> relays <n>
 *     contact <contact> <closed|open> <time>
 *     coil <relay> <on|off> <time> <connection, or timer, or -> <changed|same>
 *     connection <connection> <open|closed> <time>
 *     pause <connection> <time of the read before> <time of the read that ended it>   contacts were not read for > 0.1 s
 *     fault <time> <JSON of the command>
 */
export interface BoardLog extends Disposable {
  line(...fields: readonly (string | number)[]): void;
}

export function openBoardLog(path: string | undefined): BoardLog {
  const fd = path === undefined ? undefined : openSync(path, "a");
  return {
    line(...fields) {
      if (fd !== undefined) writeSync(fd, `${fields.join(" ")}\n`);
    },
    [Symbol.dispose]() {
      if (fd !== undefined) closeSync(fd);
    },
  };
}

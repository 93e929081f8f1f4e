import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";

/** One line of a journal. `at` is ms of CLOCK_MONOTONIC, `wall` ms since 1970. */
export interface Line {
  readonly seq: number;
  readonly boot: string;
  readonly at: number;
  readonly wall: number;
  readonly record: { readonly kind: string; readonly [member: string]: unknown };
}

export interface JournalOnDisk {
  readonly lines: readonly Line[];
  /** Lines whose checksum is wrong. */
  readonly damaged: number;
}

const recordsOf = (line: Line): Line[] =>
  line.record.kind === "step"
    ? (line.record["records"] as Line["record"][]).map((record) => ({ ...line, record }))
    : [line];

/** Reads `<crc32 in 8 hex digits> <JSON>` lines of all files ending in `suffix`, oldest first; a `step` is its records. */
export function readJournalFiles(folder: string, suffix: string): JournalOnDisk {
  const lines: Line[] = [];
  let damaged = 0;
  const names = readdirSync(folder).filter((name) => name.endsWith(suffix));
  for (const name of names.sort()) {
    for (const line of readFileSync(join(folder, name), "utf8").split("\n").filter(Boolean)) {
      const json = line.slice(9);
      if (parseInt(line.slice(0, 8), 16) === crc32(json)) lines.push(...recordsOf(JSON.parse(json) as Line));
      else damaged++;
    }
  }
  return { lines, damaged };
}

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { expand, remember, type Memory } from "./short.ts";

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

function recordsOf(line: Line, memory: Memory): Line[] {
  const { kind } = line.record;
  if (kind === "short") {
    const records = expand(line.record["of"] as Line["record"][], line.boot, memory);
    return records.map((record) => ({ ...line, record }));
  }
  const records = kind === "step" ? (line.record["records"] as Line["record"][]) : [line.record];
  for (const record of records) remember(memory, record);
  return records.map((record) => ({ ...line, record }));
}

/**
 * Reads `<crc32 in 8 hex digits> <JSON>` lines of all files ending in `suffix`, oldest first; a `step` is its records,
 * a `short` line those that it stands for. A line without a boot is of the boot of the line before it.
 */
export function readJournalFiles(folder: string, suffix: string): JournalOnDisk {
  const lines: Line[] = [];
  let damaged = 0;
  const names = readdirSync(folder).filter((name) => name.endsWith(suffix));
  const memory: Memory = new Map();
  for (const name of names.sort()) {
    let boot = "";
    for (const line of readFileSync(join(folder, name), "utf8").split("\n").filter(Boolean)) {
      const json = line.slice(9);
      if (parseInt(line.slice(0, 8), 16) !== crc32(json)) {
        damaged++;
        continue;
      }
      const read = { boot, ...(JSON.parse(json) as object) } as Line;
      ({ boot } = read);
      lines.push(...recordsOf(read, memory));
    }
  }
  return { lines, damaged };
}

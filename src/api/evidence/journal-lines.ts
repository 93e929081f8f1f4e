/** Reads journals line by line, however long they are, without holding up what else the api does. */
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Stamped } from "../../messages/journal.ts";
import { decodeLine, journalFiles } from "../../platform/journal-file.ts";

export interface JournalLine<R> {
  /** As it stands in the file, checksum and all. */
  readonly text: string;
  readonly file: string;
  readonly stamped: Stamped<R>;
}

/**
 * Lines that contain one of `words`, in the order in which they were written; those with a wrong checksum are left out.
 * @param sinceDay `2026-11-22`: files that were begun on an earlier day are not read
 */
export async function* journalLines<R>(
  folder: string,
  suffix: string,
  words: readonly string[],
  sinceDay = "",
): AsyncGenerator<JournalLine<R>> {
  for (const file of filesSince(folder, suffix, sinceDay)) {
    const lines = createInterface({ input: createReadStream(join(folder, file)), crlfDelay: Infinity });
    for await (const text of lines) {
      if (!words.some((word) => text.includes(word))) continue;
      const json = decodeLine(text);
      if (json !== undefined) yield { text, file, stamped: JSON.parse(json) as Stamped<R> };
    }
  }
}

/** In the order in which they were begun. A day is the recorder's: one that was set wrong is beside the point by a day. */
const filesSince = (folder: string, suffix: string, sinceDay: string): readonly string[] =>
  journalFiles(folder, suffix).filter((name) => name.slice(0, 10) >= sinceDay);

import { coreReader, type CoreLine } from "../messages/journal.ts";
import { eachRecord } from "../platform/journal-file.ts";
import { dataPaths, volumeFolder } from "../platform/paths.ts";

/** Root folders of all volumes that core's journal knows, and the one that every installation begins with. */
export function volumeFolders(data: string): string[] {
  const paths = dataPaths(data);
  const folders = new Map<string, string>();
  const read = coreReader();
  // line by line: a month of busy streets is more than memory holds
  for (const line of eachRecord<CoreLine>(paths.journal, ".core.log")) {
    for (const { record } of line === "damaged" ? [] : read(line)) {
      if (record.kind === "config" && record.change.part === "volume") {
        folders.set(record.change.value.id, volumeFolder(data, record.change.value));
      } else if (record.kind === "config-removed" && record.part === "volume") folders.delete(String(record.id));
    }
  }
  return [...new Set([...folders.values(), paths.footage])];
}

import type { VolumeRecord } from "../../../messages/journal.ts";
import type { ArchiveStore } from "./store.ts";

/** How an archive's segments are found where no folder can be listed. */
export interface RemoteSegments {
  paths(): Promise<Set<string>>;
  /** Of objects that the journal does not know; what somebody else put there is left out, and left alone. */
  look(paths: Iterable<string>): Promise<readonly VolumeRecord[]>;
}

/** Objects that are asked about at once. */
const atOnce = 8;

export const remoteSegments = (store: ArchiveStore): RemoteSegments => ({
  async paths() {
    const found = new Set<string>();
    for (let page = await store.list(undefined); page.length > 0; page = await store.list(page.at(-1))) {
      for (const path of page) found.add(path);
    }
    return found;
  },
  async look(paths) {
    const left = [...paths];
    const records: VolumeRecord[] = [];
    const worker = async (): Promise<void> => {
      for (let path = left.shift(); path !== undefined; path = left.shift()) {
        const found = await store.rowOf(path);
        if (found !== undefined)
          records.push({ kind: "segment-recovered", segment: found.row, ...found.end, cutBytes: 0 });
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    // in the order in which they were recorded, as a volume has them
    return records.sort((a, b) => startOf(a) - startOf(b));
  },
});

const startOf = (record: VolumeRecord): number => (record.kind === "segment-recovered" ? record.segment.startWall : 0);

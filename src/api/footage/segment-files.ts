import { open } from "node:fs/promises";
import { isAbsolute, join, normalize } from "node:path";
import type { VolumeSettings } from "../../domain/site-config.ts";
import { ApiFailure } from "../failure.ts";

/** A segment's file, wherever it lies: as much of Node's `FileHandle` as readers use. */
export interface SegmentFile extends AsyncDisposable {
  stat(): Promise<{ readonly size: number }>;
  /** As many bytes as are asked for, fewer at the end; of a far one also in front of pictures and sound. */
  read(into: Uint8Array, offset: number, length: number, position: number): Promise<{ readonly bytesRead: number }>;
  close(): Promise<void>;
}

/**
 * Where segments lie. A place is a text: a file's whole path, or `bucket:<volume>:<name>`. Opening rejects with the code
 * `ENOENT` when it is gone, and with `StoreAway` when nobody can say.
 */
export interface SegmentFiles {
  open(place: string): Promise<SegmentFile>;
}

/** An archive's store can't be asked now. The message is a sentence; a route answers with it. */
export class StoreAway extends ApiFailure {
  constructor(archive: string, why: string) {
    super("unavailable", `The archive ${archive} can't be read now: ${why}`);
  }
}

/** How a far file is opened. */
export type OpenFar = (volumeId: string, name: string) => Promise<SegmentFile>;

const farPrefix = "bucket:";

/** Whether reading there costs requests. */
export const isFar = (place: string): boolean => place.startsWith(farPrefix);

export const segmentFiles = (openFar: OpenFar): SegmentFiles => ({
  open(place) {
    if (!isFar(place)) return open(place, "r");
    const [volumeId = "", name = ""] = place.slice(farPrefix.length).split(":");
    return openFar(decodeURIComponent(volumeId), decodeURIComponent(name));
  },
});

/** Files of this machine only. */
export const nearFiles: SegmentFiles = segmentFiles((volumeId) =>
  Promise.reject(new StoreAway(volumeId, "This process reads no far archives.")),
);

/** The place of a segment; undefined when it would lie outside its volume. */
export function segmentPlace(volume: VolumeSettings, path: string): string | undefined {
  const inside = normalize(path);
  if (isAbsolute(inside) || inside.startsWith("..")) return undefined;
  return volume.archive?.bucket === undefined
    ? join(volume.path, inside)
    : `${farPrefix}${encodeURIComponent(volume.id)}:${encodeURIComponent(inside)}`;
}

import { join } from "node:path";
import { type Result, err, ok } from "../../kernel/result.ts";
import type { Files } from "../ports.ts";
import { makeDurableFolder, readWhole, writeWhole } from "./whole-file.ts";

/** The file that says "this folder is a volume of Reed": without it nothing is written. */
export const markerName = ".reed-volume";

export interface Marker {
  readonly uuid: string;
}

/** What this installation remembers of a volume, in its data folder: a volume once used must show its marker. */
export interface KnownVolumes {
  uuidOf(volumeId: string): Promise<string | undefined>;
  remember(volumeId: string, uuid: string): Promise<void>;
}

export function knownVolumes(files: Files, dataFolder: string): KnownVolumes {
  const folder = join(dataFolder, "volumes");
  const pathOf = (volumeId: string) => join(folder, `${encodeURIComponent(volumeId)}.json`);
  return {
    async uuidOf(volumeId) {
      return parseMarker(await readWhole(files, pathOf(volumeId)))?.uuid;
    },
    async remember(volumeId, uuid) {
      await makeDurableFolder(files, folder);
      await files.remove(pathOf(volumeId));
      await writeWhole(files, pathOf(volumeId), JSON.stringify({ uuid }));
    },
  };
}

/** Reads the marker, or makes it in a new or empty folder that this installation has never used. */
export async function findMarker(
  files: Files,
  root: string,
  known: string | undefined,
  newUuid: () => string,
): Promise<Result<Marker>> {
  const marker = parseMarker(await readWhole(files, join(root, markerName)));
  if (marker !== undefined) {
    return known === undefined || known === marker.uuid ? ok(marker) : err("another volume is mounted here");
  }
  if (known !== undefined) return err("its marker file is gone: not mounted?");
  const there = (await files.list(root)).filter((name) => name !== "lost+found");
  if (there.some((name) => name !== markerName)) {
    return err("the folder is not empty and carries no marker of Reed");
  }
  // a marker that can't be read, and nothing else: the power went while it was made
  if (there.length > 0) await files.remove(join(root, markerName));
  await makeDurableFolder(files, root);
  const made: Marker = { uuid: newUuid() };
  await writeWhole(files, join(root, markerName), JSON.stringify(made));
  return ok(made);
}

/** Undefined while the marker and the device are the ones that the volume was opened with; otherwise what changed. */
export async function markerTrouble(
  files: Files,
  root: string,
  uuid: string,
  device: number,
): Promise<string | undefined> {
  const facts = await files.facts(root);
  if (facts === undefined) return "its folder is gone";
  if (facts.device !== device) return "another disk is mounted there";
  const marker = parseMarker(await readWhole(files, join(root, markerName)));
  if (marker === undefined) return "its marker file is gone: not mounted?";
  return marker.uuid === uuid ? undefined : "another volume is mounted there";
}

function parseMarker(text: string | undefined): Marker | undefined {
  try {
    const value = JSON.parse(text ?? "") as Partial<Marker>;
    return typeof value.uuid === "string" ? { uuid: value.uuid } : undefined;
  } catch {
    return undefined;
  }
}

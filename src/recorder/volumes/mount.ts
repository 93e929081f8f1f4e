import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { type Result, err, ok } from "../../kernel/result.ts";
import type { Clock } from "../../kernel/time.ts";
import { openVolumeJournal, type VolumeJournal } from "../journal/volume-journal.ts";
import type { RemoteSegments } from "../archive/s3/recover-store.ts";
import { recoverVolume, type Recovered } from "../journal/recover.ts";
import type { DirtyFile, Files } from "../ports.ts";
import { lockName, takeLock, thisProcess } from "./lock.ts";
import { findMarker, type KnownVolumes } from "./marker.ts";
import { makeDurableFolder } from "./whole-file.ts";

/** A volume that was found, locked and read: what holds until it is lost. */
export interface Mounted {
  readonly uuid: string;
  readonly device: number;
  readonly journal: VolumeJournal;
  readonly recovered: Recovered;
}

export interface MountDeps {
  readonly clock: Clock;
  readonly files: Files;
  readonly volumeId: string;
  /** It holds copies. */
  readonly archive: boolean;
  /** Its segments lie elsewhere. */
  readonly remote?: RemoteSegments;
  readonly root: string;
  readonly known: KnownVolumes;
  readonly run: <T>(work: () => Promise<T>) => Promise<T>;
  readonly onDirty: (file: DirtyFile) => void;
  readonly onFault: (error: unknown, doing: "write" | "sync") => void;
}

/** Finds the marker (or makes it in a new folder), takes the lock, recovers what a crash left, opens the journal. */
export async function mountVolume(deps: MountDeps): Promise<Result<Mounted>> {
  const { files, root, volumeId, clock } = deps;
  const known = await deps.known.uuidOf(volumeId);
  // of an archive in a bucket the folder here holds a journal that can be made anew
  if (known === undefined || deps.remote !== undefined) await makeDurableFolder(files, root);
  const facts = await files.facts(root);
  if (facts?.folder !== true) return err("its folder is gone: not mounted?");
  const marker = await findMarker(files, root, known, randomUUID);
  if (!marker.ok) return marker;
  if (known === undefined) await deps.known.remember(volumeId, marker.value.uuid);
  const locked = await takeLock(files, root, thisProcess(clock.bootId));
  if (!locked.ok) return locked;
  const recovered = await recoverVolume(files, root, { volumeId, archive: deps.archive, remote: deps.remote });
  const journal = openVolumeJournal({
    files,
    run: deps.run,
    folder: join(root, "journal"),
    clock,
    nextSequence: recovered.history.lastSequence + 1,
    onDirty: deps.onDirty,
    onFault: deps.onFault,
  });
  journal.append({ kind: "start", pid: process.pid, volumeId });
  for (const finding of recovered.findings) journal.append(finding);
  return ok({ uuid: marker.value.uuid, device: facts.device, journal, recovered });
}

/** Lets go of the lock; a lock file that stays is harmless, its owner is gone. */
export const releaseLock = (files: Files, root: string): Promise<void> => files.remove(join(root, lockName));

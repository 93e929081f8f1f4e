import { join } from "node:path";
import { between } from "../../kernel/time.ts";
import type { VolumeRecord } from "../../messages/journal.ts";
import { remoteSegments } from "../archive/s3/recover-store.ts";
import { recoverSegment } from "../journal/recover.ts";
import type { Files } from "../ports.ts";
import { clean, countLocked, lookAtWall } from "./cleaner.ts";
import { markerTrouble } from "./marker.ts";
import { mountVolume } from "./mount.ts";
import { queuedFiles } from "./queued-files.ts";
import { fault, show, type Volume, type VolumeInside } from "./volume-state.ts";

/** Looks after a volume: finds it, or sees whether it still is what it was, and makes room. Never rejects. */
export async function check(volume: Volume, state: VolumeInside): Promise<void> {
  const faults = state.faults;
  try {
    if (state.queue.stalled || state.closed) return;
    if (state.mounted === undefined) await mount(volume, state);
    else await inspect(volume, state);
    if (state.mounted === undefined) return;
    state.space =
      volume.store === undefined ? await volume.run(() => volume.files.space(volume.root)) : roomOf(volume, state);
    lookAtWall(volume, state);
    const stuck = await clean(volume, state);
    await countLocked(volume, state);
    await takeBack(volume, state);
    if (state.faults !== faults) return;
    const full = state.space.freeBytes < fullBelow || (stuck !== undefined && overCap(volume, state));
    if (full) show(state, "full", "no space left, and nothing that may be deleted");
    else show(state, "ready", "");
  } catch (error) {
    fault(state, error);
  }
  countTaken(state);
  state.deps.events.state(volume.state);
}

/** Checks are seconds apart: the rate is of that time. */
function countTaken(state: VolumeInside): void {
  const now = state.deps.clock.now();
  const ms = between(state.taken.since, now);
  if (ms < 1000) return;
  state.taken = { bytes: 0, since: now, bytesPerSecond: Math.round((state.taken.bytes * 1000) / ms) };
}

const fullBelow = 16 * 1024 * 1024;
/** Protected footage may push a volume over its cap by this before recording to it stops. */
const overCap = (volume: Volume, state: VolumeInside): boolean =>
  volume.index.usedBytes > 1.1 * (state.settings.maxBytes ?? Infinity);

/** Nobody tells how much a bucket takes: its cap decides, and without one there is always more. */
function roomOf({ index }: Volume, { settings }: VolumeInside): VolumeInside["space"] {
  const totalBytes = 2 * Math.max(index.usedBytes, settings.maxBytes ?? 0, leastRoom);
  return { totalBytes, freeBytes: totalBytes - index.usedBytes, fileSystem: "S3" };
}
const leastRoom = 1e12;

async function mount(volume: Volume, state: VolumeInside): Promise<void> {
  const { clock, known, root, settings } = state.deps;
  const { files } = volume;
  const mounted = await mountVolume({
    ...{ clock, files, known, root, volumeId: settings.id, archive: state.settings.archive !== undefined },
    ...(volume.store === undefined ? {} : { remote: remoteSegments(volume.store) }),
    run: (work) => volume.run(work),
    onDirty: (file) => volume.dirty(file),
    onFault: (error) => fault(state, error),
  });
  if (!mounted.ok) {
    show(state, "missing", mounted.error);
    return;
  }
  state.mounted = mounted.value;
  state.deps.events.mounted(volume, mounted.value.recovered);
}

/** Why the folder is not the volume that was opened; undefined while it is. */
export async function whatIsGone(volume: Volume, { mounted }: VolumeInside): Promise<string | undefined> {
  if (mounted === undefined) return "it is not there";
  return volume.run(() => markerTrouble(volume.files, volume.root, mounted.uuid, mounted.device));
}

/** Is it still the volume that it was, and may it be written? A volume that had failed must sync once to be ready. */
async function inspect(volume: Volume, state: VolumeInside): Promise<void> {
  const { files, root } = volume;
  if (state.mounted === undefined) return;
  const gone = await whatIsGone(volume, state);
  if (gone !== undefined) {
    state.mounted = undefined;
    state.abandoned.clear();
    show(state, "missing", gone);
    state.deps.events.lost(volume);
    return;
  }
  await volume.run(() => files.writable(root));
  if (state.kind === "failing" || state.kind === "stalled") await volume.run(() => probe(files, root));
}

export const probeName = ".reed-probe";

async function probe(files: Files, root: string): Promise<void> {
  const path = join(root, probeName);
  await files.remove(path);
  const fd = await files.open(path, "create");
  try {
    await files.writev(fd, [new Uint8Array(4096)], 0);
    await files.dataSync(fd);
  } finally {
    await files.close(fd);
  }
  await files.remove(path);
}

/** Looks at the segments that were let go of while the disk hung, now that it answers. */
async function takeBack(volume: Volume, state: VolumeInside): Promise<void> {
  const queued = queuedFiles(volume.files, (work) => volume.run(work));
  for (const [id, row] of state.abandoned) {
    const finding = await recoverSegment(queued, volume.root, row.path, row);
    state.abandoned.delete(id);
    volume.note(finding);
    apply(volume, state, finding);
  }
}

function apply(volume: Volume, state: VolumeInside, finding: VolumeRecord): void {
  if (finding.kind === "segment-recovered") {
    volume.index.put(finding.segment, finding);
    state.deps.events.segment(finding.segment);
  } else if (finding.kind === "segment-deleted") {
    volume.index.remove(finding.id);
    state.deps.events.segmentDeleted(finding.id, volume.id, finding.reason);
  }
}

import { dirname, join } from "node:path";
import {
  isEmergency,
  limitBytes,
  planDeletions,
  type Deletion,
  type KeptSegment,
  type RetentionSituation,
} from "../../domain/retention.ts";
import { after, days, hours } from "../../kernel/time.ts";
import { errorCode } from "../ports.ts";
import type { Volume, VolumeInside } from "./volume-state.ts";

/** Most files of one round of cleaning, so that a check stays short. */
const mostDeletions = 100;
/** A clock before this was never set: age decides nothing. */
const plausibleFrom = Date.UTC(2026, 0, 1);

/** Deletes what the retention rules say. Says why when room is needed and nothing may go. */
export async function clean(volume: Volume, state: VolumeInside): Promise<string | undefined> {
  const situation = situationOf(volume, state);
  if (!isDue(volume, situation)) return undefined;
  const plan = planDeletions(situation, [...keptOf(volume, state)]);
  for (const deletion of plan.deletions.slice(0, mostDeletions)) {
    await deleteSegment(volume, state, deletion);
    if (deletion.cause === "age") state.aged.bytes += deletion.bytes;
  }
  return plan.stuck;
}

function situationOf(volume: Volume, state: VolumeInside): RetentionSituation {
  const now = state.deps.clock.now();
  if (now >= state.aged.until) state.aged = { bytes: 0, until: after(now, hours(1)) };
  const { maxShare, maxBytes, keepDays } = state.settings;
  const wall = state.deps.clock.wall();
  return {
    now: wall,
    clockPlausible: wall >= plausibleFrom,
    totalBytes: state.space.totalBytes,
    freeBytes: state.space.freeBytes,
    usedBytes: volume.index.usedBytes,
    pendingBytes: 0,
    maxShare,
    ...(maxBytes === undefined ? {} : { maxBytes }),
    keepDays,
    agedBytesLastHour: state.aged.bytes,
  };
}

/** Most looks find nothing to do: the list of all segments is only made when something may have to go. */
function isDue(volume: Volume, situation: RetentionSituation): boolean {
  if (situation.usedBytes > limitBytes(situation) || isEmergency(situation)) return true;
  const [oldest] = volume.index.all();
  return oldest !== undefined && situation.now - oldest.endWall > days(situation.keepDays);
}

function* keptOf(volume: Volume, state: VolumeInside): Generator<KeptSegment> {
  for (const row of volume.index.all()) {
    const wanted = state.deps.events.wanted(row);
    yield {
      ...{ id: row.id, bytes: row.bytes, endWall: row.endWall, locked: false, leased: false },
      inUse: wanted === "open" || (!row.closed && row.trusted),
      unreviewedAlarm: wanted === "alarm",
    };
  }
}

/** Journalled, unlinked, then forgotten: a crash in between is finished at the next start. */
async function deleteSegment(volume: Volume, state: VolumeInside, deletion: Deletion): Promise<void> {
  const row = volume.index.get(deletion.id);
  if (row === undefined) return;
  const { id, reason } = deletion;
  const path = join(volume.root, row.path);
  volume.note({ kind: "segment-deleted", id, path: row.path, reason, head: row.head });
  await state.mounted?.journal.written();
  await volume.run(() => volume.files.remove(path));
  volume.index.remove(id);
  state.deps.events.segmentDeleted(id, reason);
  await removeIfEmpty(volume, dirname(path));
  await removeIfEmpty(volume, dirname(dirname(path)));
}

async function removeIfEmpty(volume: Volume, folder: string): Promise<void> {
  try {
    await volume.run(() => volume.files.removeEmptyFolder(folder));
  } catch (error) {
    const code = errorCode(error);
    if (code !== "ENOTEMPTY" && code !== "EEXIST" && code !== "ENOENT") throw error;
  }
}

import { dirname, join } from "node:path";
import { keepLookup } from "../../domain/keep-rules.ts";
import {
  isEmergency,
  limitBytes,
  planDeletions,
  type Deletion,
  type KeptSegment,
  type RetentionSituation,
} from "../../domain/retention.ts";
import { after, days, earlier, hours, instant, minutes, momentOf, wallOf } from "../../kernel/time.ts";
import type { Clock, WallTime } from "../../kernel/time.ts";
import type { SegmentRow } from "../../messages/recorder.ts";
import { errorCode } from "../ports.ts";
import type { Volume, VolumeInside } from "./volume-state.ts";

/** Most files of one round of cleaning, so that a check stays short. */
const mostDeletions = 100;
/** A clock before this was never set: age decides nothing. */
const plausibleFrom = Date.UTC(2026, 0, 1);
/** What is too old and may not go (protected, or enough for this hour) is looked at again after this. */
const ageLookEvery = minutes(1);
const lockedLookEvery = minutes(1);

/** Deletes what the retention rules say. Says why when room is needed and nothing may go. */
export async function clean(volume: Volume, state: VolumeInside): Promise<string | undefined> {
  const situation = situationOf(volume, state);
  if (!isDue(volume, state, situation)) return undefined;
  const plan = planDeletions(situation, [...keptOf(volume, state)]);
  if (plan.deletions.length === 0) state.ageLookAt = after(state.deps.clock.now(), ageLookEvery);
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
  const keepAllUntil = state.deps.events.keepAllUntil();
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
    ...(keepAllUntil === undefined ? {} : { keepAllUntil }),
  };
}

/** Most looks find nothing to do: the list of all segments is only made when something may have to go. */
function isDue(volume: Volume, state: VolumeInside, situation: RetentionSituation): boolean {
  if (situation.usedBytes > limitBytes(situation) || isEmergency(situation)) return true;
  const { clock } = state.deps;
  if (clock.now() < state.ageLookAt) return false;
  for (const row of volume.index.all()) {
    const end = believableEnd(row, clock);
    if (end !== undefined) return situation.now - end > days(leastDays(state, situation.keepDays));
  }
  return false;
}

/** The fewest days that any footage is kept at most. */
const leastDays = ({ deps }: VolumeInside, keepDays: number): number =>
  Math.min(keepDays, ...deps.events.keepRules().map((rule) => rule.maxDays ?? keepDays));

/**
 * When a segment ended, as the clock is set now. Of this boot the instants tell, whatever the clock showed then; what
 * another boot recorded before its clock was set has no known age.
 */
function believableEnd(row: SegmentRow, clock: Clock): WallTime | undefined {
  if (row.bootId !== clock.bootId) return row.endWall >= plausibleFrom ? row.endWall : undefined;
  const end = instant(row.startInstant + Math.max(0, row.endWall - row.startWall));
  return wallOf(momentOf(clock), earlier(end, clock.now()));
}

function* keptOf(volume: Volume, state: VolumeInside): Generator<KeptSegment> {
  const rules = state.deps.events.keepRules();
  const keepOf = keepLookup(rules, state.settings.keepDays);
  for (const row of volume.index.all()) {
    const wanted = state.deps.events.wanted(row);
    const held = state.deps.events.held(row);
    yield {
      ...{ id: row.id, bytes: row.bytes, locked: held === "locked", leased: held === "leased" },
      endWall: believableEnd(row, state.deps.clock) ?? state.deps.clock.wall(),
      inUse: wanted === "open" || (!row.closed && row.trusted),
      unreviewedAlarm: wanted === "alarm",
      ...(rules.length === 0 ? {} : { keep: keepOf(row.channel, state.deps.events.causeOf(row)) }),
    };
  }
}

/** How much of the volume is locked: of interest to people only, so that once a minute is enough while nothing changes. */
export function countLocked(volume: Volume, state: VolumeInside): void {
  const { clock, events } = state.deps;
  const version = events.lockVersion();
  if (version === state.locked.version && clock.now() < state.locked.until) return;
  const bytes = volume.index.sum((range) => events.held(range) === "locked");
  state.locked = { bytes, version, until: after(clock.now(), lockedLookEvery) };
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

import { dirname, join } from "node:path";
import { ageWaitsUntil, plausibleFrom, seeWall } from "../../domain/clock-trust.ts";
import { keepLookup, type KeepRule } from "../../domain/keep-rules.ts";
import {
  isEmergency,
  limitBytes,
  planDeletions,
  type Deletion,
  mayLetGo,
  type KeptSegment,
  type RetentionSituation,
} from "../../domain/retention.ts";
import { after, days, earlier, hours, instant, minutes, momentOf, wallOf } from "../../kernel/time.ts";
import type { Clock, WallTime } from "../../kernel/time.ts";
import type { SegmentRow } from "../../messages/recorder.ts";
import { errorCode } from "../ports.ts";
import type { Planned, Volume, VolumeInside } from "./volume-state.ts";

/** Most files of one round of cleaning, so that a check stays short. */
const mostDeletions = 100;
/** What is too old and may not go (protected, or enough for this hour) is looked at again after this. */
const ageLookEvery = minutes(1);
const lockedLookEvery = minutes(1);
/** What was planned is done little by little for so long, then it is planned anew. */
const plannedFor = minutes(1);
/** Segments that are looked at in one go: a few ms. */
const atOnce = 2000;

const ageWaits = (volume: Volume): WallTime | undefined => ageWaitsUntil(volume.history?.wallSeen);

/** Looks at the wall clock: one that leapt ahead makes no footage old, and that is a trouble while it lasts. */
export function lookAtWall(volume: Volume, state: VolumeInside): void {
  const { clock, events } = state.deps;
  const { history } = volume;
  if (history === undefined) return;
  history.wallSeen = seeWall(history.wallSeen, clock.wall());
  const { leapAt } = history.wallSeen;
  const waits = ageWaits(volume) !== undefined;
  if (waits && state.leap === undefined) {
    state.leap = { key: `clock:${volume.id}`, what: leapt, since: leapAt ?? clock.wall() };
    events.trouble(state.leap);
  } else if (!waits && state.leap !== undefined) {
    events.trouble({ ...state.leap, ended: clock.wall() });
    state.leap = undefined;
  }
}
const leapt = "the clock is far ahead of what was recorded last: nothing goes by its age for two days";

/** Deletes what the retention rules say. Says why when room is needed and nothing may go. */
export async function clean(volume: Volume, state: VolumeInside): Promise<string | undefined> {
  const situation = situationOf(volume, state);
  await letGo(volume, state, situation);
  if (!isDue(volume, state, situation)) {
    state.planned = undefined;
    return undefined;
  }
  const { stuck, left } = await planOf(volume, state, situation);
  for (const deletion of left.splice(0, mostDeletions)) {
    if (!stillGoes(volume, state, situation, deletion)) continue;
    await deleteSegment(volume, state, deletion);
    if (deletion.cause === "age") state.aged.bytes += deletion.bytes;
  }
  return stuck;
}

/** What is left of the plan before, so that a list of all segments is made once a minute at most; or a new one. */
async function planOf(volume: Volume, state: VolumeInside, situation: RetentionSituation): Promise<Planned> {
  const { clock } = state.deps;
  const known = state.planned;
  if (known !== undefined && known.left.length > 0 && clock.now() < known.until) return known;
  const { deletions, stuck } = planDeletions(situation, await keptOf(volume, state));
  if (deletions.length === 0) state.ageLookAt = after(clock.now(), ageLookEvery);
  state.planned = { left: [...deletions], stuck, until: after(clock.now(), plannedFor) };
  return state.planned;
}

/** Has nobody locked, read or wanted it since it was planned? */
function stillGoes(
  volume: Volume,
  state: VolumeInside,
  situation: RetentionSituation,
  { id, cause }: Deletion,
): boolean {
  const row = volume.index.get(id);
  if (row === undefined) return false;
  const kept = keptAs(state, row);
  return cause === "emergency" ? !kept.inUse && !kept.locked : mayLetGo(situation, kept);
}

/** What lies in an archive that takes its place, as far as nothing needs the original. */
async function letGo(volume: Volume, state: VolumeInside, situation: RetentionSituation): Promise<void> {
  let left = mostDeletions;
  for (const id of state.released) {
    const row = volume.index.get(id);
    if (row === undefined) state.released.delete(id);
    if (row === undefined || !mayLetGo(situation, keptAs(state, row)) || left-- <= 0) continue;
    await deleteSegment(volume, state, { id, bytes: row.bytes, cause: "space", reason: "it is in the archive" });
    state.released.delete(id);
  }
}

function situationOf(volume: Volume, state: VolumeInside): RetentionSituation {
  const now = state.deps.clock.now();
  if (now >= state.aged.until) state.aged = { bytes: 0, until: after(now, hours(1)) };
  const { maxShare, maxBytes, keepDays } = state.settings;
  const wall = state.deps.clock.wall();
  const keepAllUntil = state.deps.events.keepAllUntil();
  return {
    now: wall,
    clockPlausible: wall >= plausibleFrom && ageWaits(volume) === undefined,
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

/** Days by camera and type are those of recording; an archive has its own. */
const rulesOf = ({ deps, settings }: VolumeInside): readonly KeepRule[] =>
  settings.archive === undefined ? deps.events.keepRules() : [];

/** The fewest days that any footage is kept at most. */
const leastDays = (state: VolumeInside, keepDays: number): number =>
  Math.min(keepDays, ...rulesOf(state).map((rule) => rule.maxDays ?? keepDays));

/**
 * When a segment ended, as the clock is set now. Of this boot the instants tell, whatever the clock showed then; what
 * another boot recorded before its clock was set has no known age.
 */
function believableEnd(row: SegmentRow, clock: Clock): WallTime | undefined {
  if (row.bootId !== clock.bootId) return row.endWall >= plausibleFrom ? row.endWall : undefined;
  const end = instant(row.startInstant + Math.max(0, row.endWall - row.startWall));
  return wallOf(momentOf(clock), earlier(end, clock.now()));
}

/** A segment as retention sees it. */
function keptAs({ deps: { clock, events } }: VolumeInside, row: SegmentRow): KeptSegment {
  const wanted = events.wanted(row);
  const held = events.held(row);
  return {
    ...{ id: row.id, bytes: row.bytes, locked: held === "locked", leased: held === "leased" },
    endWall: believableEnd(row, clock) ?? clock.wall(),
    inUse: wanted === "open" || (!row.closed && row.trusted),
    unreviewedAlarm: wanted === "alarm",
  };
}

/** All segments as retention sees them; between the pieces of a long list the process does what else it has to do. */
async function keptOf(volume: Volume, state: VolumeInside): Promise<KeptSegment[]> {
  const rules = rulesOf(state);
  const keepOf = keepLookup(rules, state.settings.keepDays);
  const all: KeptSegment[] = [];
  for (const row of volume.index.all()) {
    const kept = keptAs(state, row);
    all.push(rules.length === 0 ? kept : { ...kept, keep: keepOf(row.channel, state.deps.events.causeOf(row)) });
    if (all.length % atOnce === 0) await new Promise<void>((resolve) => setImmediate(resolve));
  }
  return all;
}

/** How much of the volume is locked: of interest to people only, so that once a minute is enough while nothing changes. */
export async function countLocked(volume: Volume, state: VolumeInside): Promise<void> {
  const { clock, events } = state.deps;
  const version = events.lockVersion();
  if (version === state.locked.version && clock.now() < state.locked.until) return;
  const bytes = await volume.index.sum((range) => events.held(range) === "locked");
  state.locked = { bytes, version, until: after(clock.now(), lockedLookEvery) };
}

/** Journalled, unlinked, then forgotten: a crash in between is finished at the next start. */
async function deleteSegment(volume: Volume, state: VolumeInside, deletion: Deletion): Promise<void> {
  const row = volume.index.get(deletion.id);
  if (row === undefined) return;
  const { id, reason } = deletion;
  const path = join(volume.root, row.path);
  volume.note({ kind: "segment-deleted", id, volumeId: volume.id, path: row.path, reason, head: row.head });
  await state.mounted?.journal.written();
  await volume.run(() => volume.files.remove(path));
  volume.index.remove(id);
  state.deps.events.segmentDeleted(id, volume.id, reason);
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

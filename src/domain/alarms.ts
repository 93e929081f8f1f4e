/**
 * Edge ≠ alarm. Armed edges of one input that follow each other inside its anti-dither window join one alarm ("× n");
 * each edge restarts the window. A disarmed edge is an event and belongs to no alarm.
 */
import type { Instant, Moment } from "../kernel/time.ts";
import { between, earlier, instant, later, seconds } from "../kernel/time.ts";
import type { AlarmMemory } from "./engine-types.ts";
import { gravestOf, isGraver, usualSeverity, type Severity } from "./linkage-settings.ts";
import type { Edge } from "./receipt.ts";

export interface RunningAlarm {
  readonly alarmId: string;
  /** When its first edge was decided: bounds of outputs count from here. */
  readonly firstAt: Instant;
  /** Time of its last edge: the window counts from here. */
  readonly lastAt: Instant;
  readonly count: number;
  readonly silenced: boolean;
  /** Of its edges: people were told of it as such. */
  readonly gravest: Severity;
}

export interface RaisedEdge {
  readonly at: Instant;
  readonly decidedAt: Instant;
  readonly severity: Severity;
}

/** `graver`: it joined, and is graver than all before it. */
export interface JoinedAlarm {
  readonly alarm: RunningAlarm;
  readonly joined: boolean;
  readonly graver: boolean;
}

/** The alarm that an armed, raised edge belongs to: the running one inside its window, else a new one. */
export function joinAlarm(
  running: RunningAlarm | undefined,
  edge: RaisedEdge,
  antiDitherS: number,
  newId: () => string,
): JoinedAlarm {
  const { at, severity } = edge;
  if (running !== undefined && between(running.lastAt, at) < seconds(antiDitherS)) {
    const gravest = gravestOf(severity, running.gravest);
    const alarm = { ...running, lastAt: later(running.lastAt, at), count: running.count + 1, gravest };
    return { alarm, joined: true, graver: isGraver(severity, running.gravest) };
  }
  const fresh = { count: 1, silenced: false, gravest: severity };
  return { alarm: { alarmId: newId(), firstAt: edge.decidedAt, lastAt: at, ...fresh }, joined: false, graver: false };
}

/** Takes a journalled edge into what is remembered of the running alarms: the same that `joinAlarm` made of it. */
export function foldAlarm(
  alarms: Map<number, AlarmMemory>,
  { edge, alarmId }: { readonly edge: Edge; readonly alarmId?: string },
): void {
  const { input, kind, at: last, decidedAt: first } = edge;
  if (alarmId === undefined || kind === "cleared" || kind === "tamper" || kind === "manual") return;
  const running = alarms.get(input);
  const severity = edge.severity ?? usualSeverity;
  if (running?.alarmId !== alarmId)
    alarms.set(input, { input, alarmId, first, last, count: 1, silenced: false, gravest: severity });
  else alarms.set(input, joinedMemory(running, last, severity));
}

const joinedMemory = (running: AlarmMemory, last: Moment, severity: Severity): AlarmMemory => ({
  ...running,
  last: latest(running.last, last),
  count: running.count + 1,
  gravest: gravestOf(severity, running.gravest ?? usualSeverity),
});

/** One of its edges is graver than it was when it came. */
export function foldGraver(alarms: Map<number, AlarmMemory>, alarmId: string | undefined, severity: Severity): void {
  for (const [input, alarm] of alarms) {
    if (alarm.alarmId !== alarmId) continue;
    alarms.set(input, { ...alarm, gravest: gravestOf(severity, alarm.gravest ?? usualSeverity) });
  }
}

/** The same of an edge whose entry delay is over: its alarm counts from then. */
export function foldReleased(
  alarms: Map<number, AlarmMemory>,
  input: number,
  { alarmId, at, severity }: { readonly alarmId: string; readonly at: Moment; readonly severity: Severity },
): void {
  const running = alarms.get(input);
  if (running?.alarmId !== alarmId)
    alarms.set(input, { input, alarmId, first: at, last: at, count: 1, silenced: false, gravest: severity });
  else alarms.set(input, joinedMemory(running, at, severity));
}

const latest = (a: Moment, b: Moment): Moment => (a.bootId === b.bootId && a.instant > b.instant ? a : b);

/** The remembered alarm in this boot's instants, as the wall clock places it; never in the future. */
export function resumeAlarm(memory: AlarmMemory, now: Moment): RunningAlarm {
  const { alarmId, first, last, count, silenced, gravest = usualSeverity } = memory;
  const times = { firstAt: momentInBoot(first, now), lastAt: momentInBoot(last, now) };
  return { alarmId, ...times, count, silenced, gravest };
}

/** A remembered moment in this boot's instants, as the wall clock places it; never in the future. */
export const momentInBoot = (at: Moment, now: Moment): Instant =>
  earlier(at.bootId === now.bootId ? at.instant : instant(now.instant + (at.wall - now.wall)), now.instant);

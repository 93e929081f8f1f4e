/**
 * Edge ≠ alarm. Armed edges of one input that follow each other inside its anti-dither window join one alarm ("× n");
 * each edge restarts the window. A disarmed edge is an event and belongs to no alarm.
 */
import type { Instant, Moment } from "../kernel/time.ts";
import { between, earlier, instant, later, seconds } from "../kernel/time.ts";
import type { AlarmMemory } from "./engine-types.ts";
import type { Edge } from "./receipt.ts";

export interface RunningAlarm {
  readonly alarmId: string;
  /** When its first edge was decided: bounds of outputs count from here. */
  readonly firstAt: Instant;
  /** Time of its last edge: the window counts from here. */
  readonly lastAt: Instant;
  readonly count: number;
  readonly silenced: boolean;
}

export interface RaisedEdge {
  readonly at: Instant;
  readonly decidedAt: Instant;
}

/** The alarm that an armed, raised edge belongs to: the running one inside its window, else a new one. */
export function joinAlarm(
  running: RunningAlarm | undefined,
  edge: RaisedEdge,
  antiDitherS: number,
  newId: () => string,
): { readonly alarm: RunningAlarm; readonly joined: boolean } {
  if (running !== undefined && between(running.lastAt, edge.at) < seconds(antiDitherS)) {
    const alarm = { ...running, lastAt: later(running.lastAt, edge.at), count: running.count + 1 };
    return { alarm, joined: true };
  }
  const alarm = { alarmId: newId(), firstAt: edge.decidedAt, lastAt: edge.at, count: 1, silenced: false };
  return { alarm, joined: false };
}

/** Takes a journalled edge into what is remembered of the running alarms: the same that `joinAlarm` made of it. */
export function foldAlarm(
  alarms: Map<number, AlarmMemory>,
  { edge, alarmId }: { readonly edge: Edge; readonly alarmId?: string },
): void {
  const { input, kind, at: last, decidedAt: first } = edge;
  if (alarmId === undefined || kind === "cleared" || kind === "tamper" || kind === "manual") return;
  const running = alarms.get(input);
  if (running?.alarmId !== alarmId) alarms.set(input, { input, alarmId, first, last, count: 1, silenced: false });
  else alarms.set(input, { ...running, last: latest(running.last, last), count: running.count + 1 });
}

/** The same of an edge whose entry delay is over: its alarm counts from then. */
export function foldReleased(
  alarms: Map<number, AlarmMemory>,
  input: number,
  { alarmId, at }: { readonly alarmId: string; readonly at: Moment },
): void {
  const running = alarms.get(input);
  if (running?.alarmId !== alarmId)
    alarms.set(input, { input, alarmId, first: at, last: at, count: 1, silenced: false });
  else alarms.set(input, { ...running, last: latest(running.last, at), count: running.count + 1 });
}

const latest = (a: Moment, b: Moment): Moment => (a.bootId === b.bootId && a.instant > b.instant ? a : b);

/** The remembered alarm in this boot's instants, as the wall clock places it; never in the future. */
export function resumeAlarm({ alarmId, first, last, count, silenced }: AlarmMemory, now: Moment): RunningAlarm {
  return { alarmId, firstAt: momentInBoot(first, now), lastAt: momentInBoot(last, now), count, silenced };
}

/** A remembered moment in this boot's instants, as the wall clock places it; never in the future. */
export const momentInBoot = (at: Moment, now: Moment): Instant =>
  earlier(at.bootId === now.bootId ? at.instant : instant(now.instant + (at.wall - now.wall)), now.instant);

/**
 * Edge ≠ alarm. Armed edges of one input that follow each other inside its anti-dither window join one alarm ("× n");
 * each edge restarts the window. A disarmed edge is an event and belongs to no alarm.
 */
import type { Instant } from "../kernel/time.ts";
import { between, later, seconds } from "../kernel/time.ts";

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

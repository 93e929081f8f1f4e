/**
 * The walk test, as rules: somebody goes from contact to contact and sees that each one works, and nobody is called. A
 * chosen input records as always; its outputs get one short pulse or nothing at all; its messages are proved without
 * telling anybody. It always ends: by its time, by hand, or because the site is armed. Pure; the engine keeps the running
 * one (`engine-walk.ts`).
 */
import type { Instant, Moment, WallTime } from "../kernel/time.ts";
import { after, before, earlier, instant, later, minutes, momentAt, seconds, wallOf } from "../kernel/time.ts";
import { asksFirst } from "./alarm-output.ts";
import type { Outcome } from "./receipt.ts";
import type { AlarmOutputSettings, OutputMode } from "./site-config.ts";

/** How long it may last, min, inclusive. */
export const walkMinutes = [5, 240] as const;
export const walkMinutesDefault = 30;
/** An output is on for so long at most: enough to be read back. */
export const walkPulseMs = seconds(1);

/** What somebody asked for. */
export interface WalkTerms {
  readonly walkId: string;
  readonly by: string;
  readonly inputs: readonly number[];
  readonly minutes: number;
  /** Sirens and the like get a pulse of a second; else they stay quiet and are not proved. */
  readonly pulse: boolean;
  /** Locks and gates that may move. */
  readonly locks: readonly number[];
  /** Receivers that can't be proved without sending, and may get one test message. */
  readonly send: readonly number[];
}

/** A running one. */
export interface WalkState extends WalkTerms {
  readonly since: WallTime;
  readonly at: Instant;
  readonly until: Instant;
  /** The last trip of each input: what follows within its anti-dither window switches and sends nothing again. */
  readonly trips: readonly { readonly input: number; readonly at: Instant }[];
  /** Who has had the one test message. */
  readonly sent: readonly number[];
}

/** The same as the journal keeps it. */
export interface WalkMemory extends WalkTerms {
  readonly since: Moment;
  readonly until: Moment;
  readonly trips: readonly { readonly input: number; readonly at: Moment }[];
  readonly sent: readonly number[];
}

/** What people ask the engine for. */
export type WalkEvent =
  { readonly kind: "walk-start"; readonly terms: WalkTerms } | { readonly kind: "walk-stop"; readonly by: string };

/** Why it ended. `restart`: when Reed was started again it was over, or the clock showed a time before its beginning. */
export type WalkEnd = "time" | "stopped" | "armed" | "restart";

export interface WalkEnded {
  readonly at: WallTime;
  readonly why: WalkEnd;
  readonly by: string;
}

/** As pages show it and as it is kept; times are wall times. */
export interface WalkView extends WalkTerms {
  readonly since: WallTime;
  readonly until: WallTime;
}

/** One that is over, or runs (`ended` absent). */
export interface WalkRecord extends WalkView {
  readonly ended?: WalkEnded;
}

/** An event by this gate belongs to a walk test. */
export const walkGate = "walk test";
/** A relay that something else has on proves nothing of this trip. */
export const walkOnAlready = `${walkGate}: it is on already`;
const because = (why: string): Outcome => ({ kind: "suppressed", gate: `${walkGate}: ${why}` });

/** What a walk test makes of one edge. `repeatWithinS`: it follows another of the same input so closely. */
export interface WalkTrip {
  readonly walkId: string;
  readonly pulse: boolean;
  readonly locks: readonly number[];
  /** Receivers that get the one test message now. */
  readonly send: readonly number[];
  readonly repeatWithinS?: number;
}

export const beginWalk = (terms: WalkTerms, now: Moment): WalkState => {
  const [least, most] = walkMinutes;
  const length = Math.min(most, Math.max(least, terms.minutes));
  const until = after(now.instant, minutes(length));
  return { ...terms, minutes: length, since: now.wall, at: now.instant, until, trips: [], sent: [] };
};

/** The trip of an input in the test; undefined when the edge is none of its business. */
export function walkTrip(
  walk: WalkState | undefined,
  { input, at }: { readonly input: number; readonly at: Instant },
  antiDitherS: number,
): WalkTrip | undefined {
  if (walk === undefined || !walk.inputs.includes(input)) return undefined;
  const { walkId, pulse, locks } = walk;
  const last = walk.trips.find((one) => one.input === input);
  const repeats = last !== undefined && at < after(last.at, seconds(antiDitherS));
  const send = walk.send.filter((notifier) => !walk.sent.includes(notifier));
  return { walkId, pulse, locks, send, ...(repeats ? { repeatWithinS: antiDitherS } : {}) };
}

/** The walk test after that trip. */
export function afterTrip(
  walk: WalkState,
  trip: { readonly input: number; readonly at: Instant },
  sent: readonly number[],
): WalkState {
  const before = walk.trips.find(({ input }) => input === trip.input);
  const at = before === undefined ? trip.at : later(before.at, trip.at);
  return {
    ...walk,
    trips: [...walk.trips.filter(({ input }) => input !== trip.input), { input: trip.input, at }],
    sent: [...walk.sent, ...sent],
  };
}

/** Why a walk test does not switch this output; undefined: it gets its pulse. */
export function walkOutputGate(
  trip: WalkTrip,
  settings: Pick<AlarmOutputSettings, "output" | "kind">,
  mode: OutputMode,
): Outcome | undefined {
  if (asksFirst(settings.kind)) {
    if (!trip.locks.includes(settings.output)) return because("locks and gates do not move");
  } else if (!trip.pulse) return because("outputs stay quiet");
  if (mode !== "auto") return because(`it is forced ${mode}`);
  return trip.repeatWithinS === undefined ? undefined : because(`repeat within ${trip.repeatWithinS} s`);
}

export const walkMessageGate = (trip: WalkTrip): Outcome | undefined =>
  trip.repeatWithinS === undefined ? undefined : because(`repeat within ${trip.repeatWithinS} s`);

export const walkMemory = (walk: WalkState, now: Moment): WalkMemory => {
  const { at, since, until, trips, ...rest } = walk;
  return {
    ...rest,
    since: { ...momentAt(now, at), wall: since },
    until: momentAt(now, until),
    trips: trips.map((trip) => ({ input: trip.input, at: momentAt(now, trip.at) })),
  };
};

export const walkView = (walk: WalkState, now: Moment): WalkView => {
  const { walkId, by, inputs, minutes: length, pulse, locks, send, since } = walk;
  return { walkId, by, inputs, minutes: length, pulse, locks, send, since, until: wallOf(now, walk.until) };
};

/** What is kept of it, out of the journal. */
export function walkRecord(memory: WalkMemory, ended: WalkEnded | undefined): WalkRecord {
  const { walkId, by, inputs, minutes: length, pulse, locks, send } = memory;
  const times = { since: memory.since.wall, until: memory.until.wall };
  const record = { walkId, by, inputs, minutes: length, pulse, locks, send, ...times };
  return ended === undefined ? record : { ...record, ended };
}

/**
 * What a restart goes on with: in another boot by the wall clock, never longer than the whole length, and not at all when
 * the clock shows a time before its beginning (its end is in the past then).
 */
export function resumeWalk(saved: WalkMemory | undefined, now: Moment): WalkState | undefined {
  if (saved === undefined) return undefined;
  const { since, until, trips, ...rest } = saved;
  const here = until.bootId === now.bootId;
  const placed = (at: Moment): Instant =>
    at.bootId === now.bootId ? at.instant : earlier(instant(now.instant + (at.wall - now.wall)), now.instant);
  const left = earlier(instant(now.instant + (until.wall - now.wall)), after(now.instant, minutes(rest.minutes)));
  const implausible = !here && now.wall < since.wall;
  return {
    ...rest,
    since: since.wall,
    at: placed(since),
    until: here ? until.instant : implausible ? before(now.instant, 1) : left,
    trips: trips.map((trip) => ({ input: trip.input, at: placed(trip.at) })),
  };
}

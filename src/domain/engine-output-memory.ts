/** Between an output of the engine and what is remembered of it. */
import type { Instant, Moment } from "../kernel/time.ts";
import { after, momentAt, seconds } from "../kernel/time.ts";
import type { OutputEntry, OutputHold } from "./engine-state.ts";
import type { LatchMemory, OutputMemory } from "./output-memory.ts";
import { resumedLatches } from "./output-memory.ts";
import { outputDefaults, outputRanges } from "./output-settings.ts";
import type { OutputMode } from "./site-config.ts";

/** Forced *on* is not restored: it is auto. Forced *off* stays for what was left of its time. */
export function modeAtStart(
  mode: OutputMode,
  saved: OutputMemory | undefined,
  now: Moment,
): Pick<OutputEntry, "mode" | "forcedUntil"> {
  if (mode !== "off") return { mode: "auto" };
  return { mode, forcedUntil: forcedUntilOf(saved, now) };
}

function forcedUntilOf(saved: OutputMemory | undefined, now: Moment): Instant {
  const until = saved?.forced?.mode === "off" ? saved.forced.until : undefined;
  if (until === undefined) return after(now.instant, seconds(outputDefaults.forcedS));
  if (until.bootId === now.bootId) return until.instant;
  const left = until.wall - now.wall;
  return after(now.instant, Math.min(Math.max(left, 0), seconds(outputRanges.forcedS[1])));
}

export const latchesOf = (saved: OutputMemory | undefined, now: Moment): OutputHold[] =>
  resumedLatches(saved, now).map(({ latch, from, boundAt }) => ({
    ...{ by: latch.by, input: latch.input, from, boundAt, holdS: 0 },
    latched: latch.alarmId === undefined ? {} : { alarmId: latch.alarmId },
  }));

export const latchMemory = (hold: OutputHold, now: Moment): LatchMemory => ({
  ...{ by: hold.by, input: hold.input, from: momentAt(now, hold.from), boundAt: hold.boundAt },
  ...(hold.latched?.alarmId === undefined ? {} : { alarmId: hold.latched.alarmId }),
});

/** What a restart needs of an output. */
export const outputMemory = (entry: OutputEntry, now: Moment): OutputMemory => ({
  output: entry.settings.output,
  operations: entry.operations,
  ...(entry.mode === "auto" || entry.forcedUntil === undefined
    ? {}
    : { forced: { mode: entry.mode, until: momentAt(now, entry.forcedUntil) } }),
  latches: entry.holds.filter((hold) => hold.latched !== undefined).map((hold) => latchMemory(hold, now)),
});

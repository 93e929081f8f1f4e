/** Sensor watches in the engine: levels and sensors' own words go in, troubles come out. */
import type { Instant } from "../kernel/time.ts";
import { between, hours } from "../kernel/time.ts";
import type { Draft } from "./engine-draft.ts";
import { beginTrouble, endTrouble, journal, setInput } from "./engine-draft.ts";
import type { EngineState, InputEntry } from "./engine-state.ts";
import type { LevelFact } from "./engine-types.ts";
import { inputMemory } from "./engine-view.ts";
import type { SensorFact } from "./sensor-watch.ts";
import {
  heardSensor,
  isBatteryLow,
  nextWatch,
  passedTime,
  sawChange,
  silentAt,
  unseenAt,
  watchDefaults,
} from "./sensor-watch.ts";

/** A level that was seen to change counts for the chatter, and as a sign of life. */
export function noteChange(draft: Draft, input: number, { level, how, at }: Omit<LevelFact, "point">): void {
  const entry = draft.state.inputs.get(input);
  if (entry === undefined || how !== "change" || (level !== "closed" && level !== "open")) return;
  setInput(draft, { ...entry, watch: sawChange(entry.settings, entry.watch, at) });
}

/** How often a sensor's last word is journalled, so that a restart knows about when it was. */
const journalEvery = hours(1);

/** A wireless sensor told its battery, or that it is there. */
export function onSensor(draft: Draft, event: { readonly board: number; readonly fact: SensorFact }): void {
  const { board, fact } = event;
  for (const entry of draft.state.inputs.values()) {
    if (entry.settings.board !== board || entry.settings.point !== fact.point) continue;
    const watch = heardSensor(entry.watch, fact, draft.now.instant);
    const next: InputEntry = { ...entry, watch };
    const { seenAt } = watch;
    const later = seenAt !== undefined && isLong(entry.seenJournalledAt, seenAt);
    setInput(draft, later ? { ...next, seenJournalledAt: seenAt } : next);
    if (!later && watch.battery === entry.watch.battery) continue;
    journal(draft, { kind: "input", memory: inputMemory(next, draft.now) });
  }
}

const isLong = (told: Instant | undefined, seenAt: Instant): boolean =>
  told === undefined || between(told, seenAt) >= journalEvery;

/** At the end of each step: what is wrong with a sensor begins and ends as a trouble. */
export function watchSensors(draft: Draft): void {
  const now = draft.now.instant;
  for (const entry of draft.state.inputs.values()) {
    const { settings } = entry;
    const watch = passedTime(settings, entry.watch, now);
    if (watch !== entry.watch) setInput(draft, { ...entry, watch });
    const { input, name, enabled, watchDays = 0, unseenH = watchDefaults.unseenH } = settings;
    const is = (key: string, wrong: boolean, what: string) => {
      if (enabled && wrong) beginTrouble(draft, key, what);
      else endTrouble(draft, key);
    };
    const passed = (at: Instant | undefined) => at !== undefined && at <= now;
    const low = `battery:${input}`;
    is(`input:${input}:changes`, watch.chatters, `${name} chatters: too many changes within a minute`);
    is(`silent:${input}`, passed(silentAt(settings, watch)), `${name} has not changed for ${watchDays} days`);
    is(`unseen:${input}`, passed(unseenAt(settings, watch)), `${name} has said nothing for ${unseenH} h`);
    is(low, isBatteryLow(watch, draft.state.troubles.has(low)), `the battery of ${name} is low`);
  }
}

/** The input is gone: so are its troubles. */
export function forgetSensor(draft: Draft, input: number): void {
  for (const about of ["silent", "unseen", "battery", "check"]) endTrouble(draft, `${about}:${input}`);
  endTrouble(draft, `input:${input}:changes`);
}

export const nextSensorDue = (state: EngineState, now: Instant): readonly (Instant | undefined)[] =>
  [...state.inputs.values()].map(({ settings, watch }) =>
    settings.enabled ? nextWatch(settings, watch, now) : undefined,
  );

/**
 * Arming in the engine: modes, both delays, bypasses, key switches, and what is left alone until the next arming. One
 * state, journalled whole with each change, so that a restart goes on in the middle of a delay.
 */
import type { Instant } from "../kernel/time.ts";
import { after, between, seconds } from "../kernel/time.ts";
import type { ArmingState, ZoneVerdict } from "./arming.ts";
import {
  actsAlways,
  alarmsOf,
  armingOf,
  disarmedMode,
  gates,
  isArmed,
  isArmedIn,
  isBurglarZone,
  isShutDown,
  loopVerdict,
  modeOf,
  zoneOf,
  zoneVerdict,
} from "./arming.ts";
import { chimeBuzzers } from "./engine-buzzers.ts";
import { unmetCondition } from "./engine-conditions.ts";
import { endJudgements } from "./engine-graver.ts";
import type { Draft } from "./engine-draft.ts";
import { beginTrouble, change, endTrouble, journal, settle } from "./engine-draft.ts";
import { isLeftOpen, lookForOpen, setArming } from "./engine-open.ts";
import { silence } from "./engine-output-holds.ts";
import { endWalk } from "./engine-walk.ts";
import { armingMemory } from "./engine-view.ts";
import type { ArmEvent, EngineEvent } from "./engine-types.ts";
import type { Edge } from "./receipt.ts";
import { scheduleGate, scheduleState } from "./schedule-gate.ts";
import type { AlarmInputSettings } from "./site-config.ts";

type EventOf<K extends EngineEvent["kind"]> = Extract<EngineEvent, { readonly kind: K }>;

/** Arms in a mode, changes the mode, or disarms. Inputs act again that were bypassed or shut down before. */
export function onArm(draft: Draft, event: ArmEvent): void {
  const { arming } = draft.state;
  const settings = armingOf(draft.env.config);
  const running = isArmed(arming) ? arming.mode : undefined;
  const mode = event.armed ? modeOf(settings, event.mode ?? running).mode : disarmedMode;
  const bypass = event.armed ? [...new Set(event.bypass ?? [])] : [];
  if (mode === arming.mode) {
    if (event.armed && event.bypass !== undefined) setArming(draft, { ...arming, bypass });
    return;
  }
  if (event.armed) endWalk(draft, "armed", event.by);
  const { now } = draft;
  const { entry } = arming;
  const next: ArmingState = {
    ...{ mode, by: event.by, since: now.wall, at: now.instant, bypass, alarms: [], open: [] },
    ...(event.armed && entry !== undefined ? { entry } : {}),
    ...(event.armed ? exitOf(draft, mode, bypass) : {}),
  };
  const record = { kind: "armed", armed: event.armed, by: event.by, arming: armingMemory(next, now) } as const;
  setArming(draft, next, true);
  journal(draft, record);
  draft.others.push({ kind: "armed-changed", armed: event.armed, by: event.by });
  if (!event.armed) disarm(draft, event.by);
  else if (next.exitUntil === undefined) lookForOpen(draft);
}

/** The exit delay of a mode, where an input of the way out is armed in it. */
function exitOf(draft: Draft, mode: string, bypass: readonly number[]): { readonly exitUntil?: Instant } {
  const { exitS } = modeOf(armingOf(draft.env.config), mode);
  const onTheWay = draft.env.config.inputs.some(
    (input) => input.enabled && zoneOf(input) !== "instant" && isArmedIn(input, mode) && !bypass.includes(input.input),
  );
  return onTheWay && exitS > 0 ? { exitUntil: after(draft.now.instant, seconds(exitS)) } : {};
}

/** Ends the running alarms and silences what they have on; what waited for the entry delay is let go. Recording goes on. */
function disarm(draft: Draft, by: string): void {
  for (const { receipt } of draft.state.book.values()) {
    for (const { id, waitsUntil, outcome } of receipt.actions) {
      if (waitsUntil === undefined || outcome !== undefined) continue;
      settle(draft, receipt.edge.eventId, id, { kind: "suppressed", gate: gates.disarmedInTime });
    }
  }
  endJudgements(draft);
  silence(draft, by);
  draft.by = `disarmed by ${by}`;
  change(draft, { alarms: new Map() });
}

/** Leaves inputs out of the running arming. While disarmed there is nothing to leave them out of. */
export function onBypass(draft: Draft, event: EventOf<"bypass">): void {
  const { arming } = draft.state;
  if (isArmed(arming)) setArming(draft, { ...arming, bypass: [...new Set(event.inputs)] });
}

/** The exit delay is over: what is open now, or when armed at once, can't raise an alarm, and that is told. */
export function exitOver(draft: Draft): void {
  const { exitUntil, ...arming } = draft.state.arming;
  if (exitUntil === undefined || exitUntil > draft.now.instant) return;
  setArming(draft, arming);
  lookForOpen(draft);
}

/** At the end of each step: troubles of what is armed and can't act, as long as that is so. */
export function watchArming(draft: Draft): void {
  const { arming, inputs } = draft.state;
  const open = arming.open.filter((input) => isLeftOpen(draft, input));
  if (open.length !== arming.open.length) setArming(draft, { ...arming, open });
  const { restartedAt } = arming;
  if (restartedAt === undefined) endTrouble(draft, "restart:armed");
  else beginTrouble(draft, "restart:armed", "Reed was started again while the site was armed; it is armed on");
  for (const { settings } of inputs.values()) {
    const { input, name } = settings;
    const left = open.includes(input);
    const why = actsAlways(settings)
      ? `${name} is active and acts at any hour: it can raise no alarm until it has come to rest`
      : `${name} is open while armed: it can raise no alarm until it has closed`;
    if (left) beginTrouble(draft, `open:${input}`, why);
    else endTrouble(draft, `open:${input}`);
    const count = settings.swingerAlarms ?? 0;
    if (isArmed(arming) && isShutDown(settings, arming))
      beginTrouble(draft, `swinger:${input}`, `${name} is left alone after ${count} alarms, until the next arming`);
    else endTrouble(draft, `swinger:${input}`);
  }
}

/** Reed was started again while armed: people are told, for nobody knows what it missed. */
export function resumeArmed(draft: Draft): void {
  const { arming } = draft.state;
  if (isArmed(arming)) setArming(draft, { ...arming, restartedAt: draft.now.wall }, true);
}

/** What the edge's outputs and messages do, and whether it joins an alarm that is running. */
export function judge(draft: Draft, edge: Edge): ZoneVerdict {
  const { arming, alarms } = draft.state;
  if (edge.loop !== undefined) return loopVerdict(draft.state.inputs.get(edge.input)?.settings, arming);
  if (edge.kind === "tamper") return isArmed(arming) ? { kind: "acts" } : { kind: "event", gate: gates.disarmed };
  const input = draft.env.config.inputs.find((one) => one.input === edge.input);
  if (input === undefined) return { kind: "event", gate: gates.disarmed };
  const running = alarms.get(edge.input);
  const joins = running !== undefined && between(running.lastAt, edge.at.instant) < seconds(input.antiDitherS);
  const judged = { settings: armingOf(draft.env.config), arming, now: draft.now.instant, joins };
  const outside = scheduleGate(scheduleState(draft.env.config, input.linkage.schedule, edge.at.wall, draft.env.time));
  const zone: ZoneVerdict = outside === undefined ? zoneVerdict(input, judged) : { kind: "event", gate: outside };
  const unmet = zone.kind === "event" || joins ? undefined : unmetCondition(draft, input.linkage, edge.at.instant);
  const verdict: ZoneVerdict = unmet === undefined ? zone : { kind: "event", gate: unmet };
  if (verdict.kind === "waits" && arming.entry === undefined) {
    setArming(draft, { ...arming, entry: { until: verdict.until, input: edge.input } });
  }
  if (zone.kind === "event" && input.chime === true && edge.kind === "raised" && !isQuiet(zone.gate))
    chime(draft, edge.input);
  return verdict;
}

function chime(draft: Draft, input: number): void {
  draft.others.push({ kind: "chime", input });
  chimeBuzzers(draft, input);
}

/** Who leaves hears the exit delay, and a key switch has a sound of its own. */
const isQuiet = (gate: string): boolean =>
  gate === gates.exitDelay || gate === gates.keySwitch || gate.startsWith("swinger");

/** A new alarm of this arming: counted where so many of them shut the input down. */
export function countAlarm(draft: Draft, input: number): void {
  const { arming, inputs } = draft.state;
  const settings = inputs.get(input)?.settings;
  if (settings === undefined || !isArmed(arming) || !isBurglarZone(zoneOf(settings))) return;
  if ((settings.swingerAlarms ?? 0) === 0) return;
  const others = arming.alarms.filter((one) => one.input !== input);
  setArming(draft, { ...arming, alarms: [...others, { input, count: alarmsOf(arming, input) + 1 }] });
}

/** A key switch turned: arms or disarms. One that was found turned after an outage does nothing. */
export function keySwitch(draft: Draft, settings: AlarmInputSettings, kind: Edge["kind"]): void {
  const { acts, mode } = settings.keySwitch ?? { acts: "toggle" };
  if (zoneOf(settings) !== "key-switch" || (kind !== "raised" && kind !== "cleared")) return;
  if (acts === "toggle" && kind === "cleared") return;
  // under test it is a contact like another: it shall not end the test by arming
  if (draft.state.walk?.inputs.includes(settings.input) === true) return;
  const armed = acts === "toggle" ? !isArmed(draft.state.arming) : kind === "raised";
  const by = `key switch ${settings.name}`;
  onArm(draft, { kind: "arm", armed, by, ...(mode === undefined ? {} : { mode }) });
}

/** A mode that is no more is the first one from now on. */
export function keepMode(draft: Draft): void {
  const { arming } = draft.state;
  if (!isArmed(arming)) return;
  const { mode } = modeOf(armingOf(draft.env.config), arming.mode);
  if (mode !== arming.mode) setArming(draft, { ...arming, mode });
}

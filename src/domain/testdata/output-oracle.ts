/**
 * What each relay must be, told from the edges that were journalled and from what people did: written from the design,
 * without the engine's own holds. Times are instants of the running boot.
 */
import { instant, momentAt, type Moment } from "../../kernel/time.ts";
import type { EngineEvent, EngineRecord } from "../engine.ts";
import type { OutputBehaviour } from "../output-settings.ts";
import type { OutputMode, SiteConfig } from "../site-config.ts";

interface Reason {
  /** Of its action; absent for a person's test. */
  readonly id?: string;
  readonly output: number;
  readonly input: number;
  readonly behaviour: OutputBehaviour["kind"];
  readonly alarmId: string | undefined;
  from: Moment;
  /** Milliseconds after `from`. */
  readonly boundMs: number;
  end: number;
}

interface Waiting {
  readonly input: number;
  /** By the id of the action. */
  readonly outputs: ReadonlyMap<string, number>;
  rested: boolean;
}

interface Mode {
  readonly mode: OutputMode;
  until: Moment | undefined;
}

export interface OutputOracle {
  /** Before the event is carried out. */
  asked(event: EngineEvent, now: Moment): void;
  /** After it: what was journalled. */
  journalled(record: EngineRecord, now: Moment): void;
  inputGone(input: number, now: number): void;
  /**
   * A life ended and the next begins now: only what is latched goes on, and what is forced off. Moments of another boot
   * are where the wall clock places them, never in the future.
   */
  restarted(now: Moment): void;
  isActive(output: number, now: number): boolean;
}

const auto: Mode = { mode: "auto", until: undefined };
const boundOf = (reason: Reason): number => reason.from.instant + reason.boundMs;
const endOf = (reason: Reason): number => Math.min(boundOf(reason), reason.end);

/** Where the clocks of now place a moment of the past. */
const placed = (past: Moment, now: Moment): Moment =>
  past.bootId === now.bootId
    ? momentAt(now, past.instant)
    : momentAt(now, instant(Math.min(now.instant, now.instant + (past.wall - now.wall))));

export function outputOracle(config: SiteConfig): OutputOracle {
  let reasons: Reason[] = [];
  const modes = new Map<number, Mode>();
  const alarmFrom = new Map<string, Moment>();
  const lastOn = new Map<number, number>();
  /** What waits for an entry delay, by event; `rested` once its contact has closed, whatever comes after. */
  const waiting = new Map<string, Waiting>();
  const settings = (output: number) => config.outputs.find((one) => one.output === output);
  const modeAt = (output: number, now: number): OutputMode => {
    const { mode, until } = modes.get(output) ?? auto;
    if (until === undefined || now < until.instant) return mode;
    // over for good, whatever the clocks say after a restart
    modes.set(output, auto);
    return "auto";
  };
  const isHeld = (output: number, now: number): boolean =>
    reasons.some((one) => one.output === output && one.from.instant <= now && now < endOf(one));
  const atRest = (input: number, at: number, which: (reason: Reason) => boolean = () => true) => {
    const links = config.inputs.find((one) => one.input === input)?.linkage.outputs ?? [];
    for (const reason of reasons) {
      if (reason.input !== input || reason.end !== Infinity || reason.behaviour !== "follow" || !which(reason)) continue;
      const holdS = links.find((link) => link.output === reason.output)?.holdS ?? 0;
      reason.end = Math.max(at + holdS * 1000, reason.from.instant + 1000);
    }
  };
  const quiet = () => {
    reasons = reasons.filter(({ output }) => !["siren", "strobe", "general"].includes(settings(output)?.kind ?? ""));
  };
  /** An armed edge that nothing holds back, on one output of its linkage. */
  const begin = (
    output: number,
    edge: { id: string; input: number; alarmId: string | undefined; joined: boolean },
    now: Moment,
  ) => {
    const { behaviour = { kind: "follow" }, paceS = 1, maxOnS } = settings(output) ?? { maxOnS: 0 };
    const waits = edge.joined && modeAt(output, now.instant) !== "on" && !isHeld(output, now.instant);
    const from = Math.max(now.instant, waits ? (lastOn.get(output) ?? -Infinity) + paceS * 1000 : 0);
    const first = alarmFrom.get(edge.alarmId ?? "")?.instant ?? now.instant;
    const pulses = reasons.filter((one) => one.output === output && one.input !== 0 && endOf(one) > now.instant);
    const ends = {
      follow: Infinity,
      latched: Infinity,
      timed: behaviour.kind === "timed" ? from + behaviour.s * 1000 : 0,
      pulse:
        pulses.length > 0
          ? Math.max(...pulses.map(endOf))
          : from + (behaviour.kind === "pulse" ? behaviour.ms : 0),
    };
    reasons.push({
      ...{ id: edge.id, output, input: edge.input, behaviour: behaviour.kind, alarmId: edge.alarmId },
      ...{ from: momentAt(now, instant(from)), boundMs: first + maxOnS * 1000 - from, end: ends[behaviour.kind] },
    });
  };
  /** A trip of a walk test: a second at most, paced as repeats are. */
  const walked = (id: string, output: number, input: number, now: Moment) => {
    const { behaviour = { kind: "follow" }, paceS = 1 } = settings(output) ?? {};
    const from = isHeld(output, now.instant)
      ? now.instant
      : Math.max(now.instant, (lastOn.get(output) ?? -Infinity) + paceS * 1000);
    const boundMs = Math.min(1000, behaviour.kind === "pulse" ? behaviour.ms : 1000);
    const pulse = { behaviour: "pulse", alarmId: undefined, end: from + boundMs } as const;
    reasons.push({ id, output, input, ...pulse, from: momentAt(now, instant(from)), boundMs });
  };
  /** The entry delay of an event ran out: its outputs go on from now, and for their hold time if it has closed since. */
  const released = (eventId: string, alarmId: string, now: Moment) => {
    const joined = alarmFrom.has(alarmId);
    if (!joined) alarmFrom.set(alarmId, now);
    const held = waiting.get(eventId);
    waiting.delete(eventId);
    if (held === undefined) return;
    const { input, outputs, rested } = held;
    for (const [id, output] of outputs) begin(output, { id, input, alarmId, joined }, now);
    if (rested) atRest(input, now.instant, ({ id }) => id !== undefined && outputs.has(id));
  };
  const closed = (input: number) => {
    for (const one of waiting.values()) if (one.input === input) one.rested = true;
  };
  return {
    asked(event, now) {
      if (event.kind === "silence") quiet();
      if (event.kind === "acknowledge") {
        reasons = reasons.filter((one) => one.behaviour !== "latched" || one.alarmId !== event.alarmId);
      }
      if (event.kind === "output-mode") {
        const until = momentAt(now, instant(now.instant + (event.forS ?? 3600) * 1000));
        modes.set(event.output, event.mode === "auto" ? auto : { mode: event.mode, until });
      }
      if (event.kind === "rest-outputs" && event.confirmed) {
        reasons = [];
        for (const [output, { mode }] of modes) if (mode === "on") modes.set(output, auto);
      }
      if (event.kind === "output-test") {
        const boundMs = Math.min(event.seconds, settings(event.output)?.maxOnS ?? 0) * 1000;
        const test = { input: 0, behaviour: "follow", alarmId: undefined, end: Infinity } as const;
        reasons.push({ output: event.output, ...test, from: now, boundMs });
      }
    },
    journalled(record, now) {
      if (record.kind === "armed" && !record.armed) quiet();
      if (record.kind === "output" && record.state === "on") lastOn.set(record.output, now.instant);
      if (record.kind === "released") released(record.eventId, record.alarmId, now);
      // what could not be done after the delay never held anything
      if (record.kind === "outcome" && record.outcome.kind === "suppressed")
        reasons = reasons.filter(({ id }) => id !== record.actionId);
      if (record.kind !== "edge") return;
      const { edge, actions, alarmId } = record;
      if (edge.kind === "cleared") {
        closed(edge.input);
        atRest(edge.input, edge.at.instant);
      }
      const joined = alarmId !== undefined && alarmFrom.has(alarmId);
      if (alarmId !== undefined && !joined) alarmFrom.set(alarmId, now);
      const outputs = new Map<string, number>();
      for (const { id, target, outcome, waitsUntil } of actions) {
        if (target.kind !== "output" || outcome !== undefined) continue;
        if (edge.walk !== undefined) walked(id, target.output, edge.input, now);
        else if (waitsUntil !== undefined) outputs.set(id, target.output);
        else begin(target.output, { id, input: edge.input, alarmId, joined }, now);
      }
      if (outputs.size > 0) waiting.set(edge.eventId, { input: edge.input, outputs, rested: false });
    },
    inputGone(input, now) {
      closed(input);
      atRest(input, now);
    },
    restarted(now) {
      lastOn.clear();
      for (const [alarmId, first] of alarmFrom) alarmFrom.set(alarmId, placed(first, now));
      reasons = reasons.filter(({ behaviour }) => behaviour === "latched");
      for (const reason of reasons) reason.from = placed(reason.from, now);
      for (const [output, forced] of modes) {
        if (forced.mode !== "off" || forced.until === undefined) modes.set(output, auto);
        else if (forced.until.bootId !== now.bootId) {
          const left = Math.min(Math.max(forced.until.wall - now.wall, 0), 86_400_000);
          forced.until = momentAt(now, instant(now.instant + left));
        } else forced.until = momentAt(now, forced.until.instant);
      }
    },
    isActive(output, now) {
      reasons = reasons.filter((one) => now < endOf(one) || one.behaviour !== "latched");
      const mode = modeAt(output, now);
      return mode === "on" || (mode === "auto" && isHeld(output, now));
    },
  };
}

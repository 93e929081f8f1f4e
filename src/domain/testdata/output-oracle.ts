/**
 * What each relay must be, told from the edges that were journalled and from what people did: written from the design,
 * without the engine's own holds. Times are instants of the running boot.
 */
import { instant, type Moment } from "../../kernel/time.ts";
import type { EngineEvent, EngineRecord } from "../engine.ts";
import type { OutputMode, SiteConfig } from "../site-config.ts";

interface Reason {
  readonly output: number;
  readonly input: number;
  readonly from: number;
  readonly bound: number;
  end: number;
}

export interface OutputOracle {
  /** Before the event is carried out. */
  asked(event: EngineEvent, now: number): void;
  /** After it: what was journalled. */
  journalled(record: EngineRecord, now: Moment): void;
  inputGone(input: number, now: number): void;
  restarted(): void;
  /** After a restart: alarms of another boot began where the wall clock places them, never in the future. */
  placed(now: Moment): void;
  isActive(output: number, now: number): boolean;
}

export function outputOracle(config: SiteConfig): OutputOracle {
  let reasons: Reason[] = [];
  const modes = new Map<number, OutputMode>(config.outputs.map(({ output, mode }) => [output, mode]));
  const alarmFrom = new Map<string, Moment>();
  const settings = (output: number) => config.outputs.find((one) => one.output === output);
  const atRest = (input: number, at: number) => {
    const links = config.inputs.find((one) => one.input === input)?.linkage.outputs ?? [];
    for (const reason of reasons.filter((one) => one.input === input && one.end === Infinity)) {
      const holdS = links.find((link) => link.output === reason.output)?.holdS ?? 0;
      reason.end = Math.max(at + holdS * 1000, reason.from + 1000);
    }
  };
  const quiet = () => {
    reasons = reasons.filter(({ output }) => !["siren", "strobe", "general"].includes(settings(output)?.kind ?? ""));
  };
  return {
    asked(event, now) {
      if (event.kind === "silence") quiet();
      if (event.kind === "output-mode") modes.set(event.output, event.mode);
      if (event.kind === "rest-outputs" && event.confirmed) {
        reasons = [];
        for (const [output, mode] of modes) if (mode === "on") modes.set(output, "auto");
      }
      if (event.kind === "output-test") {
        const bound = now + Math.min(event.seconds, settings(event.output)?.maxOnS ?? 0) * 1000;
        reasons.push({ output: event.output, input: 0, from: now, bound, end: Infinity });
      }
    },
    journalled(record, now) {
      if (record.kind === "armed" && !record.armed) quiet();
      if (record.kind !== "edge") return;
      const { edge, actions, alarmId } = record;
      if (edge.kind === "cleared") atRest(edge.input, edge.at.instant);
      const at: number = now.instant;
      if (alarmId !== undefined && !alarmFrom.has(alarmId)) alarmFrom.set(alarmId, now);
      for (const { target, outcome } of actions) {
        if (target.kind !== "output" || outcome !== undefined) continue;
        const first = alarmFrom.get(alarmId ?? "")?.instant ?? at;
        const bound = first + (settings(target.output)?.maxOnS ?? 0) * 1000;
        reasons.push({ output: target.output, input: edge.input, from: at, bound, end: Infinity });
      }
    },
    inputGone: atRest,
    restarted() {
      reasons = [];
    },
    placed(now) {
      for (const [alarmId, first] of alarmFrom) {
        if (first.bootId === now.bootId) continue;
        const at = instant(Math.min(now.instant, now.instant + (first.wall - now.wall)));
        alarmFrom.set(alarmId, { bootId: now.bootId, instant: at, wall: first.wall });
      }
    },
    isActive(output, now) {
      const mode = modes.get(output);
      const held = reasons.some((one) => one.output === output && one.from <= now && now < Math.min(one.bound, one.end));
      return mode === "on" || (mode === "auto" && held);
    },
  };
}

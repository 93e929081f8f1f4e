/** The question of the simulator as one writes it, and its answer as bars. Pure; no DOM. */
import type { SimulationAnswer, SimulationBody } from "../../../../src/contract/foresight.ts";
import { dateOfDay, dayOfText, type LocalTime } from "../../../../src/kernel/local-time.ts";

export interface AskDraft {
  readonly input: number;
  /** `2026-11-29` and `02:10`, as the clock at the site shows them. */
  readonly date: string;
  readonly time: string;
  readonly mode: string;
  readonly activeS: number;
}

interface Start {
  readonly input: number;
  readonly mode: string;
  readonly local: LocalTime;
}

/** Now, at the site. */
export function startOf({ input, mode, local }: Start): AskDraft {
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  const time = `${two(local.second / 3600)}:${two((local.second / 60) % 60)}`;
  return { input, mode, date: dateOfDay(local.day), time, activeS: 10 };
}

/** The question; undefined while it is not whole. */
export function askOf({ input, date, time, mode, activeS }: AskDraft): SimulationBody | undefined {
  if (dayOfText(date) === undefined || !/^\d\d:\d\d$/.test(time)) return undefined;
  if (!(activeS >= 0 && activeS <= 3600)) return undefined;
  return { input, at: `${date}T${time}`, mode, activeS };
}

export type SimulatedAction = SimulationAnswer["actions"][number];

/** A bar of the picture, in shares of its width. */
export interface Bar {
  readonly left: number;
  readonly width: number;
}

/** From the first thing that is kept to the last that ends; never shorter than a few seconds. */
export function frameOf({ actions, at }: Pick<SimulationAnswer, "actions" | "at">): { from: number; to: number } {
  const spans = actions.flatMap((action) => action.spans);
  const from = Math.min(at, ...spans.map((span) => span.from));
  const to = Math.max(at + 5000, ...spans.map((span) => span.to ?? span.from));
  return { from, to };
}

const slimmest = 0.012;

/** A moment is a slim bar, which does not reach over the end. */
export function barOf(span: SimulatedAction["spans"][number], frame: { from: number; to: number }): Bar {
  const whole = frame.to - frame.from;
  const width = Math.max(slimmest, ((span.to ?? span.from) - span.from) / whole);
  return { left: Math.min((span.from - frame.from) / whole, 1 - width), width };
}

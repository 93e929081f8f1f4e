import { z } from "zod";
import { findingKinds } from "../domain/coverage.ts";
import { list, number, wall } from "./common.ts";

const target = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("record"), channel: z.number(), preS: z.number() }),
  z.object({ kind: z.literal("output"), output: z.number() }),
  z.object({ kind: z.literal("snapshot"), channel: z.number(), count: z.number(), intervalS: z.number() }),
  z.object({ kind: z.literal("ptz"), channel: z.number(), preset: z.number(), afterS: z.exactOptional(z.number()) }),
  z.object({ kind: z.literal("notify"), notifier: z.number() }),
]);

export const simulationBody = z
  .strictObject({
    input: number,
    at: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/, "is a local time like 2026-11-29T02:10")
      .describe(
        "what the clock at the site shows; of an hour that comes twice the first, of one that is skipped its end",
      ),
    mode: z.string().max(40).default("disarmed").describe("`disarmed`, or the mode in which the site is armed"),
    activeS: z.number().min(0).max(3600).default(10).describe("how long the contact stays away from its rest"),
  })
  .meta({ examples: [{ input: 3, at: "2026-11-29T02:10", mode: "night" }] });
export type SimulationBody = z.input<typeof simulationBody>;

export const simulationAnswer = z.object({
  at: wall,
  edge: z.exactOptional(z.object({ at: wall, decidedAt: wall })).describe("absent: the input is switched off"),
  alarm: z.boolean().describe("false: an event, which wants nobody"),
  armedAfter: z.boolean(),
  clock: z.enum(["trusted", "not-set"]).describe("not-set: schedules wait just now; here they do not"),
  actions: list(
    z.object({
      target,
      verdict: z.enum(["happens", "waits", "suppressed", "failed"]).describe("waits: for the end of the entry delay"),
      reason: z.exactOptional(z.string()).describe("the gate, or why it can't be"),
      spans: list(z.object({ from: wall, to: z.exactOptional(wall) })),
    }),
  ),
});
export type SimulationAnswer = z.output<typeof simulationAnswer>;

export const coverageAnswer = z.object({
  rows: list(
    z.object({
      input: z.number(),
      enabled: z.boolean(),
      acts: z
        .union([z.literal("always"), z.literal("never"), list(z.string())])
        .describe("modes in which outputs and messages act"),
      schedule: z.exactOptional(z.number()),
      cells: list(
        z.object({
          target,
          blocked: z.exactOptional(z.string()).describe("why it will not happen although it is linked"),
        }),
      ),
    }),
  ),
  findings: list(
    z.object({
      kind: z.enum(findingKinds),
      severity: z.enum(["red", "orange"]).describe("red: something that is set up will not happen"),
      sentence: z.string(),
      input: z.exactOptional(z.number()),
      channel: z.exactOptional(z.number()),
      output: z.exactOptional(z.number()),
      notifier: z.exactOptional(z.number()),
      board: z.exactOptional(z.number()),
      schedule: z.exactOptional(z.number()),
      words: z.record(z.string(), z.string()).describe("names and numbers of the sentence"),
    }),
  ),
});
export type CoverageAnswer = z.output<typeof coverageAnswer>;

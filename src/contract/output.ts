import { z } from "zod";
import { defaults, ranges, type AlarmOutputSettings } from "../domain/site-config.ts";
import { list, name, number, wall, within, without } from "./common.ts";

export const outputMode = z.enum(["auto", "on", "off"]);

const fields = {
  name,
  kind: z.enum(["siren", "strobe", "light", "lock", "gate", "general"]),
  board: number,
  point: number,
  mode: outputMode,
  maxOnS: within(ranges.maxOnS).describe("the most it is on for one edge, seconds"),
  restState: z.enum(["off", "on"]),
  feedback: z.strictObject({ board: number, point: number, onWhen: z.enum(["closed", "open"]) }),
};

export const outputBody = z
  .strictObject({
    ...fields,
    kind: fields.kind.default("general"),
    mode: fields.mode.default("auto"),
    maxOnS: z.exactOptional(fields.maxOnS),
    restState: fields.restState.default("off"),
    feedback: z.exactOptional(
      fields.feedback.describe("a contact that feels whether it is really on; apart from the board's read-back"),
    ),
  })
  .meta({ examples: [{ name: "Siren", kind: "siren", board: 1, point: 1 }] });
export type OutputBody = z.output<typeof outputBody>;

export const outputPatch = z
  .strictObject(fields)
  .partial()
  .meta({ examples: [{ maxOnS: 60 }] });

export const outputStatus = z.object({
  output: number,
  mode: outputMode,
  wanted: z.enum(["on", "off"]),
  commanded: z.enum(["on", "off", "unknown"]).describe("what the board's connection last took as a command"),
  readBack: z.enum(["on", "off", "unknown"]).describe("what the board says that the relay is"),
  feedback: z.exactOptional(z.enum(["on", "off", "unknown"]).describe("what its feedback contact feels")),
  holds: list(z.object({ by: z.string(), input: z.number().describe("whose edge holds it; 0: a test"), until: wall })),
});

export const outputAnswer = z.object({
  ...fields,
  feedback: z.exactOptional(fields.feedback),
  output: number,
  live: z.exactOptional(outputStatus),
});
export const outputList = list(outputAnswer);

export const outputRow = (body: OutputBody, output: number): AlarmOutputSettings => ({
  ...body,
  output,
  maxOnS: body.maxOnS ?? defaults.maxOnS[body.kind],
});

export const outputBodyOf = (row: AlarmOutputSettings) => without(row, "output");

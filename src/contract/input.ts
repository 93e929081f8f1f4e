import { z } from "zod";
import { inputKinds } from "../domain/input-kind.ts";
import { defaults, ranges, usualType, type AlarmInputSettings } from "../domain/site-config.ts";
import { list, name, number, wall, within, without } from "./common.ts";

const outputLink = z.strictObject({ output: number, holdS: within(ranges.outputHoldS).default(defaults.outputHoldS) });

const fields = {
  name,
  enabled: z.boolean(),
  kind: z.enum(inputKinds),
  board: number,
  point: number,
  type: z.enum(["NO", "NC"]).describe("at rest open (NO) or at rest closed (NC)"),
  debounceMs: within(ranges.debounceMs),
  antiDitherS: within(ranges.antiDitherS),
  recordChannels: list(number),
  postRecordS: within(ranges.postRecordS),
  maxRecordS: within(ranges.maxRecordS),
  outputs: list(outputLink),
  notifiers: list(number),
};

export const inputBody = z
  .strictObject({
    ...fields,
    enabled: fields.enabled.default(true),
    type: z.exactOptional(fields.type),
    debounceMs: z.exactOptional(fields.debounceMs),
    antiDitherS: fields.antiDitherS.default(defaults.antiDitherS),
    recordChannels: fields.recordChannels.default([]),
    postRecordS: fields.postRecordS.default(defaults.postRecordS),
    maxRecordS: fields.maxRecordS.default(defaults.maxRecordS),
    outputs: fields.outputs.default([]),
    notifiers: fields.notifiers.default([]),
  })
  .meta({
    examples: [
      { name: "Back door", kind: "door", board: 1, point: 1, recordChannels: [1, 2], outputs: [{ output: 1 }] },
    ],
  });
export type InputBody = z.output<typeof inputBody>;

export const inputPatch = z
  .strictObject(fields)
  .partial()
  .meta({ examples: [{ debounceMs: 500 }] });

export const inputState = z.object({
  input: number,
  level: z.enum(["closed", "open", "unknown", "fault"]),
  active: z.union([z.boolean(), z.literal("unknown")]),
  since: wall,
});

export const inputAnswer = z.object({ ...fields, input: number, live: z.exactOptional(inputState) });
export const inputList = list(inputAnswer);

export const teachRest = z.object({ rest: z.enum(["closed", "open"]) });
export const taught = z.object({ type: fields.type });

/** What can be copied from one input to others: everything but its name and its place. */
const copiedSetting = z.enum([
  "enabled",
  "kind",
  "type",
  "debounceMs",
  "antiDitherS",
  "recordChannels",
  "postRecordS",
  "maxRecordS",
  "outputs",
  "notifiers",
]);
export type CopiedSetting = z.output<typeof copiedSetting>;

export const copyBody = z
  .strictObject({ to: z.array(number).min(1).max(1000), what: z.array(copiedSetting).min(1) })
  .meta({ examples: [{ to: [2, 3], what: ["recordChannels", "postRecordS", "outputs"] }] });
export const copied = z.object({ copied: list(number) });

export function inputRow(body: InputBody, input: number): AlarmInputSettings {
  const { recordChannels, postRecordS, maxRecordS, outputs, notifiers, ...rest } = body;
  return {
    ...rest,
    input,
    type: body.type ?? usualType[body.kind],
    debounceMs: body.debounceMs ?? defaults.debounceMs[body.kind],
    linkage: { recordChannels, postRecordS, maxRecordS, outputs, notifiers },
  };
}

export const inputBodyOf = (row: AlarmInputSettings) => ({ ...without(row, "input", "linkage"), ...row.linkage });

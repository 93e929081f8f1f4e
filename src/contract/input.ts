import { z } from "zod";
import { inputKinds, isPictureKind } from "../domain/input-kind.ts";
import { armingRanges, swingerAlarmsDefault, zoneDefault, zoneOf, zoneTypes } from "../domain/arming.ts";
import { watchDefaults, watchRanges } from "../domain/sensor-watch.ts";
import { defaults, ranges, usualType, type AlarmInputSettings } from "../domain/site-config.ts";
import { modeId } from "./arming.ts";
import { extraNames, optionalExtras, patchExtras, splitExtras } from "./linkage.ts";
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
  zone: z
    .enum(zoneTypes)
    .describe("what it is in the alarm; `record-only` switches nothing and tells nobody, armed or not"),
  modes: list(modeId).describe("armed in these modes; absent: in all"),
  chime: z.boolean().describe("pages and buzzers chime when it is raised while it is not armed"),
  swingerAlarms: within(armingRanges.swingerAlarms)
    .int()
    .describe("after so many alarms in one arming it is left alone until the next; 0: never"),
  keySwitch: z
    .strictObject({ acts: z.enum(["toggle", "follow"]), mode: z.exactOptional(modeId) })
    .describe("of a key switch: each press arms or disarms, or armed as long as it is active"),
  restoreMs: within(watchRanges.restoreMs).describe(
    "an active contact must be at rest this long before it counts as such; absent: the debounce",
  ),
  chatterPerMin: within(watchRanges.chatterPerMin)
    .int()
    .describe(`changes a minute from which on it is a trouble; 0: never; absent: ${watchDefaults.chatterPerMin}`),
  watchDays: within(watchRanges.watchDays)
    .int()
    .describe("days without a change after which it is a trouble; 0 and absent: never"),
  unseenH: within(watchRanges.unseenH)
    .int()
    .describe(
      `hours without a word of a wireless sensor after which it is a trouble; 0: never; absent: ${watchDefaults.unseenH}`,
    ),
  schedule: number.describe("outside this schedule an edge records and acts on nothing; absent: always"),
};

const watched = {
  restoreMs: z.exactOptional(fields.restoreMs),
  chatterPerMin: z.exactOptional(fields.chatterPerMin),
  watchDays: z.exactOptional(fields.watchDays),
  unseenH: z.exactOptional(fields.unseenH),
};

export const inputBody = z
  .strictObject({
    ...fields,
    ...optionalExtras,
    enabled: fields.enabled.default(true),
    type: z.exactOptional(fields.type),
    debounceMs: z.exactOptional(fields.debounceMs),
    antiDitherS: fields.antiDitherS.default(defaults.antiDitherS),
    recordChannels: fields.recordChannels.default([]),
    postRecordS: fields.postRecordS.default(defaults.postRecordS),
    maxRecordS: fields.maxRecordS.default(defaults.maxRecordS),
    outputs: fields.outputs.default([]),
    notifiers: fields.notifiers.default([]),
    zone: fields.zone.default(zoneDefault),
    modes: z.exactOptional(fields.modes),
    chime: fields.chime.default(false),
    swingerAlarms: fields.swingerAlarms.default(swingerAlarmsDefault),
    keySwitch: z.exactOptional(fields.keySwitch),
    schedule: z.exactOptional(fields.schedule),
    ...watched,
  })
  .meta({
    examples: [
      { name: "Back door", kind: "door", board: 1, point: 1, recordChannels: [1, 2], outputs: [{ output: 1 }] },
    ],
  });
export type InputBody = z.output<typeof inputBody>;

/** In a patch `null` takes away what may be absent. */
const cleared = {
  modes: fields.modes.nullable(),
  keySwitch: fields.keySwitch.nullable(),
  schedule: fields.schedule.nullable(),
  restoreMs: fields.restoreMs.nullable(),
  chatterPerMin: fields.chatterPerMin.nullable(),
  watchDays: fields.watchDays.nullable(),
  unseenH: fields.unseenH.nullable(),
};

export const inputPatch = z
  .strictObject({ ...fields, ...patchExtras, ...cleared })
  .partial()
  .meta({ examples: [{ debounceMs: 500 }] });

export const inputState = z.object({
  input: number,
  level: z.enum(["closed", "open", "unknown", "fault"]),
  active: z.union([z.boolean(), z.literal("unknown")]),
  since: wall,
});

export const inputAnswer = z.object({
  ...fields,
  ...optionalExtras,
  modes: z.exactOptional(fields.modes),
  keySwitch: z.exactOptional(fields.keySwitch),
  schedule: z.exactOptional(fields.schedule),
  ...watched,
  input: number,
  live: z.exactOptional(inputState),
});
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
  "zone",
  "modes",
  "chime",
  "swingerAlarms",
  "keySwitch",
  "schedule",
  "restoreMs",
  "chatterPerMin",
  "watchDays",
  "unseenH",
  ...extraNames,
]);
export type CopiedSetting = z.output<typeof copiedSetting>;

export const copyBody = z
  .strictObject({ to: z.array(number).min(1).max(1000), what: z.array(copiedSetting).min(1) })
  .meta({ examples: [{ to: [2, 3], what: ["recordChannels", "postRecordS", "outputs"] }] });
export const copied = z.object({ copied: list(number) });

export function inputRow(body: InputBody, input: number): AlarmInputSettings {
  const { extras, rest: plain } = splitExtras(body);
  const { recordChannels, postRecordS, maxRecordS, outputs, notifiers, schedule, ...others } = plain;
  const { zone, chime, swingerAlarms, ...rest } = others;
  const gated = schedule === undefined ? {} : { schedule };
  return {
    ...rest,
    input,
    type: body.type ?? usualType[body.kind],
    debounceMs: body.debounceMs ?? defaults.debounceMs[body.kind],
    ...(zone === zoneOf({}) ? {} : { zone }),
    ...(chime ? { chime } : {}),
    ...(swingerAlarms === 0 ? {} : { swingerAlarms }),
    // leaves move all day: that is no loose contact
    ...(isPictureKind(body.kind) && body.chatterPerMin === undefined ? { chatterPerMin: 0 } : {}),
    linkage: { recordChannels, postRecordS, maxRecordS, outputs, notifiers, ...gated, ...extras },
  };
}

/** A row of before there were zones is `instant` and never shut down. */
export const inputBodyOf = (row: AlarmInputSettings) => ({
  ...{ zone: zoneOf(row), chime: row.chime ?? false, swingerAlarms: row.swingerAlarms ?? 0 },
  ...without(row, "input", "linkage"),
  ...row.linkage,
});

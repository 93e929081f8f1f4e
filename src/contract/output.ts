import { z } from "zod";
import { outputRanges, type RelayLoad } from "../domain/output-settings.ts";
import { relayProfiles } from "../domain/relay-profile.ts";
import { defaults, ranges, type AlarmOutputSettings } from "../domain/site-config.ts";
import { list, name, number, wall, within, without } from "./common.ts";

export const outputMode = z.enum(["auto", "on", "off"]);

const behaviour = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("follow") }),
    z.strictObject({ kind: z.literal("pulse"), ms: within(outputRanges.pulseMs) }),
    z.strictObject({ kind: z.literal("timed"), s: within(outputRanges.timedS) }),
    z.strictObject({ kind: z.literal("latched") }),
  ])
  .describe(
    "how long an edge keeps it on, never past maxOnS: while its input is active (`follow`, also when absent), one `pulse`, `timed` from each edge on, or `latched` until the alarm is acknowledged or silenced",
  );
const load = z
  .strictObject({
    volts: within(outputRanges.volts),
    current: z.enum(["ac", "dc"]),
    amps: within(outputRanges.amps),
    nature: z.enum(["resistive", "inductive"]),
    confirmed: z.exactOptional(z.boolean().describe("somebody accepted a load above the relay's rating")),
  })
  .describe("what hangs on its contact");
const relay = z.enum(relayProfiles.map(({ id }) => id)).describe("profile of its relay; absent: unknown");
const rated = z.strictObject({ volts: within(outputRanges.volts), amps: within(outputRanges.amps) });
const operations = z.number().int().min(outputRanges.lifeOperations[0]).max(outputRanges.lifeOperations[1]);
const ratings = z
  .strictObject({
    dc: z.exactOptional(rated.describe("resistive, direct current")),
    ac: z.exactOptional(rated.describe("resistive, alternating current")),
    electrical: z.exactOptional(operations.describe("operations at the rated load")),
    mechanical: z.exactOptional(operations.describe("operations without a load")),
  })
  .describe("of the relay `own`, from its sheet; what is left out is not known");
const paceS = within(outputRanges.paceS).describe(
  "least seconds between two switchings on in one alarm; never delays the first; absent: the profile's",
);
const extras = {
  behaviour: z.exactOptional(behaviour),
  relay: z.exactOptional(relay),
  ratings: z.exactOptional(ratings),
  load: z.exactOptional(load),
  paceS: z.exactOptional(paceS),
};

const fields = {
  name,
  kind: z.enum(["siren", "strobe", "light", "lock", "gate", "buzzer", "general"]),
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
    ...extras,
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

/** In a patch `null` takes away what may be absent. */
const cleared = {
  feedback: fields.feedback.nullable(),
  behaviour: behaviour.nullable(),
  relay: relay.nullable(),
  ratings: ratings.nullable(),
  load: load.nullable(),
  paceS: paceS.nullable(),
};

export const outputPatch = z
  .strictObject({ ...fields, ...cleared })
  .partial()
  .meta({ examples: [{ maxOnS: 60 }] });

export const outputStatus = z.object({
  output: number,
  mode: outputMode,
  wanted: z.enum(["on", "off"]),
  commanded: z.enum(["on", "off", "unknown"]).describe("what the board's connection last took as a command"),
  readBack: z.enum(["on", "off", "unknown"]).describe("what the board says that the relay is"),
  feedback: z.exactOptional(z.enum(["on", "off", "unknown"]).describe("what its feedback contact feels")),
  holds: list(
    z.object({
      by: z.string(),
      input: z.number().describe("whose edge holds it; 0: a test"),
      until: wall,
      latched: z.exactOptional(z.string().describe("the alarm whose acknowledgement ends it")),
    }),
  ),
  forcedUntil: z.exactOptional(
    wall.describe("when a mode other than auto ends by itself, milliseconds since 1970-01-01 UTC"),
  ),
  operations: z.exactOptional(z.number().describe("times that its relay was switched from rest")),
});

export const outputAnswer = z.object({
  ...fields,
  ...extras,
  feedback: z.exactOptional(fields.feedback),
  output: number,
  live: z.exactOptional(outputStatus),
});
export const outputList = list(outputAnswer);

/** What can be copied from one output to others: everything but its name, its place and what feels it. */
const copiedSetting = z.enum(["kind", "behaviour", "maxOnS", "restState", "relay", "load", "paceS"]);
export type CopiedOutputSetting = z.output<typeof copiedSetting>;

export const outputCopyBody = z
  .strictObject({ to: z.array(number).min(1).max(1000), what: z.array(copiedSetting).min(1) })
  .meta({ examples: [{ to: [2, 3], what: ["behaviour", "maxOnS"] }] });

/**
 * `target` with the named settings of `from`; a setting that the one has not is taken from the other. A
 * relay has its ratings with it. That a load above the rating is accepted was said of the one contact: it is never copied,
 * and ends where another relay or load comes.
 */
export function withSettingsOf(
  from: AlarmOutputSettings,
  target: AlarmOutputSettings,
  what: readonly CopiedOutputSetting[],
): AlarmOutputSettings {
  const settings = new Map<string, unknown>(Object.entries(from));
  const all = [...what, ...(what.includes("relay") ? (["ratings"] as const) : [])];
  const copied = Object.fromEntries(all.flatMap((one) => (settings.has(one) ? [[one, settings.get(one)]] : [])));
  const { load, ...body } = outputBody.parse({ ...without(outputBodyOf(target), ...all), ...copied });
  const asked = what.includes("relay") || what.includes("load");
  const kept = load === undefined ? {} : { load: asked ? unconfirmed(load) : load };
  return outputRow({ ...body, ...kept }, target.output);
}

const unconfirmed = ({ volts, current, amps, nature }: RelayLoad): RelayLoad => ({ volts, current, amps, nature });

/** What a patch lies on: another relay, or another rating of it, takes back that a load above it was accepted. */
export function outputUnder(row: AlarmOutputSettings, patch: object) {
  const other = "relay" in patch || "ratings" in patch;
  return { ...outputBodyOf(row), ...(other && row.load !== undefined ? { load: unconfirmed(row.load) } : {}) };
}

export const outputRow = (body: OutputBody, output: number): AlarmOutputSettings => ({
  ...body,
  output,
  maxOnS: body.maxOnS ?? defaults.maxOnS[body.kind],
});

export const outputBodyOf = (row: AlarmOutputSettings) => without(row, "output");

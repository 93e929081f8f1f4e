import { z } from "zod";
import { armingRanges, disarmedMode, entrySDefault, exitSDefault } from "../domain/arming.ts";
import { list, name, number, wall, within } from "./common.ts";

/** A mode as programs call it. */
export const modeId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,30}$/, "is a word of small letters, digits and hyphens")
  .refine((mode) => mode !== disarmedMode, "is always there, and no mode to be armed in");

const delay = within(armingRanges.delayS).int();

const mode = z.strictObject({
  mode: modeId,
  name,
  exitS: delay.default(exitSDefault).describe("seconds to leave, where an input of the way out is armed"),
  entryS: delay.default(entrySDefault).describe("seconds to disarm after coming in"),
});

/** Modes, delays, and what goes on while disarmed. */
export const armingSettings = z
  .strictObject({
    modes: z
      .array(mode)
      .min(1)
      .max(10)
      .readonly()
      .refine((modes) => new Set(modes.map((one) => one.mode)).size === modes.length, "names a mode twice")
      .describe("in the order in which they are offered; the first is meant by `armed: true`"),
    whileDisarmed: z
      .strictObject({ outputs: list(number).default([]), notifiers: list(number).default([]) })
      .default({ outputs: [], notifiers: [] })
      .describe("outputs and notifiers that are not suppressed while disarmed"),
  })
  .meta({ examples: [{ modes: [{ mode: "away", name: "Away", exitS: 60, entryS: 30 }] }] });
export type ArmingBody = z.output<typeof armingSettings>;

/** How it is armed now. */
export const arming = z.object({
  armed: z.boolean(),
  mode: z.string().describe("`disarmed`, or the mode"),
  by: z.string().describe("who armed or disarmed; empty: nobody yet"),
  since: wall,
  exitUntil: z.exactOptional(wall).describe("the exit delay runs until then"),
  entry: z
    .exactOptional(z.object({ until: wall, input: z.number() }))
    .describe("the entry delay runs until then; the input that began it"),
  bypass: list(z.number()).describe("inputs that are left out of this arming"),
  shutDown: list(z.number()).describe("inputs that are left alone after too many alarms, until the next arming"),
  open: list(z.number()).describe("inputs that were open when they became armed and have not closed since"),
});

export const armingBody = z
  .strictObject({
    armed: z.exactOptional(z.boolean()).describe("without a mode: disarmed, or the first mode, whatever is open"),
    mode: z.exactOptional(z.string().max(40)).describe("`disarmed`, or a mode"),
    bypass: z.exactOptional(list(number)).describe("inputs to leave out until the next arming"),
    force: z.exactOptional(z.boolean()).describe("with a mode: although something is open"),
  })
  .refine(({ armed, mode: wanted }) => armed !== undefined || wanted !== undefined, "needs `mode` or `armed`")
  .refine(
    ({ armed, mode: wanted }) => armed === undefined || wanted === undefined || armed === (wanted !== disarmedMode),
    "`armed` and `mode` contradict each other",
  )
  .meta({ examples: [{ mode: "away" }, { armed: true }] });

export const armed = z.object({ armed: z.boolean() });

export const bypassBody = z.strictObject({ inputs: list(number) }).meta({ examples: [{ inputs: [3] }] });

const pin = z.string().regex(/^\d{4,8}$/, "is 4 to 8 digits");

export const codeBody = z.strictObject({ name, pin }).meta({ examples: [{ name: "Anna", pin: "274913" }] });
export const codeAnswer = z.object({ code: z.number(), name: z.string() });
export const codeList = list(codeAnswer);
export const codeRows = list(z.strictObject({ code: number, name, pinHash: z.string().max(500) }));

export const byCodeBody = z
  .strictObject({
    pin: z.string().max(20),
    mode: z.string().max(40).describe("`disarmed`, or a mode"),
    bypass: z.exactOptional(list(number)),
    force: z.exactOptional(z.boolean()),
  })
  .meta({ examples: [{ pin: "274913", mode: "disarmed" }] });

const thing = z.object({ number: z.number(), name: z.string(), reason: z.string() });

export const readinessQuery = z.object({
  mode: z.string().max(40).optional().describe("a mode; absent: the first"),
});

export const readinessAnswer = z.object({
  mode: z.string(),
  ready: z.boolean().describe("nothing has to be closed or bypassed"),
  inputs: list(
    z.object({
      input: z.number(),
      name: z.string(),
      why: z.enum(["open", "fault", "unknown"]),
      onTheWay: z.boolean().describe("it may be open until the exit delay is over"),
      bypassed: z.boolean(),
      since: wall,
    }),
  ),
  boards: list(thing).describe("out of reach"),
  cameras: list(thing).describe("not received"),
  disks: list(z.object({ id: z.string(), path: z.string(), reason: z.string() })).describe("not ready to be written"),
});

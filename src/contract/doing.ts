import { z } from "zod";
import { oneLine } from "../domain/message-title.ts";
import { outputRanges } from "../domain/output-settings.ts";
import { list, number, wall, within } from "./common.ts";
import { outputMode } from "./output.ts";

export const restBody = z
  .strictObject({ confirmed: z.boolean().default(false).describe("also when a lock or gate is among them") })
  .nullish();
export const modeBody = z
  .strictObject({
    mode: outputMode,
    forS: z.exactOptional(within(outputRanges.forcedS).describe("until it returns to auto, seconds; 3600 if not said")),
  })
  .meta({ examples: [{ mode: "off", forS: 900 }] });
export const testBody = z
  .strictObject({
    seconds: z.number().min(0.1).max(30).default(1),
    confirmed: z.boolean().default(false).describe("a lock or gate may move"),
  })
  .nullish()
  .meta({ examples: [{ seconds: 1 }] });

export const pointParams = z.object({
  board: z.coerce.number().int().min(1).max(65_535).describe("number of the board"),
  point: z.coerce.number().int().min(1).max(65_535).describe("number of the contact on the board"),
});
export const levelBody = z
  .strictObject({ level: z.enum(["closed", "open", "unknown", "fault"]) })
  .meta({ examples: [{ level: "open" }] });

const verb = z.enum(["start", "stop", "pulse"]).describe("`pulse` raises the input and ends it at once");
export const triggerParams = pointParams.extend({ verb });
export const triggerKeyParams = z.object({
  key: z.string().min(1).max(300).describe("the key of the board's point"),
  verb,
});

/** From the query or the body, whichever a device can send. */
export const triggerFields = z.object({
  event_id: z.string().min(1).max(100).optional().describe("the same id again changes nothing and is answered alike"),
  max_s: z.coerce.number().min(1).max(3600).optional().describe("a start without stop ends after, seconds"),
  title: z
    .string()
    .max(1000)
    .transform(oneLine)
    .optional()
    .describe("what the message is about, for people; 150 characters of it are kept"),
});

const holdAnswer = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("recording") }),
  z.object({ kind: z.literal("will-backfill"), reason: z.string(), since: wall }),
  z.object({ kind: z.literal("failed"), reason: z.string() }),
]);

export const triggerAnswer = z
  .object({
    eventId: z.string(),
    repeated: z.boolean(),
    cameras: list(z.object({ channel: number, answer: holdAnswer })),
  })
  .meta({
    examples: [
      {
        eventId: "0199f0c2-7d1e-7c4a-9f0e-3a5b5e8f0a11",
        repeated: false,
        cameras: [{ channel: 1, answer: { kind: "recording" } }],
      },
    ],
  });

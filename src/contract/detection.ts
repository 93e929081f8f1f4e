/** The detection of one camera over HTTP: what is set, what hangs on it, and how it goes. */
import { z } from "zod";
import { ownThings } from "../domain/detection/own-settings.ts";
import { targetClasses } from "../domain/detection/objects.ts";
import { channelParams, list, number } from "./common.ts";
import { detectionFields, ownNumbers, ownNumbersElse } from "./detection-settings.ts";

export { channelParams };

export const channelDetection = z.object({
  channel: number,
  state: z
    .enum(["starting", "learning", "watching", "arriving", "blind"])
    .describe(
      "`arriving`: its pictures come and are not decoded, because nothing is looked for in them (loss and sound take " +
        "none); `blind`: its pictures are not looked at, `reason` says why; what was not looked at was not quiet",
    ),
  reason: z.string(),
  stream: z.enum(["main", "sub"]),
  lookedAt: z.number().describe("pictures a second that were decoded and looked at"),
  skipped: z
    .number()
    .describe(
      "pictures a second that were not decoded, because the sizes of their access units show that nothing moves",
    ),
  costMs: z.number().describe("processor time, ms a second"),
  slowedBy: z
    .number()
    .describe("share of what was due that was left out because there is not enough processor for all cameras, 0–1"),
});
export const detectionList = list(channelDetection);

const heardEvent = z.object({
  wall: z.number().describe("when it arrived, ms since 1970"),
  what: z.enum([...ownThings, "rule"]),
  phase: z.enum(["start", "stop", "pulse"]),
  code: z.string().describe("the camera's own word"),
  rule: z.exactOptional(z.string()),
  target: z.exactOptional(z.enum(targetClasses)),
  regions: z.exactOptional(list(z.string())).describe("of motion: the camera's own regions"),
});

export const cameraWord = z.object({
  channel: number,
  state: z
    .enum(["connecting", "online", "lost", "refused"])
    .describe("while it is not `online`, nothing that it would say is known"),
  reason: z.string(),
  since: z.number().describe("since when it is heard, or is not; ms since 1970"),
  has: list(z.enum(ownThings)).describe("what it says by itself, as far as is known"),
  does: list(z.enum(ownThings)).describe("what of that which is watched for its word is taken for now"),
  rules: list(z.object({ name: z.string(), code: z.string() })).describe("its own rules, as it names them"),
  heard: list(heardEvent).describe("what it said lately, the newest first"),
  dropped: z.number().describe("so much that it sent made no sense, or was too much"),
});

export const detectionBody = z
  .strictObject({
    enabled: z.boolean().default(true).describe("false: its settings are kept, its pictures are not looked at"),
    ...detectionFields,
  })
  .refine(ownNumbers, ownNumbersElse)
  .meta({ examples: [{ tamper: { sensitivity: 3 }, videoLoss: true }] });

const point = z.object({
  point: number.describe("contact of its board: closed while it is seen"),
  what: z.enum([
    ...(["motion", "tamper", "scene-change", "video-loss", "audio-loss", "audio-rise"] as const),
    ...(["rule", "human", "vehicle"] as const),
  ]),
  name: z.exactOptional(z.string()).describe("of the region or the rule"),
  input: z.exactOptional(number.describe("the alarm input that hangs on it; absent: nothing follows from it")),
  level: z.exactOptional(z.enum(["closed", "open", "unknown", "fault"])),
  reason: z.exactOptional(z.string()).describe("why it is unknown"),
  by: z.enum(["reed", "camera"]).describe("whose word it is now"),
});

export const detectionAnswer = z.object({
  channel: number,
  board: z.exactOptional(number).describe("absent: nothing was ever set"),
  enabled: z.boolean(),
  ...detectionFields,
  points: list(point),
  word: z.exactOptional(cameraWord).describe("how the camera itself is heard; absent: nobody listens to it"),
  now: z.exactOptional(channelDetection).describe("absent while nothing is looked for, or core is away"),
});

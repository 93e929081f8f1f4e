import { z } from "zod";
import { languages, type Language } from "../domain/site-config.ts";
import { list, number, wall } from "./common.ts";

/** One export may reach over this. */
const longestExportMs = 24 * 3_600_000;

const why = {
  reason: z.string().trim().min(1).max(500).describe("why it is given away; it stands in the audit log"),
  recipient: z.string().trim().min(1).max(200).describe("who gets it; it stands in the audit log"),
};

export const exportBody = z
  .strictObject({
    alarmId: z.exactOptional(z.string().min(1).max(100)).describe("all cameras of an alarm, from pre-record to end"),
    span: z.exactOptional(
      z
        .strictObject({ channels: z.array(number).min(1).max(64), from: z.number().min(0), to: z.number() })
        .refine((span) => span.from < span.to, "`from` must be before `to`")
        .refine((span) => span.to - span.from <= longestExportMs, "asks for more than 24 h at once"),
    ),
    lock: z.boolean().default(false).describe("keep the footage here until somebody releases it; takes `control`"),
    audio: z.boolean().default(true),
    sound: z
      .enum(["original", "aac"])
      .default("original")
      .describe("aac: G.711, which few players know, is made AAC; the pictures are never encoded again"),
    subtitles: z.boolean().default(false).describe("the site's time as subtitles beside each file, for players"),
    copy: z
      .boolean()
      .default(false)
      .describe("beside each original also a copy for any computer: H.264 with the site's time in its pictures"),
    evidence: z
      .boolean()
      .default(false)
      .describe("also the recorder's original bytes, rules, clocks and journal lines, with a signed manifest"),
    ...why,
    language: z.exactOptional(z.enum(languages)).describe("of the page in the ZIP and of its name; absent: the site's"),
    clientTime: z.exactOptional(z.number()).describe("what the asking device's clock shows, ms since 1970 UTC"),
  })
  .refine((body) => (body.alarmId === undefined) !== (body.span === undefined), "takes either `alarmId` or `span`")
  .refine((body) => body.audio || !body.evidence, "the originals have their sound with them: `evidence` takes `audio`")
  .meta({ examples: [{ alarmId: "0197…", lock: true, reason: "burglary, ref. 4711", recipient: "Police, PC Smith" }] });
export type ExportLanguage = Language;
export type ExportBody = z.output<typeof exportBody>;

const file = z.object({
  name: z.string(),
  channel: z.exactOptional(number),
  from: z.exactOptional(wall),
  to: z.exactOptional(wall),
  bytes: z.number(),
  sha256: z.string(),
});

export const exportState = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("waiting") }),
  z.object({ kind: z.literal("running"), doneBytes: z.number(), totalBytes: z.number() }),
  z.object({
    kind: z.literal("done"),
    bytes: z.number(),
    sha256: z.string().describe("of the ZIP"),
    files: list(file),
    until: wall.describe("the ZIP is removed then"),
  }),
  z.object({ kind: z.literal("failed"), reason: z.string() }),
  z.object({ kind: z.literal("cancelled") }),
]);
export type ExportState = z.output<typeof exportState>;
export type ExportFile = z.output<typeof file>;

export const exportJob = z.object({
  id: z.string(),
  title: z.string(),
  name: z.string().describe("of the ZIP"),
  alarmId: z.exactOptional(z.string()),
  channels: list(number),
  from: wall,
  to: wall,
  locked: z.boolean(),
  evidence: z.exactOptional(z.boolean()).describe("it is an evidence pack"),
  resumed: z.exactOptional(z.literal(true)).describe("a restart cut it off, and it goes on where it was"),
  ...why,
  by: z.string(),
  at: wall,
  state: exportState,
});
export type ExportJob = z.output<typeof exportJob>;

export const exportList = list(exportJob);

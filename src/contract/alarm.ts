import { z } from "zod";
import { list, momentOf, number, sourceList, wall } from "./common.ts";
import { severities } from "../domain/linkage-settings.ts";
import { extraFields } from "./linkage.ts";
import { receipt } from "./receipt.ts";

export const alarmState = z.enum(["new", "acknowledged", "resolved"]);

const review = { at: wall, by: z.string().describe("user or key, with its name") };

const camera = z.object({
  channel: number,
  name: z.string(),
  outcome: z.enum(["recorded", "short", "failed", "recording"]),
  reason: z.exactOptional(z.string()),
  from: z.exactOptional(wall).describe("the pre-record begins; absent: there is no footage"),
  to: z.exactOptional(wall).describe("the recording ended; absent while it goes on"),
  preAchievedMs: z.exactOptional(z.number()),
});

export const alarm = z.object({
  id: z.string(),
  input: z.number().describe("0 for a lost board"),
  name: z.string().describe("of the input or board, as it was then"),
  loop: z.exactOptional(z.enum(["cut", "short"])).describe("somebody was at the cable of a supervised input"),
  at: wall.describe("the first edge: milliseconds since 1970-01-01 UTC"),
  lastAt: wall,
  edges: z.number().describe("how often the input was raised in it"),
  state: alarmState,
  acknowledged: z.exactOptional(z.object(review)),
  resolved: z.exactOptional(z.object({ ...review, note: z.string() })),
  verdict: z.enum(["good", "bad", "open"]).describe("all was done; something was not; an outcome is missing still"),
  sentence: z.string().describe("the alarm in one line, times in the site's zone"),
  cameras: list(camera),
  faults: list(
    z.object({ kind: z.enum(["output", "notify", "snapshot", "ptz"]), number: z.number(), reason: z.string() }),
  ),
  severity: z.enum(severities).describe("of its gravest edge"),
  page: z
    .exactOptional(extraFields.page)
    .describe("what open pages do, by the linkage as it is now; absent: it comes to the front and makes no sound"),
  locked: z.boolean().describe("whether footage of it is locked"),
});
export type Alarm = z.output<typeof alarm>;

export const alarmDetail = alarm.extend({ receipts: list(receipt) });
export type AlarmDetail = z.output<typeof alarmDetail>;

export const alarmsQuery = z.object({
  state: alarmState.optional().describe("new, acknowledged or resolved; absent: all"),
  input: z.coerce.number().int().min(0).optional().describe("number of an input; 0: lost boards; absent: all"),
  source: sourceList.optional(),
  since: momentOf("only from this on").optional(),
  until: momentOf("only until this").optional(),
  cursor: z
    .string()
    .regex(/^[01]~\d{1,15}(\.\d+)?~[\w-]{1,100}$/, "is not one that a page gave")
    .optional()
    .describe("`next` of the page before"),
  limit: z.coerce.number().int().min(1).max(200).default(50).describe("the most of one page"),
});

export const alarmsPage = z.object({
  alarms: list(alarm),
  unacknowledged: z.number().describe("of all, not of this page"),
  next: z.exactOptional(z.string()).describe("`cursor` of the next page; absent on the last"),
});
export type AlarmsPage = z.output<typeof alarmsPage>;

export const alarmParams = z.object({ alarmId: z.string().min(1).max(100).describe("id of the alarm") });

export const resolveBody = z
  .strictObject({ note: z.string().trim().max(2000).default("") })
  .meta({ examples: [{ note: "The cleaner had the wrong code." }] });

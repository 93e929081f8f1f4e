import { z } from "zod";
import { ranges } from "../domain/site-config.ts";
import { list, number, wall, within } from "./common.ts";

const recordedChannel = z.object({
  channel: number,
  name: z.string(),
  now: z
    .enum(["continuous", "alarm", "off"])
    .describe("all goes to the disk; what alarms and people hold; nothing whatever asks"),
  because: z.enum(["always", "alarms-only", "private", "at-home", "inside", "outside", "never", "clock-not-set"]),
  schedule: z.exactOptional(number).describe("that decided"),
  until: z.exactOptional(wall).describe("when that schedule turns"),
  preRecordMs: z.number().describe("asked"),
  ringMs: z.number().describe("in memory now"),
  ringBytes: z.number(),
  needBytes: z.number().describe("of memory, as the camera sends now"),
  sub: z.exactOptional(z.boolean()).describe("the sub stream is recorded beside the main one, when that is"),
  secondCopy: z
    .exactOptional(
      z.object({
        volumes: list(z.string()).describe("ids of the volumes for second copies; empty: there is none"),
        state: z.enum(["none", "away", "waiting", "whole"]).describe("away: none of the volumes takes copies now"),
        through: z.exactOptional(wall).describe("end of the newest file that is there twice"),
        waiting: z.number().describe("files that ended since and are not copied yet, 1000 at most"),
      }),
    )
    .describe("of cameras that ask for one"),
});

export const fileSettings = z
  .strictObject({
    minutes: within(ranges.fileMinutes).int().describe("a file ends with the first key frame after this"),
    megabytes: z
      .exactOptional(within(ranges.fileMegabytes).int())
      .describe("or with the first one at this size, whichever comes first; absent: by time alone"),
  })
  .meta({ examples: [{ minutes: 5 }, { minutes: 60, megabytes: 1024 }] });
export type FileSettings = z.output<typeof fileSettings>;

export const recordingNow = z.object({
  at: wall,
  arming: z.string().describe("the mode that the site is armed in, or `disarmed`"),
  channels: list(recordedChannel),
  files: fileSettings.describe("how long the files of footage are"),
  memory: z
    .object({
      usedBytes: z.number(),
      budgetBytes: z.number(),
      needBytes: z.number().describe("of all channels; more than the budget: pre-record will be shorter than asked"),
    })
    .describe("for pictures that are not on a disk; nothing while no recorder has told"),
});
/** What "copy to…" takes along. */
export const copiedRecording = [
  "recordMode",
  "recordWeek",
  "atHome",
  "preRecordS",
  "timedPictures",
  "recordSub",
  "secondCopy",
] as const;
export type CopiedRecording = (typeof copiedRecording)[number];
export const copyRecordingBody = z
  .strictObject({
    to: z.array(number).min(1).max(256).readonly().describe("the cameras that get them"),
    what: z.array(z.enum(copiedRecording)).min(1).readonly(),
  })
  .meta({ examples: [{ to: [2, 3], what: ["recordMode", "recordWeek"] }] });
export const recordingCopied = z.object({ copied: list(number) });

export type RecordingNow = z.output<typeof recordingNow>;

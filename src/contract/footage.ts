import { z } from "zod";
import { channelList, list, momentOf, number, wall } from "./common.ts";
import { gap } from "./receipt.ts";

/** A timeline may be this long: a bit over a year. */
const longestTimelineMs = 400 * 86_400_000;
/** One file of footage may be this long. */
const longestFootageMs = 24 * 3_600_000;

const inOrder = (range: { from: number; to: number }) => range.from < range.to;

export const timelineQuery = z
  .object({
    from: momentOf("start"),
    to: momentOf("end"),
    channels: channelList().optional().describe("like 1,2,5; absent: all"),
    gaps: z.enum(["true", "false"]).default("false").describe("also why footage is missing"),
    resolution: z.coerce
      .number()
      .min(1000)
      .max(longestTimelineMs)
      .optional()
      .describe("ms of a pixel: runs that are too many come as parts of about that length, with how much was recorded"),
  })
  .refine(inOrder, "`from` must be before `to`")
  .refine((range) => range.to - range.from <= longestTimelineMs, "asks for more than 400 days");

export const timelineAnswer = z.object({
  spans: list(
    z.object({
      channel: number,
      cause: z.string().describe("continuous, alarm or manual"),
      from: wall,
      to: wall,
      eventId: z.exactOptional(z.string()),
      share: z.exactOptional(z.number()).describe("of several runs: how much of it was recorded, 0 to 1"),
    }),
  ),
  gaps: z
    .exactOptional(list(gap.extend({ channel: number })))
    .describe("with a resolution and very many of them: those that are no shorter"),
});

export type TimelineAnswer = z.output<typeof timelineAnswer>;

const part = z.coerce.number().int().min(1).default(1).describe("of a span in which the camera changed its settings");
const audio = z.enum(["true", "false"]).default("true").describe("false: the pictures only");

export const footageQuery = z
  .object({
    from: momentOf("start"),
    to: momentOf("end"),
    part,
    audio,
  })
  .refine(inOrder, "`from` must be before `to`")
  .refine((range) => range.to - range.from <= longestFootageMs, "asks for more than 24 h at once");

export const receiptFootageQuery = z.object({
  channel: z.coerce
    .number()
    .int()
    .min(1)
    .optional()
    .describe("number of the channel; absent: the first one that recorded"),
  part,
  audio,
});

export const liveQuery = z.object({
  track: z.enum(["video", "audio"]).default("video").describe("one WebSocket carries one track"),
  stream: z.enum(["main", "sub"]).default("main").describe("which of the channel's streams"),
  convert: z
    .enum(["true", "false"])
    .default("false")
    .describe("true: video that is H.265 comes as H.264 of at most 720 lines, within the site's limit"),
});

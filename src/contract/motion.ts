/** What moved in the past: how much along the timeline, and when in some cells of the picture. */
import { z } from "zod";
import { cells, cellsOfHex } from "../domain/detection/motion-grid.ts";
import { channelList, list, momentOf, number, wall } from "./common.ts";

const dayMs = 86_400_000;
/** Of the timeline: a month, and some days beside it. */
const longestTimelineMs = 40 * dayMs;
/** Of a search. */
const longestSearchMs = 31 * dayMs;
const mostChannels = 64;
/** More steps than any screen has pixels. */
const mostSteps = 4000;

const inOrder = (range: { from: number; to: number }) => range.from < range.to;

export const motionTimelineQuery = z
  .object({
    from: momentOf("start"),
    to: momentOf("end"),
    channels: channelList(mostChannels),
    stepMs: z.coerce.number().int().min(1000).max(dayMs).describe("length of a step, ms"),
  })
  .refine(inOrder, "`from` must be before `to`")
  .refine((range) => range.to - range.from <= longestTimelineMs, "asks for more than 40 days")
  .refine(({ from, to, stepMs }) => (to - from) / stepMs <= mostSteps, `asks for more than ${mostSteps} steps at once`);

export const motionTimeline = z.object({
  from: wall.describe("when the first step begins"),
  stepMs: z.number(),
  channels: list(
    z.object({
      channel: number,
      steps: list(z.number()).describe("of each step: -1 nobody looked, 0 nothing moved, 1 to 255 how much at most"),
    }),
  ),
});
export type MotionTimeline = z.output<typeof motionTimeline>;

const searchedCells = z
  .string()
  .refine((hex) => cellsOfHex(hex) !== undefined, `must be ${cells / 4} hexadecimal digits`)
  .refine((hex) => /[^0]/.test(hex), "must have at least one cell")
  .describe(`where to look: the ${cells} cells of 22 × 18 over the picture, row by row, four a hexadecimal digit`);

export const motionSearchBody = z
  .strictObject({
    channels: z.array(number).min(1).max(mostChannels).readonly(),
    cells: searchedCells,
    own: z
      .array(z.strictObject({ channel: number, cells: searchedCells }))
      .max(mostChannels)
      .readonly()
      .optional()
      .describe("where to look in the pictures of some of them instead"),
    from: z.number().min(0).describe("start, ms since 1970-01-01 UTC"),
    to: z.number().min(0).describe("end"),
  })
  .refine(inOrder, "`from` must be before `to`")
  .refine((range) => range.to - range.from <= longestSearchMs, "asks for more than 31 days")
  .refine(
    ({ own = [], channels }) => own.every(({ channel }) => channels.includes(channel)),
    "`own` names a camera that is not in `channels`",
  )
  .meta({
    examples: [{ channels: [1], cells: `f${"0".repeat(98)}`, from: 1_790_000_000_000, to: 1_790_086_400_000 }],
  });

export const motionSearchAnswer = z.object({
  runs: list(
    z.object({
      channel: number,
      from: wall,
      to: wall,
      at: wall.describe("its second with the most motion"),
      strength: z.number().describe("how much of the cells moved in that second, percent"),
    }),
  ).describe("in order of their beginning"),
  joinedMs: z.number().describe("runs that are no farther apart are one; grows where there are very many"),
  watched: list(z.object({ channel: number, watchedMs: z.number() })).describe(
    "how long each was looked at: what was not watched can't be found",
  ),
});
export type MotionSearchAnswer = z.output<typeof motionSearchAnswer>;

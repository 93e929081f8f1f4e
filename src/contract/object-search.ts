/** Who was before the cameras in the past: people, vehicles and what else the detector knows. */
import { z } from "zod";
import { targetClasses } from "../domain/detection/objects.ts";
import { channelList, list, momentOf, wall } from "./common.ts";

const dayMs = 86_400_000;
const longestSearchMs = 31 * dayMs;
export const mostObjects = 200;

/** The last object of a page: the next one begins after it. */
const place = /^\d{1,15}:\d{1,5}:\d+-\d+$/;

const span = {
  from: momentOf("start"),
  to: momentOf("end"),
  channels: channelList(64).transform((channels) => [...new Set(channels)]),
};
interface Span {
  readonly from: number;
  readonly to: number;
}
const runsForward = ({ from, to }: Span): boolean => from < to;
const isShort = ({ from, to }: Span): boolean => to - from <= longestSearchMs;

export const objectSearchQuery = z
  .object({
    ...span,
    target: z.enum(targetClasses).optional().describe("only people or only vehicles"),
    label: z.string().min(1).max(60).optional().describe("only what the model calls so, like dog"),
    sure: z.coerce.number().min(0).max(1).default(0).describe("confidence at least, 0–1"),
    limit: z.coerce.number().int().min(1).max(mostObjects).default(60).describe("objects of a page"),
    after: z.string().regex(place, "is the `next` of the page before").optional().describe("`next` of the page before"),
  })
  .refine(runsForward, "`from` must be before `to`")
  .refine(isShort, "asks for more than 31 days");

export const seenLabelsQuery = z
  .object(span)
  .refine(runsForward, "`from` must be before `to`")
  .refine(isShort, "asks for more than 31 days");

export const seenLabel = z.object({
  label: z.string().describe("as the model calls it; what `label` of a search takes"),
  target: z.enum(targetClasses).optional().describe("absent: neither people nor vehicles"),
  count: z.number().describe("objects"),
});
export type SeenLabel = z.output<typeof seenLabel>;
export const seenLabelList = list(seenLabel).describe("the most frequent first");

export const seenObject = z.object({
  channel: z.number(),
  id: z.string().describe("of its channel"),
  label: z.string(),
  target: z.enum(targetClasses).optional(),
  confidence: z.number().describe("the best, 0–1"),
  from: wall,
  to: wall,
  picture: z.boolean().describe("whether it has one"),
});
export type SeenObjectRow = z.output<typeof seenObject>;

export const objectSearchAnswer = z.object({
  objects: list(seenObject).describe("the newest first"),
  next: z.string().optional().describe("where the next page begins, when there may be one"),
});
export type ObjectSearchAnswer = z.output<typeof objectSearchAnswer>;

const longestPathsMs = 600_000;
/** Points of an answer. */
export const mostPathPoints = 20_000;

export const objectPathsQuery = z
  .object({ from: momentOf("start"), to: momentOf("end") })
  .refine(({ from, to }) => from < to, "`from` must be before `to`")
  .refine(({ from, to }) => to - from <= longestPathsMs, "asks for more than 10 min at once");

export const objectPaths = z.object({
  objects: list(
    z.object({
      id: z.string().describe("of its channel"),
      label: z.string(),
      confidence: z.number().describe("the best by then, 0–1"),
      from: wall.describe("of the first point"),
      path: list(z.tuple([z.number(), z.number(), z.number(), z.number(), z.number()])).describe(
        "ms after `from`, then x, y, width and height as parts of the picture; straight on from point to point",
      ),
    }),
  ),
  to: wall.describe(
    "the answer is whole up to here: ask from here on for the rest, when it is before the `to` asked for",
  ),
});
export type ObjectPaths = z.output<typeof objectPaths>;

/** Of one event. */
export const mostEventObjects = 24;

export const eventObjects = list(
  seenObject.extend({
    caused: z.boolean().describe("it closed the contact; the others were seen meanwhile"),
  }),
).describe("those that caused it first, the surest first");
export type EventObject = z.output<typeof eventObjects>[number];

export const objectPictureParams = z.object({
  id: z.coerce.number().int().min(1).max(65_535).describe("number of the channel"),
  object: z
    .string()
    .regex(/^\d{1,15}-\d{1,15}$/, "must be the id of an object")
    .describe("its id"),
});

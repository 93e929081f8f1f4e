import { z } from "zod";
import type { ViewSettings } from "../domain/site-config.ts";
import { list, name, number } from "./common.ts";

/** Places of the largest layout. */
export const mostPlaces = 16;

const layout = z
  .union([z.literal("auto"), z.literal(1), z.literal(4), z.literal(9), z.literal(16)])
  .describe("how many places; `auto`: as few as hold all of its channels");
const channels = list(z.number().int().min(0).max(65_535))
  .refine((places) => places.length <= mostPlaces, `has at most ${mostPlaces} places`)
  .describe("channel of each place, row by row; 0 is an empty place");

export const viewBody = z
  .strictObject({
    name,
    shared: z.boolean().default(false).describe("everybody's, not only one's own"),
    layout,
    channels,
  })
  .meta({ examples: [{ name: "Doors", shared: false, layout: 4, channels: [1, 3, 0, 2] }] });
export type ViewBody = z.output<typeof viewBody>;

export const viewAnswer = z.object({ view: number, name, shared: z.boolean(), layout, channels });
export const viewList = list(viewAnswer);
export type ViewAnswer = z.output<typeof viewAnswer>;

export const viewAnswerOf = ({ owner, ...row }: ViewSettings): ViewAnswer => ({ ...row, shared: owner === "" });

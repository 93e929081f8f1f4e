import { z } from "zod";
import { list, momentOf, number, wall } from "./common.ts";

const longestMs = 24 * 3_600_000;

export const bookmark = z.object({
  id: z.string(),
  channels: list(number),
  at: wall,
  to: z.exactOptional(wall).describe("of a stretch"),
  note: z.string(),
  by: z.string(),
  madeAt: wall,
});
export type BookmarkAnswer = z.output<typeof bookmark>;
export const bookmarkList = list(bookmark);

export const bookmarkBody = z
  .strictObject({
    channels: z.array(number).min(1).max(64),
    at: z.number().min(0),
    to: z.exactOptional(z.number()),
    note: z.string().trim().min(1).max(500),
  })
  .refine((body) => body.to === undefined || body.at < body.to, "`at` must be before `to`")
  .refine((body) => body.to === undefined || body.to - body.at <= longestMs, "asks for more than 24 h at once")
  .meta({ examples: [{ channels: [1, 2], at: 1_790_000_000_000, note: "the white van" }] });
export type BookmarkBody = z.output<typeof bookmarkBody>;

export const bookmarkQuery = z
  .object({ from: momentOf("start"), to: momentOf("end") })
  .refine((range) => range.from < range.to, "`from` must be before `to`");

export const bookmarkMade = z.object({ id: z.string() });

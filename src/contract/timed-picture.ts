import { z } from "zod";
import { list, wall } from "./common.ts";

const channel = z.coerce.number().int().min(1).max(65_535).describe("number of the channel");
const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, "must be a day like 2026-11-23")
  .describe("UTC, like 2026-11-23");

export const pictureDays = list(z.object({ day: z.string(), count: z.number() }));
export const dayParams = z.object({ id: channel, day });
export const dayPictures = list(z.object({ at: wall.describe("when it was taken"), bytes: z.number() }));
export const timedPictureParams = dayParams.extend({
  at: z.coerce.number().int().min(0).describe("when it was taken"),
});
export type PictureDays = z.output<typeof pictureDays>;
export type DayPictures = z.output<typeof dayPictures>;

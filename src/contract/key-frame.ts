import { z } from "zod";
import { momentOf, numberParams, wall } from "./common.ts";

export const keyFrameQuery = z.object({ at: momentOf("the moment") });

export const keyFrameAnswer = z.object({
  frame: z.exactOptional(
    z.object({
      at: wall,
      picture: z
        .string()
        .describe("address of it as JPEG, relative to this one; it never changes, so that it may be kept"),
    }),
  ),
});
export type KeyFrameAnswer = z.output<typeof keyFrameAnswer>;

const count = z.coerce
  .number()
  .int()
  .min(0)
  .max(2 ** 52);

export const keyFrameParams = numberParams.extend({
  segment: z.string().min(1).max(100).describe("id of the file"),
  ticks: count.describe("its 90 kHz tick on the file's own line"),
  hint: count.describe("offset in the file of a fragment before it"),
});

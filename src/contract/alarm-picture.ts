import { z } from "zod";
import { list, number } from "./common.ts";
import { eventParams } from "./receipt.ts";

/** A picture that was taken at an edge: of which camera, and the how many-th. */
export const edgePicture = z.object({ channel: number, nth: number });
export const edgePictures = list(edgePicture);
export type EdgePicture = z.output<typeof edgePicture>;

export const pictureParams = eventParams.extend({
  channel: z.coerce.number().int().min(1).max(65_535).describe("number of the channel"),
  nth: z.coerce.number().int().min(1).max(999).describe("the first is 1"),
});

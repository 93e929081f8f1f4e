import { z } from "zod";
import { defaults } from "../domain/site-config.ts";

export const recordBody = z
  .strictObject({
    maxS: z
      .number()
      .min(1)
      .max(3600)
      .default(defaults.manualRecordS)
      .describe("it ends by itself after this, seconds, unless it is stopped before"),
  })
  .nullish()
  .meta({ examples: [{ maxS: 600 }] });

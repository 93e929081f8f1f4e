import { z } from "zod";
import { firstSteps } from "../domain/first-steps.ts";
import { list, wall } from "./common.ts";

export const firstStepsAnswer = z.object({
  steps: list(z.object({ step: z.enum(firstSteps), state: z.enum(["open", "done", "skipped"]) })),
  dismissed: z.boolean().describe("somebody put the list away"),
  now: wall.describe("of the server's clock"),
  notice: z.string(),
});
export type FirstStepsAnswer = z.output<typeof firstStepsAnswer>;

const mark = z.exactOptional(z.enum(["done", "skipped"]));
const marks = { site: mark, storage: mark, cameras: mark, input: mark };

/** As it is kept with the site. */
export const firstStepMarks = z.strictObject({
  marks: z.strictObject(marks),
  dismissed: z.boolean(),
});

export const firstStepsPatch = z
  .strictObject({
    ...marks,
    dismissed: z.exactOptional(z.boolean()),
  })
  .meta({ examples: [{ site: "done" }, { cameras: "skipped" }] });

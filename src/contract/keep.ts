import { z } from "zod";
import { footageCauses } from "../domain/footage-cause.ts";
import { keepTrouble } from "../domain/keep-rules.ts";
import { number } from "./common.ts";

const keptDays = z.number().int().min(1).max(3650);

const keepRule = z.strictObject({
  channel: z.exactOptional(number.describe("absent: all cameras")),
  cause: z.exactOptional(z.enum(footageCauses).describe("what the footage shows; absent: whatever it shows")),
  minDays: z.exactOptional(keptDays.describe("younger footage goes only when nothing else is left to go")),
  maxDays: z.exactOptional(keptDays.describe("older footage goes; absent: the volume's own days")),
});

export const keepRules = z
  .array(keepRule)
  .max(500)
  .superRefine((rules, context) => {
    const message = keepTrouble(rules);
    if (message !== undefined) context.addIssue({ code: "custom", message });
  })
  .readonly();

/** How long footage is kept, by camera and by what it shows; the closest rule counts. */
export const keepBody = z.strictObject({ rules: keepRules }).meta({
  examples: [
    {
      rules: [
        { cause: "continuous", maxDays: 7 },
        { channel: 1, cause: "alarm", minDays: 30, maxDays: 90 },
      ],
    },
  ],
});
export type KeepBody = z.output<typeof keepBody>;

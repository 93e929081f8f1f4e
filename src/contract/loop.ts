import { z } from "zod";
import { loopRanges, loopWirings } from "../domain/supervised-loop.ts";
import { within } from "./common.ts";

const counts = within(loopRanges.counts);
/** How a loop is wired and what its input reads (`domain/supervised-loop.ts`). */
export const loop = z.strictObject({
  wiring: z
    .enum(loopWirings)
    .describe("parallel: a resistor across an NO contact; series: one in line with an NC contact; double: both"),
  eolOhm: within(loopRanges.eolOhm).describe("of each end-of-line resistor").default(5600),
  pullUpOhm: within(loopRanges.pullUpOhm).describe("between the supply and the input").default(5600),
  fullScale: counts.describe("counts at the full supply: what is read when the loop is open"),
  zero: z.exactOptional(counts.describe("counts at 0 V; absent: 0")),
});
export const modbusLoop = z.strictObject({
  ...loop.shape,
  referenceAddress: z.exactOptional(
    z.number().int().min(0).max(65_535).describe("register of the same area that reads the supply of the loop"),
  ),
});

/** What is read of it now. */
export const loopReading = z.object({
  state: z.enum(["closed", "open", "cut", "short", "fault"]),
  ratio: z.exactOptional(z.number().describe("of the reading to the supply, 0–1")),
  ohms: z.exactOptional(z.number().describe("of the loop, without the pull-up; absent: open")),
});

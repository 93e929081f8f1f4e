import { z } from "zod";
import { list, number, wall } from "./common.ts";

export const footageLock = z.object({
  id: z.string(),
  channel: number,
  from: wall,
  to: wall,
  reason: z.string(),
  by: z.string(),
  at: wall,
  alarmId: z.exactOptional(z.string()),
});

export const lockList = z.object({
  locks: list(footageLock),
  lockedBytes: z.exactOptional(z.number()).describe("of all volumes together; absent while core is away"),
});
export type LockList = z.output<typeof lockList>;

/** One lock may reach over this: a bit over a month. */
const longestLockMs = 32 * 86_400_000;

export const lockBody = z
  .strictObject({
    channels: z.array(number).min(1).max(256),
    from: z.number().min(0),
    to: z.number(),
    reason: z.string().trim().min(1).max(500),
    alarmId: z.exactOptional(z.string().min(1).max(100)),
  })
  .refine((body) => body.from < body.to, "`from` must be before `to`")
  .refine((body) => body.to - body.from <= longestLockMs, "reaches over more than 32 days")
  .meta({ examples: [{ channels: [1, 2], from: 1_790_000_000_000, to: 1_790_000_060_000, reason: "burglary" }] });

export const lockedAnswer = z.object({ ids: list(z.string()) });

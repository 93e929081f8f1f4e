import { z } from "zod";
import { troubleKinds } from "../domain/trouble-kind.ts";
import { list, wall } from "./common.ts";
import { volumeState } from "./volume.ts";

export const health = z.object({ alive: z.literal(true), ready: z.boolean() });

export const trouble = z.object({
  key: z.string(),
  what: z.string(),
  since: wall,
  ended: z.exactOptional(wall),
  kind: z.enum(troubleKinds),
  next: z.string().describe("what to do about it"),
});

export const troublesQuery = z.object({
  open: z.enum(["true", "false"]).default("true").describe("false: also what is over"),
  limit: z.coerce.number().int().min(1).max(500).default(100).describe("the most of one answer"),
});
export const troubleList = list(trouble);

export const system = z.object({
  version: z.string(),
  node: z.string(),
  licence: z.string(),
  ready: z.boolean().describe("whether core is reached"),
  processes: list(
    z.object({
      name: z.string(),
      pid: z.number(),
      state: z.enum(["running", "starting", "down"]),
      restarts: z.number(),
      since: wall,
      rssBytes: z.exactOptional(z.number().describe("resident memory; absent where the system does not tell")),
      cpuShare: z.exactOptional(z.number().describe("of one core since this was read last, 1 is all of it")),
    }),
  ),
  volumes: list(volumeState),
  notice: z.string(),
});

/** The sentence that says what Reed is not. */
export const notice =
  "Reed is not a certified intruder, hold-up or fire alarm (EN 50131, EN 54, UL, NFPA 72) and no substitute for one.";

import { z } from "zod";
import { zoneTypes } from "../domain/arming.ts";
import { inputKinds } from "../domain/input-kind.ts";
import { walkMinutes, walkMinutesDefault } from "../domain/walk-test.ts";
import { list, number, wall, within } from "./common.ts";

export const walkBody = z
  .strictObject({
    inputs: z.exactOptional(list(number)).describe("absent: all that are switched on, but key switches"),
    minutes: within(walkMinutes).int().default(walkMinutesDefault).describe("then it ends by itself"),
    pulse: z.boolean().default(true).describe("sirens and the like get a pulse of a second; false: they stay quiet"),
    locks: list(number).default([]).describe("locks and gates that may move, for a second; all others do not"),
    send: list(number)
      .default([])
      .describe("notifiers that can't be proved without sending, and may get one message that says TEST"),
  })
  .meta({ examples: [{ minutes: 30 }, { inputs: [1, 2], pulse: false }] });

const ended = z.object({
  at: wall,
  why: z.enum(["time", "stopped", "armed", "restart"]),
  by: z.string(),
});

const terms = {
  walkId: z.string(),
  by: z.string(),
  inputs: list(z.number()),
  minutes: z.number(),
  pulse: z.boolean(),
  locks: list(z.number()),
  send: list(z.number()),
  since: wall,
  until: wall,
};

const tick = z.discriminatedUnion("kind", [
  z.object({ kind: z.enum(["untripped", "waiting", "none"]) }),
  z.object({ kind: z.literal("proved"), ms: z.number().describe("from the edge on") }),
  z.object({ kind: z.enum(["failed", "untested"]), reason: z.string() }),
]);

const part = z.object({
  id: z.number(),
  name: z.string(),
  tick,
  eventId: z.exactOptional(z.string()).describe("the edge that the tick is of"),
});

export const walkRow = z.object({
  input: z.number(),
  name: z.string(),
  kind: z.enum(inputKinds),
  zone: z.enum(zoneTypes),
  wiring: z.enum(["NO", "NC"]),
  board: z.string(),
  point: z.number(),
  trips: list(wall),
  footage: tick.describe("a picture that came after the edge is on the disk"),
  relay: tick.describe("the board read it back"),
  message: tick.describe("accepted, without calling anybody"),
  cameras: list(part),
  relays: list(part),
  messages: list(part),
  verdict: z.enum(["untripped", "waiting", "proved", "partly", "failed"]),
});

export const walkRecord = z.object({ ...terms, ended: z.exactOptional(ended) });

export const walkReport = z.object({
  walk: walkRecord,
  rows: list(walkRow),
  proved: z.number().describe("inputs of which everything that is linked is proved"),
  file: z.enum(["none", "being-made", "ready"]).describe("the PDF; it is made when the test is over"),
});

/** `running` is absent while none runs. */
export const walkNow = z.object({ running: z.exactOptional(walkReport) });

export const walkSummary = z.object({
  ...walkRecord.shape,
  proved: z.number(),
  file: z.enum(["none", "being-made", "ready"]),
});
export const walkList = list(walkSummary);

export const walkReceivers = list(z.object({ notifier: z.number(), name: z.string() }));
export type WalkReceivers = z.output<typeof walkReceivers>;

export const walkStarted = z.object({ walkId: z.string() });

export type WalkNow = z.infer<typeof walkNow>;
export type WalkReport = z.infer<typeof walkReport>;
export type WalkRowAnswer = z.infer<typeof walkRow>;
export type WalkPartAnswer = z.infer<typeof part>;
export type TickAnswer = z.infer<typeof tick>;
export type WalkSummary = z.infer<typeof walkSummary>;
export type WalkBody = z.input<typeof walkBody>;

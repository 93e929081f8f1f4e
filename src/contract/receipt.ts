import { z } from "zod";
import { severities } from "../domain/linkage-settings.ts";
import { list, momentOf, number, sourceList, wall } from "./common.ts";

const instantMoment = z.object({ bootId: z.string(), instant: z.number(), wall });

const edge = z.object({
  eventId: z.string(),
  input: z.number().describe("0 for a tamper event of a board and a recording by hand"),
  inputName: z.string(),
  board: z.exactOptional(number),
  kind: z.enum(["raised", "cleared", "raised(found)", "tamper", "manual"]),
  loop: z.exactOptional(z.enum(["cut", "short"])).describe("tampering with the supervised loop of this input"),
  at: instantMoment.describe("the first raw change"),
  decidedAt: instantMoment,
  title: z.exactOptional(z.string()).describe("what was seen, of an input that sees; also behind `inputName`"),
  cause: z
    .exactOptional(z.enum(["motion", "intelligent"]))
    .describe("what its footage is recorded for, of what pictures show and is no alarm"),
  severity: z.exactOptional(z.enum(severities)).describe("absent: as usual"),
  walk: z.exactOptional(z.string()).describe("tripped in this walk test: it called nobody"),
  notBefore: z.exactOptional(wall),
  trigger: z
    .exactOptional(
      z.object({
        verb: z.enum(["start", "pulse"]),
        until: wall,
        title: z.exactOptional(z.string()).describe("what the message is about; also behind `inputName`"),
        away: z.exactOptional(list(number)).describe("cameras that are away, for the source camera offline"),
      }),
    )
    .describe("raised by a message, not by a contact"),
  manual: z
    .exactOptional(z.object({ by: z.string(), until: wall }))
    .describe("recorded by hand: who asked, until when"),
});

export const outcome = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("done") }),
  z.object({ kind: z.literal("short"), reason: z.string() }),
  z.object({ kind: z.literal("failed"), reason: z.string() }),
  z.object({ kind: z.literal("suppressed"), gate: z.string() }),
]);

export const gap = z.object({ from: wall, to: wall, reason: z.string() });

const recordFacts = z.object({
  answer: z.exactOptional(z.enum(["recording", "will-backfill", "failed"])),
  awaySince: z.exactOptional(wall).describe("since when the camera was away as the edge came"),
  preAchievedMs: z.exactOptional(z.number()),
  durableAfterMs: z.exactOptional(z.number()),
  newFrameAfterMs: z.exactOptional(z.number()).describe("until a picture that came after the edge was synced"),
  from: z.exactOptional(wall),
  to: z.exactOptional(wall),
  gaps: z.exactOptional(list(gap)),
  inputStillOpen: z.exactOptional(z.boolean()),
});

const action = z.object({
  id: z.string(),
  target: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("record"), channel: number, preS: z.number() }),
    z.object({ kind: z.literal("output"), output: number }),
    z.object({ kind: z.literal("snapshot"), channel: number, count: z.number(), intervalS: z.number() }),
    z.object({
      kind: z.literal("ptz"),
      channel: number,
      preset: z.number(),
      again: z.exactOptional(z.literal(true)),
      afterS: z.exactOptional(z.number()).describe("back, so many seconds after the rest"),
    }),
    z.object({ kind: z.literal("notify"), notifier: number }),
  ]),
  escalateAt: z.exactOptional(
    wall.describe("a message that goes out then unless somebody acknowledged, ms since 1970"),
  ),
  because: z.object({ rule: z.string(), eventId: z.string() }),
  waitsUntil: z.exactOptional(wall).describe("waits for the end of the entry delay"),
  test: z
    .exactOptional(z.enum(["probe", "send"]))
    .describe("in a walk test: proved without telling anybody, or by one test message"),
  outcome: z.exactOptional(outcome),
  outcomeAt: z.exactOptional(wall),
  record: z.exactOptional(recordFacts),
  output: z.exactOptional(
    z.object({ commandedAfterMs: z.exactOptional(z.number()), confirmedAfterMs: z.exactOptional(z.number()) }),
  ),
});

export const receipt = z.object({
  edge,
  alarmId: z.exactOptional(z.string()),
  armed: z.boolean(),
  rested: z
    .exactOptional(z.literal(true))
    .describe("its input came to rest while it waited for the end of the entry delay"),
  judgedUntil: z.exactOptional(wall).describe("what is seen until then may make its alarm graver"),
  graver: z
    .exactOptional(
      z.object({
        severity: z.enum(severities),
        input: z.number().int().min(0).max(65_535).describe("0: of a login that may know none of its cameras"),
        name: z.string().describe("the input that saw it, and what it saw; `…`: of such a login"),
        eventId: z.string().describe("of its own edge; empty: of such a login"),
        channels: z
          .exactOptional(list(number))
          .describe("cameras that its input recorded, of those that the login may know"),
        at: wall,
        afterMs: z.number().describe("after this edge; below 0: before it, and told later"),
      }),
    )
    .describe("something else saw it, too, within the seconds of its linkage: its alarm is graver from then on"),
  actions: list(action),
  closedAt: z.exactOptional(wall).describe("absent while an outcome is missing"),
  sentence: z.exactOptional(z.string()).describe("the receipt in words"),
});

const flag = z.enum(["true", "false"]).transform((text) => text === "true");

export const receiptsQuery = z.object({
  since: momentOf("only from this on").optional(),
  until: momentOf("only until this").optional(),
  input: z.coerce.number().int().min(0).optional().describe("number of an input; 0: tamper of a board; absent: all"),
  source: sourceList.optional(),
  open: flag.optional().describe("true: an outcome is missing still"),
  events: flag.optional().describe("true: only what was raised and is no alarm: while disarmed, or by hand"),
  before: z.string().max(100).optional().describe("event id of the last one of the page before"),
  limit: z.coerce.number().int().min(1).max(500).default(50).describe("the most of one page"),
});

export const receiptsPage = z.object({
  receipts: list(receipt),
  next: z.exactOptional(z.string()).describe("`before` of the next page; absent on the last"),
});

export const eventParams = z.object({
  eventId: z.string().min(1).max(100).describe("id of the edge: `edge.eventId` of its receipt"),
});

import { z } from "zod";
import { channelList, list, momentOf, number, wall } from "./common.ts";

/** A playlist may be this long. */
const longestPlaylistMs = 24 * 3_600_000;
/** A page asks for what comes next, not for a day. */
const longestLineMs = 10 * 60_000;

const inOrder = (range: { from: number; to: number }) => range.from < range.to;
const span = { from: momentOf("start"), to: momentOf("end") };
const mostTicks = 2 ** 52;
const ticks = z.coerce.number().int().min(0).max(mostTicks);
const id = z.coerce.number().int().min(1).max(65_535).describe("number of the channel");

export const playlistQuery = z
  .object({
    ...span,
    audio: z
      .enum(["true", "false", "original"])
      .default("true")
      .describe("true: AAC; original: also G.711, which browsers can't play; false: the pictures only"),
  })
  .refine(inOrder, "`from` must be before `to`")
  .refine((range) => range.to - range.from <= longestPlaylistMs, "asks for more than 24 h at once");

export const lineQuery = z
  .object({
    ...span,
    zero: z
      .string()
      .regex(/^\d{1,15}$/)
      .transform(Number)
      .describe("wall time of media time 0, ms: every channel asked with the same one plays on one line"),
    stream: z
      .enum(["main", "sub"])
      .default("main")
      .describe("sub: the small pictures, where all of the span was recorded of them too; else the main stream's"),
  })
  .refine(inOrder, "`from` must be before `to`")
  .refine((range) => range.to - range.from <= longestLineMs, "asks for more than 10 min at once")
  .refine((range) => range.zero <= range.from, "`zero` must not be behind `from`");

const track = z.object({ mime: z.string().describe("for `MediaSource.isTypeSupported`"), init: z.string() });

export const lineAnswer = z.object({
  stream: z.enum(["main", "sub"]).describe("which one this is of"),
  /** Each kind of media once; a slice names its own by its place here. */
  inits: list(
    z.object({
      video: track,
      audio: z.exactOptional(track),
      width: z.number(),
      height: z.number(),
    }),
  ),
  slices: list(
    z.object({
      from: wall,
      to: wall,
      init: z.number().describe("place in `inits`"),
      video: z.string().describe("address of the pictures"),
      audio: z.exactOptional(z.string()).describe("address of the sound"),
      pictures: list(z.number()).describe("when each is shown, ms from `from`"),
    }),
  ),
});
export type LineAnswer = z.output<typeof lineAnswer>;

const trackName = z.enum(["video", "audio"]).describe("pictures or sound");

export const initParams = z.object({
  id,
  segment: z.string().min(1).max(100).describe("id of the file"),
  track: trackName,
});

export const mediaParams = initParams.extend({
  from: ticks.describe("first tick of 90 kHz on the file's own line"),
  to: ticks.describe("behind its last one"),
  base: ticks.describe("where the first lies on the line that is played"),
  hint: ticks.describe("offset in the file of a fragment before it"),
});

export const mediaQuery = z.object({
  frames: z.enum(["key"]).optional().describe("only the key frames, each standing until the next one"),
  sets: z.enum(["inside"]).optional().describe("parameter sets also in front of the first picture"),
});

export const eventQuery = z
  .object({
    channels: channelList(),
    after: momentOf("the first event behind this").optional(),
    before: momentOf("the last event before this").optional(),
  })
  .refine((query) => (query.after === undefined) !== (query.before === undefined), "takes `after` or `before`");

export const timelineEvent = z.object({
  at: wall.describe("the edge, or the beginning of what was seen"),
  cause: z.string(),
  channels: list(number),
  name: z.exactOptional(z.string()).describe("of the input"),
  eventId: z.exactOptional(z.string()),
});

export const eventAnswer = z.object({ event: z.exactOptional(timelineEvent) });
export type TimelineEvent = z.output<typeof timelineEvent>;

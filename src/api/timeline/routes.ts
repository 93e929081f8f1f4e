import { timelineAnswer, timelineQuery } from "../../contract/footage.ts";
import { eventAnswer, eventQuery } from "../../contract/playback.ts";
import { maySee } from "../../domain/rights.ts";
import type { TimelineSpan, TimeRange } from "../../store/read.ts";
import type { App, Login } from "../app-types.ts";
import { guardChannels } from "../auth/channel-rights.ts";
import { fail } from "../failure.ts";
import type { ApiDeps } from "../ports.ts";
import { eventBeside } from "./event-beside.ts";
import { gapsBeside } from "./gaps.ts";

/** What was recorded when: merged runs of a channel and cause. */
export function timelineRoutes(app: App, deps: ApiDeps): void {
  eventRoute(app, deps);
  app.get(
    "/timeline",
    {
      config: { needs: "read", channels: "checked" },
      schema: {
        tags: ["footage"],
        summary: "What was recorded when, by channel and cause",
        querystring: timelineQuery,
        response: { 200: timelineAnswer },
      },
    },
    async (request) => {
      const { from, to, resolution } = request.query;
      const range = { from, to };
      const channels = await wantedChannels(deps, request.login, request.query.channels);
      const spans = await deps.reads.timeline(channels, range, resolution);
      if (request.query.gaps === "false") return { spans };
      const gaps = await Promise.all(
        channels.map(async (channel) => {
          const footage = spans.filter((span) => span.channel === channel);
          return (await gapsOf(deps, { channel, range, footage, resolution })).map((gap) => ({ ...gap, channel }));
        }),
      );
      return { spans, gaps: gaps.flat() };
    },
  );
}

function eventRoute(app: App, deps: ApiDeps): void {
  app.get(
    "/timeline/event",
    {
      config: { needs: "read", channels: "checked" },
      schema: {
        tags: ["footage"],
        summary: "The next or the previous event of some channels",
        description: "An edge that recorded one of them, or the beginning of what was recorded for another cause.",
        querystring: eventQuery,
        response: { 200: eventAnswer },
      },
    },
    async (request) => {
      const { channels, after, before } = request.query;
      guardChannels(request.login, channels, "playback");
      const side = after === undefined ? "before" : "after";
      const event = await eventBeside(deps.reads, { channels, at: after ?? before ?? 0, side });
      return event === undefined ? {} : { event };
    },
  );
}

interface GapsAsked {
  readonly channel: number;
  readonly range: TimeRange;
  readonly footage: readonly TimelineSpan[];
  readonly resolution: number | undefined;
}

/** A part of which some is missing covers no outage. */
const isWhole = ({ share }: TimelineSpan): boolean => share === undefined || share >= 0.9999;

/** Outages that are over, and the one that lasts; nothing is missing before a channel's first footage. */
async function gapsOf(deps: ApiDeps, { channel, range, footage, resolution }: GapsAsked) {
  const over = await deps.reads.gaps(channel, range, resolution);
  const first = await deps.reads.firstFootage(channel);
  if (first === undefined) return [];
  const state = deps.core.live()?.state.channels.find((one) => one.channel === channel);
  const lasts = state === undefined || state.state === "live" || state.state === "off" ? [] : [state];
  const running = lasts.map(({ since, reason }) => ({
    from: since,
    to: deps.clock.wall(),
    reason: reason === "" ? "the camera is not connected, or has sent no key frame yet" : `camera down: ${reason}`,
  }));
  return gapsBeside([...over, ...running], footage.filter(isWhole), {
    from: Math.max(first, range.from),
    to: range.to,
  });
}

/** Those that are named must all be seen; without names it is those that may be. */
async function wantedChannels(
  deps: Pick<ApiDeps, "reads">,
  login: Login | undefined,
  named: readonly number[] | undefined,
): Promise<readonly number[]> {
  guardChannels(login, named ?? [], "playback");
  if (named !== undefined) return named;
  const { rights } = login ?? fail("unauthorized");
  const { channels } = await deps.reads.config();
  return channels.map((row) => row.channel).filter((channel) => maySee(rights, channel, "playback"));
}

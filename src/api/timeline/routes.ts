import { timelineAnswer, timelineQuery } from "../../contract/footage.ts";
import { eventAnswer, eventQuery } from "../../contract/playback.ts";
import type { App } from "../app-types.ts";
import type { TimeRange } from "../../store/read.ts";
import type { ApiDeps } from "../ports.ts";
import { eventBeside } from "./event-beside.ts";
import { gapsBeside } from "./gaps.ts";

/** What was recorded when: merged runs of a channel and cause. */
export function timelineRoutes(app: App, deps: ApiDeps): void {
  eventRoute(app, deps);
  app.get(
    "/timeline",
    {
      config: { needs: "read" },
      schema: {
        tags: ["footage"],
        summary: "What was recorded when, by channel and cause",
        querystring: timelineQuery,
        response: { 200: timelineAnswer },
      },
    },
    async (request) => {
      const { from, to } = request.query;
      const range = { from, to };
      const channels = request.query.channels ?? (await deps.reads.config()).channels.map((row) => row.channel);
      const spans = await deps.reads.timeline(channels, range);
      if (request.query.gaps === "false") return { spans };
      const gaps = await Promise.all(
        channels.map(async (channel) => {
          const footage = spans.filter((span) => span.channel === channel);
          return (await gapsOf(deps, channel, range, footage)).map((gap) => ({ ...gap, channel }));
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
      config: { needs: "read" },
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
      const side = after === undefined ? "before" : "after";
      const event = await eventBeside(deps.reads, { channels, at: after ?? before ?? 0, side });
      return event === undefined ? {} : { event };
    },
  );
}

/** Outages that are over, and the one that lasts; nothing is missing before a channel's first footage. */
async function gapsOf(deps: ApiDeps, channel: number, range: TimeRange, footage: readonly TimeRange[]) {
  const [over, first] = await Promise.all([deps.reads.gaps(channel, range), deps.reads.firstFootage(channel)]);
  if (first === undefined) return [];
  const state = deps.core.live()?.state.channels.find((one) => one.channel === channel);
  const lasts = state === undefined || state.state === "live" || state.state === "off" ? [] : [state];
  const running = lasts.map(({ since, reason }) => ({
    from: since,
    to: deps.clock.wall(),
    reason: reason === "" ? "the camera is not connected, or has sent no key frame yet" : `camera down: ${reason}`,
  }));
  return gapsBeside([...over, ...running], footage, { from: Math.max(first, range.from), to: range.to });
}

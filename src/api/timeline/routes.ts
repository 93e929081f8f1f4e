import { timelineAnswer, timelineQuery } from "../../contract/footage.ts";
import type { App } from "../app-types.ts";
import type { ApiDeps } from "../ports.ts";

/** What was recorded when: merged runs of a channel and cause. */
export function timelineRoutes(app: App, deps: ApiDeps): void {
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
        channels.map(async (channel) => (await deps.reads.gaps(channel, range)).map((gap) => ({ ...gap, channel }))),
      );
      return { spans, gaps: gaps.flat() };
    },
  );
}

import { join } from "node:path";
import {
  motionSearchAnswer,
  motionSearchBody,
  motionTimeline,
  motionTimelineQuery,
  type MotionSearchAnswer,
} from "../../contract/motion.ts";
import { cellsOfHex, noCells, packCells } from "../../domain/detection/motion-grid.ts";
import { fewRuns, searchMotion } from "../../domain/detection/motion-past.ts";
import { visitMotion } from "../../platform/motion-file.ts";
import type { App } from "../app-types.ts";
import { guardChannels } from "../auth/channel-rights.ts";
import type { ApiDeps } from "../ports.ts";
import { motionDays } from "./motion-days.ts";

const tags = ["footage"];
const config = { needs: "footage", channels: "checked" } as const;

/** Seconds without motion that do not end a run. */
const joinMs = 5000;
/** Of one camera; more can't be looked through. */
const mostRuns = 200;

/** What moved in the past, from what the detection process wrote down. */
export function motionRoutes(app: App, deps: ApiDeps): void {
  const days = motionDays(deps.detectionFolder);
  app.get(
    "/timeline/motion",
    {
      config,
      schema: {
        tags,
        summary: "How much moved when, by channel",
        querystring: motionTimelineQuery,
        response: { 200: motionTimeline },
      },
    },
    async ({ query, login }) => {
      const { from, to, stepMs } = query;
      guardChannels(login, query.channels, "playback");
      const count = Math.ceil((to - from) / stepMs);
      const channels = [];
      // one after the other: a day is summed at a time, and what else is asked is answered between
      for (const channel of query.channels)
        channels.push({ channel, steps: [...(await days.steps(channel, from, stepMs, count)).steps] });
      return { from, stepMs, channels };
    },
  );
  searchRoute(app, deps);
}

function searchRoute(app: App, { detectionFolder }: ApiDeps): void {
  app.post(
    "/footage/motion-search",
    {
      config,
      schema: {
        tags,
        summary: "Find when something moved in a part of the picture",
        description:
          "Looks through what was noted while the cameras were watched; nothing is decoded. Motion that was not watched for can't be found: `watched` says how much was.",
        body: motionSearchBody,
        response: { 200: motionSearchAnswer },
      },
    },
    async ({ body, login }) => {
      guardChannels(login, body.channels, "playback");
      const own = new Map(body.own?.map(({ channel, cells }) => [channel, cells]));
      const found = [];
      for (const channel of new Set(body.channels)) {
        const folder = join(detectionFolder, String(channel));
        const cells = packCells(cellsOfHex(own.get(channel) ?? body.cells) ?? noCells());
        found.push({ channel, ...(await searchChannel(folder, cells, body)) });
      }
      const runs = found.flatMap(({ channel, runs }) => runs.map((run) => ({ channel, ...run })));
      return {
        runs: runs.sort((a, b) => a.from - b.from || a.channel - b.channel),
        joinedMs: Math.max(joinMs, ...found.map((one) => one.joinMs)),
        watched: found.map(({ channel, watchedMs }) => ({ channel, watchedMs })),
      } satisfies MotionSearchAnswer;
    },
  );
}

async function searchChannel(
  folder: string,
  cells: Uint8Array,
  { from, to }: { readonly from: number; readonly to: number },
) {
  const search = searchMotion(cells);
  let watchedMs = 0;
  await visitMotion(folder, from, to, {
    moved: (wall, _, bytes, offset) => search.look(wall, bytes, offset),
    watched: (start, end) => (watchedMs += end - start),
  });
  return { watchedMs, ...fewRuns(search, joinMs, mostRuns) };
}

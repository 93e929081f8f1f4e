import { Readable } from "node:stream";
import { numberParams } from "../../contract/common.ts";
import {
  initParams,
  lineAnswer,
  type LineAnswer,
  lineQuery,
  mediaParams,
  mediaQuery,
  playlistQuery,
} from "../../contract/playback.ts";
import { mimeOf } from "../../media/mp4/live-muxer.ts";
import type { MediaSlice } from "../../media/mp4/media-line.ts";
import type { App } from "../app-types.ts";
import { guardPlayback } from "../auth/channel-rights.ts";
import { fail } from "../failure.ts";
import type { ApiDeps, SegmentSource } from "../ports.ts";
import { initAddress, mainPlaylist, mediaAddress, mediaPlaylist, soundOf } from "./playlist.ts";
import { createViewingLog } from "./viewing-log.ts";
import { whichStream } from "./which-stream.ts";

const tags = ["footage"];
const config = { needs: "footage", channels: "checked", errors: ["no-footage"] } as const;
/** One channel a route: who may not play it back gets nothing of it. */
const preHandler = guardPlayback;
/** Whole GOPs until a media segment is this long: short ones for the page, which seeks, longer ones in playlists. */
const sliceMs = { page: 2000, playlist: 4000 } as const;
const mostPlaylists = ["index", "video", "audio"] as const;

/** Footage for players: HLS playlists of any span, the page's own list of what to play, and the media segments of both. */
export function playbackRoutes(app: App, deps: ApiDeps): void {
  const viewed = createViewingLog(deps);
  for (const name of mostPlaylists) playlistRoute(app, deps, viewed, name);
  lineRoute(app, deps, viewed);
  mediaRoutes(app, deps);
}

type Viewed = ReturnType<typeof createViewingLog>;

const summaries = {
  index: "HLS playlist of a span: pictures, and sound as a rendition",
  video: "HLS playlist of a span: the pictures",
  audio: "HLS playlist of a span: the sound",
} as const;

function playlistRoute(app: App, deps: ApiDeps, viewed: Viewed, name: keyof typeof summaries): void {
  app.get(
    `/channels/:id/hls/${name}.m3u8`,
    {
      config,
      preHandler,
      schema: {
        tags,
        produces: ["application/vnd.apple.mpegurl"],
        summary: summaries[name],
        description:
          "Fragmented MP4 (RFC 8216). A discontinuity stands where something is missing or the camera's settings changed.",
        params: numberParams,
        querystring: playlistQuery,
      },
    },
    async (request, reply) => {
      const { from, to, audio } = request.query;
      const line = { kind: "joined" } as const;
      const { id } = request.params;
      const slices = await deps.playback.line(id, { fromMs: from, toMs: to, sliceMs: sliceMs.playlist, line });
      if (slices.length === 0) fail("no-footage");
      const sound = soundOf(slices, audio);
      if (name === "audio" && sound === undefined) fail("no-footage", "There is no sound in it that is asked for.");
      if (name !== "audio") await viewed(request, id, from);
      const query = `from=${from}&to=${to}&audio=${audio}`;
      const text = name === "index" ? mainPlaylist(slices, query, sound) : mediaPlaylist(slices, name);
      return reply.type("application/vnd.apple.mpegurl").header("cache-control", "private, no-store").send(text);
    },
  );
}

function lineRoute(app: App, deps: ApiDeps, viewed: Viewed): void {
  app.get(
    "/channels/:id/hls/line",
    {
      config: { needs: "footage", channels: "checked" },
      preHandler,
      schema: {
        tags,
        summary: "What to play in a span, for a player of one's own",
        description:
          "Media segments of whole GOPs, beginning with the key frame at or before `from`; empty where nothing was " +
          "recorded. Addresses are relative to this one.",
        params: numberParams,
        querystring: lineQuery,
        response: { 200: lineAnswer },
      },
    },
    async (request) => {
      const { from, to, zero } = request.query;
      const line = { kind: "wall", zeroMs: zero } as const;
      const { id } = request.params;
      const stream = await whichStream(deps.reads, id, { from, to }, request.query.stream);
      const slices = await deps.playback.line(id, { fromMs: from, toMs: to, sliceMs: sliceMs.page, line }, stream);
      await viewed(request, id, from);
      // what began before media time 0 can't be put on the line
      return { stream, ...answerOf(slices.filter((slice) => slice.baseTicks >= 0)) };
    },
  );
}

function answerOf(slices: readonly MediaSlice<SegmentSource>[]): Omit<LineAnswer, "stream"> {
  const inits: LineAnswer["inits"][number][] = [];
  const answered: LineAnswer["slices"][number][] = [];
  for (const slice of slices) {
    const [video, audio] = [slice.segment.video?.parameters, slice.segment.audio?.parameters];
    if (video === undefined) continue;
    if (slice.newParameters || inits.length === 0) {
      inits.push({
        video: { mime: mimeOf(video), init: initAddress(slice, "video") },
        ...(audio === undefined ? {} : { audio: { mime: mimeOf(audio), init: initAddress(slice, "audio") } }),
        width: video.width,
        height: video.height,
      });
    }
    answered.push({
      from: slice.fromMs,
      to: slice.toMs,
      init: inits.length - 1,
      video: mediaAddress(slice, "video"),
      ...(audio === undefined ? {} : { audio: mediaAddress(slice, "audio") }),
      pictures: slice.pictures,
    });
  }
  return { inits, slices: answered };
}

function mediaRoutes(app: App, deps: ApiDeps): void {
  const produces = ["video/mp4"];
  app.get(
    "/channels/:id/media/:segment/:track.mp4",
    { config, preHandler, schema: { tags, produces, summary: "Init segment of a file", params: initParams } },
    async (request, reply) => {
      const { id, segment, track } = request.params;
      const bytes = (await deps.playback.init(id, segment, track)) ?? fail("no-footage");
      return reply.type(`${track}/mp4`).header("cache-control", "private, no-store").send(Buffer.from(bytes));
    },
  );
  app.get(
    "/channels/:id/media/:segment/:track/:from/:to/:base/:hint.m4s",
    {
      config,
      preHandler,
      schema: {
        tags,
        produces,
        summary: "A media segment: whole GOPs of a file",
        params: mediaParams,
        querystring: mediaQuery,
      },
    },
    async (request, reply) => {
      const { id, segment, track, from, to, base, hint } = request.params;
      const setsInside = request.query.sets === "inside";
      const keysOnly = request.query.frames === "key";
      const slice = { track, fromTicks: from, toTicks: to, baseTicks: base, setsInside, keysOnly };
      const media =
        (await deps.playback.media({ channel: id, segmentId: segment, hint, ...slice })) ?? fail("no-footage");
      void reply
        .type(`${track}/mp4`)
        .header("cache-control", "private, no-store")
        .header("content-length", media.bytes);
      return reply.send(Readable.from(media.read()));
    },
  );
}

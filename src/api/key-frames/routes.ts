import { numberParams } from "../../contract/common.ts";
import { keyFrameAnswer, keyFrameParams, keyFrameQuery } from "../../contract/key-frame.ts";
import type { App } from "../app-types.ts";
import { guardPlayback } from "../auth/channel-rights.ts";
import { fail } from "../failure.ts";
import { createViewingLog } from "../playback/viewing-log.ts";
import type { ApiDeps } from "../ports.ts";
import { keyFrameAt, keyFrameUnit } from "./key-frame.ts";
import { createPictureDesk, Superseded } from "./picture-desk.ts";

const tags = ["footage"];
/** One channel a route: who may not play it back gets nothing of it. */
const preHandler = guardPlayback;

/** What a moment looked like, small: for who moves over the timeline. Decoded by analysis, never while it is recorded. */
export function keyFrameRoutes(app: App, deps: ApiDeps): void {
  const viewed = createViewingLog(deps);
  const desk = createPictureDesk();
  app.get(
    "/channels/:id/key-frame",
    {
      config: { needs: "footage", channels: "checked" },
      preHandler,
      schema: {
        tags,
        summary: "The key frame at or before a moment",
        description: "Without `frame` nothing was recorded then. Of the sub stream where that was recorded.",
        params: numberParams,
        querystring: keyFrameQuery,
        response: { 200: keyFrameAnswer },
      },
    },
    async (request) => {
      const { id } = request.params;
      const found = await keyFrameAt(deps, id, request.query.at);
      if (found === undefined) return {};
      await viewed(request, id, found.atMs);
      const { segment, ticks, hint, atMs } = found;
      return { frame: { at: atMs, picture: `media/${segment}/key/${ticks}/${hint}.jpg` } };
    },
  );
  app.get(
    "/channels/:id/media/:segment/key/:ticks/:hint.jpg",
    {
      config: { needs: "footage", channels: "checked", errors: ["no-footage", "unavailable"] },
      preHandler,
      schema: {
        tags,
        produces: ["image/jpeg"],
        summary: "A key frame as a small JPEG",
        description:
          "At most 320 pixels wide. Two are made at a time, the newest wish first; one that newer ones displaced " +
          "answers 503.",
        params: keyFrameParams,
      },
    },
    async (request, reply) => {
      const { id, ...place } = request.params;
      const gone = new AbortController();
      reply.raw.once("close", () => gone.abort());
      const name = `${id} ${place.segment} ${place.ticks}`;
      const make = async (): Promise<Uint8Array> => {
        const { parameters, unit } = (await keyFrameUnit(deps.playback, id, place)) ?? fail("no-footage");
        return deps.smallPicture(parameters, unit);
      };
      const jpeg = await desk.picture(name, make, gone.signal).catch((error: unknown) => {
        if (error instanceof Superseded) return fail("unavailable", "A newer picture was asked for.");
        throw error;
      });
      return reply.type("image/jpeg").header("cache-control", keptFor).send(Buffer.from(jpeg));
    },
  );
}

/** A place in a file never shows another picture. */
const keptFor = "private, max-age=604800, immutable";

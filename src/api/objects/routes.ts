import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { numberParams } from "../../contract/common.ts";
import {
  objectPaths,
  objectPathsQuery,
  objectPictureParams,
  objectSearchAnswer,
  objectSearchQuery,
  seenLabelList,
  seenLabelsQuery,
} from "../../contract/object-search.ts";
import { objectPicture } from "../../platform/object-file.ts";
import type { App } from "../app-types.ts";
import { guardChannels, guardPlayback } from "../auth/channel-rights.ts";
import { fail } from "../failure.ts";
import type { ApiDeps } from "../ports.ts";
import { eventObjectRoute } from "./event-route.ts";
import { findObjects } from "./find-objects.ts";
import { findPaths } from "./find-paths.ts";
import { seenLabels } from "./seen-labels.ts";

const tags = ["footage"];
const config = { needs: "footage", channels: "checked" } as const;

/** Who was before the cameras, from what the detection process wrote down when they were gone. */
export function objectRoutes(app: App, deps: ApiDeps): void {
  const { detectionFolder } = deps;
  eventObjectRoute(app, deps);
  app.get(
    "/footage/objects",
    {
      config,
      schema: {
        tags,
        summary: "Find people, vehicles and other objects that were seen",
        description:
          "The newest first, by when they came. Cameras have them where smart motion or a rule looks for objects; who is still there is not among them yet.",
        querystring: objectSearchQuery,
        response: { 200: objectSearchAnswer },
      },
    },
    async ({ query, login }) => {
      guardChannels(login, query.channels, "playback");
      return findObjects(detectionFolder, query);
    },
  );
  app.get(
    "/footage/objects/labels",
    {
      config,
      schema: {
        tags,
        summary: "Read what was seen, by the names that the model gives",
        description:
          "What can be looked for in this time: a model of one's own may know more than people and vehicles.",
        querystring: seenLabelsQuery,
        response: { 200: seenLabelList },
      },
    },
    async ({ query, login }) => {
      guardChannels(login, query.channels, "playback");
      return [...(await seenLabels(detectionFolder, query))];
    },
  );
  app.get(
    "/channels/:id/objects/paths",
    {
      config,
      preHandler: guardPlayback,
      schema: {
        tags,
        summary: "Where objects were in the picture, to draw boxes over footage",
        description: "Also of who is still there, some seconds behind. What never moved itself is not among them.",
        params: numberParams,
        querystring: objectPathsQuery,
        response: { 200: objectPaths },
      },
    },
    ({ params, query }) => findPaths(join(detectionFolder, String(params.id)), query.from, query.to),
  );
  app.get(
    "/channels/:id/objects/:object/picture",
    {
      config,
      preHandler: guardPlayback,
      schema: {
        tags,
        summary: "The picture in which an object was seen best, as JPEG",
        params: objectPictureParams,
        produces: ["image/jpeg"],
      },
    },
    async (request, reply) => {
      const { id, object } = request.params;
      const file = objectPicture(join(detectionFolder, String(id)), { id: object, from: Number.parseInt(object, 10) });
      const jpeg = await readFile(file).catch(() => fail("not-found", "There is no such picture."));
      return reply.type("image/jpeg").header("cache-control", "private, max-age=86400").send(jpeg);
    },
  );
}

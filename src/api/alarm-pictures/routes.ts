import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { edgePicture, edgePictures, pictureParams } from "../../contract/alarm-picture.ts";
import { eventParams } from "../../contract/receipt.ts";
import { maySee } from "../../domain/rights.ts";
import type { App, Login } from "../app-types.ts";
import { guardChannel } from "../auth/channel-rights.ts";
import { fail } from "../failure.ts";
import type { ApiDeps } from "../ports.ts";

const tags = ["alarms"];
/** They are of the past: who may not play a camera back does not see them. */
const config = { needs: "footage", channels: "checked" } as const;
const fileName = /^(\d{1,5})-(\d{1,3})\.jpg$/;

/** Pictures that were taken at an edge; core puts them there. */
export function alarmPictureRoutes(app: App, deps: Pick<ApiDeps, "pictureFolder" | "reads">): void {
  app.get(
    "/receipts/:eventId/pictures",
    {
      config,
      schema: {
        tags,
        summary: "List the pictures that were taken at an edge",
        description:
          "Those of the cameras that the login may play back. The oldest are removed when there are too many.",
        params: eventParams,
        response: { 200: edgePictures },
      },
    },
    async (request) => listed(deps.pictureFolder, request.params.eventId, request.login),
  );
  app.get(
    "/receipts/:eventId/pictures/:channel/:nth",
    {
      config,
      schema: { tags, summary: "One of these pictures, as JPEG", params: pictureParams, produces: ["image/jpeg"] },
    },
    async (request, reply) => {
      const { eventId, channel, nth } = request.params;
      guardChannel(request.login, channel, "playback");
      const file = join(deps.pictureFolder, safe(eventId), `${channel}-${nth}.jpg`);
      const jpeg = await readFile(file).catch(() => fail("not-found", "There is no such picture."));
      return reply.type("image/jpeg").header("cache-control", "private, max-age=86400").send(jpeg);
    },
  );
}

async function listed(folder: string, eventId: string, login: Login | undefined) {
  const { rights } = login ?? fail("unauthorized");
  // no folder: nothing was taken, or it is too long ago
  const names = await readdir(join(folder, safe(eventId))).catch(() => []);
  return names
    .flatMap((name) => {
      const [, channel, nth] = fileName.exec(name) ?? [];
      return channel === undefined ? [] : [edgePicture.parse({ channel: Number(channel), nth: Number(nth) })];
    })
    .filter(({ channel }) => maySee(rights, channel, "playback"))
    .sort((a, b) => a.channel - b.channel || a.nth - b.nth);
}

/** An id is no path. */
const safe = (eventId: string): string =>
  /^[\w-]{1,100}$/.test(eventId) && !eventId.startsWith("-") ? eventId : fail("not-found", "There is no such event.");

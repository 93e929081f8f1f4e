import { pictureList } from "../../contract/camera-test.ts";
import { channelParams } from "../../contract/common.ts";
import { maySee } from "../../domain/rights.ts";
import type { App } from "../app-types.ts";
import { guardChannel } from "../auth/channel-rights.ts";
import { fail } from "../failure.ts";
import type { RouteDeps } from "../ports.ts";
import { lastPictures } from "./last-pictures.ts";

const tags = ["cameras"];
const needs = { needs: ["read", "live"], channels: "checked" } as const;

/** The last picture of each camera, cached, key frames only: for lists, not for watching. */
export function pictureRoutes(app: App, deps: RouteDeps): void {
  const pictures = lastPictures(deps.clock, (channel) => deps.keyPicture(channel));

  app.get(
    "/pictures",
    {
      config: needs,
      schema: {
        tags,
        summary: "The age of each camera's last picture",
        description: "Pictures that are older than 10 s are taken anew in the background; ask again for them.",
        response: { 200: pictureList },
      },
    },
    async (request) => {
      const { channels } = await deps.reads.config();
      const live = deps.core.live()?.state.channels;
      const asked = channels.map(({ channel, enabled }) => {
        const state = live?.find((one) => one.channel === channel);
        if (!enabled) return { channel, away: "This camera is switched off." };
        return state === undefined || state.state === "live" ? { channel } : { channel, away: state.reason };
      });
      const rights = request.login?.rights;
      return pictures.look(asked).filter(({ channel }) => rights !== undefined && maySee(rights, channel, "live"));
    },
  );

  app.get(
    "/pictures/:channel/last.jpg",
    {
      config: needs,
      schema: {
        tags,
        summary: "The last picture of a camera, as JPEG",
        params: channelParams,
        produces: ["image/jpeg"],
      },
    },
    (request, reply) => {
      const { channel } = request.params;
      guardChannel(request.login, channel, "live");
      const jpeg = pictures.jpeg(channel) ?? fail("not-found", `There is no picture of channel ${channel} yet.`);
      return reply.type("image/jpeg").header("cache-control", "private, no-store").send(Buffer.from(jpeg));
    },
  );
}

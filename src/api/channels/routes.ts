import * as contract from "../../contract/channel.ts";
import { done, numberParams } from "../../contract/common.ts";
import { mayKnow } from "../../domain/rights.ts";
import type { ChannelSettings } from "../../domain/site-config.ts";
import type { App, Login } from "../app-types.ts";
import { guardChannel } from "../auth/channel-rights.ts";
import { addConfigRoutes, hostOf, nextNumber } from "../config-resource.ts";
import { askCore, fail } from "../failure.ts";
import type { ApiDeps } from "../ports.ts";

/** Cameras: their configuration with what they do now, a picture of them, and trying a refused one again. */
export function channelRoutes(app: App, deps: ApiDeps): void {
  addConfigRoutes(app, deps, {
    part: "channel",
    path: "channels",
    one: "channel",
    tag: "cameras",
    body: contract.channelBody,
    patch: contract.channelPatch,
    answer: contract.channelAnswer,
    answers: contract.channelList,
    rows: (config) => config.channels,
    idOf: (row) => row.channel,
    newId: nextNumber,
    usedIds: () => deps.reads.channelsWithFootage(),
    secretHosts: ({ mainUrl, subUrl }) => [mainUrl, ...(subUrl === undefined ? [] : [subUrl])].map(hostOf),
    row: (body, id) => contract.channelRow(body, Number(id)),
    bodyOf: contract.channelBodyOf,
    change: (value) => ({ part: "channel", value }),
    answerOf: (row) => ({ channel: row.channel, ...contract.channelBodyOf(row) }),
    live: (state, id) => state.channels.find((channel) => channel.channel === id),
    readNeeds: ["read", "live"],
    seenBy: seenChannel,
  });

  const tags = ["cameras"];
  app.post(
    "/channels/:id/retry",
    {
      config: { needs: "control", channels: "checked" },
      schema: {
        tags,
        summary: "Try a camera again at once",
        description:
          "Also one that refused the login, where Reed waits before it tries by itself: its streams and, where it is turned, its PTZ.",
        params: numberParams,
        response: { 200: done },
      },
    },
    async (request) => {
      guardChannel(request.login, request.params.id, "live");
      await askCore(deps, request.login, { kind: "retry-camera", channel: request.params.id });
      return { done: true as const };
    },
  );

  app.get(
    "/channels/:id/snapshot.jpg",
    {
      config: { needs: ["read", "live"], channels: "checked", errors: ["unavailable"] },
      schema: {
        tags,
        summary: "Picture of what a channel shows now, as JPEG",
        params: numberParams,
        produces: ["image/jpeg"],
      },
    },
    async (request, reply) => {
      const channel = request.params.id;
      guardChannel(request.login, channel, "live");
      const config = await deps.reads.config();
      if (!config.channels.some((row) => row.channel === channel)) fail("not-found", `There is no channel ${channel}.`);
      const picture = await deps
        .snapshot(channel)
        .catch((error: unknown) =>
          fail("unavailable", error instanceof Error ? error.message : "There is no picture."),
        );
      return reply.type("image/jpeg").header("cache-control", "no-store").send(Buffer.from(picture));
    },
  );
}

/** The name is for everybody who sees pictures of it, its address only for those who may read the configuration. */
function seenChannel(row: ChannelSettings, { rights, scopes }: Login): ChannelSettings | undefined {
  if (!mayKnow(rights, row.channel)) return undefined;
  if (scopes.includes("read")) return row;
  const { subUrl, ...rest } = row;
  return { ...rest, mainUrl: "", username: "", ...(subUrl === undefined ? {} : { subUrl: "" }) };
}

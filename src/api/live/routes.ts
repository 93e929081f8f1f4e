import { channelParams } from "../../contract/common.ts";
import { liveQuery } from "../../contract/footage.ts";
import { defaults } from "../../domain/site-config.ts";
import type { App } from "../app-types.ts";
import { guardChannel } from "../auth/channel-rights.ts";
import { askCore, fail } from "../failure.ts";
import type { RouteDeps } from "../ports.ts";
import type { LiveSink } from "./ports.ts";

/** What of a WebSocket a viewer's sink needs. */
interface Socket {
  send(data: string | Uint8Array): void;
  readonly bufferedAmount: number;
  close(code: number, reason: string): void;
}

/** Live pictures over a WebSocket: a JSON `init`, then the init segment and fragments as binary messages. */
export function liveRoutes(app: App, deps: RouteDeps): void {
  app.get(
    "/live/:channel",
    {
      websocket: true,
      config: { needs: ["read", "live"], channels: "checked" },
      schema: {
        tags: ["cameras"],
        summary: "Live pictures of a channel (WebSocket)",
        params: channelParams,
        querystring: liveQuery,
      },
      preHandler: async (request) => {
        const { channel } = channelParams.parse(request.params);
        guardChannel(request.login, channel, "live");
        const { channels } = await deps.reads.config();
        if (!channels.some((row) => row.channel === channel)) fail("not-found", `There is no channel ${channel}.`);
        // viewing goes on without core; then only the log says who looked
        await askCore(deps, request.login, { kind: "audit", what: "live", details: { channel } }).catch(() =>
          request.log.warn({ channel, by: request.login?.name }, "live view while core is away"),
        );
      },
    },
    async (socket, request) => {
      deps.sockets.add(request.login, socket);
      socket.on("error", () => socket.close());
      const { channel } = channelParams.parse(request.params);
      const { stream, track, convert } = liveQuery.parse(request.query);
      const most = convert === "true" ? await mostConversions(deps) : undefined;
      // it may have gone while the setting was read
      if (socket.readyState !== socket.OPEN) return;
      const conversions = most === undefined ? {} : { mostConversions: most };
      const watching = deps.live.watch({ channel, stream, track, ...conversions }, sinkOver(socket));
      socket.on("close", () => watching[Symbol.dispose]());
    },
  );
}

const mostConversions = async ({ reads }: RouteDeps): Promise<number> =>
  (await reads.config()).site.liveConversions ?? defaults.liveConversions;

const sinkOver = (socket: Socket): LiveSink => ({
  text: (message) => socket.send(JSON.stringify(message)),
  binary: (bytes) => socket.send(bytes),
  get waiting() {
    return socket.bufferedAmount;
  },
  close: (code, reason) => socket.close(code, reason.slice(0, 100)),
});

import { closeCodes, type EventMessage } from "../../contract/streams.ts";
import { isLimited } from "../../domain/rights.ts";
import type { App } from "../app-types.ts";
import type { RouteDeps } from "../ports.ts";
import { limitedFeed } from "./limited-feed.ts";

/** Bytes that may wait for a reader; one that is slower is closed and gets a new snapshot when it comes back. */
const mostWaiting = 1024 * 1024;

/** RFC 6455 §7.4.1: something went wrong here; come back later. */
const internalError = 1011;

/** What happens, as it happens: a snapshot first, then numbered deltas (`contract/streams.ts`). */
export function eventRoutes(app: App, deps: Pick<RouteDeps, "clock" | "core" | "sockets" | "reads">): void {
  app.get(
    "/events",
    {
      websocket: true,
      config: { needs: ["read", "live"], channels: "checked" },
      schema: { tags: ["system"], summary: "What happens, as it happens (WebSocket)" },
    },
    (socket, request) => {
      deps.sockets.add(request.login, socket);
      const send = (message: EventMessage) => {
        if (socket.bufferedAmount > mostWaiting) socket.close(closeCodes.tooSlow, "read faster or connect again");
        else socket.send(JSON.stringify(message));
      };
      const { rights } = request.login ?? { rights: { live: [], playback: [] } };
      if (isLimited(rights)) {
        const giveUp = (error: unknown) => {
          request.log.error({ err: error }, "a limited login gets no events");
          socket.close(internalError, "what may be seen could not be read");
        };
        const feed = limitedFeed(deps, rights, send, giveUp);
        socket.on("close", () => feed[Symbol.dispose]());
        socket.on(
          "close",
          deps.core.onMessage((message) => void feed.pass(message).catch(giveUp)),
        );
        void feed.start().catch(giveUp);
      } else {
        const live = deps.core.live();
        send(live === undefined ? { kind: "core-away" } : { kind: "snapshot", ...live });
        socket.on("close", deps.core.onMessage(send));
      }
      socket.on("error", () => socket.close());
    },
  );
}

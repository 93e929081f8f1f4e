import { closeCodes, type EventMessage } from "../../contract/streams.ts";
import type { App } from "../app-types.ts";
import type { RouteDeps } from "../ports.ts";

/** Bytes that may wait for a reader; one that is slower is closed and gets a new snapshot when it comes back. */
const mostWaiting = 1024 * 1024;

/** What happens, as it happens: a snapshot first, then numbered deltas (`contract/streams.ts`). */
export function eventRoutes(app: App, deps: Pick<RouteDeps, "core" | "sockets">): void {
  app.get(
    "/events",
    {
      websocket: true,
      config: { needs: "read" },
      schema: { tags: ["system"], summary: "What happens, as it happens (WebSocket)" },
    },
    (socket, request) => {
      deps.sockets.add(request.login, socket);
      const send = (message: EventMessage) => {
        if (socket.bufferedAmount > mostWaiting) socket.close(closeCodes.tooSlow, "read faster or connect again");
        else socket.send(JSON.stringify(message));
      };
      const live = deps.core.live();
      send(live === undefined ? { kind: "core-away" } : { kind: "snapshot", ...live });
      const end = deps.core.onMessage(send);
      socket.on("close", end);
      socket.on("error", () => socket.close());
    },
  );
}

import { numberParams } from "../../contract/common.ts";
import { closeCodes } from "../../contract/streams.ts";
import { mostPlaces } from "../../contract/view.ts";
import type { App, Login } from "../app-types.ts";
import { guardChannel } from "../auth/channel-rights.ts";
import { fail } from "../failure.ts";
import type { RouteDeps } from "../ports.ts";

/** So many cameras one login may look at in this way at once: two pages with the boxes of the largest wall. */
export const mostLooks = 2 * mostPlaces;
/** Bytes that may wait for a reader; it misses looks until it has read. */
const mostWaiting = 256 * 1024;

const whoIs = (login: Login | undefined): string => login?.tokenHash ?? login?.keyHash ?? login?.name ?? "";

/** What a camera's pictures show now: for the meter beside a threshold, and for boxes over the live picture. */
export function detectionLiveRoute(app: App, deps: RouteDeps): void {
  const open = new Map<string, number>();
  const count = (who: string, by: 1 | -1): number => {
    const now = (open.get(who) ?? 0) + by;
    if (now <= 0) open.delete(who);
    else open.set(who, now);
    return now;
  };
  app.get(
    "/channels/:id/detection/live",
    {
      websocket: true,
      config: { needs: ["read", "live"], channels: "checked", errors: ["not-found"] },
      schema: {
        tags: ["detection"],
        summary: "What a camera's pictures show now (WebSocket)",
        description: `A JSON message for each picture that was looked at. One login may have ${mostLooks} of these open at once.`,
        params: numberParams,
      },
      preHandler: async (request) => {
        const { id } = numberParams.parse(request.params);
        guardChannel(request.login, id, "live");
        const { channels } = await deps.reads.config();
        if (!channels.some(({ channel }) => channel === id)) fail("not-found", `There is no channel ${id}.`);
      },
    },
    (socket, request) => {
      deps.sockets.add(request.login, socket);
      socket.on("error", () => socket.close());
      const who = whoIs(request.login);
      const isMore = count(who, 1) > mostLooks;
      socket.on("close", () => void count(who, -1));
      if (isMore) {
        socket.close(closeCodes.refused, "too many of these are open already");
        return;
      }
      const watching = deps.looks.watch(numberParams.parse(request.params).id, {
        look(look) {
          if (socket.bufferedAmount < mostWaiting) socket.send(JSON.stringify(look));
        },
        closed: (reason) => socket.close(closeCodes.recorderAway, reason),
      });
      socket.on("close", () => watching[Symbol.dispose]());
    },
  );
}

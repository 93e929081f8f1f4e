import * as contract from "../../contract/detection.ts";
import { numberParams } from "../../contract/common.ts";
import { mayKnow } from "../../domain/rights.ts";
import type { VideoDetectionSettings } from "../../domain/detection/settings.ts";
import type { App } from "../app-types.ts";
import { guardChannel } from "../auth/channel-rights.ts";
import { nextNumber } from "../config-resource.ts";
import { askCore, fail } from "../failure.ts";
import type { InTurn } from "../in-turn.ts";
import type { RouteDeps } from "../ports.ts";
import { answerOf, detectionBoardOf } from "./answer.ts";
import { detectionLiveRoute } from "./live-route.ts";

/**
 * What cameras' pictures are looked at for, and how that goes. The settings are those of a board a camera; `inTurn`: the
 * turns in which boards are changed.
 */
export function detectionRoutes(app: App, deps: RouteDeps, inTurn: InTurn): void {
  const tags = ["detection"];
  const read = async (channel: number) => {
    const config = await deps.reads.config();
    if (!config.channels.some((row) => row.channel === channel)) fail("not-found", `There is no channel ${channel}.`);
    return config;
  };
  app.get(
    "/detection",
    {
      config: { needs: ["read", "live"], channels: "checked", errors: ["unavailable"] },
      schema: {
        tags,
        summary: "Read how the detection of each camera goes",
        description: "Cameras whose pictures are to be looked at; `blind` says why one is not.",
        response: { 200: contract.detectionList },
      },
    },
    (request) => {
      const { state } = deps.core.live() ?? fail("unavailable");
      const { rights } = request.login ?? { rights: { live: [], playback: [] } };
      return (state.detection ?? []).filter(({ channel }) => mayKnow(rights, channel));
    },
  );
  app.get(
    "/channels/:id/detection",
    {
      config: { needs: "read", channels: "checked", errors: ["not-found"] },
      schema: {
        tags,
        summary: "Read what a camera's pictures are looked at for",
        params: numberParams,
        response: { 200: contract.detectionAnswer },
      },
      preHandler: (request, _, go) => {
        guardChannel(request.login, numberParams.parse(request.params).id, "live");
        go();
      },
    },
    async ({ params: { id } }) => answerOf(await read(id), id, deps.core.live()?.state),
  );
  app.put(
    "/channels/:id/detection",
    {
      config: { needs: "configure", errors: ["not-found", "conflict", "invalid", "unavailable"] },
      schema: {
        tags,
        summary: "Set what a camera's pictures are looked at for",
        description:
          "What is left out is off. The camera's board is made where there is none; alarm inputs hang on its points as on those of any board. A point with an input can't be taken away (409).",
        params: numberParams,
        body: contract.detectionBody,
        response: { 200: contract.detectionAnswer },
      },
    },
    ({ params: { id }, body, login }) =>
      inTurn(async () => {
        const config = await read(id);
        const known = detectionBoardOf(config, id);
        const { enabled, ...settings } = body;
        const driver: VideoDetectionSettings = { kind: "video-detection", channel: id, ...settings };
        const name = config.channels.find((row) => row.channel === id)?.name ?? `Channel ${id}`;
        const taken = [await deps.reads.highestNumber("board"), ...config.boards.map((row) => row.board)];
        const board = known?.board ?? nextNumber(taken);
        const value = { board, name: known?.name ?? name, enabled, driver };
        await askCore(deps, login, { kind: "put", change: { part: "board", value } });
        return answerOf(await deps.reads.config(), id, deps.core.live()?.state);
      }),
  );
  detectionLiveRoute(app, deps);
}

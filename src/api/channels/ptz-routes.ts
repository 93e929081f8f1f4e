import * as contract from "../../contract/channel.ts";
import { numberParams } from "../../contract/common.ts";
import type { App, Login } from "../app-types.ts";
import { guardChannel } from "../auth/channel-rights.ts";
import { askCore } from "../failure.ts";
import type { ApiDeps } from "../ports.ts";

const tags = ["cameras"];
const config = { needs: "control", channels: "checked" } as const;

/** Cameras that are turned by hand, and what they know. */
export function ptzRoutes(app: App, deps: ApiDeps): void {
  app.get(
    "/channels/:id/presets",
    {
      config,
      schema: {
        tags,
        summary: "Ask a camera for its presets",
        description: "Asks the camera now, for at most 5 s. Empty where it does not say; numbers 1–255 are tried then.",
        params: numberParams,
        response: { 200: contract.ptzPresets },
      },
    },
    async (request) => {
      const channel = seenLive(request.login, request.params.id);
      return contract.ptzPresets.parse(await askCore(deps, request.login, { kind: "ptz-presets", channel }));
    },
  );
  app.post(
    "/channels/:id/preset",
    {
      config,
      schema: {
        tags,
        summary: "Turn a camera to a preset",
        description: "Answers what the camera said, after at most 5 s for each order before it.",
        params: numberParams,
        body: contract.ptzGo,
        response: { 200: contract.ptzGone },
      },
    },
    async (request) => {
      const channel = seenLive(request.login, request.params.id);
      const command = { kind: "ptz-go", channel, preset: request.body.preset } as const;
      return contract.ptzGone.parse(await askCore(deps, request.login, command));
    },
  );
}

function seenLive(login: Login | undefined, channel: number): number {
  // who turns a camera looks through it now
  guardChannel(login, channel, "live");
  return channel;
}

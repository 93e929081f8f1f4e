import { numberParams } from "../../contract/common.ts";
import { triggerAnswer } from "../../contract/doing.ts";
import { recordBody } from "../../contract/manual-recording.ts";
import { defaults } from "../../domain/site-config.ts";
import type { App } from "../app-types.ts";
import { guardChannel } from "../auth/channel-rights.ts";
import { askCore } from "../failure.ts";
import type { ApiDeps } from "../ports.ts";
import { copyRecordingRoute } from "./copy-route.ts";
import { filesRoute } from "./files-route.ts";
import { recordingNowRoute } from "./now-route.ts";

/** "Record now": a channel is kept by hand, with a receipt and a bound. */
export function recordingRoutes(app: App, deps: ApiDeps): void {
  recordingNowRoute(app, deps);
  copyRecordingRoute(app, deps);
  filesRoute(app, deps);
  const tags = ["cameras"];
  const config = { needs: "control", channels: "checked", errors: ["conflict"] } as const;
  app.post(
    "/channels/:id/record",
    {
      config,
      schema: {
        tags,
        summary: "Record a channel now",
        description:
          "From its pre-record on. While one that nobody stopped is running, that one is answered (`repeated`). It is no alarm: nothing is switched, nobody is told; the timeline shows it as `manual`.",
        params: numberParams,
        body: recordBody,
        response: { 200: triggerAnswer },
      },
    },
    async (request) => {
      guardChannel(request.login, request.params.id, "live");
      const maxS = request.body?.maxS ?? defaults.manualRecordS;
      return triggerAnswer.parse(
        await askCore(deps, request.login, { kind: "record", channel: request.params.id, maxS }),
      );
    },
  );
  app.post(
    "/channels/:id/record/stop",
    {
      config,
      schema: {
        tags,
        summary: "Stop what is recorded by hand",
        description: "What else keeps the channel recording goes on.",
        params: numberParams,
        response: { 200: triggerAnswer },
      },
    },
    async (request) => {
      guardChannel(request.login, request.params.id, "live");
      return triggerAnswer.parse(
        await askCore(deps, request.login, { kind: "record-stop", channel: request.params.id }),
      );
    },
  );
}

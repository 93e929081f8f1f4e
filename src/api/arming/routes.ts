import { done } from "../../contract/common.ts";
import { arming, levelBody, pointParams } from "../../contract/doing.ts";
import type { App } from "../app-types.ts";
import { askCore, fail } from "../failure.ts";
import type { ApiDeps } from "../ports.ts";

/** Armed or not, silence, and contacts that are set by hand. */
export function armingRoutes(app: App, deps: ApiDeps): void {
  const tags = ["alarms"];
  app.get(
    "/arming",
    {
      config: { needs: "read", channels: "none", errors: ["unavailable"] },
      schema: { tags, summary: "Read whether the site is armed", response: { 200: arming } },
    },
    () => {
      const live = deps.core.live() ?? fail("unavailable");
      return { armed: live.state.armed };
    },
  );
  app.post(
    "/arming",
    {
      config: { needs: "arm", channels: "none" },
      schema: {
        tags,
        summary: "Arm or disarm the site",
        description:
          "Disarmed, an edge still gets its receipt and still records; it switches no output and tells nobody.",
        body: arming,
        response: { 200: arming },
      },
    },
    async (request) => {
      const { armed } = request.body;
      await askCore(deps, request.login, { kind: "arm", armed });
      return { armed };
    },
  );
  app.post(
    "/silence",
    {
      config: { needs: "control", channels: "none" },
      schema: {
        tags,
        summary: "Silence the running alarms",
        description:
          "Sirens, strobes and general outputs go to rest; lights, locks, gates and the recording stay as they are. Later edges of these alarms switch no output.",
        response: { 200: done },
      },
    },
    async (request) => {
      await askCore(deps, request.login, { kind: "silence" });
      return { done: true as const };
    },
  );
  app.post(
    "/virtual/:board/:point",
    {
      config: { needs: "control" },
      schema: {
        tags: ["boards"],
        summary: "Set a contact of a virtual board",
        description: "Only a virtual board takes it; the contacts of a real one are read, never set.",
        params: pointParams,
        body: levelBody,
        response: { 200: done },
      },
    },
    async (request) => {
      const { board, point } = request.params;
      const { level } = request.body;
      await askCore(deps, request.login, { kind: "virtual-input", board, point, level });
      return { done: true as const };
    },
  );
}

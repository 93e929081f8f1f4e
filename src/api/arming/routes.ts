import { done } from "../../contract/common.ts";
import { arming, levelBody, pointParams } from "../../contract/doing.ts";
import type { App } from "../app-types.ts";
import { askCore, fail } from "../failure.ts";
import type { ApiDeps } from "../ports.ts";

/** Armed or not, silence, and contacts that are set by hand. */
export function armingRoutes(app: App, deps: ApiDeps): void {
  const tags = ["arming"];
  app.get("/arming", { config: { needs: "read" }, schema: { tags, response: { 200: arming } } }, () => {
    const live = deps.core.live() ?? fail("unavailable");
    return { armed: live.state.armed };
  });
  app.post(
    "/arming",
    { config: { needs: "arm" }, schema: { tags, body: arming, response: { 200: arming } } },
    async (request) => {
      const { armed } = request.body;
      await askCore(deps, request.login, { kind: "arm", armed });
      return { armed };
    },
  );
  app.post("/silence", { config: { needs: "control" }, schema: { tags, response: { 200: done } } }, async (request) => {
    await askCore(deps, request.login, { kind: "silence" });
    return { done: true as const };
  });
  app.post(
    "/virtual/:board/:point",
    {
      config: { needs: "control" },
      schema: { tags: ["boards"], params: pointParams, body: levelBody, response: { 200: done } },
    },
    async (request) => {
      const { board, point } = request.params;
      const { level } = request.body;
      await askCore(deps, request.login, { kind: "virtual-input", board, point, level });
      return { done: true as const };
    },
  );
}

import * as contract from "../../contract/schedule.ts";
import { done } from "../../contract/common.ts";
import type { App } from "../app-types.ts";
import { askCore } from "../failure.ts";
import type { ApiDeps } from "../ports.ts";
import { changeSite } from "../site/site-row.ts";

/** Arming by the clock, and putting it off. What is about to happen is told as `autoArm` of the live state. */
export function autoArmRoutes(app: App, deps: ApiDeps): void {
  const tags = ["schedules"];
  const response = { 200: contract.autoArmAnswer };
  const description =
    "Armed at closing time, whatever is open; a warning comes before, and can be answered by putting it off.";
  app.get(
    "/auto-arm",
    {
      config: { needs: "read", channels: "none" },
      schema: { tags, summary: "Read how the site is armed by the clock", response },
    },
    async () => {
      const { autoArm } = (await deps.reads.config()).site;
      return autoArm === undefined ? {} : { settings: autoArm };
    },
  );
  app.put(
    "/auto-arm",
    {
      config: { needs: "configure", errors: ["invalid"] },
      schema: { tags, summary: "Arm the site by the clock", description, body: contract.autoArm, response },
    },
    async (request) => {
      const autoArm = request.body;
      await changeSite(deps, request.login, (site) => ({ ...site, autoArm }));
      return { settings: autoArm };
    },
  );
  app.delete(
    "/auto-arm",
    { config: { needs: "configure" }, schema: { tags, summary: "Arm by the clock no longer", response } },
    async (request) => {
      await changeSite(deps, request.login, (site) => {
        const { autoArm: gone, ...rest } = site;
        return gone === undefined ? site : rest;
      });
      return {};
    },
  );
  app.post(
    "/auto-arm/postpone",
    {
      config: { needs: "arm", channels: "none", errors: ["conflict"] },
      schema: {
        tags,
        summary: "Put off what is about to be armed by the clock",
        description: "By 30 or 60 minutes, again and again; refused while nothing is about to be armed.",
        body: contract.postponeBody,
        response: { 200: done },
      },
    },
    async (request) => {
      await askCore(deps, request.login, { kind: "postpone-arming", minutes: request.body.minutes });
      return { done: true as const };
    },
  );
}

import * as contract from "../../contract/arming.ts";
import { done } from "../../contract/common.ts";
import { levelBody, pointParams } from "../../contract/doing.ts";
import { armingOf } from "../../domain/arming.ts";
import { readiness } from "../../domain/readiness.ts";
import { isLimited, viewOf } from "../../domain/rights.ts";
import type { App, Login } from "../app-types.ts";
import { seenArming } from "../auth/visible.ts";
import { askCore, fail } from "../failure.ts";
import type { ApiDeps } from "../ports.ts";
import { changeSite } from "../site/site-row.ts";
import { codeRoutes } from "./code-routes.ts";
import { armBy, bypassBy, seenReadiness } from "./limited.ts";
import { wantedArming } from "./wanted.ts";

/** Arming, silence, and contacts that are set by hand. */
export function armingRoutes(app: App, deps: ApiDeps): void {
  const tags = ["alarms"];
  app.get(
    "/arming",
    {
      config: { needs: ["read", "live"], channels: "none", errors: ["unavailable"] },
      schema: { tags, summary: "Read how the site is armed", response: { 200: contract.arming } },
    },
    (request) => armingNow(deps, request.login),
  );
  app.post(
    "/arming",
    {
      config: { needs: "arm", channels: "none", errors: ["not-found", "conflict", "forbidden"] },
      schema: {
        tags,
        summary: "Arm the site in a mode, or disarm it",
        description:
          "Disarmed, an edge still gets its receipt and still records; it switches no output and tells nobody. A mode is refused (409) while an input has to be closed or bypassed, unless `force` is true.",
        body: contract.armingBody,
        response: { 200: contract.armed },
      },
    },
    async (request) => {
      const command = await armBy(deps, request.login, wantedArming(request.body));
      await askCore(deps, request.login, command);
      return { armed: command.armed };
    },
  );
  app.put(
    "/arming/bypass",
    {
      config: { needs: "arm", channels: "checked", errors: ["not-found", "conflict"] },
      schema: {
        tags,
        summary: "Leave inputs out of the running arming",
        description:
          "Instead of those that were left out before; at the next arming all act again. A login that sees some cameras only chooses among the inputs that record them; others stay as they are.",
        body: contract.bypassBody,
        response: { 200: done },
      },
    },
    async (request) => {
      const inputs = await bypassBy(deps, request.login, request.body.inputs);
      await askCore(deps, request.login, { kind: "bypass", inputs });
      return { done: true as const };
    },
  );
  app.get(
    "/arming/readiness",
    {
      config: { needs: ["read", "live"], channels: "checked", errors: ["unavailable"] },
      schema: {
        tags,
        summary: "Read what stands against arming",
        description: "Open inputs, boards out of reach, cameras that are not received, disks that are not ready.",
        querystring: contract.readinessQuery,
        response: { 200: contract.readinessAnswer },
      },
    },
    async (request) => {
      const live = deps.core.live() ?? fail("unavailable");
      const config = await deps.reads.config();
      return seenReadiness(readiness(config, live.state, request.query.mode), config, request.login);
    },
  );
  settingsRoutes(app, deps);
  codeRoutes(app, deps);
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

async function armingNow(deps: ApiDeps, login: Login | undefined) {
  const { armed, arming } = (deps.core.live() ?? fail("unavailable")).state;
  if (login === undefined || !isLimited(login.rights)) return { armed, ...arming };
  const { inputs } = viewOf(login.rights, await deps.reads.config());
  return { armed, ...seenArming(inputs, arming) };
}

/** Modes and delays; they stand in the site's row. */
function settingsRoutes(app: App, deps: ApiDeps): void {
  const tags = ["alarms"];
  const response = { 200: contract.armingSettings };
  app.get(
    "/arming/settings",
    {
      config: { needs: ["read", "live"], channels: "none" },
      schema: { tags, summary: "Read modes, delays and what goes on while disarmed", response },
    },
    async () => armingOf(await deps.reads.config()),
  );
  app.put(
    "/arming/settings",
    {
      config: { needs: "configure" },
      schema: {
        tags,
        summary: "Replace modes, delays and what goes on while disarmed",
        description: "An input that is armed in a mode which is no more is not armed in its place.",
        body: contract.armingSettings,
        response,
      },
    },
    async (request) => {
      await changeSite(deps, request.login, (site) => ({ ...site, arming: request.body }));
      return request.body;
    },
  );
}

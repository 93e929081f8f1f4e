import { seesTrouble, viewOf } from "../../domain/rights.ts";
import { health, notice, system, troubleList, troublesQuery } from "../../contract/state.ts";
import { troubleAdvice } from "../../contract/trouble-advice.ts";
import { troubleKind } from "../../domain/trouble-kind.ts";
import { usageMeter } from "../system/usage.ts";
import type { App } from "../app-types.ts";
import { fail } from "../failure.ts";
import type { ApiDeps } from "../ports.ts";

/** How Reed itself is. */
export function stateRoutes(app: App, deps: ApiDeps): void {
  const tags = ["system"];
  const measured = usageMeter((pid) => deps.machine.usage(pid));
  app.get(
    "/troubles",
    {
      config: { needs: "read", channels: "checked" },
      schema: {
        tags,
        summary: "List what is wrong with Reed and its devices",
        querystring: troublesQuery,
        response: { 200: troubleList },
      },
    },
    async (request) => {
      const { open, limit } = request.query;
      // what lasts is known to core at once; the database knows what was
      const state = deps.core.live()?.state;
      const known =
        open === "true" && state !== undefined
          ? state.troubles
          : await deps.reads.troubles({ open: open === "true", limit });
      const { rights } = request.login ?? fail("unauthorized");
      const view = viewOf(rights, await deps.reads.config());
      const seen = known.filter((trouble) => seesTrouble(view, trouble)).slice(0, limit);
      return seen.map((trouble) => {
        const kind = troubleKind(trouble.key, state ?? { channels: [], volumes: [] });
        return { ...trouble, kind, next: troubleAdvice[kind] };
      });
    },
  );
  app.get(
    "/system",
    {
      config: { needs: "read", channels: "none" },
      schema: { tags, summary: "Read the version, processes and volumes", response: { 200: system } },
    },
    () => {
      const state = deps.core.live()?.state;
      return {
        version: deps.version,
        node: process.versions.node,
        ready: state !== undefined,
        licence: "GPL-3.0-or-later",
        processes: measured(state?.processes ?? []),
        volumes: state?.volumes ?? [],
        notice,
      };
    },
  );
}

/** Alive and ready, and nothing else: it is the one answer about Reed that needs no login. */
export function healthRoute(app: App, deps: Pick<ApiDeps, "core">): void {
  app.get(
    "/health",
    {
      schema: {
        tags: ["system"],
        summary: "Whether Reed is alive, and ready",
        description: "`ready` is false while core is away; the status is 200 either way.",
        response: { 200: health },
      },
    },
    () => ({
      alive: true as const,
      ready: deps.core.live() !== undefined,
    }),
  );
}

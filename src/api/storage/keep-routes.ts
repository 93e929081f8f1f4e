import * as contract from "../../contract/keep.ts";
import type { KeepRule } from "../../domain/keep-rules.ts";
import type { App } from "../app-types.ts";
import type { ApiDeps } from "../ports.ts";
import { changeSite } from "../site/site-row.ts";

const tags = ["system"];
const response = { 200: contract.keepBody };

/** How long footage is kept by camera and by what it shows, beside the volumes' own days. */
export function keepRoutes(app: App, deps: ApiDeps): void {
  app.get(
    "/storage/keep",
    {
      config: { needs: "read" },
      schema: { tags, summary: "List how long footage is kept by camera and type", response },
    },
    async () => ({ rules: ((await deps.reads.config()).site.keep ?? []) satisfies readonly KeepRule[] }),
  );
  app.put(
    "/storage/keep",
    {
      config: { needs: "configure" },
      schema: {
        tags,
        summary: "Replace how long footage is kept by camera and type",
        description: "The closest rule counts: camera and type, then the camera, then the type, then all.",
        body: contract.keepBody,
        response,
      },
    },
    async (request) => {
      const keep = request.body.rules;
      await changeSite(deps, request.login, (site) => ({ ...site, keep }));
      return { rules: keep };
    },
  );
}

import { siteBody, siteBodyOf, sitePatch, siteRow, type SiteBody } from "../../contract/volume.ts";
import type { App, Login } from "../app-types.ts";
import type { ApiDeps } from "../ports.ts";
import { changeSite } from "./site-row.ts";

/** The site's name and time zone. */
export function siteRoutes(app: App, deps: ApiDeps): void {
  const tags = ["system"];
  const response = { 200: siteBody };
  const configure = { needs: "configure" } as const;
  const put = async (bodyFor: (before: SiteBody) => SiteBody, login: Login | undefined) =>
    siteBodyOf(await changeSite(deps, login, (site) => siteRow(bodyFor(siteBodyOf(site)), site)));
  app.get(
    "/site",
    {
      config: { needs: ["read", "live"], channels: "none" },
      schema: { tags, summary: "Read the site's name and time zone", response },
    },
    async () => {
      const { site } = await deps.reads.config();
      return siteBodyOf(site);
    },
  );
  app.put(
    "/site",
    { config: configure, schema: { tags, summary: "Replace the site's name and time zone", body: siteBody, response } },
    (request) => put(() => request.body, request.login),
  );
  app.patch(
    "/site",
    { config: configure, schema: { tags, summary: "Change the site's name or time zone", body: sitePatch, response } },
    (request) => put((before) => siteBody.parse({ ...before, ...request.body }), request.login),
  );
}

import { fileSettings } from "../../contract/recording.ts";
import type { App } from "../app-types.ts";
import type { ApiDeps } from "../ports.ts";
import { changeSite } from "../site/site-row.ts";

/** How long the files of footage are; what is being written goes by it at once. */
export function filesRoute(app: App, deps: ApiDeps): void {
  app.put(
    "/recording/files",
    {
      config: { needs: "configure" },
      schema: {
        tags: ["cameras"],
        summary: "Set how long the files of footage are",
        description: "By time and by size, whichever comes first. A file begins with a key frame, so it may be longer.",
        body: fileSettings,
        response: { 200: fileSettings },
      },
    },
    async (request) => {
      const files = request.body;
      await changeSite(deps, request.login, (site) => ({ ...site, files }));
      return files;
    },
  );
}

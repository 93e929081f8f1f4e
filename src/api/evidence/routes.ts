import { evidenceKeyList, madeEvidenceKey, shownEvidenceKey } from "../../contract/evidence.ts";
import { signingKey } from "../../domain/evidence-key.ts";
import type { App } from "../app-types.ts";
import { askCore } from "../failure.ts";
import type { ApiDeps } from "../ports.ts";
import { readSite } from "../site/site-row.ts";

/** The keys that evidence packs are and were signed with. */
export function evidenceRoutes(app: App, deps: ApiDeps): void {
  const tags = ["footage"];
  app.get(
    "/evidence/keys",
    {
      config: { needs: "read", channels: "none" },
      schema: {
        tags,
        summary: "List the site's keys for evidence packs",
        description: "Public halves only, the newest first; those that are retired stay known.",
        response: { 200: evidenceKeyList },
      },
    },
    async () => {
      const { evidenceKeys = [] } = await readSite(deps);
      const signing = signingKey(evidenceKeys)?.fingerprint;
      return { ...(signing === undefined ? {} : { signing }), keys: evidenceKeys.map(shownEvidenceKey) };
    },
  );
  app.post(
    "/evidence/keys",
    {
      config: { needs: "administrator" },
      schema: {
        tags,
        summary: "Sign evidence packs with a new key from now on",
        description: "The one before can't sign any more; its public half stays known.",
        response: { 201: madeEvidenceKey },
      },
    },
    async (request, reply) => {
      const made = madeEvidenceKey.parse(await askCore(deps, request.login, { kind: "new-evidence-key" }));
      return reply.status(201).send(made);
    },
  );
}

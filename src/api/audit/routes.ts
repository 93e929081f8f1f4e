import { Readable } from "node:stream";
import type { z } from "zod";
import { auditFileQuery, auditList, auditQuery, kindOf, whatsOf } from "../../contract/audit.ts";
import type { AuditFilter, AuditRow } from "../../store/read.ts";
import type { App } from "../app-types.ts";
import { askCore } from "../failure.ts";
import type { ApiDeps } from "../ports.ts";
import { csvLine } from "./csv.ts";

/** Rows that are read at once for a file. */
const pageRows = 500;

/** Who did what, for administrators: on the page, and as a file for whoever has to keep it. */
export function auditRoutes(app: App, deps: ApiDeps): void {
  const tags = ["system"];
  const config = { needs: "administrator" } as const;
  app.get(
    "/audit",
    {
      config,
      schema: {
        tags,
        summary: "List who did what, the newest first",
        querystring: auditQuery,
        response: { 200: auditList },
      },
    },
    async (request) => {
      const { before, limit } = request.query;
      const rows = await deps.reads.audit({ ...filterOf(request.query), before, limit });
      return rows.map((row) => ({ ...row, kind: kindOf(row.what) }));
    },
  );
  app.get(
    "/audit.csv",
    {
      config,
      schema: {
        tags,
        produces: ["text/csv"],
        summary: "Who did what, as a table for other programs",
        querystring: auditFileQuery,
      },
    },
    async (request, reply) => {
      const filter = filterOf(request.query);
      // whoever takes the log along stands in it
      await askCore(deps, request.login, { kind: "audit", what: "export", details: { of: "audit" } });
      return reply
        .type("text/csv; charset=utf-8")
        .header("content-disposition", 'attachment; filename="reed-audit.csv"')
        .header("cache-control", "private, no-store")
        .send(Readable.from(csvOf(deps, filter)));
    },
  );
}

const filterOf = ({ kind, person, since, until }: z.output<typeof auditFileQuery>): Omit<AuditFilter, "limit"> => ({
  ...(kind === undefined ? {} : whatsOf(kind)),
  ...{ person, since, until },
});

async function* csvOf({ reads }: ApiDeps, filter: Omit<AuditFilter, "limit">): AsyncGenerator<string> {
  yield csvLine(["time (UTC)", "kind", "what", "who", "name", "details"]);
  let before: number | undefined;
  for (;;) {
    const rows = await reads.audit({ ...filter, before, limit: pageRows });
    yield rows.map(lineOf).join("");
    before = rows.at(-1)?.id;
    if (rows.length < pageRows) return;
  }
}

const lineOf = ({ at, actor, what, details }: AuditRow): string =>
  csvLine([new Date(at).toISOString(), kindOf(what), what, actor.kind, actor.name, JSON.stringify(details)]);

import { alarm, alarmDetail, alarmParams, alarmsPage, alarmsQuery, resolveBody } from "../../contract/alarm.ts";
import type { ChannelRights } from "../../domain/rights.ts";
import type { AlarmPlace, AlarmRow } from "../../store/read-alarms.ts";
import type { App, Login } from "../app-types.ts";
import { limitedSentence } from "../auth/channel-rights.ts";
import { askCore, fail } from "../failure.ts";
import type { ApiDeps } from "../ports.ts";
import { askedSources } from "../receipts/asked-sources.ts";
import { alarmDetailOf, alarmLines, countNew } from "./alarm-lines.ts";

const tags = ["alarms"];

/** The inbox: alarms, and what people make of them. */
export function alarmRoutes(app: App, deps: ApiDeps): void {
  app.get(
    "/alarms",
    {
      // displays show what comes up, too
      config: { needs: ["read", "live"], channels: "checked" },
      schema: {
        tags,
        summary: "List alarms, those nobody has acknowledged first",
        description: "Then the newest first. Edges while disarmed are events, no alarms: `/api/receipts?events=true`.",
        querystring: alarmsQuery,
        response: { 200: alarmsPage },
      },
    },
    async (request) => {
      const { cursor, source, ...filter } = request.query;
      const of = await askedSources(deps, source);
      const rows = await deps.reads.alarms({
        ...filter,
        ...of,
        after: cursor === undefined ? undefined : placeOf(cursor),
      });
      const last = rows.length === filter.limit ? rows.at(-1) : undefined;
      const next = last === undefined ? {} : { next: `${last.state === "new" ? 1 : 0}~${last.at}~${last.id}` };
      const rights = rightsOf(request.login);
      return { alarms: await alarmLines(deps, rows, rights), unacknowledged: await countNew(deps, rights), ...next };
    },
  );
  app.get(
    "/alarms/:alarmId",
    {
      config: { needs: "read", channels: "checked" },
      schema: {
        tags,
        summary: "Read one alarm with its receipts",
        params: alarmParams,
        response: { 200: alarmDetail },
      },
    },
    async (request) => {
      const row = await rowOf(deps, request.params.alarmId, request.login);
      return alarmDetailOf(deps, row, rightsOf(request.login));
    },
  );
  reviewRoutes(app, deps);
}

function reviewRoutes(app: App, deps: ApiDeps): void {
  app.post(
    "/alarms/:alarmId/acknowledge",
    {
      config: { needs: "control", channels: "checked" },
      schema: {
        tags,
        summary: "Acknowledge an alarm: somebody has seen it",
        description: "The first who does counts; again changes nothing.",
        params: alarmParams,
        response: { 200: alarm },
      },
    },
    async (request) => {
      const row = await rowOf(deps, request.params.alarmId, request.login);
      if (row.state === "new") await askCore(deps, request.login, { kind: "acknowledge-alarm", alarmId: row.id });
      return lineOf(deps, row.id, request.login);
    },
  );
  app.post(
    "/alarms/:alarmId/resolve",
    {
      config: { needs: "control", channels: "checked" },
      schema: {
        tags,
        summary: "Resolve an alarm with a note",
        description: "Acknowledges it too. Again replaces the note; every one stands in the audit log.",
        params: alarmParams,
        body: resolveBody,
        response: { 200: alarm },
      },
    },
    async (request) => {
      const { id } = await rowOf(deps, request.params.alarmId, request.login);
      await askCore(deps, request.login, { kind: "resolve-alarm", alarmId: id, note: request.body.note });
      return lineOf(deps, id, request.login);
    },
  );
}

const rightsOf = (login: Login | undefined): ChannelRights => (login ?? fail("unauthorized")).rights;

/** The alarm, if it concerns a channel that may be seen. */
async function rowOf(deps: Pick<ApiDeps, "reads">, id: string, login: Login | undefined): Promise<AlarmRow> {
  const row = (await deps.reads.alarm(id)) ?? fail("not-found", `There is no alarm ${id}.`);
  const [line] = await alarmLines(deps, [row], rightsOf(login));
  return line === undefined ? fail("forbidden", limitedSentence) : row;
}

async function lineOf(deps: Pick<ApiDeps, "reads">, id: string, login: Login | undefined) {
  const [line] = await alarmLines(deps, [await rowOf(deps, id, login)], rightsOf(login));
  return line ?? fail("internal");
}

function placeOf(cursor: string): AlarmPlace {
  const [isNew = "", at = "", id = ""] = cursor.split("~");
  return { isNew: isNew === "1", at: Number(at), id };
}

import * as contract from "../../contract/schedule.ts";
import { localClock } from "../../kernel/local-time.ts";
import { scheduleNow } from "../../domain/weekly-schedule.ts";
import type { App } from "../app-types.ts";
import { addConfigRoutes, nextNumber } from "../config-resource.ts";
import { fail } from "../failure.ts";
import type { ApiDeps } from "../ports.ts";
import { changeSite } from "../site/site-row.ts";

const tags = ["schedules"];

/** Weekly schedules, the site's holidays, and what is active now. */
export function scheduleRoutes(app: App, deps: ApiDeps): void {
  nowRoute(app, deps);
  addConfigRoutes(app, deps, {
    part: "schedule",
    path: "schedules",
    one: "schedule",
    tag: "schedules",
    body: contract.scheduleBody,
    patch: contract.schedulePatch,
    answer: contract.scheduleAnswer,
    answers: contract.scheduleList,
    rows: (config) => config.schedules,
    idOf: (row) => row.schedule,
    newId: nextNumber,
    row: (body, id) => contract.scheduleRow(body, Number(id)),
    bodyOf: contract.scheduleBodyOf,
    change: (value) => ({ part: "schedule", value }),
    answerOf: (row) => ({ schedule: row.schedule, ...contract.scheduleBodyOf(row) }),
    // times of day tell nothing of a camera
    seenBy: (row) => row,
  });
  holidayRoutes(app, deps);
}

function nowRoute(app: App, deps: ApiDeps): void {
  app.get(
    "/schedules/now",
    {
      config: { needs: "read", channels: "none", errors: ["unavailable"] },
      schema: { tags, summary: "Which schedules are active, and until when", response: { 200: contract.schedulesNow } },
    },
    async () => {
      const { site, schedules } = await deps.reads.config();
      const { state } = deps.core.live() ?? fail("unavailable");
      const clock = localClock(site.timeZone);
      const at = deps.clock.wall();
      return {
        at,
        clock: state.troubles.some(({ key }) => key === "clock") ? ("not-set" as const) : ("trusted" as const),
        schedules: schedules.map((row) => ({
          schedule: row.schedule,
          ...scheduleNow(row, site.holidays ?? [], clock, at),
        })),
      };
    },
  );
}

function holidayRoutes(app: App, deps: ApiDeps): void {
  const response = { 200: contract.holidaysBody };
  app.get(
    "/holidays",
    { config: { needs: "read", channels: "none" }, schema: { tags, summary: "List the site's holidays", response } },
    async () => ({ holidays: (await deps.reads.config()).site.holidays ?? [] }),
  );
  app.put(
    "/holidays",
    {
      config: { needs: "configure" },
      schema: { tags, summary: "Replace the site's holidays", body: contract.holidaysBody, response },
    },
    async (request) => {
      const holidays = request.body.holidays.toSorted((a, b) => (a.date < b.date ? -1 : 1));
      await changeSite(deps, request.login, (site) => ({ ...site, holidays }));
      return { holidays };
    },
  );
}

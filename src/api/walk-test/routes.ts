import { textParams } from "../../contract/common.ts";
import * as contract from "../../contract/walk-test.ts";
import { zoneOf } from "../../domain/arming.ts";
import { provesQuietly } from "../../domain/notifier-settings.ts";
import type { WalkRecord } from "../../domain/walk-test.ts";
import type { App, Login } from "../app-types.ts";
import { askCore, fail } from "../failure.ts";
import type { RouteDeps } from "../ports.ts";
import { recordDesk, type RecordDesk } from "./record-desk.ts";
import { provedOf, walkReport } from "./report.ts";

const tags = ["alarms"];

/** Walk tests: begun, watched and ended, and the test records of those that are over. */
export function walkTestRoutes(app: App, deps: RouteDeps): void {
  const desk = recordDesk(deps);
  app.addHook("onClose", () => desk[Symbol.dispose]());
  void desk.look();
  runningRoutes(app, deps);
  recordRoutes(app, deps, desk);
}

function runningRoutes(app: App, deps: RouteDeps): void {
  app.get(
    "/walk-test",
    {
      config: { needs: "read", channels: "checked", errors: ["unavailable"] },
      schema: {
        tags,
        summary: "Read the walk test that runs, and what it has proved",
        response: { 200: contract.walkNow },
      },
    },
    async (request) => {
      const { state } = deps.core.live() ?? fail("unavailable");
      const walk = state.walkTest;
      const rights = request.login?.rights;
      if (walk === undefined || rights === undefined) return {};
      return { running: { ...(await walkReport(deps, walk, rights)), file: "none" as const } };
    },
  );
  app.post(
    "/walk-test",
    {
      config: { needs: "control", errors: ["forbidden", "not-found", "conflict", "unavailable"] },
      schema: {
        tags,
        summary: "Begin a walk test",
        description:
          "Its inputs record and raise no alarm, also those of 24-hour zones; outputs get a pulse of a second at most, and nobody is called. It ends by itself, and when the site is armed. Needs the rights to arm and to switch outputs. Refused while the site is armed or an alarm holds an output.",
        body: contract.walkBody,
        response: { 200: contract.walkStarted },
      },
    },
    async (request) => {
      mayArm(request.login);
      const { inputs = await usualInputs(deps), ...rest } = request.body;
      const answer = await askCore(deps, request.login, { kind: "walk-start", terms: { ...rest, inputs } });
      return contract.walkStarted.parse(answer);
    },
  );
  app.get(
    "/walk-test/receivers",
    {
      config: { needs: "control", errors: ["forbidden"] },
      schema: {
        tags,
        summary: "List the receivers that can't be proved without one message to them",
        description:
          "Number and name of those that are switched on, for `send` of a walk test; needs what beginning one needs.",
        response: { 200: contract.walkReceivers },
      },
    },
    async (request) => {
      mayArm(request.login);
      const { notifiers } = await deps.reads.config();
      const asked = notifiers.filter(({ kind, enabled }) => enabled && !provesQuietly[kind]);
      return asked.map(({ notifier, name }) => ({ notifier, name }));
    },
  );
  app.delete(
    "/walk-test",
    {
      config: { needs: "control", errors: ["conflict"] },
      schema: { tags, summary: "End the walk test", response: { 200: contract.walkStarted } },
    },
    async (request) => contract.walkStarted.parse(await askCore(deps, request.login, { kind: "walk-stop" })),
  );
}

function recordRoutes(app: App, deps: RouteDeps, desk: RecordDesk): void {
  app.get(
    "/walk-test/records",
    {
      config: { needs: "read" },
      schema: { tags, summary: "List walk tests, the newest first", response: { 200: contract.walkList } },
    },
    async () => Promise.all((await deps.reads.walkTests(100)).map((walk) => summaryOf(deps, desk, walk))),
  );
  app.get(
    "/walk-test/records/:id",
    {
      config: { needs: "read" },
      schema: {
        tags,
        summary: "Read what a walk test proved",
        params: textParams,
        response: { 200: contract.walkReport },
      },
    },
    async (request) => {
      const walk = await found(deps, request.params.id);
      const kept = await desk.data(walk.walkId);
      const file = await desk.state(walk);
      if (kept !== undefined) return { walk, rows: kept.rows, proved: provedOf(kept.rows), file };
      return { ...(await walkReport(deps, walk)), file };
    },
  );
  for (const ending of ["pdf", "json"] as const) {
    const type = ending === "pdf" ? "application/pdf" : "application/json";
    app.get(
      `/walk-test/records/:id/record.${ending}`,
      {
        config: { needs: "footage", errors: ["conflict"] },
        schema: {
          tags,
          summary: ending === "pdf" ? "The test record, as PDF" : "What the test record was made of",
          description: "Made when the test is over; it carries pictures, so it needs the right to see footage.",
          params: textParams,
          produces: [type],
        },
      },
      async (request, reply) => {
        const walk = await found(deps, request.params.id);
        const bytes = (await desk.read(walk.walkId, ending)) ?? (await madeNow(desk, walk, ending));
        const name = `reed-walk-test-${new Date(walk.since).toISOString().slice(0, 10)}.${ending}`;
        return reply.type(type).header("content-disposition", `attachment; filename="${name}"`).send(bytes);
      },
    );
  }
}

async function madeNow(desk: RecordDesk, walk: WalkRecord, ending: "pdf" | "json"): Promise<Buffer> {
  if (walk.ended === undefined)
    return fail("conflict", "The walk test runs still; its record is made when it is over.");
  await desk.look();
  const bytes = await desk.read(walk.walkId, ending);
  return bytes ?? fail("conflict", "The record is being made; try again in half a minute.");
}

async function summaryOf(deps: RouteDeps, desk: RecordDesk, walk: WalkRecord) {
  const rows = (await desk.data(walk.walkId))?.rows;
  const proved = rows === undefined ? (await walkReport(deps, walk)).proved : provedOf(rows);
  return { ...walk, proved, file: await desk.state(walk) };
}

const found = async (deps: RouteDeps, id: string): Promise<WalkRecord> =>
  (await deps.reads.walkTest(id)) ?? fail("not-found", "There is no such walk test.");

/** A test keeps inputs from raising alarms: whoever may not disarm may not do that either. */
function mayArm(login: Login | undefined): void {
  if (login?.scopes.includes("arm") !== true) fail("forbidden", "A walk test needs the right to arm, too.");
}

/** All that are switched on; a key switch arms, and goes on doing so. */
async function usualInputs({ reads }: Pick<RouteDeps, "reads">): Promise<number[]> {
  const { inputs } = await reads.config();
  return inputs.filter((row) => row.enabled && zoneOf(row) !== "key-switch").map(({ input }) => input);
}

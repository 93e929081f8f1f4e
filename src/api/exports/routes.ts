import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { FastifyRequest } from "fastify";
import { done, textParams } from "../../contract/common.ts";
import { exportBody, exportJob, exportList, type ExportBody, type ExportJob } from "../../contract/export.ts";
import { uuidV7 } from "../../kernel/ids.ts";
import { isLimited, maySee } from "../../domain/rights.ts";
import type { App, Login } from "../app-types.ts";
import { createSeldom } from "../audit/seldom.ts";
import { guardChannels, limitedSentence } from "../auth/channel-rights.ts";
import { askCore, fail } from "../failure.ts";
import { byteRange } from "../footage/byte-range.ts";
import type { ApiDeps } from "../ports.ts";
import { openExportJobs, type ExportJobs } from "./export-jobs.ts";
import { exportLeases, leaseMs, lockIds, type ExportLeases } from "./leases.ts";
import { orderOf, type ExportOrder } from "./export-order.ts";
import { runExport, type ExportTask } from "./export-run.ts";

const tags = ["footage"];

/** Footage of several cameras as one ZIP, with a page that says what it is: evidence, and what Playback collects. */
export function exportRoutes(app: App, deps: ApiDeps): void {
  const leases = exportLeases(deps);
  const jobs = openExportJobs<ExportTask>({
    ...{ folder: deps.exportFolder, clock: deps.clock, log: deps.log },
    run: (job, task, making) => leases.renewed(job, task, () => runExport(deps, job, task, making)),
    ended: (task) => leases.release(task.leases),
  });
  app.addHook("onClose", () => jobs.close());
  app.get(
    "/exports",
    {
      config: { needs: "footage", channels: "checked" },
      schema: { tags, summary: "List exports, the newest first", response: { 200: exportList } },
    },
    ({ login }) => jobs.list().filter((job) => mayHave(login, job)),
  );
  app.post(
    "/exports",
    {
      config: { needs: "footage", channels: "checked", errors: ["no-footage", "conflict"] },
      schema: {
        tags,
        summary: "Export footage of several cameras as one ZIP",
        description:
          "An MP4 for each camera (never encoded again; several where there is a hole or the camera changed its " +
          "settings), the receipts and a page with every SHA-256. The job goes on by itself; ask for its state.",
        body: exportBody,
        response: { 201: exportJob },
      },
    },
    async (request, reply) => reply.status(201).send(await startExport(deps, { jobs, leases }, request)),
  );
  app.get(
    "/exports/:id",
    {
      config: { needs: "footage", channels: "checked" },
      schema: { tags, summary: "Read the state of an export", params: textParams, response: { 200: exportJob } },
    },
    (request) => known(jobs, request),
  );
  app.delete(
    "/exports/:id",
    {
      config: { needs: "footage", channels: "checked" },
      schema: {
        tags,
        summary: "Cancel an export, or remove one that has ended",
        description: "One's own; another's takes `control`. A lock that it set stays.",
        params: textParams,
        response: { 200: done },
      },
    },
    async (request) => {
      const { id, by } = known(jobs, request);
      const { login } = request;
      if (by !== login?.name && login?.scopes.includes("control") !== true)
        fail("forbidden", `This export is another's: removing it takes "control".`);
      await askCore(deps, login, { kind: "audit", what: "export-removed", details: { id } });
      jobs.remove(id);
      return { done: true as const };
    },
  );
  downloadRoute(app, deps, jobs);
}

function downloadRoute(app: App, deps: ApiDeps, jobs: ExportJobs<ExportTask>): void {
  const seldom = createSeldom(deps.clock);
  app.get(
    "/exports/:id/file.zip",
    {
      config: { needs: "footage", channels: "checked", errors: ["conflict"] },
      schema: {
        tags,
        produces: ["application/zip"],
        summary: "Download the ZIP of a finished export",
        description: "Takes ranges of bytes, so that a broken download goes on.",
        params: textParams,
      },
    },
    async (request, reply) => {
      const { id, name, state } = known(jobs, request);
      if (state.kind !== "done") return fail("conflict", "This export is not ready for download.");
      const path = jobs.pathOf(id);
      const { size } = await stat(path);
      const range = byteRange(request.headers.range, size);
      if (range.kind === "unsatisfiable") return reply.status(416).header("content-range", `bytes */${size}`).send();
      const { login } = request;
      const details = { id, sha256: state.sha256 };
      // whatever the range: but for its first byte it would be the whole ZIP
      await seldom(`${login?.kind} ${login?.name} ${id}`, async () => {
        await askCore(deps, login, { kind: "audit", what: "export-download", details });
      });
      void reply
        .type("application/zip")
        .header("accept-ranges", "bytes")
        .header("cache-control", "private, no-store")
        .header("content-length", range.end - range.start)
        .header("content-disposition", `attachment; filename="${name}"`);
      if (range.kind === "part") {
        void reply.status(206).header("content-range", `bytes ${range.start}-${range.end - 1}/${size}`);
      }
      return reply.send(createReadStream(path, { start: range.start, end: range.end - 1 }));
    },
  );
}

/**
 * Whoever may not play back one of its channels has no part in an export. Receipts of somebody else's may name more
 * cameras than it has footage of: from whom cameras are kept has only the own ones.
 */
const mayHave = (login: Login | undefined, job: Pick<ExportJob, "channels" | "by">): boolean =>
  login !== undefined &&
  (!isLimited(login.rights) || job.by === login.name) &&
  job.channels.every((channel) => maySee(login.rights, channel, "playback"));

function known(jobs: ExportJobs<ExportTask>, { params, login }: FastifyRequest<{ Params: { id: string } }>): ExportJob {
  const job = jobs.get(params.id) ?? fail("not-found", `There is no export ${params.id}.`);
  return mayHave(login, job) ? job : fail("forbidden", limitedSentence);
}

/** Locks or leases the footage, writes down who wanted it and why, then begins. */
async function startExport(
  deps: ApiDeps,
  { jobs, leases }: { readonly jobs: ExportJobs<ExportTask>; readonly leases: ExportLeases },
  request: FastifyRequest<{ Body: ExportBody }>,
): Promise<ExportJob> {
  const { body, login } = request;
  if (body.lock && login?.scopes.includes("control") !== true) {
    fail("forbidden", `This login or key may not lock footage: it takes "control".`);
  }
  if (body.evidence && login !== undefined && isLimited(login.rights)) {
    fail(
      "forbidden",
      "An evidence pack has rules and journal lines of all cameras: it takes a login that may see them all.",
    );
  }
  const at = deps.clock.wall();
  const order = await orderOf(deps, body, (login ?? fail("unauthorized")).rights);
  const { title, name, from, to, alarm, spans } = order;
  const channels = spans.map(({ channel }) => channel);
  guardChannels(login, channels, "playback");
  const locks = await keep(deps, request, order);
  const id = uuidV7(at, deps.random(10));
  const { reason, recipient } = body;
  const why = { id, reason, recipient, channels, from, to };
  const details = { ...why, ...(alarm === undefined ? {} : { alarmId: alarm.id }) };
  await askCore(deps, login, { kind: "audit", what: "export", details });
  const clockOffsetMs = body.clientTime === undefined ? undefined : at - body.clientTime;
  const job = { ...details, title, name, locked: body.lock, evidence: body.evidence, by: login?.name ?? "", at };
  const { sound, copy, subtitles } = body;
  const around = { clockOffsetMs, locked: body.lock, sound, copy, subtitles };
  const task = { order, around, leases: body.lock ? [] : locks };
  const started = jobs.start(job, task);
  if (started !== undefined) return started;
  leases.release(task.leases);
  return fail("conflict", "Too many exports are waiting already. Wait for one to end, or cancel it.");
}

/** Nothing of it is deleted while it is read; with `lock` not afterwards either. Ids of the locks or leases. */
async function keep(
  deps: ApiDeps,
  { body, login }: FastifyRequest<{ Body: ExportBody }>,
  { spans, alarm }: ExportOrder,
): Promise<string[]> {
  const held = await deps.reads.locks();
  const isHeld = ({ channel, from, to }: ExportOrder["spans"][number]) =>
    body.lock && held.some((lock) => lock.channel === channel && lock.from <= from && lock.to >= to);
  const wanted = spans.filter((span) => !isHeld(span)).map(({ channel, from, to }) => ({ channel, from, to }));
  if (wanted.length === 0) return [];
  const more = body.lock ? (alarm === undefined ? {} : { alarmId: alarm.id }) : { forMs: leaseMs };
  const asked = await askCore(deps, login, { kind: "lock-footage", spans: wanted, reason: body.reason, ...more });
  return lockIds.parse(asked).ids;
}

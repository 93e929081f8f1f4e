import * as contract from "../../contract/system.ts";
import { percentileBound } from "../../domain/histogram.ts";
import type { Histogram } from "../../messages/api.ts";
import type { App } from "../app-types.ts";
import { fail } from "../failure.ts";
import type { ApiDeps } from "../ports.ts";

const tags = ["system"];
const read = { needs: "read" } as const;
const configure = { needs: "configure" } as const;

/** Latency, network and clock, logs, and whose work Reed contains. */
export function systemRoutes(app: App, deps: ApiDeps): void {
  latencyRoute(app, deps);
  logRoute(app, deps);
  noticeRoutes(app, deps);
  app.get(
    "/system/network",
    {
      config: read,
      schema: {
        tags,
        summary: "Read addresses, ports and the clock of the machine",
        response: { 200: contract.network },
      },
    },
    () => {
      const { upMs, ...network } = deps.machine.network();
      const now = deps.clock.wall();
      return { ...network, listening: deps.machine.listening(), now, upSince: now - upMs };
    },
  );
}

const stages = {
  decision: "debounce over → decided",
  command: "edge reported → relay commanded",
  durable: "edge → pre-record durable",
} as const;

function latencyRoute(app: App, deps: ApiDeps): void {
  app.get(
    "/system/latency",
    {
      config: { ...read, errors: ["unavailable"] },
      schema: {
        tags,
        summary: "Read how long edges took, as histograms",
        description: "Since core was started. Percentiles are upper bounds of their buckets.",
        response: { 200: contract.latency },
      },
    },
    () => {
      const latency = deps.core.live()?.state.latency ?? fail("unavailable");
      return {
        stages: [
          stageOf("decision", latency.edgeToDecision),
          stageOf("command", latency.edgeToCommand),
          stageOf("durable", latency.edgeToDurable),
        ],
      };
    },
  );
}

function stageOf(stage: keyof typeof stages, { sum, ...histogram }: Histogram) {
  const p50Ms = percentileBound(histogram, 0.5) ?? Infinity;
  const p99Ms = percentileBound(histogram, 0.99) ?? Infinity;
  return {
    ...{ stage, what: stages[stage], ...histogram, sumMs: sum },
    ...(p50Ms === Infinity ? {} : { p50Ms }),
    ...(p99Ms === Infinity ? {} : { p99Ms }),
  };
}

/** pino's numbers. */
const levels = { trace: 10, debug: 20, info: 30, warn: 40, error: 50, fatal: 60 } as const;
const levelOf = (number: number) => contract.logLevels.findLast((level) => levels[level] <= number) ?? "trace";

function logRoute(app: App, deps: ApiDeps): void {
  app.get(
    "/logs",
    {
      config: configure,
      schema: {
        tags,
        summary: "Read the newest lines of the logs",
        description: "Secrets are left out. To follow, ask again with `after`, and know lines again by their id.",
        querystring: contract.logQuery,
        response: { 200: contract.logList },
      },
    },
    async (request) => {
      const { level, ...query } = request.query;
      const { lines, ...page } = await deps.machine.logs({ ...query, level: levels[level] });
      return { ...page, lines: lines.map((line) => ({ ...line, level: levelOf(line.level) })) };
    },
  );
}

function noticeRoutes(app: App, deps: ApiDeps): void {
  app.get(
    "/system/notices",
    {
      config: read,
      schema: { tags, summary: "List the packages that Reed is made with", response: { 200: contract.noticeList } },
    },
    () => deps.machine.notices(),
  );
  app.get(
    "/system/notices/text",
    {
      config: { ...read, errors: ["not-found"] },
      schema: {
        tags,
        summary: "Read the licence of a package",
        querystring: contract.noticeQuery,
        response: { 200: contract.noticeText },
      },
    },
    async (request) =>
      (await deps.machine.licence(request.query.name)) ?? fail("not-found", `${request.query.name} is not in Reed.`),
  );
}

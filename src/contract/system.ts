import { z } from "zod";
import { list, wall } from "./common.ts";

const stage = z.object({
  stage: z.enum(["decision", "command", "durable"]),
  what: z.string(),
  bounds: list(z.number()).describe("upper bounds, ms"),
  counts: list(z.number()).describe("all up to each bound"),
  count: z.number(),
  sumMs: z.number(),
  p50Ms: z.exactOptional(z.number().describe("half were not slower; absent without an edge or beyond the last bound")),
  p99Ms: z.exactOptional(z.number()),
});
export const latency = z.object({ stages: list(stage) });
export type LatencyAnswer = z.output<typeof latency>;

export const network = z.object({
  hostname: z.string(),
  listening: list(z.object({ host: z.string(), port: z.number(), tls: z.boolean() })),
  addresses: list(z.object({ name: z.string(), address: z.string(), family: z.enum(["IPv4", "IPv6"]) })),
  now: wall,
  systemTimeZone: z.string(),
  upSince: wall.describe("start of the machine"),
  clock: z.object({
    synchronised: z.enum(["yes", "no", "unknown"]),
    by: z.string().describe("the program that keeps the clock; empty where none is known"),
  }),
});
export type NetworkAnswer = z.output<typeof network>;

const notice = z.object({ name: z.string(), version: z.string(), licence: z.string() });
export const noticeList = list(notice);
export const noticeQuery = z.object({ name: z.string().min(1).max(214).describe("of the package") });
export const noticeText = notice.extend({ text: z.string().describe("its licence, as the package has it") });

export const logLevels = ["trace", "debug", "info", "warn", "error", "fatal"] as const;
export const logQuery = z.object({
  process: z.string().max(100).optional().describe("of one process only"),
  level: z.enum(logLevels).default("info").describe("this level and worse"),
  text: z.string().max(200).optional().describe("only lines that hold this, in any case"),
  after: z.coerce.number().optional().describe("only lines of this moment and later, ms since 1970"),
  limit: z.coerce.number().int().min(1).max(2000).default(200).describe("the most of one answer, the newest first"),
});
export const logList = z.object({
  processes: list(z.string()).describe("that have written a log"),
  lines: list(
    z.object({
      id: z.string(),
      at: wall,
      process: z.string(),
      level: z.enum(logLevels),
      text: z.string(),
      details: z.record(z.string(), z.unknown()),
    }),
  ),
  more: z.boolean().describe("there are older lines that were not looked at"),
});
export type LogAnswer = z.output<typeof logList>;
export type NoticeList = z.output<typeof noticeList>;
export type NoticeText = z.output<typeof noticeText>;

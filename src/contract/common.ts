import { z } from "zod";
import { edgeSources } from "../domain/edge-source.ts";

/** A list of an answer: nobody changes it. */
export const list = <T extends z.ZodType>(item: T) => z.array(item).readonly();

/** A whole number inside a range of `domain/site-config.ts`, both ends included. */
export const within = ([min, max]: readonly [number, number]) => z.number().min(min).max(max);

/** What an installer counts: channel, input, output, board, notifier 1… */
export const number = z.number().int().min(1).max(65_535);

export const name = z.string().trim().min(1).max(100);

const momentForm = "ISO 8601 with offset, or milliseconds since 1970-01-01 UTC";

/** A moment in a query: ISO 8601 with its offset, or milliseconds since 1970. Parsed to the latter. */
export const moment = z
  .union([z.iso.datetime({ offset: true }), z.string().regex(/^\d{1,15}(\.\d+)?$/)])
  .transform((text) => (/^\d+(\.\d+)?$/.test(text) ? Number(text) : Date.parse(text)))
  .describe(momentForm);

/** A moment with what it bounds. */
export const momentOf = (what: string) => moment.describe(`${what}: ${momentForm}`);

/** Numbers of channels in a query. `most`: no more than so many. */
export const channelList = (most?: number) =>
  z
    .string()
    .regex(new RegExp(`^\\d{1,5}(,\\d{1,5})${most === undefined ? "*" : `{0,${most - 1}}`}$`), "is a list like 1,2,5")
    .transform((text) => text.split(",").map(Number))
    .describe("like 1,2,5");

/** What edges came of, in a query. */
export const sourceList = z
  .string()
  .transform((text) => text.split(","))
  .pipe(z.array(z.enum(edgeSources)).min(1))
  .describe(`only what came of these: ${edgeSources.join(", ")}; like contact,key`);

export const channelParams = z.object({
  channel: z.coerce.number().int().min(1).max(65_535).describe("number of the channel"),
});
export const numberParams = z.object({ id: z.coerce.number().int().min(1).max(65_535).describe("its number") });
export const textParams = z.object({ id: z.string().min(1).max(100).describe("its id") });

/** Milliseconds since 1970 in an answer. */
export const wall = z.number().describe("milliseconds since 1970-01-01 UTC");

export const done = z.object({ done: z.literal(true) });

/** What stands in the place of a secret in every answer. Sent back, it keeps the secret that is there. */
export const hidden = "***";

export const secret = z.string().max(500).describe(`a secret; answered as "${hidden}", which sent back keeps it`);

/** A row as the body of a request: without what the address says. */
export const without = (row: object, ...keys: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).filter(([key]) => !keys.includes(key)));

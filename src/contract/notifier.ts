import { z } from "zod";
import type { NotifierSettings } from "../domain/site-config.ts";
import { outcome } from "./receipt.ts";
import { list, name, number, secret, without } from "./common.ts";

const httpUrl = z
  .string()
  .max(2000)
  .regex(/^https?:\/\/[^\s]+$/i, "must be an address like https://example.org/hook");

const common = {
  name: z.exactOptional(name),
  enabled: z.boolean().default(true),
  snapshot: z.boolean().default(true),
};

const webhook = z.strictObject({
  ...common,
  kind: z.literal("webhook"),
  url: httpUrl,
  secret: secret.default("").describe("key of the HMAC-SHA-256 signature; empty: unsigned"),
});
const ntfy = z.strictObject({
  ...common,
  kind: z.literal("ntfy"),
  url: httpUrl.default("https://ntfy.sh"),
  topic: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, "is 1–64 letters, digits, _ or -"),
  token: secret.default(""),
});

export const notifierBody = z.discriminatedUnion("kind", [webhook, ntfy]).meta({
  examples: [
    { kind: "webhook", name: "House", url: "https://example.org/hook", secret: "a long secret" },
    { kind: "ntfy", name: "Phone", topic: "reed-back-door" },
  ],
});
export type NotifierBody = z.output<typeof notifierBody>;

/** As it is sent: what has a default may be left out. */
export type NotifierInput = z.input<typeof notifierBody>;

export const notifierPatch = z
  .strictObject({
    name,
    enabled: z.boolean(),
    snapshot: z.boolean(),
    url: httpUrl,
    secret,
    topic: z.string(),
    token: secret,
  })
  .partial();

const shown = { notifier: number, name };
export const notifierAnswer = z.discriminatedUnion("kind", [
  z.object({ ...webhook.shape, ...shown }),
  z.object({ ...ntfy.shape, ...shown }),
]);
export const notifierList = list(notifierAnswer);

/** What became of a test message, with the peer's own words. */
export const notifierTest = z.object({
  outcome,
  answer: z.exactOptional(z.object({ status: z.number(), text: z.string() })),
  ms: z.number().describe("until the answer"),
});
export type NotifierTestAnswer = z.output<typeof notifierTest>;

export const notifierRow = (body: NotifierBody, notifier: number): NotifierSettings => ({
  ...body,
  notifier,
  name: body.name ?? `Notifier ${notifier}`,
});

export const notifierBodyOf = (row: NotifierSettings) => without(row, "notifier");

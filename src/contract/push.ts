import { z } from "zod";
import { wallTime } from "../kernel/time.ts";
import { languages } from "../domain/site-config.ts";
import type { PushSubscriptionSettings } from "../domain/push-settings.ts";
import { list, name, number, wall } from "./common.ts";

/** P-256 public key, uncompressed: 65 bytes. */
const publicKey = z.string().regex(/^[A-Za-z0-9_-]{87}=?$/, "is a P-256 public key in base64url");
const authSecret = z.string().regex(/^[A-Za-z0-9_-]{22}(==)?$/, "is 16 bytes in base64url");

/** Reed posts there: only to servers of the internet, by name, so that nobody reaches into the house by it. */
const endpoint = z
  .url({ protocol: /^https$/ })
  .max(1000)
  .refine(isOutside, "must be the https address of a push service, by its name");

const insideNames = /(^|\.)(localhost|local|internal|lan|home|home\.arpa|test|invalid)\.?$/i;

function isOutside(address: string): boolean {
  const { hostname, username, password } = new URL(address);
  const named = /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z][a-z0-9-]*\.?$/i.test(hostname);
  return named && !insideNames.test(hostname) && username === "" && password === "";
}

const language = z.exactOptional(z.enum(languages)).describe("of its messages, for who chose none; else the site's");

/** As `PushSubscription.toJSON()` has it, what the browser is called, and the language of its pages. */
export const subscriptionBody = z
  .strictObject({ name, endpoint, keys: z.strictObject({ p256dh: publicKey, auth: authSecret }), language })
  .meta({
    examples: [
      {
        name: "Firefox on Android",
        endpoint: "https://push.example.org/x1",
        keys: { p256dh: "B".repeat(87), auth: "a".repeat(22) },
        language: "de",
      },
    ],
  });
export type SubscriptionBody = z.output<typeof subscriptionBody>;

export const subscriptionAnswer = z.object({
  subscription: number,
  name,
  since: wall,
  mark: z.string().describe("SHA-256 of its address, hex: by it a browser knows itself"),
});
export type SubscriptionAnswer = z.output<typeof subscriptionAnswer>;

export const pushAnswer = z.object({
  publicKey: z.exactOptional(z.string()).describe("the site's; absent: there is none yet, see PUT /api/push/key"),
  subscriptions: list(subscriptionAnswer).describe("one's own"),
});
export type PushAnswer = z.output<typeof pushAnswer>;
export const pushKeyAnswer = z.object({ publicKey: z.string() });

export const pushPeople = list(z.object({ name: z.string(), subscriptions: z.number().int() }));
export type PushPeople = z.output<typeof pushPeople>;

/** A row as a backup has it; what came in by the API was of these shapes. */
const subscriptionRow = z.object({
  subscription: number,
  owner: z.string().min(1).max(64),
  name,
  since: wall,
  endpoint,
  p256dh: publicKey,
  auth: authSecret,
  language,
});

export const subscriptionRowOf = (value: unknown, subscription: number): PushSubscriptionSettings => {
  const row = subscriptionRow.parse({ ...(value as object), subscription });
  return { ...row, since: wallTime(row.since) };
};

export const pushKeys = z.object({ publicKey: z.string().max(200), privateKey: z.string().max(200) });

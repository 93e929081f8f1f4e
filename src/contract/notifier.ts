import { z } from "zod";
import {
  heartbeatMin,
  mailPorts,
  mailSecurities,
  mqttArmings,
  troublesTold,
  type NotifierSettings,
} from "../domain/notifier-settings.ts";
import { outcome } from "./receipt.ts";
import { list, name, number, secret, wall, within, without } from "./common.ts";

const httpUrl = z
  .string()
  .max(2000)
  .regex(/^https?:\/\/[^\s]+$/i, "must be an address like https://example.org/hook");

const troubles = z
  .enum(troublesTold)
  .describe("which troubles are told besides alarms; absent: arming (left open, or started again, while armed)");

const common = {
  name: z.exactOptional(name),
  enabled: z.boolean().default(true),
  snapshot: z.boolean().default(true),
  weekly: z.exactOptional(z.boolean()).describe("told every Monday that all is well, once it has worked; absent: yes"),
  troubles: z.exactOptional(troubles),
};

const webhook = z.strictObject({
  ...common,
  kind: z.literal("webhook"),
  url: httpUrl,
  secret: secret.default("").describe("key of the HMAC-SHA-256 signature; empty: unsigned"),
});

const topic = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, "is 1–64 letters, digits, _ or -");
const ntfy = z.strictObject({
  ...common,
  kind: z.literal("ntfy"),
  url: httpUrl.default("https://ntfy.sh"),
  topic,
  token: secret.default(""),
});

const host = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9._:-]{1,253}$/, "is a name or an address, without https:// and port");
const port = z.number().int().min(1).max(65_535);
const mailAddress = z.email("must be an address like ann@example.org").max(320);

const emailFields = {
  host,
  port: port.describe("587 with STARTTLS, 465 with TLS, 25 without"),
  security: z.enum(mailSecurities),
  anyCertificate: z.boolean().describe("take a certificate that nobody vouches for: for a server in the house"),
  username: z.string().max(320),
  password: secret,
  from: mailAddress,
  to: z.array(mailAddress).min(1).max(20).readonly(),
};
const email = z.strictObject({
  ...common,
  ...emailFields,
  kind: z.literal("email"),
  port: z.exactOptional(emailFields.port),
  security: emailFields.security.default("starttls"),
  anyCertificate: emailFields.anyCertificate.default(false),
  username: emailFields.username.default(""),
  password: emailFields.password.default(""),
});

const telegramChat = z
  .string()
  .trim()
  .regex(/^(-?\d{1,20}|@\w{1,64})$/, "is a number, or @name of a channel");
const telegram = z.strictObject({
  ...common,
  kind: z.literal("telegram"),
  url: httpUrl.default("https://api.telegram.org"),
  token: secret.min(1).describe("of the bot, from @BotFather"),
  chat: telegramChat,
});

const pushover = z.strictObject({
  ...common,
  kind: z.literal("pushover"),
  url: httpUrl.default("https://api.pushover.net"),
  token: secret.min(1).describe("of the application"),
  user: z.string().trim().min(1).max(64).describe("key of the user or group"),
  device: z.string().trim().max(25).default("").describe("one device by its name; empty: all"),
});

const heartbeat = z.strictObject({
  ...common,
  kind: z.literal("heartbeat"),
  url: httpUrl.describe("gets a GET as long as all is well"),
  everyMin: within(heartbeatMin).int().default(5),
});

const userName = z.string().trim().min(1).max(64);
const push = z.strictObject({
  ...common,
  kind: z.literal("push"),
  people: list(userName)
    .default([])
    .refine((names) => names.length <= 200, "has at most 200 names")
    .describe("names of users; empty: everybody who subscribed a browser"),
});

const mqttTopic = z
  .string()
  .regex(/^[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)*$/, "is letters, digits, _ and -, with / between")
  .max(100);
const mqttFields = {
  username: z.string().max(320),
  password: secret,
  discovery: z.boolean().describe("Home Assistant finds everything by itself"),
  discoveryPrefix: mqttTopic,
  outputs: z.array(number).max(1000).readonly().describe("outputs that may be switched from there"),
  arming: z.enum(mqttArmings).describe("what whoever may publish there may do with the arming"),
};
const mqttUrl = z
  .string()
  .max(2000)
  .regex(/^mqtts?:\/\/[^\s/@]+(:\d+)?\/?$/i, "must be an address like mqtt://broker:1883, without user and password");
const mqtt = z.strictObject({
  ...common,
  kind: z.literal("mqtt"),
  url: mqttUrl,
  topic: mqttTopic.default("reed").describe("every topic begins with it"),
  username: mqttFields.username.default(""),
  password: mqttFields.password.default(""),
  discovery: mqttFields.discovery.default(true),
  discoveryPrefix: mqttFields.discoveryPrefix.default("homeassistant"),
  outputs: mqttFields.outputs.default([]),
  arming: mqttFields.arming.default("none"),
});

export const notifierBody = z
  .discriminatedUnion("kind", [webhook, ntfy, email, telegram, pushover, push, mqtt, heartbeat])
  .meta({
    examples: [
      { kind: "webhook", name: "House", url: "https://example.org/hook", secret: "a long secret" },
      { kind: "ntfy", name: "Phone", topic: "reed-back-door" },
      { kind: "push", name: "Our phones", people: ["ann"] },
      { kind: "email", name: "Office", host: "mail.example.org", from: "reed@example.org", to: ["ann@example.org"] },
    ],
  });
export type NotifierBody = z.output<typeof notifierBody>;

/** As it is sent: what has a default may be left out. */
export type NotifierInput = z.input<typeof notifierBody>;

/** What can be changed of any kind; the kind's own schema has the last word. */
export const notifierPatch = z
  .strictObject({
    ...{
      name,
      enabled: z.boolean(),
      snapshot: z.boolean(),
      weekly: z.boolean(),
      troubles,
      everyMin: within(heartbeatMin).int(),
      secret,
      topic: z.string(),
      token: secret,
    },
    ...emailFields,
    ...mqttFields,
    url: z.string().max(2000),
    ...{ chat: telegramChat, user: z.string(), device: z.string(), people: list(userName) },
  })
  .partial();

const shown = { notifier: number, name };
export const notifierAnswer = z.discriminatedUnion("kind", [
  z.object({ ...webhook.shape, ...shown }),
  z.object({ ...ntfy.shape, ...shown }),
  z.object({ ...email.shape, ...shown, port }),
  z.object({ ...telegram.shape, ...shown }),
  z.object({ ...pushover.shape, ...shown }),
  z.object({ ...mqtt.shape, ...shown }),
  z.object({ ...heartbeat.shape, ...shown }),
  z.object({ ...push.shape, ...shown }),
]);
export const notifierList = list(notifierAnswer);

/** What became of a test message, with the peer's own words. */
export const notifierTest = z.object({
  outcome,
  answer: z.exactOptional(z.object({ status: z.number(), text: z.string() })),
  ms: z.number().describe("until the answer"),
});
export type NotifierTestAnswer = z.output<typeof notifierTest>;

/** A message that did not arrive within its tries. */
export const deadLetter = z.object({
  id: z.string(),
  at: wall,
  notifier: number,
  name: z.string().describe("of the notifier, as it was called then"),
  title: z.string(),
  text: z.string(),
  pictures: z.number().int(),
  eventId: z.exactOptional(z.string()),
  reason: z.string(),
  triedAt: wall.describe("the last time that it was tried, milliseconds since 1970-01-01 UTC"),
});
export const deadLetters = list(deadLetter);
export type DeadLetterAnswer = z.output<typeof deadLetter>;
export const letterParams = z.object({ letter: z.string().min(1).max(100).describe("its id") });

export function notifierRow(body: NotifierBody, notifier: number): NotifierSettings {
  const own = { notifier, name: body.name ?? `Notifier ${notifier}` };
  return body.kind === "email" ? { ...body, ...own, port: body.port ?? mailPorts[body.security] } : { ...body, ...own };
}

export const notifierBodyOf = (row: NotifierSettings) => without(row, "notifier");

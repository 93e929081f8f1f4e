/** The ways out that are one HTTP request: how a message looks for each of them. No sockets, no clock. */
import { createHmac } from "node:crypto";
import type {
  HeartbeatSettings,
  NotifierSettings,
  NtfySettings,
  PushoverSettings,
  TelegramSettings,
  WebhookSettings,
} from "../../domain/notifier-settings.ts";
import type { WallTime } from "../../kernel/time.ts";
import type { Message, Picture, Urgency } from "./message.ts";
import type { HttpRequest } from "./ports.ts";

export type HttpTarget = WebhookSettings | NtfySettings | TelegramSettings | PushoverSettings | HeartbeatSettings;

export const isHttp = (target: NotifierSettings): target is HttpTarget => target.kind in requests;

const requests: {
  readonly [K in HttpTarget["kind"]]: (
    target: Extract<HttpTarget, { kind: K }>,
    message: Message,
    now: WallTime,
  ) => HttpRequest;
} = {
  webhook: webhookRequest,
  ntfy: ntfyRequest,
  telegram: telegramRequest,
  pushover: pushoverRequest,
  heartbeat: beatRequest,
};

/** The request that carries a message to such a target. */
export function requestFor(target: HttpTarget, message: Message, now: WallTime): HttpRequest {
  // each maker takes the settings of its own kind
  const make = requests[target.kind] as (target: HttpTarget, message: Message, now: WallTime) => HttpRequest;
  return make(target, message, now);
}

const agent = { "User-Agent": "Reed" } as const;
const below = (base: string, path: string): string => `${base.replace(/\/+$/, "")}/${path}`;
const base64 = (picture: Picture): string => Buffer.from(picture.jpeg).toString("base64");

/**
 * One JSON document; pictures as base64. With a secret the body is signed:
 * `X-Reed-Signature: t=<unix seconds>,v1=<hex HMAC-SHA-256 of "<t>.<body>">`, so that a receiver can refuse forgeries
 * and replays.
 */
export function webhookRequest(target: WebhookSettings, message: Message, now: WallTime): HttpRequest {
  const [first] = message.pictures;
  const body = JSON.stringify({
    title: message.title,
    text: message.text,
    urgency: message.urgency,
    test: message.test,
    eventId: message.receipt?.edge.eventId,
    receipt: message.receipt,
    snapshot: first === undefined ? undefined : { contentType: "image/jpeg", base64: base64(first) },
    snapshots:
      message.pictures.length < 2
        ? undefined
        : message.pictures.map((one) => ({ name: one.name, contentType: "image/jpeg", base64: base64(one) })),
  });
  const headers: Record<string, string> = { "Content-Type": "application/json", ...agent };
  if (target.secret !== "") {
    const t = Math.floor(now / 1000);
    headers["X-Reed-Signature"] =
      `t=${t},v1=${createHmac("sha256", target.secret).update(`${t}.${body}`).digest("hex")}`;
  }
  return { method: "POST", url: target.url, headers, body };
}

const ntfyPriority: Record<Urgency, string> = { low: "low", normal: "default", high: "high", highest: "urgent" };

/** ntfy's publish API: the picture is the body with the text in a header, or the text is the body. */
export function ntfyRequest(target: NtfySettings, message: Message): HttpRequest {
  const url = below(target.url, encodeURIComponent(target.topic));
  const headers: Record<string, string> = {
    Title: headerText(message.title),
    Priority: ntfyPriority[message.urgency],
    Tags: message.urgency === "low" || message.urgency === "normal" ? "information_source" : "rotating_light",
    ...agent,
  };
  if (target.token !== "") headers["Authorization"] = `Bearer ${target.token}`;
  const [picture] = message.pictures;
  if (picture === undefined) return { method: "PUT", url, headers, body: message.text };
  headers["Message"] = headerText(message.text);
  headers["Filename"] = "snapshot.jpg";
  return { method: "PUT", url, headers, body: picture.jpeg };
}

/** HTTP headers carry no UTF-8; ntfy reads RFC 2047 encoded words. */
function headerText(text: string): string {
  const oneLine = text.replace(/[\r\n]+/g, " ");
  return /^[\x20-\x7e]*$/.test(oneLine) ? oneLine : `=?UTF-8?B?${Buffer.from(oneLine).toString("base64")}?=`;
}

/** Telegram's Bot API: a caption has at most 1024 characters, a text 4096. */
function telegramRequest(target: TelegramSettings, message: Message): HttpRequest {
  const bot = below(target.url, `bot${target.token}`);
  const [picture] = message.pictures;
  const quiet = message.urgency === "low";
  const text = `${message.title}\n${message.text}`;
  if (picture === undefined) {
    const body = JSON.stringify({ chat_id: target.chat, text: text.slice(0, 4096), disable_notification: quiet });
    return {
      method: "POST",
      url: `${bot}/sendMessage`,
      headers: { "Content-Type": "application/json", ...agent },
      body,
    };
  }
  const form = formOf({ chat_id: target.chat, caption: text.slice(0, 1024), disable_notification: String(quiet) });
  form.set("photo", imageOf(picture), picture.name);
  return { method: "POST", url: `${bot}/sendPhoto`, headers: agent, body: form };
}

/** 2 ("emergency") wants to be answered in Pushover itself; escalation is ours, so 1 is the highest that is sent. */
const pushoverPriority: Record<Urgency, string> = { low: "-1", normal: "0", high: "1", highest: "1" };

/** Pushover's message API: a title of at most 250, a text of at most 1024 characters, one picture. */
function pushoverRequest(target: PushoverSettings, message: Message): HttpRequest {
  const form = formOf({
    token: target.token,
    user: target.user,
    title: message.title.slice(0, 250),
    message: message.text.slice(0, 1024),
    priority: pushoverPriority[message.urgency],
    ...(target.device === "" ? {} : { device: target.device }),
  });
  const [picture] = message.pictures;
  if (picture !== undefined) form.set("attachment", imageOf(picture), picture.name);
  return { method: "POST", url: below(target.url, "1/messages.json"), headers: agent, body: form };
}

function beatRequest({ url }: HeartbeatSettings): HttpRequest {
  return { method: "GET", url, headers: agent, body: undefined };
}

function formOf(fields: Readonly<Record<string, string>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

const imageOf = ({ jpeg }: Picture): Blob => new Blob([new Uint8Array(jpeg)], { type: "image/jpeg" });

/** What is told about an edge, and how it looks for a webhook and for ntfy. No sockets, no clock. */
import { createHmac } from "node:crypto";
import type { Receipt } from "../../domain/receipt.ts";
import type { NotifierSettings, SiteConfig } from "../../domain/site-config.ts";
import type { WallTime } from "../../kernel/time.ts";
import type { HttpRequest } from "./ports.ts";

export interface Message {
  readonly title: string;
  readonly text: string;
  readonly receipt: Receipt | undefined;
  /** JPEG. */
  readonly picture: Uint8Array | undefined;
}

type Webhook = Extract<NotifierSettings, { kind: "webhook" }>;
type Ntfy = Extract<NotifierSettings, { kind: "ntfy" }>;

/** Seconds count at an alarm; the site's own zone, with its name. */
export function siteTime(wall: WallTime, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    timeZone,
    dateStyle: "medium",
    timeStyle: "long",
  }).format(wall);
}

const verbs: Record<Receipt["edge"]["kind"], string> = {
  raised: "raised",
  cleared: "back to rest",
  "raised(found)": "found active",
  tamper: "lost while armed (tamper)",
  manual: "recorded by hand",
};

/** "Front door: raised", and what was started; the final outcomes are in the receipt, later. */
export function messageFor(receipt: Receipt, config: SiteConfig, picture: Uint8Array | undefined): Message {
  const channels = receipt.actions.flatMap((action) =>
    action.target.kind === "record" ? [action.target.channel] : [],
  );
  const names = channels.map(
    (channel) => config.channels.find((one) => one.channel === channel)?.name ?? `channel ${channel}`,
  );
  const recording = names.length === 0 ? "no camera linked" : `recording: ${names.join(", ")}`;
  return {
    title: `${config.site.name}: ${receipt.edge.inputName} ${verbs[receipt.edge.kind]}`,
    text: `${siteTime(receipt.edge.at.wall, config.site.timeZone)} · ${recording}`,
    receipt,
    picture,
  };
}

/**
 * One JSON document; the picture as base64. With a secret the body is signed:
 * `X-Reed-Signature: t=<unix seconds>,v1=<hex HMAC-SHA-256 of "<t>.<body>">`, so that a receiver can refuse forgeries
 * and replays.
 */
export function webhookRequest(target: Webhook, message: Message, now: WallTime): HttpRequest {
  const body = JSON.stringify({
    title: message.title,
    text: message.text,
    eventId: message.receipt?.edge.eventId,
    receipt: message.receipt,
    snapshot:
      message.picture === undefined
        ? undefined
        : { contentType: "image/jpeg", base64: Buffer.from(message.picture).toString("base64") },
  });
  const headers: Record<string, string> = { "Content-Type": "application/json", "User-Agent": "Reed" };
  if (target.secret !== "") {
    const t = Math.floor(now / 1000);
    headers["X-Reed-Signature"] =
      `t=${t},v1=${createHmac("sha256", target.secret).update(`${t}.${body}`).digest("hex")}`;
  }
  return { method: "POST", url: target.url, headers, body };
}

/** ntfy's publish API: the picture is the body with the text in a header, or the text is the body. */
export function ntfyRequest(target: Ntfy, message: Message): HttpRequest {
  const url = `${target.url.replace(/\/+$/, "")}/${encodeURIComponent(target.topic)}`;
  const headers: Record<string, string> = {
    Title: headerText(message.title),
    Priority: "high",
    Tags: "rotating_light",
    "User-Agent": "Reed",
  };
  if (target.token !== "") headers["Authorization"] = `Bearer ${target.token}`;
  if (message.picture === undefined) return { method: "PUT", url, headers, body: message.text };
  headers["Message"] = headerText(message.text);
  headers["Filename"] = "snapshot.jpg";
  return { method: "PUT", url, headers, body: message.picture };
}

/** HTTP headers carry no UTF-8; ntfy reads RFC 2047 encoded words. */
function headerText(text: string): string {
  const oneLine = text.replace(/[\r\n]+/g, " ");
  return /^[\x20-\x7e]*$/.test(oneLine) ? oneLine : `=?UTF-8?B?${Buffer.from(oneLine).toString("base64")}?=`;
}

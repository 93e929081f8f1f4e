/**
 * Proves the way to a receiver without telling anybody, for a walk test: whoever takes programs' messages gets one that is
 * marked as a test, phones one that takes itself away without a sound, a mail server is asked to log in, a messenger whether it knows key and receiver. Kinds that can't be
 * asked so are not proved.
 */
import { provesQuietly, type EmailSettings, type NotifierSettings } from "../../domain/notifier-settings.ts";
import type { WallTime } from "../../kernel/time.ts";
import { verifyLogin } from "./email.ts";
import type { Message } from "./message.ts";
import type { Exchange, HttpRequest, Transport, Try } from "./ports.ts";
import { fetchExchange, overHttp, withoutSecrets } from "./transports.ts";

/** Undefined: receivers of this kind can't be proved without sending. Rejects only for what nobody foresaw. */
export type Prober = (target: NotifierSettings, message: Message, now: WallTime) => Promise<Try | undefined>;

export interface ProbeWays {
  readonly transport: Transport;
  readonly exchange?: Exchange;
  readonly verifyMail?: (target: EmailSettings) => Promise<Try>;
}

export function probes({ transport, exchange = fetchExchange, verifyMail = verifyLogin }: ProbeWays): Prober {
  return async (target, message, now) => {
    if (!provesQuietly[target.kind]) return undefined;
    if (target.kind === "push") return transport(target, { ...message, test: true, quiet: true }, now);
    if (target.kind === "webhook" || target.kind === "mqtt") return transport(target, { ...message, test: true }, now);
    if (target.kind === "email") return withoutSecrets(target, await verifyMail(target));
    const request = askAbout(target);
    return request === undefined ? undefined : withoutSecrets(target, await overHttp(exchange, request, target.name));
  };
}

/** Telegram's `getChat` and Pushover's `users/validate` say whether key and receiver are known; neither is told. */
function askAbout(target: NotifierSettings): HttpRequest | undefined {
  const headers = { "Content-Type": "application/json", "User-Agent": "Reed" };
  const post = (url: string, body: object): HttpRequest => ({
    method: "POST",
    url,
    headers,
    body: JSON.stringify(body),
  });
  if (target.kind !== "telegram" && target.kind !== "pushover") return undefined;
  const base = target.url.replace(/\/+$/, "");
  if (target.kind === "telegram") return post(`${base}/bot${target.token}/getChat`, { chat_id: target.chat });
  const device = target.device === "" ? {} : { device: target.device };
  return post(`${base}/1/users/validate.json`, { token: target.token, user: target.user, ...device });
}

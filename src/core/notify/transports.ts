/** Sends a message once, by the way of its target, and says how that ended. */
import { seconds } from "../../kernel/time.ts";
import { redactUrl } from "../../platform/log.ts";
import type {
  EmailSettings,
  MqttNotifierSettings,
  NotifierSettings,
  PushSettings,
} from "../../domain/notifier-settings.ts";
import { emailTransport } from "./email.ts";
import { isHttp, requestFor } from "./http-kinds.ts";
import type { Message } from "./message.ts";
import type { Exchange, HttpAnswer, HttpRequest, Transport, Try } from "./ports.ts";

const exchangeLimitMs = seconds(15);

export interface Ways {
  readonly exchange?: Exchange;
  readonly mqtt?: (target: MqttNotifierSettings, message: Message) => Promise<Try>;
  readonly push?: Transport<PushSettings>;
  readonly email?: Transport<EmailSettings>;
}

const noBroker = (): Promise<Try> => Promise.resolve({ kind: "refused", why: "there are no brokers here" });

const noPush = (): Promise<Try> => Promise.resolve({ kind: "refused", why: "there are no subscriptions here" });

/** The ways out of this machine. */
export function transports(ways: Ways = {}): Transport {
  const { exchange = fetchExchange, mqtt = noBroker, push = noPush, email = emailTransport() } = ways;
  const send: Transport = (target, message, now) => {
    if (isHttp(target)) return overHttp(exchange, requestFor(target, message, now), target.name);
    if (target.kind === "push") return push(target, message, now);
    return target.kind === "mqtt" ? mqtt(target, message) : email(target, message, now);
  };
  return async (target, message, now) => withoutSecrets(target, await send(target, message, now));
}

/** One request, judged by its answer: 2xx has it, 4xx never will, everything else may later. */
export async function overHttp(exchange: Exchange, request: HttpRequest, name: string): Promise<Try> {
  try {
    const answer = await exchange(request);
    if (answer.status >= 200 && answer.status < 300) return { kind: "taken", why: "", answer };
    const why = `${name} answered ${answer.status}${answer.text === "" ? "" : ` (${answer.text})`}`;
    // 408 and 429 ask to come again (RFC 9110 §15.5.9, RFC 6585 §4)
    const final = answer.status >= 400 && answer.status < 500 && answer.status !== 408 && answer.status !== 429;
    return final
      ? { kind: "refused", why: `${why}; check its address and key`, answer }
      : { kind: "again", why, answer };
  } catch (error) {
    return { kind: "again", why: `${name} was not reached: ${said(error)}` };
  }
}

const said = (error: unknown): string => redactUrl(error instanceof Error ? error.message : String(error));

/** The platform's `fetch`, with a time limit for the whole of it. */
export async function fetchExchange(request: HttpRequest, limitMs: number = exchangeLimitMs): Promise<HttpAnswer> {
  const response = await fetch(request.url, {
    method: request.method,
    headers: request.headers,
    ...(request.body === undefined ? {} : { body: request.body as string | FormData | Uint8Array<ArrayBuffer> }),
    redirect: "error",
    signal: AbortSignal.timeout(limitMs),
  }).catch((error: unknown) => {
    // fetch says only "fetch failed"; the cause has the reason
    throw error instanceof Error && error.cause instanceof Error ? error.cause : error;
  });
  return { status: response.status, text: (await beginningOf(response)).slice(0, 200) };
}

/** Bytes of an answer that are read; of one that does not end the rest is left on the line. */
const mostAnswer = 65_536;

async function beginningOf(response: Response): Promise<string> {
  const body: AsyncIterable<Uint8Array> | null = response.body;
  if (body === null) return "";
  const text = new TextDecoder();
  let read = 0;
  let said = "";
  for await (const chunk of body) {
    said += text.decode(chunk, { stream: true });
    read += chunk.byteLength;
    // leaving the loop cancels the body, which ends the connection
    if (read >= mostAnswer) break;
  }
  return said;
}

/** A receiver may say a key back, or a library the address that has one: what is told on never holds a secret. */
export function withoutSecrets(target: NotifierSettings, tried: Try): Try {
  const secrets = Object.entries(target).flatMap(([name, value]) =>
    ["secret", "token", "password"].includes(name) && typeof value === "string" && value.length > 3 ? [value] : [],
  );
  const shapes = secrets.flatMap((secret) => shapesOf(target, secret));
  const clean = (text: string) => shapes.reduce((rest, secret) => rest.replaceAll(secret, "***"), text);
  const { answer } = tried;
  return {
    ...tried,
    why: clean(tried.why),
    ...(answer === undefined ? {} : { answer: { status: answer.status, text: clean(answer.text) } }),
  };
}

/** As it is, and as it stands in an address, a login of SMTP (RFC 4616, and base64 alone), a header. */
function shapesOf(target: NotifierSettings, secret: string): string[] {
  const user = target.kind === "email" ? target.username : "";
  const base64 = (text: string) => Buffer.from(text).toString("base64");
  return [secret, encodeURIComponent(secret), base64(`\0${user}\0${secret}`), base64(secret)];
}

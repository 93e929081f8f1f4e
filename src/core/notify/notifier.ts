import { after, between, seconds, wallTime, type Duration } from "../../kernel/time.ts";
import type { Outcome, Receipt } from "../../domain/receipt.ts";
import type { NotifierTestAnswer } from "../../messages/api.ts";
import type { NotifierSettings } from "../../domain/site-config.ts";
import { redactUrl } from "../../platform/log.ts";
import { messageFor, ntfyRequest, webhookRequest, type Message } from "./message.ts";
import type { HttpAnswer, HttpRequest, NotifierDeps } from "./ports.ts";

export interface Notifier {
  /** Tells one target about an edge. Never rejects: every end is an outcome. */
  send(notifier: number, receipt: Receipt): Promise<Outcome>;
  /** Sends a test message at once, without retries. */
  test(notifier: number): Promise<NotifierTestAnswer>;
}

/** Pauses between tries; with the time limits of the exchanges this ends within five minutes. */
const pauses: readonly Duration[] = [seconds(1), seconds(5), seconds(15), seconds(60)];
const exchangeLimitMs = seconds(15);
/** A message must not wait long for its picture. */
const pictureLimitMs = seconds(9);

export function startNotifier(deps: NotifierDeps): Notifier {
  const find = (notifier: number) => deps.config().notifiers.find((one) => one.notifier === notifier);
  return {
    async send(notifier, receipt) {
      const target = find(notifier);
      if (target === undefined) return { kind: "failed", reason: `notifier ${notifier} does not exist any more` };
      if (!target.enabled) return { kind: "suppressed", gate: `notifier "${target.name}" is switched off` };
      const picture = target.snapshot ? await pictureOf(deps, receipt) : undefined;
      return (await deliver(deps, target, messageFor(receipt, deps.config(), picture), pauses)).outcome;
    },
    async test(notifier) {
      const target = find(notifier);
      if (target === undefined) {
        return { outcome: { kind: "failed", reason: `there is no notifier ${notifier}` }, ms: 0 };
      }
      const title = `${deps.config().site.name}: test message`;
      const text = "This is a test. Nothing happened.";
      const began = deps.clock.now();
      const { outcome, answer } = await deliver(
        deps,
        target,
        { title, text, receipt: undefined, picture: undefined },
        [],
      );
      const ms = Math.round(between(began, deps.clock.now()));
      return { outcome, ms, ...(answer === undefined ? {} : { answer }) };
    },
  };
}

async function pictureOf(deps: NotifierDeps, receipt: Receipt): Promise<Uint8Array | undefined> {
  const target = receipt.actions.find((action) => action.target.kind === "record")?.target;
  if (target?.kind !== "record") return undefined;
  const limit = new Promise<undefined>((resolve) => {
    deps.clock.wakeAt(after(deps.clock.now(), pictureLimitMs), () => resolve(undefined));
  });
  return Promise.race([deps.snapshot(target.channel), limit]);
}

interface Delivery {
  readonly outcome: Outcome;
  /** The last one; undefined when none came. */
  readonly answer: HttpAnswer | undefined;
}

/** Tries until it is taken, refused for good (4xx) or the pauses are used up. */
async function deliver(
  deps: NotifierDeps,
  target: NotifierSettings,
  message: Message,
  waits: readonly Duration[],
): Promise<Delivery> {
  const exchange = deps.exchange ?? fetchExchange;
  let why = "";
  let answer: HttpAnswer | undefined;
  for (let attempt = 0; ; attempt++) {
    const request =
      target.kind === "webhook"
        ? webhookRequest(target, message, wallTime(deps.clock.wall()))
        : ntfyRequest(target, message);
    try {
      answer = await exchange(request);
      if (answer.status >= 200 && answer.status < 300) return { outcome: { kind: "done" }, answer };
      why = `${target.name} answered ${answer.status}${answer.text === "" ? "" : ` (${answer.text})`}`;
      // 408 and 429 ask to come again (RFC 9110 §15.5.9, RFC 6585 §4)
      const final = answer.status >= 400 && answer.status < 500 && answer.status !== 408 && answer.status !== 429;
      if (final) return { outcome: { kind: "failed", reason: `${why}; check its address and key` }, answer };
    } catch (error) {
      answer = undefined;
      why = `${target.name} was not reached: ${redactUrl(error instanceof Error ? error.message : String(error))}`;
    }
    const pause = waits[attempt];
    if (pause === undefined) break;
    deps.log.warn({ notifier: target.notifier, attempt: attempt + 1, why }, "message not delivered, trying again");
    await new Promise<void>((resolve) => deps.clock.wakeAt(after(deps.clock.now(), pause), resolve));
  }
  const reason = `${why} (${waits.length + 1} ${waits.length === 0 ? "try" : "tries"})`;
  return { outcome: { kind: "failed", reason }, answer };
}

async function fetchExchange(request: HttpRequest): Promise<HttpAnswer> {
  const response = await fetch(request.url, {
    method: request.method,
    headers: request.headers,
    body: request.body as string | Uint8Array<ArrayBuffer>,
    redirect: "error",
    signal: AbortSignal.timeout(exchangeLimitMs),
  }).catch((error: unknown) => {
    // fetch says only "fetch failed"; the cause has the reason
    throw error instanceof Error && error.cause instanceof Error ? error.cause : error;
  });
  return { status: response.status, text: (await response.text()).slice(0, 200) };
}

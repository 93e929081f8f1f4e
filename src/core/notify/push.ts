/**
 * Web push (RFC 8030): one message to every phone and browser that was subscribed, encrypted for each (RFC 8291) and
 * signed as this site's (RFC 8292). What a person may not see is not in theirs, and it is in their language.
 */
import { setImmediate } from "node:timers/promises";
import webPush from "web-push";
import { isLimited, maySee, seenReceipt, seesTrouble, viewOf, type ChannelRights } from "../../domain/rights.ts";
import type { PushSettings } from "../../domain/notifier-settings.ts";
import type { PushKeys, PushSubscriptionSettings } from "../../domain/push-settings.ts";
import type { WallTime } from "../../kernel/time.ts";
import type { Language, SiteConfig } from "../../domain/site-config.ts";
import { messageFor, troubleMessage, weeklyMessage, type Message, type Picture, type Urgency } from "./message.ts";
import type { Exchange, HttpAnswer, HttpRequest, Transport, Try } from "./ports.ts";
import { walkMessage } from "./walk-proof.ts";

export interface PushDeps {
  config(): SiteConfig;
  /** What a person may see; undefined: there is nobody of this name. */
  rightsOf(person: string): ChannelRights | undefined;
  /** That a person chose; undefined: the one of the browser's subscription holds. */
  languageOf(person: string): Language | undefined;
  /** The push service says that this subscription is no more. */
  gone(subscription: number): void;
  readonly exchange: Exchange;
}

/** Seconds that a push service keeps a message for a phone that is away. */
export const pushTtlS = 4 * 3600;
/** Characters: with them a message stays far below the 4096 bytes that a push service takes (RFC 8030 §7.2). */
const mostTitle = 120;
const mostText = 500;

/** A key that this site is known by from now on. */
export const newPushKeys = (): PushKeys => webPush.generateVAPIDKeys();

/** Whom a push service may ask about its messages; it wants an address, and nobody reads this one. */
const subject = "mailto:reed@example.org";

const urgencies: Record<Urgency, "low" | "normal" | "high"> = {
  ...{ low: "low", normal: "normal", high: "high", highest: "high" },
};

interface One {
  readonly kind: "taken" | "gone" | "refused" | "again";
  readonly why: string;
  readonly answer?: HttpAnswer;
}

/** Tries once; a message that is tried again goes only to those who have no end yet. */
export function pushTransport(deps: PushDeps): Transport<PushSettings> {
  const ends = new WeakMap<Message, Map<number, One>>();
  return async (target, message, now) => {
    const { site, subscriptions } = deps.config();
    const ended = ends.get(message) ?? new Map<number, One>();
    ends.set(message, ended);
    const chosen = subscriptions.filter(({ owner }) => isChosen(target, owner));
    if (chosen.length === 0 && ended.size === 0) return { kind: "refused", why: nobody(target) };
    if (site.push === undefined) return { kind: "refused", why: "the site's key for push is gone; subscribe again" };
    const keys = site.push;
    let turn: Promise<void> = Promise.resolve();
    const tried = await Promise.all(
      chosen.map(async (row): Promise<One | undefined> => {
        const known = ended.get(row.subscription);
        if (known !== undefined) return known;
        // each is encrypted for itself, which takes a millisecond or two: alarms come between
        turn = turn.then(() => setImmediate());
        await turn;
        const seen = seenBy(deps, row.owner, message, now);
        if (seen === undefined) return undefined;
        const read = seen.inLanguages?.[deps.languageOf(row.owner) ?? row.language ?? site.language ?? "en"];
        const one = await sendOne(deps.exchange, { row, keys, message: { ...seen, ...read } });
        if (one.kind !== "again") ended.set(row.subscription, one);
        if (one.kind === "gone") deps.gone(row.subscription);
        return one;
      }),
    );
    const gone = [...ended].flatMap(([id, one]) => (chosen.some((row) => row.subscription === id) ? [] : [one]));
    return whole(target, [...tried.flatMap((one) => one ?? []), ...gone]);
  };
}

const isChosen = ({ people }: PushSettings, owner: string): boolean =>
  people.length === 0 || people.some((name) => name.toLowerCase() === owner.toLowerCase());

const nobody = ({ people }: PushSettings): string =>
  people.length === 0
    ? "nobody has subscribed a phone or browser yet"
    : `none of ${people.join(", ")} has subscribed a phone or browser`;

/** The message as this person may see it; undefined when it is none of their business. */
function seenBy(deps: PushDeps, person: string, message: Message, now: WallTime): Message | undefined {
  const rights = deps.rightsOf(person);
  if (rights === undefined) return undefined;
  if (!isLimited(rights)) return message;
  if (message.troubles !== undefined) {
    const view = viewOf(rights, deps.config());
    const seen = message.troubles.filter((one) => seesTrouble(view, one));
    if (message.weekly !== undefined) return weeklyMessage(deps.config(), seen, now);
    return seen.length === 0 ? undefined : troubleMessage(deps.config(), seen, now);
  }
  if (message.receipt === undefined) return message;
  const receipt = seenReceipt(rights, message.receipt);
  if (receipt === undefined) return undefined;
  if (message.test === true)
    return { ...walkMessage(receipt, deps.config()), ...(message.quiet === undefined ? {} : { quiet: message.quiet }) };
  const pictures = message.pictures.filter(({ kept, seen }) => {
    const channel = (kept ?? seen)?.channel;
    return channel !== undefined && maySee(rights, channel, "playback");
  });
  return messageFor(receipt, deps.config(), pictures);
}

/**
 * What the page's worker shows. No picture travels over the push service: the worker asks this site for the one that is
 * named, with the login of its browser, and shows none when that is gone or Reed is not reached.
 */
export function pushPayload({ title, text, receipt, urgency, pictures, quiet }: Message): string {
  const event = receipt?.edge.eventId;
  const picture = event === undefined ? undefined : pictures.flatMap((one) => pathOf(one, event))[0];
  return JSON.stringify({
    title: cut(title, mostTitle),
    text: cut(text, mostText),
    urgency,
    ...(event === undefined ? {} : { event }),
    ...(quiet === undefined ? {} : { quiet }),
    ...(picture === undefined ? {} : { picture }),
    link: receipt?.alarmId === undefined ? "/alarms" : `/alarms/${encodeURIComponent(receipt.alarmId)}`,
  });
}

/** Where a page finds it; of one that is nowhere but here, nothing. */
function pathOf({ kept, seen }: Picture, event: string): readonly string[] {
  if (seen !== undefined) return [`/api/channels/${seen.channel}/objects/${seen.object}/picture`];
  return kept === undefined ? [] : [`/api/receipts/${encodeURIComponent(event)}/pictures/${kept.channel}/${kept.nth}`];
}

const cut = (text: string, most: number): string => {
  const characters = Array.from(text);
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join("")}…`;
};

interface Errand {
  readonly row: PushSubscriptionSettings;
  readonly keys: PushKeys;
  readonly message: Message;
}

/** The request for one subscription; throws where its keys are none. */
export function pushRequest({ row, keys, message }: Errand): HttpRequest {
  const { endpoint, p256dh, auth } = row;
  const made = webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, pushPayload(message), {
    vapidDetails: { subject, ...keys },
    // a probe is of no use to a phone that comes back later
    TTL: message.quiet === undefined ? pushTtlS : 0,
    urgency: message.quiet === undefined ? urgencies[message.urgency] : "low",
    contentEncoding: "aes128gcm",
  });
  // whoever sends it counts the bytes of the body
  const headers = Object.entries(made.headers).filter(([name]) => name !== "Content-Length");
  return {
    method: "POST",
    url: made.endpoint,
    headers: Object.fromEntries(headers),
    body: made.body,
  };
}

async function sendOne(exchange: Exchange, errand: Errand): Promise<One> {
  const { row } = errand;
  const who = `${row.owner}'s ${row.name}`;
  // an error could say the address, which is a secret
  const clean = (text: string) => text.replaceAll(row.endpoint, "its address");
  let request: HttpRequest;
  try {
    request = pushRequest(errand);
  } catch (error) {
    return { kind: "refused", why: `${who} can't be written to: ${clean(said(error))}` };
  }
  try {
    const { status, text } = await exchange(request);
    return judged(who, { status, text: clean(text) });
  } catch (error) {
    return { kind: "again", why: `the push service of ${who} was not reached: ${clean(said(error))}` };
  }
}

/** RFC 8030 §5 and §8.4, RFC 8292 §4.2: 201 has it; 404 and 410 never again; 429 and 5xx later. */
function judged(who: string, answer: HttpAnswer): One {
  const { status, text } = answer;
  if (status >= 200 && status < 300) return { kind: "taken", why: "", answer };
  const words = `${status}${text === "" ? "" : ` (${text})`}`;
  if (status === 404 || status === 410)
    return { kind: "gone", why: `${who} is not subscribed any more (${status}) and was removed`, answer };
  if (status === 401 || status === 403)
    return {
      kind: "refused",
      why: `the push service of ${who} refused this site (${words}); subscribe it again`,
      answer,
    };
  const later = status === 408 || status === 429 || status >= 500;
  return { kind: later ? "again" : "refused", why: `the push service of ${who} answered ${words}`, answer };
}

const said = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** How the message as a whole ended: each subscription has its own end, and those that have not are named. */
function whole(target: PushSettings, ends: readonly One[]): Try {
  const taken = ends.filter(({ kind }) => kind === "taken").length;
  const lacking = ends.flatMap(({ kind, why }) => (kind === "taken" ? [] : [why]));
  const answer = ends.find(({ kind }) => kind !== "taken")?.answer ?? ends[0]?.answer;
  const beside = answer === undefined ? {} : { answer };
  if (ends.length === 0) return { kind: "suppressed", why: `nobody of ${target.name} may see what this is about` };
  if (lacking.length === 0) return { kind: "taken", why: "", ...beside };
  const why = `${taken} of ${ends.length} told: ${lacking.join("; ")}`;
  if (ends.some(({ kind }) => kind === "again"))
    return { kind: "again", why, ...(taken > 0 ? { partly: true } : {}), ...beside };
  return taken > 0 ? { kind: "taken", why: "", lacking: why, ...beside } : { kind: "refused", why, ...beside };
}

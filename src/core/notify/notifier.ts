import {
  after,
  before,
  between,
  minutes,
  seconds,
  type Clock,
  type Duration,
  type Instant,
} from "../../kernel/time.ts";
import type { NotifierSettings } from "../../domain/notifier-settings.ts";
import type { SiteConfig } from "../../domain/site-config.ts";
import type { Outcome, Receipt, ReceiptAction } from "../../domain/receipt.ts";
import type { NotifierTestAnswer } from "../../messages/api.ts";
import { openLane, laneBound, type Lane } from "./lane.ts";
import { inLanguages, messageFor, type Message } from "./message.ts";
import { picturesOf } from "./message-pictures.ts";
import { proveWay, walkMessage } from "./walk-proof.ts";
import { mailLimitMs, type HttpAnswer, type NotifierDeps } from "./ports.ts";
import { wordsOf } from "./words.ts";

export interface Notifier {
  /**
   * Tells one target about an edge; of a walk test as `test` says. The outcome is known `until` then, absent: within five
   * minutes. Never rejects: every end is an outcome.
   */
  send(notifier: number, receipt: Receipt, test?: ReceiptAction["test"], until?: Instant): Promise<Outcome>;
  /** Tells one target something else than an edge, in the same way. */
  tell(notifier: number, message: Message): Promise<Outcome>;
  /** Sends a test message at once, without retries. */
  test(notifier: number): Promise<NotifierTestAnswer>;
  /** Sends a message once more that did not arrive; one that is taken is no dead letter any more. */
  sendAgain(letter: string): Promise<NotifierTestAnswer>;
  /** Tells everybody who is switched on something else than an edge; resolves when all outcomes are known. */
  tellAll(message: Message): Promise<void>;
}

/** Pauses between tries. */
const pauses: readonly Duration[] = [seconds(1), seconds(5), seconds(15), seconds(60)];
/** The outcome of a message is known after five minutes (`receipt-book.ts`). */
const usualTime = minutes(5);
/** No try is begun that would end later. */
const longestTry = (kind: NotifierSettings["kind"]): Duration => (kind === "email" ? mailLimitMs : seconds(20));

export function startNotifier(deps: NotifierDeps): Notifier {
  const lanes = new Map<number, Lane>();
  const find = (notifier: number) => deps.config().notifiers.find((one) => one.notifier === notifier);
  const laneOf = (notifier: number): Lane => {
    const lane = lanes.get(notifier) ?? openLane();
    lanes.set(notifier, lane);
    return lane;
  };
  /** Whom it is for now; or why nobody is told. */
  const receiver = (notifier: number): NotifierSettings | Outcome => {
    const target = find(notifier);
    if (target === undefined) return { kind: "failed", reason: `notifier ${notifier} does not exist any more` };
    return target.enabled ? target : { kind: "suppressed", gate: `notifier "${target.name}" is switched off` };
  };
  const told = async (target: NotifierSettings, message: Message, until?: Instant): Promise<Outcome> => {
    const lane = laneOf(target.notifier);
    const { outcome } = await deliver(deps, { target, message, waits: pauses, lane, until });
    if (outcome.kind === "failed") await keepLetter(deps, target, message, outcome.reason);
    return outcome;
  };
  const once = async (target: NotifierSettings, message: Message): Promise<NotifierTestAnswer> => {
    const began = deps.clock.now();
    const { outcome, answer } = await deliver(deps, { target, message, waits: [], lane: openLane(), until: undefined });
    const ms = Math.round(between(began, deps.clock.now()));
    return { outcome, ms, ...(answer === undefined ? {} : { answer }) };
  };
  const tell = async (notifier: number, message: Message): Promise<Outcome> => {
    const target = receiver(notifier);
    return "notifier" in target ? told(target, message) : target;
  };
  return {
    tell,
    async tellAll(message) {
      const targets = deps.config().notifiers.filter((one) => one.enabled && one.kind !== "heartbeat");
      await Promise.all(targets.map(({ notifier }) => tell(notifier, message)));
    },
    async send(notifier, receipt, test, until) {
      const target = receiver(notifier);
      if (!("notifier" in target)) return target;
      if (test === "probe") return proveWay(deps, target, walkMessage(receipt, deps.config()));
      if (test === "send") return (await once(target, walkMessage(receipt, deps.config()))).outcome;
      const pictures = target.snapshot ? await picturesOf(deps, receipt, target.kind) : [];
      return told(target, messageFor(receipt, deps.config(), pictures), until);
    },
    async test(notifier) {
      const target = find(notifier);
      return target === undefined
        ? { outcome: { kind: "failed", reason: `there is no notifier ${notifier}` }, ms: 0 }
        : once(target, testMessage(deps.config()));
    },
    async sendAgain(id) {
      const kept = deps.letters.get(id);
      if (kept === undefined)
        return { outcome: { kind: "failed", reason: "this message is not kept any more" }, ms: 0 };
      const { letter, message } = kept;
      const target = find(letter.notifier);
      if (target === undefined)
        return { outcome: { kind: "failed", reason: `notifier "${letter.name}" does not exist any more` }, ms: 0 };
      const answer = await once(target, message);
      if (answer.outcome.kind === "failed") {
        const { reason } = answer.outcome;
        await deps.letters.put({ letter: { ...letter, reason, triedAt: deps.clock.wall() }, message });
      } else await deps.letters.remove(id);
      return answer;
    },
  };
}

function testMessage(config: SiteConfig): Message {
  const worded = inLanguages(config, (its) => {
    const { title, text } = wordsOf(its).test;
    return { title: `${its.site.name}: ${title}`, text };
  });
  return { ...worded, urgency: "normal", receipt: undefined, pictures: [] };
}

function keepLetter(deps: NotifierDeps, target: NotifierSettings, message: Message, reason: string): Promise<void> {
  const at = deps.clock.wall();
  const { title, text, pictures, receipt } = message;
  const letter = {
    ...{ id: deps.newId(), at, notifier: target.notifier, name: target.name, title, text },
    ...{ pictures: pictures.length, reason, triedAt: at },
    ...(receipt === undefined ? {} : { eventId: receipt.edge.eventId }),
  };
  return deps.letters.put({ letter, message });
}

interface Delivery {
  readonly outcome: Outcome;
  /** The last one; undefined when none came. */
  readonly answer: HttpAnswer | undefined;
}

interface Errand {
  readonly target: NotifierSettings;
  readonly message: Message;
  readonly waits: readonly Duration[];
  readonly lane: Lane;
  /** When its outcome has to be known; undefined: five minutes from now. */
  readonly until: Instant | undefined;
}

const pause = (clock: Clock, by: Duration): Promise<void> =>
  new Promise((resolve) => void clock.wakeAt(after(clock.now(), by), resolve));

/** Tries until it is taken, refused for good, or the pauses or the time are used up. */
async function deliver(deps: NotifierDeps, { target, message, waits, lane, until }: Errand): Promise<Delivery> {
  const latest = before(until ?? after(deps.clock.now(), usualTime), longestTry(target.kind));
  let partly = false;
  const fail = (reason: string, answer?: HttpAnswer): Delivery => ({
    outcome: { kind: partly ? "short" : "failed", reason },
    answer,
  });
  let why = `${target.name} was busy with other messages`;
  let answer: HttpAnswer | undefined;
  for (let attempt = 0; ; attempt++) {
    const turn = lane.run(() => tryOnce(deps, target, message, latest));
    if (turn === undefined) return fail(`${laneBound} messages wait for ${target.name} already`);
    const tried = await turn;
    if (tried === undefined) return fail(`${why}; given up after 5 min`, answer);
    ({ why, answer, partly } = { why: tried.why, answer: tried.answer, partly: tried.partly === true });
    if (tried.kind === "taken") deps.worked?.(target.notifier);
    if (tried.kind === "taken") return { outcome: takenOutcome(tried.lacking), answer };
    if (tried.kind === "suppressed") return { outcome: { kind: "suppressed", gate: why }, answer };
    if (tried.kind === "refused") return fail(why, answer);
    const wait = waits[attempt];
    if (wait === undefined) break;
    deps.log.warn({ notifier: target.notifier, attempt: attempt + 1, why }, "message not delivered, trying again");
    await pause(deps.clock, wait);
  }
  return fail(`${why} (${waits.length + 1} ${waits.length === 0 ? "try" : "tries"})`, answer);
}

const takenOutcome = (lacking: string | undefined): Outcome =>
  lacking === undefined ? { kind: "done" } : { kind: "short", reason: lacking };

async function tryOnce(deps: NotifierDeps, target: NotifierSettings, message: Message, latest: Instant) {
  if (deps.clock.now() > latest) return undefined;
  try {
    return await deps.transport(target, message, deps.clock.wall());
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return { kind: "refused", why: `${target.name} could not be told: ${said}` } as const;
  }
}

/** Every way out against a receiver on loopback that fails in every way: what the outcome is, and what is left of it. */
import assert from "node:assert/strict";
import type { AddressInfo } from "node:net";
import { Writable } from "node:stream";
import { describe, test } from "node:test";
import { pino } from "pino";
import { SMTPServer } from "smtp-server";
import type { NotifierSettings } from "../../domain/notifier-settings.ts";
import type { Outcome, Receipt } from "../../domain/receipt.ts";
import type { SiteConfig } from "../../domain/site-config.ts";
import type { LiveState } from "../../messages/api.ts";
import { wallTime } from "../../kernel/time.ts";
import type { Log } from "../../platform/log.ts";
import { fakeClock } from "../../testkit/fake-clock.ts";
import type { KeptLetter } from "./dead-letters.ts";
import { emailTransport, usualLimits } from "./email.ts";
import { startBridges } from "./mqtt/bridges.ts";
import { startNotifier } from "./notifier.ts";
import { afterRequest, broker, drip, flood, http, receive, secret, smtp, targets } from "./test-receivers.ts";
import type { Receiver, Talk } from "./test-receivers.ts";
import { fetchExchange, transports } from "./transports.ts";

/** What is expected: the outcome, and how often it was tried (0: it does not matter). */
interface Expected {
  readonly outcome: "done" | RegExp;
  readonly tries: number;
}

interface Case extends Expected {
  readonly fault: string;
  /** Made anew for each kind: what it says may change with each connection. */
  readonly talk?: () => Talk;
  /** Nobody listens until so many tries were made; never, where it says so. */
  readonly away?: number | "always";
  readonly tls?: true;
  /** ms that a receiver has for one try; long where its answer is waited for. */
  readonly limitMs?: number;
}

const impatient = 30;
const patient = 20_000;

/** What the first answers are, one after the other; then it is well. */
function answers<T>(first: readonly T[], then: T): () => T {
  const left = [...first];
  return () => left.shift() ?? then;
}

const everywhere: Case[] = [
  { fault: "refuses the connection", away: "always", outcome: /ECONNREFUSED.*\(5 tries\)/, tries: 5 },
  {
    ...{ fault: "accepts and never answers", talk: () => () => undefined, limitMs: impatient },
    ...{ outcome: /was not reached.*\(5 tries\)/, tries: 5 },
  },
  { fault: "comes back later", away: 2, outcome: "done", tries: 3 },
];

const overHttp: Case[] = [
  ...everywhere,
  {
    ...{ fault: "answers byte by byte, for ever", limitMs: impatient, outcome: /timeout.*\(5 tries\)/, tries: 5 },
    talk: () => afterRequest((socket) => drip(socket, "HTTP/1.1 200 OK\r\nX-Slow: aaaa")),
  },
  {
    ...{ fault: "closes in the middle", outcome: /was not reached.*\(5 tries\)/, tries: 5 },
    talk: () =>
      afterRequest(
        (socket) => void socket.write("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf", () => socket.destroy()),
      ),
  },
  { fault: "has a wrong certificate", tls: true, outcome: /certificate.*\(5 tries\)/i, tries: 5 },
  {
    ...{ fault: "refuses the key and says it back", outcome: /answered 401 \(\*\*\* is no key\).*check/, tries: 1 },
    talk: () => http(() => ({ status: 401, text: `${secret} is no key` })),
  },
  {
    ...{ fault: "refuses for now", outcome: "done", tries: 3 },
    talk: () => http(answers([{ status: 503 }, { status: 429 }], { status: 200 })),
  },
  { fault: "refuses for good", talk: () => http(() => ({ status: 410 })), outcome: /answered 410/, tries: 1 },
  {
    ...{ fault: "never ends its answer", outcome: "done", tries: 1 },
    talk: () => afterRequest((socket) => flood(socket, "HTTP/1.1 200 OK\r\n\r\n", "x")),
  },
  {
    ...{ fault: "never ends the head of its answer", outcome: /Headers Overflow.*\(5 tries\)/i, tries: 5 },
    talk: () => afterRequest((socket) => flood(socket, "HTTP/1.1 200 OK\r\n", "X-More: and more\r\n")),
  },
];

const encoded = Buffer.from(`\0reed\0${secret}`).toString("base64");

const overMail: Case[] = [
  ...everywhere,
  {
    ...{ fault: "answers byte by byte, for ever", limitMs: impatient, outcome: /come to an end|Greeting/, tries: 5 },
    talk: () => (socket) => drip(socket, "220-here we go\r\n220-a"),
  },
  {
    ...{ fault: "greets, then answers byte by byte, for ever", limitMs: impatient },
    ...{ outcome: /did not come to an end \(5 tries\)/, tries: 5 },
    talk: () => (socket) => {
      socket.write("220 here\r\n");
      socket.once("data", () => drip(socket, "250-here we go\r\n250-a"));
    },
  },
  {
    ...{ fault: "closes in the middle", outcome: /was not reached.*\(5 tries\)/, tries: 5 },
    talk: () => smtp((command) => (command === "DATA" ? undefined : "")),
  },
  { fault: "has a wrong certificate", tls: true, outcome: /can't be trusted/, tries: 1 },
  {
    ...{ fault: "refuses the login and says it back", outcome: /refused the login.*no \*\*\* \*\*\*.*check/, tries: 1 },
    talk: () => smtp((command) => (command === "AUTH" ? `535 no ${secret} ${encoded}` : "")),
  },
  {
    ...{ fault: "refuses for now", outcome: "done", tries: 3 },
    talk: () =>
      smtp(((first) => (command) => (command === "MAIL" ? first() : ""))(answers(["451 busy", "421 not now"], ""))),
  },
  {
    ...{ fault: "refuses for good, at the end of the mail", outcome: /answered .*554 no/, tries: 1 },
    talk: () => smtp((command) => (command === "." ? "554 no" : "")),
  },
  {
    ...{ fault: "never ends its answer", outcome: /exceeds maximum.*\(5 tries\)/, tries: 5 },
    talk: () => (socket) => flood(socket, "220-here\r\n", "220-and more\r\n"),
  },
];

const overMqtt: Case[] = [
  ...everywhere,
  {
    ...{
      fault: "answers byte by byte, for ever",
      limitMs: impatient,
      outcome: /was not reached.*\(5 tries\)/,
      tries: 5,
    },
    talk: () => (socket) => drip(socket, Buffer.from([0x30, 0xff, 0xff, 0xff, 0x7f, 0])),
  },
  {
    ...{ fault: "hangs up at the login", outcome: /hung up before it accepted the login \(5 tries\)/, tries: 5 },
    talk: () => broker({ login: () => "hang up" }),
  },
  {
    ...{ fault: "hangs up at the login, and then does not", outcome: "done", tries: 0 },
    talk: () => broker({ login: answers<number | "hang up">(["hang up", "hang up"], 0) }),
  },
  {
    ...{ fault: "closes in the middle of each message", outcome: /Target (did not take it|was not reached)/, tries: 5 },
    talk: () => broker({ message: "hang up" }),
  },
  {
    ...{ fault: "accepts messages and never acknowledges", outcome: /did not acknowledge within 15 s \(5/, tries: 5 },
    talk: () => broker({ message: "be silent" }),
  },
  { fault: "has a wrong certificate", tls: true, outcome: /certificate.*\(5 tries\)/i, tries: 5 },
  {
    ...{ fault: "refuses the login", outcome: /Not authorized \(5 tries\)/i, tries: 5 },
    talk: () => broker({ login: () => 5 }),
  },
  {
    ...{ fault: "refuses for now", outcome: "done", tries: 0 },
    talk: () => broker({ login: answers([3, 3], 0) }),
  },
  {
    ...{ fault: "never ends its answer", limitMs: impatient, outcome: /was not reached.*\(5 tries\)/, tries: 5 },
    talk: () => (socket) => flood(socket, Buffer.from([0x20]), "\u0000x"),
  },
];

const table: Readonly<Record<string, readonly Case[]>> = {
  ...{ webhook: overHttp, ntfy: overHttp, telegram: overHttp, pushover: overHttp },
  ...{ email: overMail, mqtt: overMqtt },
};

const moment = { bootId: "b", instant: 1 as never, wall: wallTime(1_790_000_000_000) };
const receipt: Receipt = {
  edge: { eventId: "e1", input: 1, inputName: "Door", kind: "raised", at: moment, decidedAt: moment },
  armed: true,
  actions: [],
};

/** A log that a test reads, all of it. */
function bookedLog(onLine: (line: string) => void): { log: Log; booked: string[] } {
  const booked: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      booked.push(chunk.toString());
      onLine(chunk.toString());
      done();
    },
  });
  return { log: pino({ level: "trace" }, stream), booked };
}

/** The notifiers of a site with one target and a bystander that is well, on a clock that stands still by itself. */
function site(target: NotifierSettings, bystander: Receiver, limitMs: number) {
  const fake = fakeClock();
  const config = {
    ...{ site: { name: "Shop", timeZone: "UTC" }, channels: [], inputs: [], outputs: [] },
    notifiers: [target, { ...targets["webhook"]?.(bystander.port), notifier: 2, name: "Bystander" }],
  } as unknown as SiteConfig;
  const state = { ...{ inputs: [], outputs: [], channels: [], troubles: [] }, arming: { mode: "home" }, alarms: {} };
  const seen = { tries: 0, inFlight: 0, broker: "unknown" };
  const { log, booked } = bookedLog((line) => {
    if (line.includes("the broker is")) seen.broker = line.includes("is connected") ? "connected" : "pausing";
  });
  const bridges = startBridges({
    ...{ log, loginLimitMs: limitMs, config: () => config, state: () => state as unknown as LiveState },
    clock: {
      ...{ bootId: fake.bootId, now: () => fake.now(), wall: () => fake.wall() },
      wakeAt: (at, call) =>
        fake.wakeAt(at, () => {
          if (seen.broker === "pausing") seen.broker = "unknown";
          call();
        }),
    },
    ask: () => Promise.resolve({ ok: true }),
    onEvent: () => undefined,
  });
  const limits = { connectionTimeout: limitMs, greetingTimeout: limitMs, socketTimeout: limitMs, dnsTimeout: limitMs };
  const out = transports({
    exchange: (request) => fetchExchange(request, limitMs),
    email: emailTransport(limitMs === impatient ? limits : usualLimits, limitMs),
    mqtt: (to, what) => bridges.send(to, what),
  });
  const letters = new Map<string, KeptLetter>();
  const notifier = startNotifier({
    ...{ clock: fake, log, config: () => config, newId: () => `l${letters.size}` },
    ...{
      snapshot: () => Promise.resolve(undefined),
      pictures: { of: () => Promise.resolve([]), take: () => Promise.resolve({ kind: "done" }) },
    },
    transport: async (to, message, now) => {
      if (to.notifier !== 1) return transports()(to, message, now);
      seen.tries++;
      seen.inFlight++;
      return out(to, message, now).finally(() => seen.inFlight--);
    },
    letters: {
      ...{ list: () => [...letters.values()].map(({ letter }) => letter), get: (id) => letters.get(id) },
      put: (one) => Promise.resolve(void letters.set(one.letter.id, one)),
      remove: (id) => Promise.resolve(void letters.delete(id)),
      onChange: () => undefined,
    },
  });
  return { fake, notifier, bridges, letters, seen, booked };
}

type Site = ReturnType<typeof site>;

/** Moves the clock on whenever nothing is on the line any more, until the outcome is there. */
async function settle(
  at: Site,
  kind: string,
  sent: Promise<Outcome>,
  onTurn: () => Promise<boolean>,
): Promise<Outcome> {
  const progress = { done: false };
  void sent.finally(() => (progress.done = true));
  while (!progress.done) {
    await new Promise((resolve) => setImmediate(resolve));
    const stuck = await onTurn();
    const idle = at.seen.inFlight === 0 && (kind !== "mqtt" || at.seen.broker !== "unknown");
    const next = at.fake.nextWake;
    if ((idle || stuck) && next !== undefined) at.fake.advance(next - at.fake.now());
  }
  return sent;
}

/** A server that encrypts with a certificate that nobody vouches for. */
async function unknownCertificate(): Promise<{ port: number } & AsyncDisposable> {
  const server = new SMTPServer({ secure: true, logger: false });
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** Whoever listens for this case; the port alone while nobody does. */
async function openFor(one: Case, kind: string) {
  if (one.tls === true) return { ...open(await unknownCertificate()), receiver: undefined };
  const well = { email: smtp(), mqtt: broker() }[kind] ?? http(() => ({ status: 200 }));
  const receiver = await receive(one.talk?.() ?? well);
  if (one.away === undefined) return { ...open(receiver), receiver };
  await receiver[Symbol.asyncDispose]();
  return { port: receiver.port, receiver: undefined, close: () => Promise.resolve(), well };
}

const open = (server: { port: number } & AsyncDisposable) => ({
  port: server.port,
  close: async () => server[Symbol.asyncDispose](),
});

async function tried(one: Case, kind: string): Promise<void> {
  await using bystander = await receive(http(() => ({ status: 200 })));
  const there = await openFor(one, kind);
  let receiver: Receiver | undefined = there.receiver;
  const target = targets[kind]?.(there.port, one.tls);
  assert.ok(target !== undefined);
  const at = site(target, bystander, one.limitMs ?? patient);
  const began = at.fake.now();
  const sent = at.notifier.send(1, receipt);
  assert.deepEqual(await at.notifier.send(2, receipt), { kind: "done" });
  assert.equal(at.fake.now(), began, "the bystander was told at once");
  const outcome = await settle(at, kind, sent, async () => {
    if (one.away === at.seen.tries && at.seen.inFlight === 0 && receiver === undefined && "well" in there)
      receiver = await receive(there.well, there.port);
    return receiver?.stuck === true;
  });
  await at.bridges[Symbol.asyncDispose]();
  await receiver?.[Symbol.asyncDispose]();
  await there.close();
  if (one.outcome === "done") assert.deepEqual(outcome, { kind: "done" });
  else assert.match(outcome.kind === "failed" ? outcome.reason : JSON.stringify(outcome), one.outcome);
  if (one.tries > 0) assert.equal(at.seen.tries, one.tries);
  assert.ok(at.fake.now() - began <= 300_000, "the outcome is known within five minutes");
  assert.equal(at.letters.size, one.outcome === "done" ? 0 : 1, "what did not arrive is kept");
  const told = [outcome, ...at.booked, ...[...at.letters.values()].map(({ letter }) => letter)];
  const text = JSON.stringify(told);
  for (const form of [secret, encoded]) assert.ok(!text.includes(form), text);
}

for (const [kind, cases] of Object.entries(table)) {
  // they mostly wait for a receiver; each has a clock of its own
  describe(kind, { concurrency: 8 }, () => {
    for (const one of cases)
      test(`${kind}: a receiver that ${one.fault} gets its outcome, holds up nobody and gives nothing away`, () =>
        tried(one, kind));
  });
}

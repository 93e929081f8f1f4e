/**
 * One client of a broker: it says what is true now, publishes messages, and hears the commands that are allowed. The
 * last will says `offline` when this process or its connection dies.
 */
import type { MqttClient } from "mqtt";
import { after, minutes, seconds, type Clock, type Duration } from "../../../kernel/time.ts";
import type { MqttNotifierSettings } from "../../../domain/notifier-settings.ts";
import type { SiteConfig } from "../../../domain/site-config.ts";
import type { Command, LiveState } from "../../../messages/api.ts";
import type { Log } from "../../../platform/log.ts";
import type { Message } from "../message.ts";
import type { Try } from "../ports.ts";
import { commandOf, commandTopics } from "./commands.ts";
import { discoveryFilter, discoveryTopics } from "./discovery.ts";
import { loginLimitMs, openSession } from "./session.ts";
import {
  availabilityTopic,
  changedTopics,
  messageTopic,
  pictureTopic,
  stateTopics,
  testTopic,
  type Topics,
} from "./topics.ts";

export interface BridgeDeps {
  readonly clock: Clock;
  readonly log: Log;
  config(): SiteConfig;
  state(): LiveState;
  /** A command of the broker; an error is a sentence. */
  ask(command: Command, broker: string): Promise<{ readonly ok: boolean; readonly why?: string }>;
  /** What a broker may take to accept the login, ms. */
  readonly loginLimitMs?: number;
}

export interface Bridge extends AsyncDisposable {
  /** Something is different: what changed is published. */
  look(): void;
  /** A message; taken when the broker has acknowledged it. */
  send(message: Message): Promise<Try>;
}

const firstPause = seconds(1);
const longestPause = seconds(30);
const publishLimit = seconds(15);

/** The sentence of an error; one of several families of addresses has only a code. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.message !== "") return error.message;
  return "code" in error && typeof error.code === "string" ? error.code : "no answer";
}

/** Connects at once and keeps trying until it is disposed. */
export function startBridge(deps: BridgeDeps, settings: MqttNotifierSettings): Bridge {
  const { clock, log } = deps;
  const stop = new AbortController();
  let client: MqttClient | undefined;
  let published: Topics = new Map();
  let why = "it was not connected yet";

  const wanted = (): Topics =>
    new Map([...discoveryTopics(deps.config(), settings), ...stateTopics(deps.config(), deps.state(), settings)]);
  const look = () => {
    if (client?.connected !== true) return;
    const now = wanted();
    for (const [topic, value] of changedTopics(published, now)) publish(client, topic, value, log);
    published = now;
  };
  const hear = (topic: string, payload: string, retained: boolean) => {
    if (topic.endsWith("/config")) {
      // a row that was removed while nobody was connected left its document behind
      if (payload !== "" && client !== undefined && !wanted().has(topic)) publish(client, topic, "", log);
      return;
    }
    const command = commandOf(settings, { topic, payload, retained });
    if (!command.ok) {
      log.warn({ topic, why: command.error }, "a command of the broker was left alone");
      return;
    }
    void deps.ask(command.value, settings.name).then(({ ok, why: refused }) => {
      if (!ok) log.warn({ topic, why: refused }, "a command of the broker was refused");
    });
  };
  const life = async () => {
    const connected = await openSession(settings, deps.loginLimitMs ?? loginLimitMs, stop.signal);
    client = connected;
    try {
      connected.on("error", (error) => (why = reasonOf(error)));
      connected.on("message", (topic, payload, { retain }) => hear(topic, payload.toString(), retain));
      if (stop.signal.aborted) return;
      const topics = [...commandTopics(settings), ...(settings.discovery ? [discoveryFilter(settings)] : [])];
      if (topics.length > 0) await subscribed(clock, connected, topics, stop.signal);
      publish(connected, availabilityTopic(settings.topic), "online", log);
      published = new Map();
      look();
      log.info({ broker: settings.name }, "the broker is connected");
      await closed(connected, stop.signal);
    } finally {
      client = undefined;
      await farewell(connected, settings, stop.signal.aborted);
    }
  };
  const running = keepAlive({ clock, stop: stop.signal, life, lost: (error) => (why = tell(log, settings, error)) });
  return {
    look,
    async send(message) {
      if (client?.connected !== true) return { kind: "again", why: `${settings.name} was not reached: ${why}` };
      return sendOver(client, clock, settings, message);
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      await running;
    },
  };
}

const publish = (client: MqttClient, topic: string, value: string, log: Log): void =>
  void client
    .publishAsync(topic, value, { qos: 1, retain: true })
    .catch((error: unknown) => log.debug({ topic, why: reasonOf(error) }, "not published"));

/** Also a broker that answers pings may leave a subscription unanswered: then the session is begun anew. */
async function subscribed(clock: Clock, client: MqttClient, topics: string[], stop: AbortSignal): Promise<void> {
  const limit = new Promise<void>((resolve, reject) => {
    const late = () => reject(new Error("it did not confirm the subscriptions within 15 s"));
    const cancel = clock.wakeAt(after(clock.now(), publishLimit), late);
    const end = () => {
      cancel();
      resolve();
    };
    stop.addEventListener("abort", end, { once: true });
    client.once("close", cancel);
  });
  await Promise.race([client.subscribeAsync(topics, { qos: 1 }), limit]);
}

/** The picture first, so that whoever hears of the message has it. */
async function sendOver(
  client: MqttClient,
  clock: Clock,
  settings: MqttNotifierSettings,
  message: Message,
): Promise<Try> {
  const { title, text, urgency, receipt, pictures } = message;
  const test = message.test === true ? { test: true } : {};
  const said = { ...test, title, text, urgency, eventId: receipt?.edge.eventId, receipt, pictures: pictures.length };
  const [picture] = pictures;
  const work = async () => {
    if (picture !== undefined)
      await client.publishAsync(pictureTopic(settings.topic), Buffer.from(picture.jpeg), { qos: 1, retain: true });
    const topic = message.test === true ? testTopic(settings.topic) : messageTopic(settings.topic);
    await client.publishAsync(topic, JSON.stringify(said), { qos: 1 });
    return { kind: "taken", why: "" } as const;
  };
  const failed = (error: unknown): Try => ({
    kind: "again",
    why: `${settings.name} did not take it: ${reasonOf(error)}`,
  });
  const limit = new Promise<Try>((resolve) => {
    const late: Try = { kind: "again", why: `${settings.name} did not acknowledge within 15 s` };
    const cancel = clock.wakeAt(after(clock.now(), publishLimit), () => resolve(late));
    client.once("close", () => {
      cancel();
      resolve(failed(new Error("the connection was closed")));
    });
  });
  return Promise.race([work().catch(failed), limit]);
}

/** Resolves when the connection is gone, or shall go. */
const closed = (client: MqttClient, stop: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    client.once("close", () => resolve());
    stop.addEventListener("abort", () => resolve(), { once: true });
    if (!client.connected || stop.aborted) resolve();
  });

/** What a stop waits for a broker that we tell that we go, ms. */
const farewellMs = 500;

/**
 * Says `offline` itself when it goes on purpose: a broker keeps the last will to itself then. One that leaves something
 * unacknowledged is hung up on, which makes it say the last will; the library would wait for it for ever.
 */
async function farewell(client: MqttClient, { topic }: MqttNotifierSettings, onPurpose: boolean): Promise<void> {
  if (onPurpose && client.connected) {
    const politely = async () => {
      await client.publishAsync(availabilityTopic(topic), "offline", { qos: 1, retain: true });
      await client.endAsync();
    };
    const late = new Promise((resolve) => setTimeout(resolve, farewellMs).unref());
    await Promise.race([politely().catch(() => undefined), late]);
  }
  client.stream.destroy();
  await client.endAsync(true).catch(() => undefined);
}

function tell(log: Log, settings: MqttNotifierSettings, error: unknown): string {
  const why = reasonOf(error);
  log.info({ broker: settings.name, why }, "the broker is not connected");
  return why;
}

interface Keeping {
  readonly clock: Clock;
  readonly stop: AbortSignal;
  life(): Promise<void>;
  lost(error: unknown): void;
}

/** Runs `life` again and again, with pauses that grow from 1 to 30 s, until it shall stop. */
async function keepAlive(keeping: Keeping): Promise<void> {
  const { clock, stop } = keeping;
  let pause: Duration = firstPause;
  while (!stop.aborted) {
    const began = clock.now();
    try {
      await keeping.life();
      keeping.lost("the connection was closed");
    } catch (error) {
      keeping.lost(error);
    }
    if (clock.now() - began > minutes(1)) pause = firstPause;
    await sleep(clock, pause, stop);
    pause = Math.min(pause * 2, longestPause);
  }
}

const sleep = (clock: Clock, by: Duration, stop: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = () => {
      cancel();
      resolve();
    };
    const cancel = clock.wakeAt(after(clock.now(), by), end);
    if (stop.aborted) end();
    else stop.addEventListener("abort", end, { once: true });
  });

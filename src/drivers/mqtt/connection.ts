import { connect, type MqttClient } from "mqtt";
import type { Duration } from "../../kernel/time.ts";
import type { MqttSettings } from "../../domain/site-config.ts";
import { reasonOf, Unauthorized } from "../reconnect.ts";

export interface MqttTiming {
  /** Seconds between pings; a silent broker is lost after one and a half of it. */
  readonly keepaliveS: number;
  /** How long the broker may take to accept the login. */
  readonly acceptWithin: Duration;
}

export interface MqttMessage {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly retained: boolean;
}

/** One session with a broker: clean, MQTT 3.1.1, never reconnecting by itself (`reconnect.ts` does that). */
export interface MqttConnection {
  /** Resolves when the broker granted all topics; throws `Unauthorized` when it refused one. */
  subscribe(topics: readonly string[]): Promise<void>;
  /** QoS 1, not retained. The bytes are handed to the socket when this returns. */
  publish(topic: string, payload: string): void;
  /** Resolves when no publication waits for its acknowledgement. */
  delivered(): Promise<void>;
  /** Aborts when the session is lost or closed. */
  readonly signal: AbortSignal;
  readonly reason: string;
  close(): Promise<void>;
}

export interface MqttTarget {
  readonly settings: MqttSettings;
  readonly clientId: string;
  readonly timing: MqttTiming;
  readonly message: (message: MqttMessage) => void;
}

/** Connects and logs in, or throws a sentence (`Unauthorized` for a refused login). */
export async function connectMqtt(target: MqttTarget, signal: AbortSignal): Promise<MqttConnection> {
  const { settings, clientId, timing } = target;
  if (!/^mqtts?:\/\//.test(settings.url)) throw new Error("the broker's address must begin with mqtt:// or mqtts://");
  const client = connect(settings.url, {
    clientId,
    ...(settings.username === "" ? {} : { username: settings.username, password: settings.password }),
    // a persistent session would deliver old edges as if they were new; what counts after a reconnect is the state
    clean: true,
    protocolVersion: 4,
    reconnectPeriod: 0,
    resubscribe: false,
    keepalive: timing.keepaliveS,
    connectTimeout: timing.acceptWithin,
  });
  const ended = new AbortController();
  let error: Error | undefined;
  client.on("error", (problem) => {
    error ??= problem;
  });
  client.on("close", () => ended.abort());
  client.on("message", (topic, payload, packet) => target.message({ topic, payload, retained: packet.retain }));
  const stopped = () => void client.end(true);
  signal.addEventListener("abort", stopped);
  try {
    await new Promise<void>((resolve, reject) => {
      client.once("connect", () => resolve());
      client.once("error", reject);
      client.once("close", () => reject(error ?? new Error("the broker closed the connection before it answered")));
      if (signal.aborted) stopped();
    });
  } catch (problem) {
    await client.endAsync(true);
    throw loginError(problem);
  } finally {
    signal.removeEventListener("abort", stopped);
  }
  return connectionOver(client, ended.signal, () =>
    error === undefined ? "the broker closed the connection" : reasonOf(error),
  );
}

/** MQTT 3.1.1 §3.2.2.3: 4 bad user name or password, 5 not authorized. */
function loginError(problem: unknown): Error {
  const code = problem instanceof Error && "code" in problem ? problem.code : undefined;
  if (code === 4 || code === 5) {
    return new Unauthorized("the broker refused the login; check user name and password");
  }
  return new Error(`no session with the broker: ${reasonOf(problem)}`);
}

function connectionOver(client: MqttClient, signal: AbortSignal, reason: () => string): MqttConnection {
  let unacknowledged = 0;
  let waiting: (() => void)[] = [];
  const settle = () => {
    unacknowledged--;
    if (unacknowledged > 0) return;
    for (const tell of waiting) tell();
    waiting = [];
  };
  return {
    async subscribe(topics) {
      if (topics.length === 0) return;
      try {
        await client.subscribeAsync([...topics], { qos: 1 });
      } catch (error) {
        const refused = error instanceof Error && "packet" in error && error.packet !== undefined;
        if (!refused) throw new Error(`subscribing failed: ${reasonOf(error)}`, { cause: error });
        throw new Unauthorized("the broker refused a subscription; may this user read the topics?", { cause: error });
      }
    },
    publish(topic, payload) {
      unacknowledged++;
      client.publish(topic, payload, { qos: 1, retain: false }, settle);
      // the library corks the socket until the next tick; a command must not wait for what the caller does after it
      client.stream.uncork();
    },
    delivered: () =>
      unacknowledged === 0 || signal.aborted
        ? Promise.resolve()
        : new Promise((resolve) => {
            waiting.push(resolve);
            signal.addEventListener("abort", () => resolve(), { once: true });
          }),
    signal,
    get reason() {
      return reason();
    },
    close: () => client.endAsync(true),
  };
}

/** One session with a broker, from the first byte to the last. It never reconnects by itself (`bridge.ts` does that). */
import { connect, type IClientOptions, type MqttClient } from "mqtt";
import type { MqttNotifierSettings } from "../../../domain/notifier-settings.ts";
import { availabilityTopic } from "./topics.ts";

/** What a broker may take to accept the login, ms. */
export const loginLimitMs = 10_000;

const optionsOf = ({ username, password, topic }: MqttNotifierSettings, limitMs: number): IClientOptions => ({
  reconnectPeriod: 0,
  clean: true,
  resubscribe: false,
  keepalive: 15,
  connectTimeout: limitMs,
  ...(username === "" ? {} : { username, password }),
  will: { topic: availabilityTopic(topic), payload: Buffer.from("offline"), qos: 1, retain: true },
});

/**
 * Resolves when the broker has accepted the login; rejects when it refused, hung up, or said nothing in time, and when
 * it shall stop. The library's own `connectAsync` waits for ever for a broker that hangs up without a word.
 */
export async function openSession(
  settings: MqttNotifierSettings,
  limitMs: number,
  stop: AbortSignal,
): Promise<MqttClient> {
  const client = connect(settings.url, optionsOf(settings, limitMs));
  const stopped = () => void client.end(true);
  stop.addEventListener("abort", stopped, { once: true });
  try {
    await new Promise<void>((resolve, reject) => {
      client.once("connect", () => resolve());
      client.once("error", reject);
      client.once("close", () => reject(new Error("it hung up before it accepted the login")));
      if (stop.aborted) stopped();
    });
    return client;
  } catch (error) {
    await client.endAsync(true);
    throw error;
  } finally {
    stop.removeEventListener("abort", stopped);
  }
}

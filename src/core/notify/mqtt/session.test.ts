import assert from "node:assert/strict";
import { test } from "node:test";
import type { MqttNotifierSettings } from "../../../domain/notifier-settings.ts";
import { broker, receive, targets, type Talk } from "../test-receivers.ts";
import { openSession } from "./session.ts";

const never = new AbortController().signal;

async function sessionWith(talk: Talk, limitMs = 20_000, stop: AbortSignal = never) {
  await using receiver = await receive(talk);
  const settings = targets["mqtt"]?.(receiver.port) as MqttNotifierSettings;
  const client = await openSession(settings, limitMs, stop);
  await client.endAsync(true);
}

test(
  "a broker that hangs up, refuses or falls silent at the login is no session, and says why",
  { timeout: 2500 },
  async () => {
    await assert.rejects(sessionWith(broker({ login: () => "hang up" })), /hung up before it accepted the login/);
    await assert.rejects(sessionWith(broker({ login: () => 4 })), /Bad username or password/i);
    await assert.rejects(
      sessionWith(() => undefined, 30),
      /connack timeout/,
    );
    await sessionWith(broker());
  },
);

test("a stop does not wait for a broker that says nothing", async () => {
  const stop = new AbortController();
  const opening = sessionWith(() => stop.abort(), 20_000, stop.signal);
  await assert.rejects(opening, /hung up/);
});

import assert from "node:assert/strict";
import { once } from "node:events";
import { test, type TestContext } from "node:test";
import { WebSocket } from "ws";
import { tokenHash } from "../auth/secrets.ts";
import { closeCodes } from "../../contract/streams.ts";
import { channelRow, receiptRow } from "../../testkit/store-rows.ts";
import { wallTime } from "../../kernel/time.ts";
import type { LiveEvent, LiveState } from "../../messages/api.ts";
import type { LiveRequest, LiveSink } from "../live/ports.ts";
import { quietArming, quietState, testSite } from "../test-site.test.ts";

/** A WebSocket to the app on a port of this machine, with what it was sent. */
async function open(
  t: TestContext,
  site: Awaited<ReturnType<typeof testSite>>,
  path: string,
  headers?: Record<string, string>,
) {
  const listening = site.app.server.address();
  const address =
    listening !== null && typeof listening === "object"
      ? `http://127.0.0.1:${listening.port}`
      : await site.app.listen({ port: 0, host: "127.0.0.1" });
  const socket = new WebSocket(address.replace("http", "ws") + path, { headers: headers ?? site.key("read") });
  const messages: unknown[] = [];
  let arrived: () => void = () => undefined;
  socket.on("message", (data: Buffer, binary: boolean) => {
    messages.push(binary ? [...data] : JSON.parse(data.toString()));
    arrived();
  });
  t.after(() => socket.terminate());
  await once(socket, "open");
  const next = async (count: number) => {
    while (messages.length < count) await new Promise<void>((resolve) => (arrived = resolve));
    return messages;
  };
  return { socket, messages, next };
}

test("a page gets a snapshot, then what happens with rising numbers, and hears when core is away", async (t) => {
  const site = await testSite(t);
  const others = site.listeners.size;
  const { socket, next } = await open(t, site, "/api/events");
  await next(1);
  site.tell({ kind: "event", seq: 2, event: { kind: "armed", armed: true, arming: quietArming } });
  site.tell({ kind: "core-away" });
  assert.deepEqual(await next(3), [
    { kind: "snapshot", seq: 1, state: JSON.parse(JSON.stringify(quietState)) as unknown },
    { kind: "event", seq: 2, event: { kind: "armed", armed: true, arming: quietArming } },
    { kind: "core-away" },
  ]);
  assert.equal(site.listeners.size, others + 1);
  socket.close();
  await once(socket, "close");
  await site.app.close();
  assert.deepEqual([...site.listeners], []);
});

test("a login that sees some channels only is told how many alarms of theirs wait, and when that changes", async (t) => {
  const site = await testSite(t);
  for (const channel of [1, 2]) site.put({ kind: "config", change: { part: "channel", value: channelRow(channel) } });
  const alarm = (eventId: string, channel: number) => {
    const target = { kind: "record", channel, preS: 5 } as const;
    const actions = receiptRow(eventId, 10).actions.map((action) => ({ ...action, target }));
    site.put({ kind: "receipt", receipt: receiptRow(eventId, 10, { alarmId: `alarm-${eventId}`, actions }) });
  };
  alarm("a", 1);
  alarm("b", 2);
  const kiosk = site.session("display", "hall");
  const rights = { live: [1], playback: [] };
  site.put({ kind: "account", op: { kind: "change-user", name: "hall", role: "display", rights }, at: wallTime(2) });
  const { next } = await open(t, site, "/api/events", kiosk);
  const counts = async (messages: number) =>
    ((await next(messages)) as { event?: LiveEvent; state?: LiveState }[]).map(({ event, state }) =>
      event?.kind === "alarms" ? event.alarms.unacknowledged : state?.alarms.unacknowledged,
    );
  assert.deepEqual(await counts(1), [1]);
  site.put({ kind: "alarm-reviewed", alarmId: "alarm-a", by: "user ann", at: wallTime(20), state: "acknowledged" });
  site.tell({ kind: "event", seq: 2, event: { kind: "alarms", alarms: { unacknowledged: 1 } } });
  assert.deepEqual(await counts(2), [1, 1]);
  site.clock.advance(1000);
  assert.deepEqual(await counts(3), [1, 1, 0]);
});

test("a page that comes while core is away is told so first", async (t) => {
  const site = await testSite(t);
  site.core.here = false;
  const { next } = await open(t, site, "/api/events");
  assert.deepEqual(await next(1), [{ kind: "core-away" }]);
});

test("a live view passes texts and bytes on, is audited, and ends with its socket", async (t) => {
  const ended = Promise.withResolvers<undefined>();
  const asked: LiveRequest[] = [];
  const watch = (request: LiveRequest, sink: LiveSink) => {
    asked.push(request);
    sink.text({ kind: "init", mime: "video/mp4" });
    sink.binary(Uint8Array.from([1, 2, 3]));
    return { [Symbol.dispose]: () => ended.resolve(undefined) };
  };
  const site = await testSite(t, { live: { watch } });
  site.put({ kind: "config", change: { part: "channel", value: channelRow(2) } });
  const { socket, next } = await open(t, site, "/api/live/2?stream=sub");
  assert.deepEqual(await next(2), [{ kind: "init", mime: "video/mp4" }, [1, 2, 3]]);
  assert.deepEqual(asked, [{ channel: 2, stream: "sub", track: "video" }]);
  assert.ok(site.asked.some(({ command }) => command.kind === "audit" && command.what === "live"));
  socket.close();
  await ended.promise;
});

test("a live view of a channel that does not exist is no WebSocket", async (t) => {
  const site = await testSite(t);
  await assert.rejects(open(t, site, "/api/live/9"), /404/);
});

test("without a login there is no WebSocket", async (t) => {
  const site = await testSite(t);
  await assert.rejects(open(t, site, "/api/events", {}), /401/);
});

test("a stream ends with the login that opened it: logout, a removed user, a removed key, a session that runs out", async (t) => {
  const site = await testSite(t);
  const ann = site.session("administrator", "ann");
  const closing = async (headers: Record<string, string>, act: () => unknown) => {
    const { socket } = await open(t, site, "/api/events", headers);
    const closed = once(socket, "close");
    await act();
    return ((await closed) as [number])[0];
  };
  const key = site.key("read");
  const { socket: hers } = await open(t, site, "/api/events", ann);
  const bob = site.session("operator", "bob");
  assert.equal(await closing(bob, () => site.send("POST", "/api/logout", bob)), closeCodes.loggedOut);
  const carl = site.session("viewer", "carl");
  assert.equal(await closing(carl, () => site.send("DELETE", "/api/users/carl", ann)), closeCodes.loggedOut);
  const dora = site.session("viewer", "dora");
  const password = { password: "another password" };
  assert.equal(await closing(dora, () => site.send("PUT", "/api/users/dora/password", ann, password)), 4004);
  assert.equal(await closing(key, () => site.send("DELETE", "/api/keys/reed_read", ann)), closeCodes.loggedOut);
  assert.equal(hers.readyState, WebSocket.OPEN);
  const op = { kind: "create-session", tokenHash: tokenHash("short"), user: "ann" } as const;
  const expiresAt = site.clock.wall() + 90_000;
  site.put({ kind: "account", op: { ...op, expiresAt }, at: site.clock.wall() });
  const short = { cookie: "reed_session=short" };
  assert.equal(await closing(short, () => site.clock.advance(120_000)), closeCodes.loggedOut);
  assert.equal(hers.readyState, WebSocket.OPEN);
});

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { seconds } from "../../kernel/time.ts";
import type { ApiToCore, CoreToApi, LiveEvent } from "../../messages/api.ts";
import type { EventMessage } from "../../contract/streams.ts";
import { listenLines, type Lines } from "../../platform/lines.ts";
import { fakeClock } from "../../testkit/fake-clock.ts";
import { quietArming, quietState } from "../test-site.test.ts";
import { startCoreLink } from "./core-link.ts";

type CoreLine = Lines<ApiToCore, CoreToApi>;

/** Waits for values one after the other. */
function queue<T>() {
  const values: T[] = [];
  let wake: () => void = () => undefined;
  return {
    push(value: T) {
      values.push(value);
      wake();
    },
    async next(): Promise<T> {
      for (;;) {
        const [value] = values.splice(0, 1);
        if (value !== undefined) return value;
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}

async function linked(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), "reed-link-"));
  const socketPath = join(folder, "core.sock");
  const lines = queue<CoreLine>();
  const heard = queue<ApiToCore>();
  const server = await listenLines<ApiToCore, CoreToApi>(socketPath, (line) => {
    line.onMessage((message) => heard.push(message));
    lines.push(line);
  });
  const abort = new AbortController();
  const clock = fakeClock();
  const told = queue<EventMessage>();
  const stopped = queue<true>();
  const deps = { socketPath, clock, index: 0, pid: 42, signal: abort.signal, stop: () => stopped.push(true) };
  const link = startCoreLink(deps);
  link.onMessage((message) => told.push(message));
  t.after(() => {
    abort.abort();
    server.close();
    rmSync(folder, { recursive: true });
  });
  return { link, lines, heard, told, stopped, clock };
}

const actor = { kind: "user", name: "ann" } as const;
const armed = (value: boolean): LiveEvent => ({ kind: "armed", armed: value, arming: quietArming });

test("the link says hello, then each command gets its own reply, in whatever order they come", async (t) => {
  const { link, lines, heard } = await linked(t);
  const line = await lines.next();
  assert.deepEqual(await heard.next(), { kind: "hello", role: "api", index: 0, pid: 42 });
  const first = link.ask(actor, { kind: "silence" });
  const second = link.ask(actor, { kind: "arm", armed: true });
  const [a, b] = [await heard.next(), await heard.next()];
  assert.ok(a.kind === "command" && b.kind === "command");
  line.send({ kind: "reply", id: b.id, ok: true, result: "second" });
  line.send({ kind: "reply", id: a.id, ok: false, error: { code: "conflict", message: "first" } });
  line.send({ kind: "reply", id: 999, ok: true, result: "nobody asked" });
  assert.deepEqual(await second, { ok: true, value: "second" });
  assert.deepEqual(await first, { ok: false, error: { code: "conflict", message: "first" } });
});

test("a command that core does not answer within 10 s is unavailable, one while core is away at once", async (t) => {
  const { link, lines, heard, clock } = await linked(t);
  const early = await link.ask(actor, { kind: "silence" });
  assert.ok(!early.ok && early.error.code === "unavailable");
  await lines.next();
  await heard.next();
  const asked = link.ask(actor, { kind: "silence" });
  await heard.next();
  clock.advance(seconds(10));
  const late = await asked;
  assert.ok(!late.ok && /10 s/.test(late.error.message));
});

test("when core goes away open commands end, the state is unknown, and all begins anew when it returns", async (t) => {
  const { link, lines, heard, told } = await linked(t);
  const line = await lines.next();
  await heard.next();
  line.send({ kind: "snapshot", seq: 7, state: quietState });
  await told.next();
  assert.equal(link.live()?.seq, 7);
  const asked = link.ask(actor, { kind: "silence" });
  await heard.next();
  line.close();
  const cut = await asked;
  assert.ok(!cut.ok && /went away/.test(cut.error.message));
  assert.deepEqual(await told.next(), { kind: "core-away" });
  assert.equal(link.live(), undefined);
  const again = await lines.next();
  again.send({ kind: "snapshot", seq: 1, state: { ...quietState, armed: true } });
  await told.next();
  assert.equal(link.live()?.state.armed, true);
});

test("deltas are taken in order; a hole in their numbers makes the link begin again with a snapshot", async (t) => {
  const { link, lines, told } = await linked(t);
  const line = await lines.next();
  line.send({ kind: "snapshot", seq: 1, state: quietState });
  line.send({ kind: "event", seq: 2, event: armed(true) });
  await told.next();
  assert.deepEqual(await told.next(), { kind: "event", seq: 2, event: armed(true) });
  assert.equal(link.live()?.state.armed, true);
  line.send({ kind: "event", seq: 4, event: armed(false) });
  assert.deepEqual(await told.next(), { kind: "core-away" });
  await lines.next();
});

test("core's stop ends the process", async (t) => {
  const { lines, stopped } = await linked(t);
  (await lines.next()).send({ kind: "stop" });
  assert.equal(await stopped.next(), true);
});

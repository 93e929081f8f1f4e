import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runInNewContext } from "node:vm";

const script = readFileSync(new URL("../../public/push-worker.js", import.meta.url), "utf8");

interface Shown {
  readonly title: string;
  readonly options: { readonly body: string; readonly tag?: string; readonly data: { readonly link: string } };
}

/** The worker in a browser of its own, with these windows open. */
function worker(windows: readonly { focus(): Promise<void>; navigate(url: string): Promise<void> }[] = []) {
  const handlers = new Map<string, (event: object) => void>();
  const shown: Shown[] = [];
  const went: string[] = [];
  const self = {
    addEventListener: (kind: string, handle: (event: object) => void) => handlers.set(kind, handle),
    location: { origin: "https://reed.example" },
    registration: { showNotification: (title: string, options: Shown["options"]) => shown.push({ title, options }) },
    clients: {
      matchAll: () => Promise.resolve(windows),
      openWindow: (url: string) => Promise.resolve(went.push(url)),
    },
  };
  runInNewContext(script, { self, URL });
  const fire = async (kind: string, event: object) => {
    let work: unknown;
    handlers.get(kind)?.({ ...event, waitUntil: (promise: unknown) => (work = promise) });
    await work;
  };
  return { fire, shown, went };
}

test("what is pushed is shown, and the same event twice is one notice", async () => {
  const { fire, shown } = worker();
  const message = { title: "Shop: Door raised", text: "02:10", event: "e1", link: "/alarms/a1", urgency: "high" };
  await fire("push", { data: { json: () => message, text: () => "" } });
  const [notice] = shown;
  assert.deepEqual(
    [notice?.title, notice?.options.body, notice?.options.tag, notice?.options.data.link],
    ["Shop: Door raised", "02:10", "e1", "/alarms/a1"],
  );
});

test("a message that can't be read is shown all the same: a page that shows nothing loses its subscription", async () => {
  const { fire, shown } = worker();
  const unreadable = () => {
    throw new SyntaxError("no JSON");
  };
  await fire("push", { data: { json: unreadable, text: () => "hello" } });
  await fire("push", { data: null });
  assert.deepEqual(
    shown.map(({ title, options }) => [title, options.body]),
    [
      ["Reed", "hello"],
      ["Reed", ""],
    ],
  );
});

test("a touched notice opens its alarm, and never a page of somebody else", async () => {
  const { fire, went } = worker();
  for (const link of ["/alarms/a1", "https://evil.example/", "//evil.example/"]) {
    await fire("notificationclick", { notification: { close: () => undefined, data: { link } } });
  }
  assert.deepEqual(went, [
    "https://reed.example/alarms/a1",
    "https://reed.example/alarms",
    "https://reed.example/alarms",
  ]);
});

test("an open page comes to the front and goes there; one that can't be sent stays, and a new one opens", async () => {
  const page = (navigate: (url: string) => Promise<void>) => ({ focus: () => Promise.resolve(), navigate });
  const sent: string[] = [];
  const event = { notification: { close: () => undefined, data: { link: "/alarms/a1" } } };
  const open = worker([page((url) => Promise.resolve(void sent.push(url)))]);
  await open.fire("notificationclick", event);
  assert.deepEqual([sent, open.went], [["https://reed.example/alarms/a1"], []]);
  const stubborn = worker([page(() => Promise.reject(new TypeError("not mine")))]);
  await stubborn.fire("notificationclick", event);
  assert.deepEqual(stubborn.went, ["https://reed.example/alarms/a1"]);
});

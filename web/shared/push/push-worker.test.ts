import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runInNewContext } from "node:vm";

const script = readFileSync(new URL("../../public/push-worker.js", import.meta.url), "utf8");

interface Shown {
  readonly title: string;
  readonly options: {
    readonly body: string;
    readonly tag?: string;
    readonly image?: string;
    readonly silent?: boolean;
    readonly data: { readonly link: string };
  };
}

type Answer = () => Promise<{ readonly ok: boolean; readonly headers: Headers; arrayBuffer(): Promise<ArrayBuffer> }>;

/** The worker in a browser of its own, with these windows open. */
function worker(
  windows: readonly { focus(): Promise<void>; navigate(url: string): Promise<void> }[] = [],
  answer: Answer = () => Promise.reject(new TypeError("not reached")),
) {
  const handlers = new Map<string, (event: object) => void>();
  const shown: Shown[] = [];
  const went: string[] = [];
  const asked: string[] = [];
  const closed: string[] = [];
  let away = false;
  const notice = (tag: string) => ({ close: () => void closed.push(tag) });
  const self = {
    addEventListener: (kind: string, handle: (event: object) => void) => handlers.set(kind, handle),
    location: { origin: "https://reed.example" },
    registration: {
      showNotification: (title: string, options: Shown["options"]) => shown.push({ title, options }),
      getNotifications: ({ tag }: { readonly tag: string }) => Promise.resolve(away ? [] : [notice(tag)]),
    },
    clients: {
      matchAll: () => Promise.resolve(windows),
      openWindow: (url: string) => Promise.resolve(went.push(url)),
    },
  };
  const fetch = (url: string) => (asked.push(url), answer());
  runInNewContext(script, { self, URL, fetch, AbortSignal, Uint8Array, btoa });
  const fire = async (kind: string, event: object) => {
    let work: unknown;
    handlers.get(kind)?.({ ...event, waitUntil: (promise: unknown) => (work = promise) });
    await work;
  };
  return { fire, shown, went, asked, closed, putAway: () => void (away = true) };
}

const alarm = { title: "Shop: Door raised", text: "02:10", event: "e1", link: "/alarms/a1", urgency: "high" };
const pushed = (message: object) => ({ data: { json: () => message, text: () => "" } });
const picture = "/api/receipts/e1/pictures/2/1";
const jpeg = (bytes: number, type = "image/jpeg"): Answer => {
  const headers = new Headers({ "content-type": type });
  return () => Promise.resolve({ ok: true, headers, arrayBuffer: () => Promise.resolve(new ArrayBuffer(bytes)) });
};

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

test("the notice is there at once, and again without a sound with its picture, which this browser's own login reads", async () => {
  const on = worker([], jpeg(3));
  await on.fire("push", pushed({ ...alarm, picture }));
  assert.deepEqual(on.asked, [picture]);
  assert.deepEqual(
    on.shown.map(({ options }) => [options.tag, options.image, options.silent]),
    [
      ["e1", undefined, false],
      ["e1", "data:image/jpeg;base64,AAAA", true],
    ],
  );
});

test("without a picture the notice stands as it is: not reached, no picture, too large, or put away meanwhile", async () => {
  for (const answer of [undefined, jpeg(3, "text/html"), jpeg(3_000_000)]) {
    const on = worker([], answer);
    await on.fire("push", pushed({ ...alarm, picture }));
    assert.equal(on.shown.length, 1);
  }
  const away = worker([], jpeg(3));
  away.putAway();
  await away.fire("push", pushed({ ...alarm, picture }));
  assert.equal(away.shown.length, 1);
});

test("nothing but a picture of an event of ours is ever asked for", async () => {
  for (const wrong of ["https://evil.example/a.jpg", "//evil.example/1", "/api/users", "/api/receipts/../users", 7]) {
    const on = worker([], jpeg(3));
    await on.fire("push", pushed({ ...alarm, picture: wrong }));
    assert.deepEqual([on.asked, on.shown.length], [[], 1], String(wrong));
  }
});

test("a probe makes no sound and takes itself away", async () => {
  const on = worker();
  await on.fire("push", pushed({ ...alarm, quiet: true }));
  assert.deepEqual([on.shown[0]?.options.silent, on.closed], [true, ["reed-test"]]);
});

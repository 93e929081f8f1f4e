import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { instant, wallTime } from "../../kernel/time.ts";
import type { Receipt } from "../../domain/receipt.ts";
import type { SiteConfig } from "../../domain/site-config.ts";
import { createLog } from "../../platform/log.ts";
import { fakeClock } from "../../testkit/fake-clock.ts";
import type { DeadLetters, KeptLetter } from "./dead-letters.ts";
import type { Message } from "./message.ts";
import { startNotifier } from "./notifier.ts";
import type { HttpAnswer, HttpRequest, NotifierDeps } from "./ports.ts";
import { transports } from "./transports.ts";

const clock = () => fakeClock();
const config: SiteConfig = {
  site: { name: "Shop", timeZone: "Europe/Berlin" },
  volumes: [],
  channels: [],
  boards: [],
  inputs: [],
  outputs: [],
  views: [],
  subscriptions: [],
  schedules: [],
  notifiers: [
    {
      notifier: 1,
      name: "hook",
      enabled: true,
      kind: "webhook",
      url: "http://hook.example/x",
      secret: "s3",
      snapshot: true,
    },
    {
      notifier: 2,
      name: "phone",
      enabled: true,
      kind: "ntfy",
      url: "http://ntfy.example/",
      topic: "door",
      token: "tk",
      snapshot: true,
    },
    {
      notifier: 3,
      name: "quiet",
      enabled: false,
      kind: "ntfy",
      url: "http://ntfy.example",
      topic: "x",
      token: "",
      snapshot: false,
    },
  ],
};

function receipt(): Receipt {
  const moment = { bootId: "b", instant: 1 as never, wall: wallTime(1_790_000_000_000) };
  return {
    edge: { eventId: "e1", input: 1, inputName: "Tür vorn", kind: "raised", at: moment, decidedAt: moment },
    armed: true,
    actions: [
      { id: "a1", target: { kind: "record", channel: 4, preS: 10 }, because: { rule: "input 1", eventId: "e1" } },
    ],
  };
}

const jpeg = new Uint8Array([0xff, 0xd8, 0xff]);

function setUp(
  answers: (HttpAnswer | Error)[],
  picture: () => Promise<Uint8Array | undefined> = () => Promise.resolve(jpeg),
  ordered: Awaited<ReturnType<NotifierDeps["pictures"]["of"]>> = [],
) {
  const requests: HttpRequest[] = [];
  const fake = clock();
  const letters = lettersInMemory();
  let ids = 0;
  const taken: string[] = [];
  const deps: NotifierDeps = {
    letters,
    pictures: {
      of: () => Promise.resolve(ordered),
      take: ({ channel, count }) =>
        Promise.resolve(void taken.push(`${count} of ${channel}`)).then(() => ({ kind: "done" })),
    },
    newId: () => `l${++ids}`,
    clock: fake,
    log: createLog("test", "silent"),
    config: () => config,
    snapshot: (channel) => (channel === 4 ? picture() : Promise.resolve(undefined)),
    transport: transports({
      exchange: (request) => {
        requests.push(request);
        const answer = answers.shift() ?? { status: 200, text: "" };
        return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
      },
    }),
  };
  return { notifier: startNotifier(deps), requests, fake, letters, deps, taken };
}

function lettersInMemory(): DeadLetters {
  const kept = new Map<string, KeptLetter>();
  return {
    list: () => [...kept.values()].map(({ letter }) => letter),
    get: (id) => kept.get(id),
    put: (one) => Promise.resolve(void kept.set(one.letter.id, one)),
    remove: (id) => Promise.resolve(void kept.delete(id)),
    onChange: () => undefined,
  };
}

/** Lets the promises run, then moves the clock, until the outcome is there. */
async function settle<T>(promise: Promise<T>, fake: ReturnType<typeof fakeClock>): Promise<T> {
  const progress = { done: false };
  void promise.finally(() => (progress.done = true));
  while (!progress.done) {
    await new Promise((resolve) => setImmediate(resolve));
    if (fake.nextWake !== undefined) fake.advance(fake.nextWake - fake.now());
  }
  return promise;
}

test("a webhook gets the receipt, the picture of the first linked camera and a signature over time and body", async () => {
  const { notifier, requests, fake } = setUp([]);
  assert.deepEqual(await notifier.send(1, receipt()), { kind: "done" });
  const request = requests[0];
  assert.ok(request !== undefined && typeof request.body === "string");
  const body = JSON.parse(request.body) as { eventId: string; snapshot: { base64: string }; title: string };
  assert.equal(body.eventId, "e1");
  assert.equal(body.snapshot.base64, "/9j/");
  assert.equal(body.title, "Shop: Tür vorn raised");
  const t = Math.floor(fake.wall() / 1000);
  const expected = createHmac("sha256", "s3").update(`${t}.${request.body}`).digest("hex");
  assert.equal(request.headers["X-Reed-Signature"], `t=${t},v1=${expected}`);
});

test("no message has a picture of a channel that is off for privacy", async () => {
  const { notifier, requests } = setUp([]);
  const edge = receipt();
  const outcome = { kind: "suppressed", gate: "off for privacy" } as const;
  await notifier.send(1, { ...edge, actions: edge.actions.map((action) => ({ ...action, outcome })) });
  const sent = requests[0]?.body;
  assert.ok(typeof sent === "string");
  const body = JSON.parse(sent) as { readonly snapshot?: object };
  assert.equal(body.snapshot, undefined);
});

test("ntfy gets the picture as body and an encoded title that headers can carry", async () => {
  const { notifier, requests } = setUp([]);
  assert.deepEqual(await notifier.send(2, receipt()), { kind: "done" });
  const [request] = requests;
  assert.ok(request !== undefined);
  assert.equal(request.url, "http://ntfy.example/door");
  assert.equal(request.headers["Authorization"], "Bearer tk");
  assert.match(request.headers["Title"] ?? "", /^=\?UTF-8\?B\?.*\?=$/);
  assert.deepEqual(request.body, jpeg);
});

test("a camera without a picture delays no message beyond the limit and the text still goes out", async () => {
  const { notifier, requests, fake } = setUp([], () => new Promise(() => undefined));
  assert.deepEqual(await settle(notifier.send(2, receipt()), fake), { kind: "done" });
  assert.equal(typeof requests[0]?.body, "string");
});

test("a receiver that is away for a while gets the message at a later try", async () => {
  const { notifier, requests, fake } = setUp([new Error("connect ECONNREFUSED"), { status: 503, text: "busy" }]);
  assert.deepEqual(await settle(notifier.send(1, receipt()), fake), { kind: "done" });
  assert.equal(requests.length, 3);
});

test("a refusal is final, is not repeated and says what the receiver said", async () => {
  const { notifier, requests } = setUp([{ status: 403, text: "bad token" }]);
  const outcome = await notifier.send(1, receipt());
  assert.deepEqual(outcome, { kind: "failed", reason: "hook answered 403 (bad token); check its address and key" });
  assert.equal(requests.length, 1);
});

test("after the last try the outcome is failed with the last reason", async () => {
  const away = new Error("connect ECONNREFUSED http://u:p@hook.example");
  const { notifier, requests, fake } = setUp(Array.from({ length: 9 }, () => away));
  const outcome = await settle(notifier.send(1, receipt()), fake);
  assert.equal(requests.length, 5);
  assert.ok(outcome.kind === "failed" && outcome.reason.includes("(5 tries)") && !outcome.reason.includes("u:p"));
});

test("a switched-off notifier suppresses and names its gate", async () => {
  const { notifier, requests } = setUp([]);
  assert.deepEqual(await notifier.send(3, receipt()), { kind: "suppressed", gate: 'notifier "quiet" is switched off' });
  assert.equal(requests.length, 0);
});

test("a test message is sent once, and what the receiver said is told as it said it", async () => {
  const refused = setUp([{ status: 403, text: "forbidden here" }]);
  assert.deepEqual(await settle(refused.notifier.test(2), refused.fake), {
    outcome: { kind: "failed", reason: "phone answered 403 (forbidden here); check its address and key" },
    answer: { status: 403, text: "forbidden here" },
    ms: 0,
  });
  const away = setUp([new Error("connect ECONNREFUSED 192.0.2.9:80")]);
  const answer = await settle(away.notifier.test(1), away.fake);
  assert.ok(answer.outcome.kind === "failed" && /ECONNREFUSED 192\.0\.2\.9:80 \(1 try\)/.test(answer.outcome.reason));
  assert.equal(answer.answer, undefined, "nobody answered, so no answer is claimed");
  assert.equal(away.requests.length, 1);
});

test("a message that did not arrive is kept with its reason, and is gone once it was sent again", async () => {
  const { notifier, requests, fake, letters } = setUp([{ status: 403, text: "bad s3cret" }]);
  await settle(notifier.send(1, receipt()), fake);
  const [letter] = letters.list();
  assert.ok(letter !== undefined);
  assert.deepEqual(
    [letter.notifier, letter.title, letter.eventId, letter.pictures],
    [1, "Shop: Tür vorn raised", "e1", 1],
  );
  assert.match(letter.reason, /answered 403/);
  const again = await settle(notifier.sendAgain(letter.id), fake);
  assert.deepEqual([again.outcome, letters.list().length], [{ kind: "done" }, 0]);
  assert.equal(requests[1]?.body, requests[0]?.body, "the same message, with its picture");
});

test("a message that is sent again in vain stays, with the newest reason", async () => {
  const { notifier, fake, letters } = setUp([
    { status: 403, text: "" },
    { status: 410, text: "gone" },
  ]);
  await settle(notifier.send(1, receipt()), fake);
  const id = letters.list()[0]?.id ?? "";
  await settle(notifier.sendAgain(id), fake);
  assert.match(letters.list()[0]?.reason ?? "", /410 \(gone\)/);
});

test("a receiver that hangs delays no other, and its own messages end within five minutes", async () => {
  const { deps, fake, letters } = setUp([]);
  const hang = async () => {
    // as long as an exchange may take
    await new Promise<void>((resolve) => void fake.wakeAt((fake.now() + 15_000) as never, resolve));
    return { kind: "again", why: "hook was not reached: timeout" } as const;
  };
  const notifier = startNotifier({
    ...deps,
    transport: (target) =>
      target.notifier === 1 ? hang() : Promise.resolve({ kind: "taken", why: "", answer: { status: 200, text: "" } }),
  });
  const began = fake.now();
  const stuck = Array.from({ length: 30 }, () => notifier.send(1, receipt()));
  assert.deepEqual(await notifier.send(2, receipt()), { kind: "done" });
  assert.equal(fake.now(), began, "the other one was told at once");
  const outcomes = await settle(Promise.all(stuck), fake);
  assert.ok(outcomes.every(({ kind }) => kind === "failed"));
  assert.ok(fake.now() - began <= 300_000);
  assert.equal(letters.list().length, 30);
});

test("no try begins later than 20 s before the outcome is due, which the edge counts from and not the start of the tries", async () => {
  const { deps, fake } = setUp([], () => new Promise(() => undefined));
  const began: number[] = [];
  const notifier = startNotifier({
    ...deps,
    transport: async () => {
      began.push(fake.now());
      // as long as an exchange may take
      await new Promise<void>((resolve) => void fake.wakeAt((fake.now() + 15_000) as never, resolve));
      return { kind: "again", why: "hook was not reached: timeout" };
    },
  });
  const until = instant(fake.now() + 60_000);
  const sent = await settle(notifier.send(1, receipt(), undefined, until), fake);
  assert.equal(sent.kind, "failed");
  assert.ok(began.length > 0 && began.every((at) => at <= until - 20_000), JSON.stringify(began));
  assert.ok(fake.now() <= until, "the outcome is known in time");
  const tries = began.length;
  const late = await settle(notifier.send(1, receipt(), undefined, instant(fake.now() + 19_000)), fake);
  assert.deepEqual([late.kind, began.length], ["failed", tries], "after a long stop nothing is begun any more");
});

test("what waits for one receiver is bounded: more is refused at once, with the reason", async () => {
  const { deps, fake } = setUp([]);
  const notifier = startNotifier({ ...deps, transport: () => new Promise(() => undefined) });
  for (let i = 0; i < 100; i++) void notifier.send(1, receipt());
  const outcome = await settle(notifier.send(1, receipt()), fake);
  assert.deepEqual(outcome, { kind: "failed", reason: "100 messages wait for hook already" });
});

test("a reason never holds the secret of its target", async () => {
  const { notifier, fake, deps } = setUp([{ status: 401, text: "token tk-very-secret is wrong" }]);
  const config2 = { ...config, notifiers: [{ ...config.notifiers[1], token: "tk-very-secret" } as never] };
  const outcome = await settle(startNotifier({ ...deps, config: () => config2 }).send(2, receipt()), fake);
  assert.ok(outcome.kind === "failed" && outcome.reason.includes("token *** is wrong"), JSON.stringify(outcome));
  assert.ok(notifier);
});

test("push takes a picture that is kept with the event, so that a page can ask for it; what was ordered anyway is not taken twice", async () => {
  const sent: Message[] = [];
  const push = { notifier: 1, name: "Phones", enabled: true, snapshot: true, kind: "push", people: [] } as const;
  const of = (ordered: Parameters<typeof setUp>[2]) => {
    const made = setUp([], undefined, ordered);
    const deps: NotifierDeps = {
      ...made.deps,
      config: () => ({ ...config, notifiers: [push] }),
      transport: (_target, message) => (sent.push(message), Promise.resolve({ kind: "taken", why: "" })),
    };
    return { ...made, notifier: startNotifier(deps) };
  };
  const jpeg1 = { channel: 4, nth: 1, jpeg };
  const plain = of([jpeg1]);
  await plain.notifier.send(1, receipt());
  assert.deepEqual([plain.taken, sent[0]?.pictures[0]?.kept], [["1 of 4"], { channel: 4, nth: 1 }]);
  const ordered = of([jpeg1]);
  const whole = receipt();
  const [first] = whole.actions;
  assert.ok(first !== undefined);
  const target = { kind: "snapshot", channel: 4, count: 2, intervalS: 1 } as const;
  await ordered.notifier.send(1, { ...whole, actions: [...whole.actions, { ...first, id: "s", target }] });
  assert.deepEqual([ordered.taken, sent[1]?.pictures[0]?.kept], [[], { channel: 4, nth: 1 }]);
});

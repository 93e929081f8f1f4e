import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { seconds, wallTime } from "../../kernel/time.ts";
import { allChannels, type ChannelRights } from "../../domain/rights.ts";
import type { PushSettings } from "../../domain/notifier-settings.ts";
import type { Receipt } from "../../domain/receipt.ts";
import type { Language, SiteConfig } from "../../domain/site-config.ts";
import { channel, input, site } from "../../domain/testdata/site.ts";
import { createLog } from "../../platform/log.ts";
import { fakeClock } from "../../testkit/fake-clock.ts";
import { startPushService, vapidClaims, virtualBrowser, type PushService } from "../../testkit/push-service.ts";
import { selfSigned } from "../../testkit/self-signed.ts";
import type { Try } from "./ports.ts";
import { messageFor, troubleMessage, weeklyMessage, type Message } from "./message.ts";
import { startNotifier } from "./notifier.ts";
import { newPushKeys, pushPayload, pushTransport, pushTtlS } from "./push.ts";
import { transports } from "./transports.ts";
import { walkMessage } from "./walk-proof.ts";

const target: PushSettings = {
  ...{ notifier: 1, name: "Phones", enabled: true, snapshot: false, kind: "push", people: [] },
};
const now = wallTime(1_790_000_000_000);
const note: Message = {
  ...{ title: "Shop: Door raised", text: "now", urgency: "high", receipt: undefined, pictures: [] },
};
/** Of one exchange; a test that waits for it sets a short one. */
const patient = 20_000;

interface World {
  readonly service: PushService;
  readonly config: SiteConfig;
  readonly removed: number[];
  readonly browsers: ReadonlyMap<string, ReturnType<typeof virtualBrowser>>;
  readonly transport: ReturnType<typeof pushTransport>;
}

interface Ways {
  readonly limit?: number;
  /** Languages that people chose for their pages. */
  readonly chosen?: Readonly<Record<string, Language>>;
}

/** A site with a browser a person, each on a path of its own of a push service. */
async function world(
  t: TestContext,
  people: Readonly<Record<string, ChannelRights>>,
  { limit = patient, chosen = {} }: Ways = {},
): Promise<World> {
  const service = await startPushService(selfSigned());
  t.after(() => service[Symbol.asyncDispose]());
  const browsers = new Map(Object.keys(people).map((owner) => [owner, virtualBrowser()] as const));
  const subscriptions = [...browsers].map(([owner, { keys }], index) => ({
    ...{ subscription: index + 1, owner, name: "Firefox", since: now, endpoint: `${service.origin}/${owner}`, ...keys },
  }));
  const usual = site();
  const config = { ...usual, site: { ...usual.site, push: newPushKeys() }, notifiers: [target], subscriptions };
  const removed: number[] = [];
  const transport = pushTransport({
    config: () => ({ ...config, subscriptions: subscriptions.filter((row) => !removed.includes(row.subscription)) }),
    rightsOf: (person) => people[person],
    languageOf: (person) => chosen[person],
    gone: (subscription) => void removed.push(subscription),
    exchange: (request) => service.post(request, limit),
  });
  return { service, config, removed, browsers, transport };
}

const opened = ({ service, browsers }: World, owner: string) =>
  service.pushed
    .filter(({ path }) => path === `/${owner}`)
    .map(({ body }) => JSON.parse(browsers.get(owner)?.open(body) ?? "") as Record<string, string>);

function receipt(channels: readonly number[], alarmId = "a1"): Receipt {
  const moment = { bootId: "b", instant: 1 as never, wall: now };
  return {
    edge: { eventId: "e1", input: 1, inputName: "Back door", kind: "raised", at: moment, decidedAt: moment },
    ...{ alarmId, armed: true },
    actions: channels.map((one) => ({
      id: `r${one}`,
      target: { kind: "record", channel: one, preS: 10 },
      because: { rule: "input:1", eventId: "e1" },
    })),
  };
}

test("a message is opened by the browser it was made for, and signed as the site's for half a day and for this service", async (t) => {
  const w = await world(t, { ann: allChannels });
  assert.equal((await w.transport(target, messageFor(receipt([1]), w.config, []), now)).kind, "taken");
  const [pushed] = w.service.pushed;
  assert.ok(pushed !== undefined);
  assert.deepEqual(opened(w, "ann"), [
    {
      title: `${w.config.site.name}: Back door raised`,
      text: opened(w, "ann")[0]?.["text"],
      ...{ urgency: "high", event: "e1", link: "/alarms/a1" },
    },
  ]);
  const { ttl, urgency, authorization = "", "content-encoding": encoding } = pushed.headers;
  assert.deepEqual([ttl, urgency, encoding], [String(pushTtlS), "high", "aes128gcm"]);
  const { claims, publicKey } = vapidClaims(authorization);
  assert.equal(publicKey, w.config.site.push?.publicKey);
  assert.equal(claims.aud, w.service.origin);
  const hours = (claims.exp - Date.now() / 1000) / 3600;
  assert.ok(hours > 1 && hours < 24, `${hours} h (RFC 8292 §2: at most 24)`);
  assert.match(claims.sub, /^mailto:/);
  assert.throws(() => virtualBrowser().open(pushed.body), "another browser can't open it");
});

test("who may not see a camera gets neither its name nor an alarm that is about nothing else", async (t) => {
  const w = await world(t, { ann: allChannels, bob: { live: [1], playback: [] } });
  const config = { ...w.config, channels: [channel(1, { name: "Yard" }), channel(2, { name: "Bedroom" })] };
  Object.assign(w.config, config);
  await w.transport(target, messageFor(receipt([1, 2]), config, []), now);
  assert.match(opened(w, "ann")[0]?.["text"] ?? "", /Yard, Bedroom/);
  assert.match(opened(w, "bob")[0]?.["text"] ?? "", /recording: Yard$/);
  await w.transport(target, messageFor(receipt([2]), config, []), now);
  await w.transport(target, troubleMessage(config, [{ key: "channel:2", what: "Bedroom is away" }], now), now);
  const both = [1, 2].map((one) => ({ key: `channel:${one}`, what: one === 1 ? "Yard is away" : "Bedroom is away" }));
  await w.transport(target, troubleMessage(config, both, now), now);
  assert.deepEqual([opened(w, "ann").length, opened(w, "bob").length], [4, 2]);
  assert.match(opened(w, "bob")[1]?.["title"] ?? "", /: Yard is away$/);
  assert.doesNotMatch(JSON.stringify(opened(w, "bob")), /Bedroom/);
  const doors = [1, 2].map((one) => input(one, { linkage: { ...input(one).linkage, recordChannels: [one] } }));
  Object.assign(w.config, { inputs: doors });
  const loops = [1, 2].map((one) => ({ key: `loop:${one}`, what: one === 1 ? "Gate: loop cut" : "Safe: loop cut" }));
  await w.transport(target, troubleMessage(config, loops, now), now);
  assert.match(opened(w, "bob")[2]?.["title"] ?? "", /: Gate: loop cut$/);
  assert.doesNotMatch(JSON.stringify(opened(w, "bob")), /Safe/);
});

test("each person reads a message in the language they chose, else in that of the browser, else in the site's", async (t) => {
  const people = { ann: allChannels, bob: { live: [1], playback: [1] }, cem: allChannels, dan: allChannels };
  const w = await world(t, people, { chosen: { ann: "de", cem: "en" } });
  const [, bob, cem] = w.config.subscriptions;
  for (const row of [bob, cem]) Object.assign(row ?? {}, { language: "de" });
  Object.assign(w.config, { channels: [channel(1, { name: "Yard" })] });
  const titles = () =>
    Object.keys(people).map((one) =>
      opened(w, one)
        .at(-1)
        ?.["title"]?.replace(/^.*?: /, ""),
    );
  await w.transport(target, messageFor(receipt([1]), w.config, []), now);
  assert.deepEqual(titles(), ["Back door ausgelöst", "Back door ausgelöst", "Back door raised", "Back door raised"]);
  assert.match(opened(w, "ann").at(-1)?.["text"] ?? "", /Aufzeichnung: Yard$/);
  await w.transport(
    target,
    troubleMessage(w.config, [{ key: "open:1", what: "Back door is open while armed" }], now),
    now,
  );
  assert.match(opened(w, "bob").at(-1)?.["text"] ?? "", /Scharfschalten/);
  assert.match(opened(w, "dan").at(-1)?.["text"] ?? "", /arming page/);
  await w.transport(target, weeklyMessage(w.config, [], now, 2), now);
  assert.deepEqual(titles(), ["alles in Ordnung", "alles in Ordnung", "all is well", "all is well"]);
  assert.match(opened(w, "ann").at(-1)?.["text"] ?? "", /2 unquittierte Alarme/);
  await w.transport(target, walkMessage(receipt([1]), w.config), now);
  assert.match(opened(w, "ann").at(-1)?.["text"] ?? "", /Gehtest/);
});

test("in a walk test somebody with fewer cameras reads TEST as everybody does, and quietly", async (t) => {
  const w = await world(t, { ann: allChannels, bob: { live: [1], playback: [] } });
  Object.assign(w.config, { channels: [channel(1, { name: "Yard" }), channel(2, { name: "Bedroom" })] });
  await w.transport(target, walkMessage(receipt([1, 2]), w.config), now);
  const [ann, bob] = ["ann", "bob"].map((owner) => opened(w, owner)[0]);
  assert.match(bob?.["title"] ?? "", /: TEST: Back door$/);
  assert.match(bob?.["text"] ?? "", /Walk test\. Nothing happened/);
  assert.equal(bob?.["urgency"], "low");
  assert.deepEqual(bob, ann);
  await w.transport(target, walkMessage(receipt([2]), w.config), now);
  assert.equal(opened(w, "bob").length, 1, "of a camera that is not theirs a test tells nothing either");
});

test("the message of every Monday tells nobody of cameras that are kept from them, and comes all the same", async (t) => {
  const w = await world(t, { ann: allChannels, bob: { live: [1], playback: [] } });
  const bedroom = { key: "channel:2", what: "Bedroom is away" };
  await w.transport(target, weeklyMessage(w.config, [bedroom], now, 7), now);
  assert.match(opened(w, "ann")[0]?.["text"] ?? "", /7 unacknowledged alarms\nBedroom is away/);
  const [bob] = opened(w, "bob");
  assert.match(bob?.["title"] ?? "", /: all is well$/);
  assert.doesNotMatch(JSON.stringify(bob), /Bedroom|unacknowledged/);
  await w.transport(
    target,
    weeklyMessage(w.config, [bedroom, { key: "channel:1", what: "Yard is away" }], now, 7),
    now,
  );
  assert.match(opened(w, "bob")[1]?.["title"] ?? "", /: 1 trouble$/);
  assert.match(opened(w, "bob")[1]?.["text"] ?? "", /\nYard is away\nThis comes every Monday/);
});

test("a picture is named and never sent: the first that is kept with the event, for those only who may play its camera back", async (t) => {
  const w = await world(t, { ann: allChannels, bob: { live: [1, 2], playback: [1] } });
  const jpeg = new Uint8Array(50_000);
  const kept = (channel: number) => ({ name: "Bedroom.jpg", jpeg, kept: { channel, nth: 1 } });
  await w.transport(target, messageFor(receipt([1, 2]), w.config, [{ name: "loose.jpg", jpeg }, kept(2)]), now);
  const [ann] = opened(w, "ann");
  assert.equal(ann?.["picture"], `/api/receipts/${ann?.["event"]}/pictures/2/1`);
  assert.equal(opened(w, "bob")[0]?.["picture"], undefined);
  assert.doesNotMatch(JSON.stringify(opened(w, "bob")), /pictures/);
  await w.transport(target, messageFor(receipt([1]), w.config, [kept(1)]), now);
  assert.match(opened(w, "bob")[1]?.["picture"] ?? "", /pictures\/1\/1$/);
  const seen = { name: "yard-person-1.jpg", jpeg, seen: { channel: 1, object: "17-2" } };
  await w.transport(target, messageFor(receipt([1]), w.config, [seen, kept(1)]), now);
  assert.equal(opened(w, "bob")[2]?.["picture"], "/api/channels/1/objects/17-2/picture");
});

test("a probe shows nobody anything and waits for no phone that is away", async (t) => {
  const w = await world(t, { ann: allChannels, bob: { live: [1], playback: [1] } });
  const probe: Message = { ...messageFor(receipt([1]), w.config, []), test: true, quiet: true };
  assert.equal((await w.transport(target, probe, now)).kind, "taken");
  assert.deepEqual(
    ["ann", "bob"].map((who) => (opened(w, who)[0] as { quiet?: unknown } | undefined)?.quiet),
    [true, true],
  );
  assert.deepEqual(new Set(w.service.pushed.map(({ headers }) => headers["ttl"])), new Set(["0"]));
});

test("an alarm that nobody with a phone may see is held back by name; nobody who subscribed is a failure", async (t) => {
  const w = await world(t, { bob: { live: [1], playback: [] } });
  const tried = await w.transport(target, messageFor(receipt([2]), w.config, []), now);
  assert.deepEqual(tried, { kind: "suppressed", why: "nobody of Phones may see what this is about" });
  const cleo = await w.transport({ ...target, people: ["cleo"] }, note, now);
  assert.deepEqual(cleo, { kind: "refused", why: "none of cleo has subscribed a phone or browser" });
  assert.equal(w.service.pushed.length, 0);
});

test("only the people of the notifier are told", async (t) => {
  const w = await world(t, { ann: allChannels, bob: allChannels });
  assert.equal((await w.transport({ ...target, people: ["BOB"] }, note, now)).kind, "taken");
  assert.deepEqual([opened(w, "ann").length, opened(w, "bob").length], [0, 1]);
});

for (const status of [404, 410]) {
  test(`a browser that the push service answers ${status} for is removed, and the outcome says so`, async (t) => {
    const w = await world(t, { ann: allChannels, bob: allChannels });
    w.service.answers.set("/ann", status);
    const tried = await w.transport(target, note, now);
    assert.equal(tried.kind, "taken");
    assert.match(
      tried.lacking ?? "",
      /1 of 2 told: ann's Firefox is not subscribed any more \(4\d\d\) and was removed/,
    );
    assert.deepEqual(w.removed, [1]);
    assert.equal((await w.transport(target, { ...note }, now)).lacking, undefined, "and is not asked again");
  });
}

test("each answer of a push service is judged: too large and forbidden never again, too many and broken later", async (t) => {
  const w = await world(t, { ann: allChannels });
  const judged = async (answer: number) => {
    w.service.answers.set("/ann", answer);
    const { kind, why } = await w.transport(target, { ...note }, now);
    assert.doesNotMatch(why, /localhost:\d+\/ann/, "an address is as good as a password");
    return [kind, why] as const;
  };
  assert.match((await judged(413)).join(), /^refused,.*answered 413/);
  assert.match((await judged(403)).join(), /^refused,.*refused this site.*subscribe it again/);
  assert.match((await judged(429)).join(), /^again,.*429/);
  assert.match((await judged(500)).join(), /^again,.*500/);
  assert.deepEqual(w.removed, []);
});

test("a push service that hangs is given up, and tried again later", async (t) => {
  const w = await world(t, { ann: allChannels }, { limit: 100 });
  w.service.answers.set("/ann", "hang");
  const { kind, why } = await w.transport(target, note, now);
  assert.match(`${kind}, ${why}`, /^again, .*the push service of ann's Firefox was not reached/);
});

test("a message that is tried again goes only to those who do not have it", async (t) => {
  const w = await world(t, { ann: allChannels, bob: allChannels });
  w.service.answers.set("/ann", 500);
  const first = await w.transport(target, note, now);
  assert.deepEqual([first.kind, first.partly], ["again", true]);
  w.service.answers.delete("/ann");
  const second = await w.transport(target, note, now);
  assert.deepEqual([second.kind, second.lacking], ["taken", undefined]);
  assert.deepEqual([opened(w, "ann").length, opened(w, "bob").length], [2, 1]);
});

/** A notifier whose push ends as it is told, and the dead letters that it leaves. */
function notifying(tried: Try) {
  const clock = fakeClock();
  const letters: unknown[] = [];
  const unused = { list: () => [], get: () => undefined, remove: () => Promise.resolve(), onChange: () => undefined };
  const notifier = startNotifier({
    ...{ clock, log: createLog("core", "silent"), newId: () => "id", config: () => site({ notifiers: [target] }) },
    ...{
      snapshot: () => Promise.resolve(undefined),
      pictures: { of: () => Promise.resolve([]), take: () => Promise.resolve({ kind: "done" as const }) },
    },
    transport: transports({ push: () => Promise.resolve(tried) }),
    letters: { ...unused, put: (letter) => Promise.resolve(void letters.push(letter)) },
  });
  return { clock, letters, notifier };
}

test("a message that nobody there may see is not sent: a gate in the receipt, no failure and no dead letter", async () => {
  const { notifier, letters } = notifying({ kind: "suppressed", why: "nobody of Phones may see what this is about" });
  assert.deepEqual(await notifier.send(1, receipt([1])), {
    ...{ kind: "suppressed", gate: "nobody of Phones may see what this is about" },
  });
  assert.deepEqual(letters, []);
});

test("a message that half of the phones never took ends short, and is no dead letter", async () => {
  const { clock, letters, notifier } = notifying({ kind: "again", why: "1 of 2 told", partly: true });
  let outcome: unknown;
  void notifier.send(1, receipt([1])).then((one) => (outcome = one));
  for (let s = 0; s < 300 && outcome === undefined; s++) {
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(seconds(1));
  }
  assert.deepEqual(outcome, { kind: "short", reason: "1 of 2 told (5 tries)" });
  assert.deepEqual(letters, []);
});

test("a message stays far below what a push service takes, whatever the names are", () => {
  const long = {
    ...note,
    title: "🚪".repeat(500),
    text: "Öffnung 🔔\n".repeat(1000),
    receipt: receipt([1], "a".repeat(36)),
  };
  const payload = pushPayload(long);
  assert.ok(Buffer.byteLength(payload) < 3000, `${Buffer.byteLength(payload)} bytes`);
  assert.ok((JSON.parse(payload) as { title: string }).title.endsWith("🚪…"), "no character is cut in the middle");
});

test("many phones hold up no alarm: other work has its turn between two of them", async () => {
  const rows = Array.from({ length: 12 }, (_, nth) => ({
    ...{ subscription: nth + 1, owner: "ann", name: "Firefox", since: now, endpoint: `https://push.example/${nth}` },
    ...virtualBrowser().keys,
  }));
  const usual = site();
  const config = { ...usual, site: { ...usual.site, push: newPushKeys() }, subscriptions: rows };
  let turns = 0;
  let next = setImmediate(function turn() {
    turns++;
    next = setImmediate(turn);
  });
  const sent: number[] = [];
  const exchange = () => (sent.push(turns), Promise.resolve({ status: 201, text: "" }));
  const rightsOf = () => allChannels;
  const languageOf = () => undefined;
  const transport = pushTransport({ config: () => config, rightsOf, languageOf, gone: () => undefined, exchange });
  assert.equal((await transport(target, note, now)).kind, "taken");
  clearImmediate(next);
  assert.deepEqual([sent.length, new Set(sent).size], [12, 12], "each in a turn of its own");
});

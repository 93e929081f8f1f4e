import assert from "node:assert/strict";
import { test } from "node:test";
import { provesQuietly, type NotifierSettings } from "../../domain/notifier-settings.ts";
import { wallTime } from "../../kernel/time.ts";
import type { Message } from "./message.ts";
import type { HttpRequest } from "./ports.ts";
import { probes } from "./probes.ts";
import { walkMessage } from "./walk-proof.ts";
import { webhookRequest } from "./http-kinds.ts";
import { receiptRow } from "../../testkit/store-rows.ts";
import { site } from "../../domain/testdata/site.ts";

const common = { notifier: 1, name: "Somebody", enabled: true, snapshot: true };
const message: Message = walkMessage(receiptRow("e1", 1000), site());

/** What a receiver of this kind is sent when its way is proved. */
async function proved(target: NotifierSettings, status = 200) {
  const asked: HttpRequest[] = [];
  const sent: Message[] = [];
  const probe = probes({
    exchange: (request) => (asked.push(request), Promise.resolve({ status, text: "" })),
    transport: (_target, one) => (sent.push(one), Promise.resolve({ kind: "taken", why: "" })),
    verifyMail: () => Promise.resolve({ kind: "refused", why: "the login pw-1234 was refused" }),
  });
  return { tried: await probe(target, message, wallTime(1)), asked, sent };
}

test("Telegram and Pushover are asked whether they know key and receiver; neither is told anything", async () => {
  const telegram = await proved({
    ...{ ...common, kind: "telegram", url: "https://api.example/", token: "t1", chat: "42" },
  });
  assert.deepEqual(
    telegram.asked.map(({ url, body }) => [url, body]),
    [["https://api.example/bott1/getChat", '{"chat_id":"42"}']],
  );
  const pushover = await proved(
    { ...common, kind: "pushover", url: "https://po.example", token: "t", user: "u", device: "" },
    400,
  );
  assert.equal(pushover.asked[0]?.url, "https://po.example/1/users/validate.json");
  assert.equal(pushover.tried?.kind, "refused");
  assert.deepEqual([telegram.sent, pushover.sent], [[], []]);
});

test("a webhook and a broker get a message that is marked as a test, so that programs do nothing", async () => {
  const target = { ...common, kind: "webhook", url: "https://hook.example", secret: "s" } as const;
  const { sent } = await proved(target);
  assert.equal(sent[0]?.test, true);
  const { body, headers } = webhookRequest(target, message, wallTime(1));
  assert.equal((JSON.parse(typeof body === "string" ? body : "{}") as { test: boolean }).test, true);
  assert.ok(headers["X-Reed-Signature"] !== undefined);
});

test("what the rule says can't be proved without telling somebody is not asked about; everything else is", async () => {
  const mail = { host: "mail.example", port: 587, security: "starttls", anyCertificate: false } as const;
  const mqtt = { discovery: false, discoveryPrefix: "ha", outputs: [], arming: "none" } as const;
  const targets: readonly NotifierSettings[] = [
    { ...common, kind: "webhook", url: "https://hook.example", secret: "" },
    { ...common, kind: "ntfy", url: "https://ntfy.example", topic: "t", token: "" },
    { ...common, kind: "email", ...mail, username: "", password: "", from: "a@b.example", to: ["c@d.example"] },
    { ...common, kind: "telegram", url: "https://api.example", token: "t1", chat: "42" },
    { ...common, kind: "pushover", url: "https://po.example", token: "t", user: "u", device: "" },
    { ...common, kind: "mqtt", url: "mqtt://b.example", username: "", password: "", topic: "reed", ...mqtt },
    { ...common, kind: "push", people: [] },
  ];
  for (const target of targets)
    assert.equal((await proved(target)).tried !== undefined, provesQuietly[target.kind], target.kind);
});

test("a phone gets a message that shows nobody anything, and what its push service said is the proof", async () => {
  const { tried, sent } = await proved({ ...common, kind: "push", people: [] });
  assert.deepEqual([tried?.kind, sent.length, sent[0]?.quiet], ["taken", 1, true]);
});

test("a mail server is asked to log in, and its answer is told without the password", async () => {
  const mail = { host: "mail.example", port: 587, security: "starttls", anyCertificate: false } as const;
  const login = { username: "reed", password: "pw-1234", from: "a@example", to: ["b@example"] };
  const { tried, sent } = await proved({ ...common, kind: "email", ...mail, ...login });
  assert.deepEqual([tried?.kind, tried?.why], ["refused", "the login *** was refused"]);
  assert.deepEqual(sent, []);
});

test("ntfy can't be proved without sending", async () => {
  const { tried, asked } = await proved({
    ...common,
    kind: "ntfy",
    url: "https://ntfy.example",
    topic: "x",
    token: "",
  });
  assert.deepEqual([tried, asked], [undefined, []]);
});

import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { test, type TestContext } from "node:test";
import { SMTPServer } from "smtp-server";
import type { NotifierSettings } from "../../domain/notifier-settings.ts";
import { wallTime } from "../../kernel/time.ts";
import type { Message } from "./message.ts";
import { fetchExchange, transports } from "./transports.ts";

const jpeg = new Uint8Array([0xff, 0xd8, 0xff, 0xd9]);
const plain: Message = { title: "Shop: Door raised", text: "02:10", urgency: "high", receipt: undefined, pictures: [] };
const pictured: Message = { ...plain, pictures: [{ name: "yard-1.jpg", jpeg }] };
const now = wallTime(1_790_000_000_000);
const common = { notifier: 1, name: "Phone", enabled: true, snapshot: true } as const;

interface Got {
  readonly url: string;
  readonly type: string;
  readonly body: Buffer;
}

/** A receiver on loopback that answers as it is told. */
async function receiver(t: TestContext, answer: (response: ServerResponse, request: IncomingMessage) => void) {
  const got: Got[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      got.push({ url: request.url ?? "", type: request.headers["content-type"] ?? "", body: Buffer.concat(parts) });
      answer(response, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, got };
}

const taken = (response: ServerResponse) => response.end('{"ok":true}');

const formOf = ({ type, body }: Got): Promise<FormData> =>
  // oxlint-disable-next-line typescript/no-deprecated -- it is deprecated for forms of strangers that may never end; this one was written here, and parsing it by hand would prove less
  new Response(new Uint8Array(body), { headers: { "Content-Type": type } }).formData();

test("Telegram gets a photo with its caption, or a text without a picture", async (t) => {
  const { url, got } = await receiver(t, taken);
  const target: NotifierSettings = { ...common, kind: "telegram", url, token: "12:abcd", chat: "-100" };
  assert.equal((await transports()(target, pictured, now)).kind, "taken");
  assert.equal((await transports()(target, plain, now)).kind, "taken");
  assert.deepEqual(
    got.map((one) => one.url),
    ["/bot12:abcd/sendPhoto", "/bot12:abcd/sendMessage"],
  );
  const [photo, text] = got;
  assert.ok(photo !== undefined && text !== undefined);
  const form = await formOf(photo);
  // a form has the line ends of the network (RFC 7578)
  assert.equal(form.get("caption"), "Shop: Door raised\r\n02:10");
  assert.equal((form.get("photo") as File).size, jpeg.length);
  assert.equal((JSON.parse(text.body.toString()) as { chat_id: string }).chat_id, "-100");
});

test("Pushover gets token, user, priority and the picture", async (t) => {
  const { url, got } = await receiver(t, taken);
  const target: NotifierSettings = { ...common, kind: "pushover", url, token: "app-token", user: "u1", device: "" };
  assert.equal((await transports()(target, pictured, now)).kind, "taken");
  const [request] = got;
  assert.ok(request !== undefined);
  const form = await formOf(request);
  assert.deepEqual(
    ["token", "user", "priority", "title", "device"].map((name) => form.get(name)),
    ["app-token", "u1", "1", "Shop: Door raised", null],
  );
  assert.equal((form.get("attachment") as File).name, "yard-1.jpg");
});

test("Telegram's token stands in no reason, also when the receiver says it back", async (t) => {
  const { url } = await receiver(t, (response, request) => {
    response.statusCode = 404;
    response.end(`no ${request.url}`);
  });
  const target: NotifierSettings = { ...common, kind: "telegram", url, token: "12:abcd", chat: "1" };
  const tried = await transports()(target, plain, now);
  assert.equal(tried.kind, "refused");
  assert.ok(tried.why.includes("no /bot***/sendMessage"), tried.why);
});

test("a web hook that fails is told apart: 5xx and 429 may work later, 4xx and a redirect to elsewhere won't", async (t) => {
  let status = 0;
  const { url } = await receiver(t, (response) => {
    response.statusCode = status;
    response.setHeader("Location", "http://127.0.0.1:9/");
    response.end();
  });
  const target: NotifierSettings = { ...common, kind: "webhook", url, secret: "" };
  const kinds: Record<number, string> = {};
  for (status of [200, 400, 404, 408, 429, 500, 503, 302])
    kinds[status] = (await transports()(target, plain, now)).kind;
  assert.deepEqual(kinds, {
    200: "taken",
    302: "again",
    400: "refused",
    404: "refused",
    408: "again",
    429: "again",
    500: "again",
    503: "again",
  });
});

test("a connection that is cut in the middle of the answer is no delivery", async (t) => {
  const { url } = await receiver(t, (response) => {
    response.writeHead(200, { "Content-Length": "100" });
    response.write("half", () => response.destroy());
  });
  const target: NotifierSettings = { ...common, kind: "webhook", url, secret: "" };
  const tried = await transports()(target, plain, now);
  assert.equal(tried.kind, "again");
});

test("a receiver that speaks no TLS is not reached by https", async (t) => {
  const { url } = await receiver(t, taken);
  const target: NotifierSettings = { ...common, kind: "webhook", url: url.replace("http:", "https:"), secret: "" };
  assert.equal((await transports()(target, plain, now)).kind, "again");
});

test("a receiver that hangs, before its answer or in the middle of it, is given up", async (t) => {
  const silent = await receiver(t, () => undefined);
  const stuck = await receiver(t, (response) => void response.writeHead(200, { "Content-Length": "9" }).write("half"));
  const target = (url: string): NotifierSettings => ({ ...common, kind: "webhook", url, secret: "" });
  const impatient = transports({ exchange: (request) => fetchExchange(request, 60) });
  for (const { url } of [silent, stuck]) {
    const tried = await impatient(target(url), plain, now);
    assert.equal(tried.kind, "again");
    assert.match(tried.why, /was not reached: .*timeout/);
  }
});

test("of an answer that does not end the beginning is read, and the connection is let go", async (t) => {
  let left: () => void = () => undefined;
  const gone = new Promise<void>((resolve) => (left = resolve));
  const { url } = await receiver(t, (response) => {
    const more = () => {
      if (!response.destroyed) response.write(Buffer.alloc(65_536, "x"), () => setImmediate(more));
    };
    response.on("close", left);
    more();
  });
  const tried = await transports()({ ...common, kind: "webhook", url, secret: "" }, plain, now);
  assert.deepEqual([tried.kind, tried.answer?.text.length], ["taken", 200]);
  await gone;
});

test("a certificate that nobody vouches for is no receiver", async (t) => {
  const server = new SMTPServer({ secure: true, logger: false });
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const url = `https://127.0.0.1:${(server.server.address() as AddressInfo).port}/`;
  const tried = await transports()({ ...common, kind: "webhook", url, secret: "" }, plain, now);
  assert.equal(tried.kind, "again");
  assert.match(tried.why, /certificate/i);
});

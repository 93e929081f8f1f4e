import assert from "node:assert/strict";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { test, type TestContext } from "node:test";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import type { EmailSettings } from "../../domain/notifier-settings.ts";
import { wallTime } from "../../kernel/time.ts";
import { emailTransport } from "./email.ts";
import type { Message } from "./message.ts";
import { transports } from "./transports.ts";

const jpeg = new Uint8Array([0xff, 0xd8, 0xff, 0xd9]);
const message: Message = {
  title: "Shop: Tür vorn raised",
  text: "02:10:00 · recording: Yard",
  urgency: "high",
  receipt: undefined,
  pictures: [
    { name: "yard-1.jpg", jpeg },
    { name: "yard-2.jpg", jpeg },
  ],
};
const now = wallTime(1_790_000_000_000);
const short = { connectionTimeout: 80, greetingTimeout: 80, socketTimeout: 80, dnsTimeout: 80 };

const target = (port: number, more: Partial<EmailSettings> = {}): EmailSettings => ({
  ...{ notifier: 1, name: "Office", enabled: true, snapshot: true, kind: "email", host: "127.0.0.1", port },
  ...{ security: "none", anyCertificate: false, username: "", password: "", from: "reed@shop.example" },
  to: ["ann@shop.example", "bob@shop.example"],
  ...more,
});

interface Mail {
  readonly to: readonly string[];
  readonly raw: string;
  readonly secure: boolean;
  readonly user: string;
}

/** A mail server on loopback that keeps what it gets. */
async function mailServer(t: TestContext, options: SMTPServerOptions = {}): Promise<{ port: number; mails: Mail[] }> {
  const mails: Mail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    logger: false,
    ...options,
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        mails.push({ to, raw: Buffer.concat(parts).toString(), secure: session.secure, user: String(session.user) });
        done(null);
      });
    },
  });
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { port: (server.server.address() as AddressInfo).port, mails };
}

/** A server that speaks as it likes. */
async function rawServer(t: TestContext, talk: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    talk(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const refusal = (code: number, text: string): Error => Object.assign(new Error(text), { responseCode: code });

test("a mail goes to every recipient, with its pictures attached and a title that mail programs can read", async (t) => {
  const { port, mails } = await mailServer(t, { disabledCommands: ["STARTTLS", "AUTH"] });
  const tried = await transports()(target(port), message, now);
  assert.equal(tried.kind, "taken");
  assert.equal(tried.answer?.status, 250);
  const [mail] = mails;
  assert.ok(mail !== undefined);
  assert.deepEqual(mail.to, ["ann@shop.example", "bob@shop.example"]);
  assert.match(mail.raw, /Subject: =\?UTF-8\?Q\?Shop=3A_T=C3=BCr_vorn_raised\?=/);
  assert.equal([...mail.raw.matchAll(/Content-Disposition: attachment; filename=yard-\d\.jpg/g)].length, 2);
});

test("STARTTLS encrypts before the login, and TLS from the start; the password is not sent in plain", async (t) => {
  const onAuth: SMTPServerOptions["onAuth"] = (auth, _session, done) =>
    auth.password === "right" ? done(null, { user: auth.username ?? "" }) : done(refusal(535, "no"));
  const login = { username: "reed", password: "right", anyCertificate: true } as const;
  const late = await mailServer(t, { onAuth });
  const first = await transports()(target(late.port, { ...login, security: "starttls" }), message, now);
  const early = await mailServer(t, { onAuth, secure: true });
  const second = await transports()(target(early.port, { ...login, security: "tls" }), message, now);
  assert.deepEqual([first.kind, second.kind], ["taken", "taken"], `${first.why} ${second.why}`);
  assert.deepEqual(
    [...late.mails, ...early.mails].map(({ secure, user }) => [secure, user]),
    [
      [true, "reed"],
      [true, "reed"],
    ],
  );
});

test("a server that can't encrypt gets neither password nor mail where STARTTLS is asked for", async (t) => {
  const { port, mails } = await mailServer(t, { disabledCommands: ["STARTTLS"] });
  const tried = await transports()(target(port, { security: "starttls" }), message, now);
  assert.deepEqual([tried.kind, mails.length], ["refused", 0]);
  assert.match(tried.why, /does not encrypt so/);
});

test("a certificate that nobody vouches for is refused for good, unless that is allowed", async (t) => {
  const { port, mails } = await mailServer(t, { secure: true });
  const tried = await transports()(target(port, { security: "tls" }), message, now);
  assert.deepEqual([tried.kind, mails.length], ["refused", 0]);
  assert.match(tried.why, /certificate|altnames/i);
});

test("a wrong password is refused for good and stands in no reason", async (t) => {
  const { port } = await mailServer(t, { onAuth: (_auth, _session, done) => done(refusal(535, "bad guess-what-77")) });
  const login = { security: "starttls", anyCertificate: true, username: "reed", password: "guess-what-77" } as const;
  const tried = await transports()(target(port, login), message, now);
  assert.equal(tried.kind, "refused");
  assert.match(tried.why, /refused the login.*check user and password/);
  assert.ok(!JSON.stringify(tried).includes("guess-what-77"));
});

test("one refused recipient of two is told as lacking; all refused is a refusal", async (t) => {
  const onRcptTo: SMTPServerOptions["onRcptTo"] = ({ address }, _session, done) =>
    done(address.startsWith("bob") ? refusal(550, "no such user") : null);
  const { port } = await mailServer(t, { disabledCommands: ["STARTTLS", "AUTH"], onRcptTo });
  const some = await transports()(target(port), message, now);
  assert.deepEqual([some.kind, some.lacking], ["taken", "Office refused bob@shop.example"]);
  const none = await transports()(target(port, { to: ["bob@shop.example"] }), message, now);
  assert.equal(none.kind, "refused");
});

test("a server that is busy (4yz) is asked again later, one that says 5yz is not", async (t) => {
  const answers = [refusal(451, "busy"), refusal(554, "spam")];
  const onMailFrom: SMTPServerOptions["onMailFrom"] = (_address, _session, done) => done(answers.shift() ?? null);
  const { port } = await mailServer(t, { disabledCommands: ["STARTTLS", "AUTH"], onMailFrom });
  const kinds = [];
  for (let i = 0; i < 3; i++) kinds.push((await transports()(target(port), message, now)).kind);
  assert.deepEqual(kinds, ["again", "refused", "taken"]);
});

test("nobody there, silence, a cut in the middle: each may work later and says why", async (t) => {
  const gone = await rawServer(t, () => undefined);
  const silent = emailTransport(short)(target(gone), message, now);
  const cut = await rawServer(t, (socket) => {
    socket.write("220 here\r\n");
    socket.once("data", () => socket.destroy());
  });
  const free = createServer();
  await new Promise<void>((resolve) => free.listen(0, "127.0.0.1", resolve));
  const { port: closed } = free.address() as AddressInfo;
  await new Promise((resolve) => free.close(resolve));
  const tries = [
    await silent,
    await transports()(target(cut), message, now),
    await transports()(target(closed), message, now),
  ];
  assert.deepEqual(
    tries.map(({ kind }) => kind),
    ["again", "again", "again"],
  );
  assert.match(tries[2]?.why ?? "", /Office was not reached: .*ECONNREFUSED/);
});

/** Speaks SMTP up to DATA; what comes then is the test's. */
const mute = (t: TestContext, data: (socket: Socket) => void): Promise<number> =>
  rawServer(t, (socket) => {
    socket.write("220 here\r\n");
    socket.on("data", (text: Buffer) => {
      const line = text.toString();
      if (line.startsWith("DATA")) data(socket);
      else if (/^(EHLO|HELO|MAIL|RCPT|QUIT|RSET)/.test(line)) socket.write("250 go on\r\n");
    });
  });

test("a server that falls silent after DATA, cuts there, or is busy only then has not taken the mail", async (t) => {
  const says = (text: string) => (socket: Socket) => void socket.write(text);
  const [silent, cut, busy, spam] = [
    await mute(t, says("354 go ahead\r\n")),
    await mute(t, (socket) => socket.destroy()),
    await mute(t, says("452 no space\r\n")),
    await mute(t, says("554 no\r\n")),
  ];
  const tries = [];
  for (const port of [silent, cut, busy, spam]) tries.push(await emailTransport(short)(target(port), message, now));
  assert.deepEqual(
    tries.map(({ kind }) => kind),
    ["again", "again", "again", "refused"],
  );
});

test("a server that speaks no TLS where TLS is asked for gets no mail", async (t) => {
  const port = await rawServer(t, (socket) => void socket.write("220 plain\r\n"));
  const tried = await emailTransport(short)(target(port, { security: "tls" }), message, now);
  assert.deepEqual([tried.kind, /can't be trusted or does not encrypt/.test(tried.why)], ["refused", true], tried.why);
});

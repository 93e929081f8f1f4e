/**
 * Receivers on loopback that speak just enough of their protocol, and fail in a given way. For tests: real sockets, and a
 * few lines of each protocol, so that a byte can be left out anywhere.
 */
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import type { NotifierSettings } from "../../domain/notifier-settings.ts";

export const secret = "s3cret-of/target";

/** What a receiver does with one connection. */
export type Talk = (socket: Socket, receiver: Receiver) => void;

export interface Receiver extends AsyncDisposable {
  readonly port: number;
  /** Messages that it has taken. */
  taken: number;
  /** Connections that were made to it. */
  connections: number;
  /** It has heard a message and will never answer. */
  stuck: boolean;
}

/** A receiver that talks so; `port` where it had one before. */
export async function receive(talk: Talk, port = 0): Promise<Receiver> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket.on("error", () => undefined).on("close", () => sockets.delete(socket)));
    receiver.connections++;
    talk(socket, receiver);
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const receiver: Receiver = {
    ...{ port: (server.address() as AddressInfo).port, taken: 0, connections: 0, stuck: false },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return receiver;
}

/** Says it a byte a time, and the last byte for ever. */
export function drip(socket: Socket, text: string | Buffer): void {
  const bytes = Buffer.from(text);
  let at = 0;
  const timer = setInterval(() => socket.write(bytes.subarray(Math.min(at, bytes.length - 1), at + 1)), 5);
  const next = setInterval(() => at++, 5);
  socket.on("close", () => {
    clearInterval(timer);
    clearInterval(next);
  });
}

/** As much as the line takes, for ever. */
export function flood(socket: Socket, head: string | Buffer, rest: string): void {
  const block = Buffer.from(rest.repeat(Math.ceil(65_536 / rest.length)));
  const more = () => {
    if (!socket.destroyed) socket.write(block, () => setImmediate(more));
  };
  socket.write(head);
  more();
}

/** Calls back with whole lines. */
function lines(socket: Socket, take: (line: string) => void): void {
  let rest = "";
  socket.on("data", (data: Buffer) => {
    const parts = (rest + data.toString("latin1")).split("\r\n");
    rest = parts.pop() ?? "";
    for (const line of parts) take(line);
  });
}

/** Answers the first whole request with this status; 2xx has taken it. */
export const http =
  (answer: () => { status: number; text?: string }): Talk =>
  (socket, receiver) => {
    let got = Buffer.alloc(0);
    socket.on("data", (data: Buffer) => {
      got = Buffer.concat([got, data]);
      const head = got.indexOf("\r\n\r\n");
      const length = Number(/content-length: (\d+)/i.exec(got.subarray(0, head + 2).toString("latin1"))?.[1] ?? 0);
      if (head < 0 || got.length < head + 4 + length) return;
      const { status, text = "" } = answer();
      if (status < 300) receiver.taken++;
      socket.end(`HTTP/1.1 ${status} So\r\nContent-Length: ${text.length}\r\nConnection: close\r\n\r\n${text}`);
    });
  };

/** Answers a request once its head has come. */
export const afterRequest =
  (answer: Talk): Talk =>
  (socket, receiver) =>
    void socket.once("data", () => answer(socket, receiver));

/** What a mail server says to a command, by its first word; undefined: it hangs up. */
export type MailAnswer = (command: string, line: string) => string | undefined;

export const smtp =
  (answer: MailAnswer = () => ""): Talk =>
  (socket, receiver) => {
    let inData = false;
    const usual: Record<string, string> = {
      EHLO: "250-here\r\n250 AUTH PLAIN",
      AUTH: "235 welcome",
      DATA: "354 go ahead",
      ".": "250 queued",
      QUIT: "221 bye",
    };
    socket.write("220 here\r\n");
    lines(socket, (line) => {
      if (inData && line !== ".") return;
      const command = inData ? "." : (line.split(/[ :]/)[0] ?? "").toUpperCase();
      const said = answer(command, line);
      if (said === undefined) return void socket.destroy();
      const reply = said === "" ? (usual[command] ?? "250 go on") : said;
      inData = reply.startsWith("354");
      if (command === "." && reply.startsWith("250")) receiver.taken++;
      socket.write(`${reply}\r\n`);
    });
  };

/** MQTT 3.1.1 §2.2.1: what a packet is. */
const connectPacket = 1;
const publishPacket = 3;
const subscribePacket = 8;
const pingPacket = 12;

/** How a broker takes the login (§3.2.2.3: 0 accepted, 3 unavailable, 5 not authorized) and what it does with a message. */
export interface BrokerWays {
  readonly login?: () => number | "hang up";
  readonly message?: "acknowledge" | "be silent" | "hang up";
}

export const broker =
  ({ login = () => 0, message = "acknowledge" }: BrokerWays = {}): Talk =>
  (socket, receiver) => {
    let rest = Buffer.alloc(0);
    const answer = (kind: number, body: Buffer) => {
      if (kind === connectPacket) {
        const code = login();
        if (code === "hang up") socket.destroy();
        else socket.write(Buffer.from([0x20, 2, 0, code]));
      }
      if (kind === subscribePacket) socket.write(Buffer.from([0x90, 3, body[0] ?? 0, body[1] ?? 0, 1]));
      if (kind === pingPacket) socket.write(Buffer.from([0xd0, 0]));
      if (kind === publishPacket) published(body);
    };
    const published = (body: Buffer) => {
      const length = body.readUInt16BE(0);
      const ours = body
        .subarray(2, 2 + length)
        .toString()
        .endsWith("/message");
      if (ours && message === "hang up") return void socket.destroy();
      if (ours && message === "be silent") return void (receiver.stuck = true);
      if (ours) receiver.taken++;
      socket.write(Buffer.from([0x40, 2, body[2 + length] ?? 0, body[3 + length] ?? 0]));
    };
    socket.on("data", (data: Buffer) => {
      rest = Buffer.concat([rest, data]);
      for (let packet = packetOf(rest); packet !== undefined; packet = packetOf(rest)) {
        rest = rest.subarray(packet.size);
        answer(packet.kind, packet.body);
      }
    });
  };

/** The first whole packet; its length is 7 bits a byte (§2.2.3). */
function packetOf(bytes: Buffer): { kind: number; body: Buffer; size: number } | undefined {
  let length = 0;
  let at = 1;
  for (; ; at++) {
    const byte = bytes[at];
    if (byte === undefined) return undefined;
    length += (byte & 127) * 128 ** (at - 1);
    if (byte < 128) break;
  }
  const size = at + 1 + length;
  return bytes.length < size ? undefined : { kind: (bytes[0] ?? 0) >> 4, body: bytes.subarray(at + 1, size), size };
}

const common = { notifier: 1, name: "Target", enabled: true, snapshot: false } as const;

/** Every kind of receiver that is tried, at this port; `tls`: encrypted from the start. */
export const targets: Readonly<Record<string, (port: number, tls?: boolean) => NotifierSettings>> = {
  webhook: (port, tls) => ({ ...common, kind: "webhook", url: web(port, tls), secret }),
  ntfy: (port, tls) => ({ ...common, kind: "ntfy", url: web(port, tls), topic: "door", token: secret }),
  telegram: (port, tls) => ({ ...common, kind: "telegram", url: web(port, tls), token: secret, chat: "1" }),
  pushover: (port, tls) => ({ ...common, kind: "pushover", url: web(port, tls), token: secret, user: "u", device: "" }),
  email: (port, tls) => ({
    ...{ ...common, kind: "email", host: "127.0.0.1", port, security: tls === true ? "tls" : "none" },
    ...{ anyCertificate: false, username: "reed", password: secret, from: "reed@shop.example" },
    to: ["ann@shop.example"],
  }),
  mqtt: (port, tls) => ({
    ...{ ...common, kind: "mqtt", url: `${tls === true ? "mqtts" : "mqtt"}://127.0.0.1:${port}`, username: "reed" },
    ...{ password: secret, topic: "reed", discovery: false, discoveryPrefix: "ha", outputs: [], arming: "arm" },
  }),
};

const web = (port: number, tls?: boolean): string => `${tls === true ? "https" : "http"}://127.0.0.1:${port}`;

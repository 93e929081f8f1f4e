/**
 * A push service on loopback, as a browser's maker runs one: HTTPS, RFC 8030's answers, and eyes that open the message
 * (RFC 8291) and check who signed it (RFC 8292) with nothing but `node:crypto`.
 */
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify, type ECDH } from "node:crypto";
import { createServer, request, type Server } from "node:https";
import type { IncomingMessage, ServerResponse } from "node:http";

/** A browser that subscribed: its public key and secret as it gives them out. */
export interface VirtualBrowser {
  readonly keys: { readonly p256dh: string; readonly auth: string };
  /** The plain text of an `aes128gcm` body; throws when it was made for somebody else or was changed. */
  open(body: Buffer): string;
}

/** RFC 8291 §3: the browser's key pair and its secret of 16 bytes. */
export function virtualBrowser(): VirtualBrowser {
  const own = createECDH("prime256v1");
  own.generateKeys();
  const secret = randomBytes(16);
  return {
    keys: { p256dh: own.getPublicKey("base64url"), auth: secret.toString("base64url") },
    open: (body) => opened(own, secret, body),
  };
}

const derived = (key: Uint8Array, salt: Uint8Array, info: Buffer, length: number): Buffer =>
  Buffer.from(hkdfSync("sha256", key, salt, info, length));

/** RFC 8188 §2.1: salt, record size, key id; one record, which ends with 2 and padding. RFC 8291 §3.4: the keys. */
function opened(own: ECDH, secret: Buffer, body: Buffer): string {
  const salt = body.subarray(0, 16);
  const recordSize = body.readUInt32BE(16);
  const server = body.subarray(21, 21 + body.readUInt8(20));
  const sealed = body.subarray(21 + server.length);
  if (sealed.length > recordSize) throw new Error("the message has more than one record");
  const info = Buffer.concat([Buffer.from("WebPush: info\0"), own.getPublicKey(), server]);
  const key = derived(own.computeSecret(server), secret, info, 32);
  const decipher = createDecipheriv(
    "aes-128-gcm",
    derived(key, salt, Buffer.from("Content-Encoding: aes128gcm\0"), 16),
    derived(key, salt, Buffer.from("Content-Encoding: nonce\0"), 12),
  ).setAuthTag(sealed.subarray(-16));
  const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  const end = plain.lastIndexOf(2);
  if (end < 0) throw new Error("the record has no delimiter");
  return plain.subarray(0, end).toString("utf8");
}

interface Claims {
  readonly aud: string;
  readonly exp: number;
  readonly sub: string;
}

/** The claims of `vapid t=…, k=…`, once the signature is found to be of that key; throws when it is not. */
export function vapidClaims(authorization: string): { readonly claims: Claims; readonly publicKey: string } {
  const [, token = "", publicKey = ""] = /^vapid t=([^,]+), ?k=(\S+)$/.exec(authorization) ?? [];
  const [head = "", claims = "", signature = ""] = token.split(".");
  const point = Buffer.from(publicKey, "base64url");
  const coordinate = (from: number) => point.subarray(from, from + 32).toString("base64url");
  const key = createPublicKey({
    key: { kty: "EC", crv: "P-256", x: coordinate(1), y: coordinate(33) },
    format: "jwk",
  });
  const good = verify(
    "sha256",
    Buffer.from(`${head}.${claims}`),
    { key, dsaEncoding: "ieee-p1363" },
    Buffer.from(signature, "base64url"),
  );
  if (!good) throw new Error("the token was not signed with this key");
  return { claims: JSON.parse(Buffer.from(claims, "base64url").toString()) as Claims, publicKey };
}

export interface Pushed {
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

export interface PushService extends AsyncDisposable {
  readonly origin: string;
  readonly pushed: readonly Pushed[];
  /** What it answers on a path; `hang`: nothing. Else 201. */
  readonly answers: Map<string, number | "hang">;
  /** Posts like `fetch`, and trusts this service's certificate; gives up after `limitMs`. */
  post(asked: PushPost, limitMs: number): Promise<{ readonly status: number; readonly text: string }>;
}

interface PushPost {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Listens on loopback with this certificate until it is disposed. */
export async function startPushService(tls: { readonly key: string; readonly cert: string }): Promise<PushService> {
  const pushed: Pushed[] = [];
  const answers = new Map<string, number | "hang">();
  const server = createServer(tls, (asked, response) => void take(asked, response));
  const take = async (asked: IncomingMessage, response: ServerResponse) => {
    const parts: Buffer[] = [];
    for await (const part of asked) parts.push(part as Buffer);
    const path = asked.url ?? "";
    pushed.push({ path, headers: asked.headers, body: Buffer.concat(parts) });
    const answer = answers.get(path) ?? 201;
    if (answer !== "hang") response.writeHead(answer).end(answer === 201 ? "" : `no: ${path}`);
  };
  const origin = await listening(server);
  return {
    ...{ origin, pushed, answers },
    post: ({ url, headers, body }, limitMs) =>
      new Promise((resolve, reject) => {
        const signal = AbortSignal.timeout(limitMs);
        const posting = request(url, { method: "POST", headers, ca: tls.cert, signal, agent: false }, (answer) => {
          let text = "";
          answer.setEncoding("utf8").on("data", (part: string) => (text += part));
          answer.on("end", () => resolve({ status: answer.statusCode ?? 0, text }));
        });
        posting.on("error", reject);
        posting.end(body);
      }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return `https://localhost:${typeof address === "object" && address !== null ? address.port : 0}`;
}

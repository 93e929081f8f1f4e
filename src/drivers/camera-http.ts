/** One HTTP request to a camera, with Digest where it is asked for (RFC 7616) and a bound on what is read. */
import { createHash, randomBytes } from "node:crypto";
import { request } from "node:http";
import { err, ok, type Result } from "../kernel/result.ts";
import { loginRefused } from "../domain/ptz-settings.ts";

/** A camera as far as HTTP goes. */
export interface HttpCamera {
  /** Name or address, without port. */
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
}

export interface Asked {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Answered {
  readonly status: number;
  readonly text: string;
  readonly challenges: readonly string[];
  /** The camera's clock, as it told (`Date`). */
  readonly date: string | undefined;
}

/** Bytes of an answer that are read at most. */
const mostBytes = 256 * 1024;

/** Asks once. `err`: nobody answered, with the reason. */
export function ask(camera: HttpCamera, asked: Asked, signal: AbortSignal): Promise<Result<Answered>> {
  return new Promise((resolve) => {
    const { method, path, headers = {}, body = "" } = asked;
    const length = body === "" ? {} : { "Content-Length": Buffer.byteLength(body) };
    const options = { host: camera.host, port: camera.port, method, path, signal, agent: false as const };
    const failed = (error: Error) => resolve(err(whyNot(error, signal)));
    const sending = request({ ...options, headers: { ...headers, ...length } }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("error", failed);
      response.on("data", (part: string) => {
        text += part;
        if (text.length > mostBytes) response.destroy(new Error("the answer is too large"));
      });
      response.on("end", () =>
        resolve(
          ok({
            ...{ status: response.statusCode ?? 0, text, date: response.headers.date },
            challenges: response.headersDistinct["www-authenticate"] ?? [],
          }),
        ),
      );
    });
    sending.on("error", failed);
    sending.end(body);
  });
}

const whyNot = (error: Error, signal: AbortSignal): string =>
  signal.aborted ? "the camera did not answer in time" : `the camera was not reached: ${error.message}`;

/** Asks, and once more with the login when the camera asks for it. A login that is refused is not tried again. */
export async function askWithLogin(camera: HttpCamera, asked: Asked, signal: AbortSignal): Promise<Result<Answered>> {
  const first = await ask(camera, asked, signal);
  if (!first.ok || first.value.status !== 401 || camera.username === "") return first;
  const authorization = authorizationFor(first.value.challenges, asked, camera, randomBytes(8).toString("hex"));
  if (authorization === undefined) return first;
  return ask(camera, { ...asked, headers: { ...asked.headers, Authorization: authorization } }, signal);
}

type Login = Pick<HttpCamera, "username" | "password">;

/** The answer to the first challenge that is understood: Digest before Basic. */
export function authorizationFor(
  challenges: readonly string[],
  { method, path }: Pick<Asked, "method" | "path">,
  { username, password }: Login,
  cnonce: string,
): string | undefined {
  const digest = challenges.filter((one) => /^digest /i.test(one)).map(parametersOf);
  const known = digest.find(({ algorithm = "MD5" }) => /^(md5|sha-256)$/i.test(algorithm));
  if (known === undefined) {
    const basic = challenges.some((one) => /^basic\b/i.test(one));
    return basic ? `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}` : undefined;
  }
  const { realm = "", nonce = "", qop, opaque, algorithm = "MD5" } = known;
  const hash = (text: string) =>
    createHash(/md5/i.test(algorithm) ? "md5" : "sha256")
      .update(text)
      .digest("hex");
  const [user, uri] = [hash(`${username}:${realm}:${password}`), hash(`${method}:${path}`)];
  const counted = qop?.split(/\s*,\s*/).includes("auth") === true;
  const response = counted ? hash(`${user}:${nonce}:00000001:${cnonce}:auth:${uri}`) : hash(`${user}:${nonce}:${uri}`);
  return [
    `Digest username="${quoted(username)}", realm="${quoted(realm)}", nonce="${quoted(nonce)}", uri="${path}"`,
    `response="${response}", algorithm=${algorithm}`,
    ...(counted ? [`qop=auth, nc=00000001, cnonce="${cnonce}"`] : []),
    ...(opaque === undefined ? [] : [`opaque="${quoted(opaque)}"`]),
  ].join(", ");
}

const quoted = (text: string): string => text.replace(/[\\"]/g, "\\$&");

function parametersOf(challenge: string): Readonly<Record<string, string | undefined>> {
  const found = challenge.matchAll(/([a-z]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/gi);
  return Object.fromEntries(
    Array.from(found, ([, name = "", text, token]) => [
      name.toLowerCase(),
      text === undefined ? token : text.replace(/\\(.)/g, "$1"),
    ]),
  );
}

/** A refusal in words; undefined when the camera took it. */
export const refusal = ({ status }: Pick<Answered, "status">): string | undefined =>
  status === 401 || status === 403
    ? loginRefused
    : status === 404
      ? "the camera has no such service; check kind and port"
      : undefined;

/** An answer that does not end: how it began, and its bytes as they come. */
export interface Stream {
  readonly status: number;
  readonly challenges: readonly string[];
  readonly contentType: string;
  /** `handle` is called with each piece; resolves with why it ended. */
  read(handle: (bytes: Uint8Array) => void): Promise<string>;
}

/** Asks for a stream, with the login when the camera asks for it; a login that is refused is not tried again. */
export async function streamWithLogin(camera: HttpCamera, path: string, signal: AbortSignal): Promise<Result<Stream>> {
  const first = await openStream(camera, path, {}, signal);
  if (!first.ok || first.value.status !== 401 || camera.username === "") return first;
  const asked = { method: "GET", path } as const;
  const login = authorizationFor(first.value.challenges, asked, camera, randomBytes(8).toString("hex"));
  return login === undefined ? first : openStream(camera, path, { Authorization: login }, signal);
}

function openStream(
  { host, port }: HttpCamera,
  path: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Result<Stream>> {
  return new Promise((resolve) => {
    const sending = request({ host, port, path, headers, signal, method: "GET", agent: false }, (response) => {
      const status = response.statusCode ?? 0;
      response.on("error", () => response.destroy());
      if (status !== 200) response.destroy();
      resolve(
        ok({
          status,
          challenges: response.headersDistinct["www-authenticate"] ?? [],
          contentType: response.headers["content-type"] ?? "",
          read: (handle) =>
            new Promise((ended) => {
              response.on("data", (bytes: Uint8Array) => handle(bytes));
              response.on("close", () => ended("the camera ended the connection"));
            }),
        }),
      );
    });
    sending.on("error", (error) => resolve(err(whyNot(error, signal))));
    sending.end();
  });
}

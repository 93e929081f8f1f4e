import { err, ok, type Result } from "../../kernel/result.ts";

/** Where a stream is. `url` never holds credentials: it is what requests, logs and pages carry. */
export interface RtspUrl {
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly username?: string;
  readonly password?: string;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a password with a bare percent sign, written as it is
  }
}

const pattern = /^rtsp:\/\/(?:(.*)@)?(\[[0-9a-fA-F:.%]+\]|[^:/?#@\s]+)(?::(\d{1,5}))?((?:[/?#].*)?)$/i;

/**
 * Reads `rtsp://[user[:password]@]host[:port][/path]` (RFC 2326 §3.2). A password may hold `@`: the host stands behind
 * the last one before the path. The error is a sentence without the credentials.
 */
export function parseRtspUrl(text: string): Result<RtspUrl> {
  const trimmed = text.trim();
  if (/^rtsps:/i.test(trimmed)) return err("RTSP over TLS (rtsps://) is not supported; use rtsp://.");
  if (/[\s\u0000-\u001f]/.test(trimmed)) return err("The address holds a space or a control character.");
  const slash = trimmed.indexOf("/", 7);
  const authority = slash === -1 ? trimmed : trimmed.slice(0, slash);
  const match = pattern.exec(authority);
  const [, credentials, host, port, tail = ""] = match ?? [];
  if (host === undefined) return err("The address is not of the form rtsp://host:port/path.");
  const number = port === undefined ? 554 : Number(port);
  if (number < 1 || number > 65_535) return err(`${port ?? ""} is not a port number.`);
  const url = `rtsp://${host}${port === undefined ? "" : `:${port}`}${tail}${slash === -1 ? "" : trimmed.slice(slash)}`;
  const colon = credentials?.indexOf(":") ?? -1;
  return ok({
    url,
    host: host.startsWith("[") ? host.slice(1, -1) : host.toLowerCase(),
    port: number,
    ...(credentials === undefined
      ? {}
      : {
          username: decode(colon === -1 ? credentials : credentials.slice(0, colon)),
          password: colon === -1 ? "" : decode(credentials.slice(colon + 1)),
        }),
  });
}

/**
 * The URL that relative control attributes stand on: Content-Base, else Content-Location, else the request's
 * (RFC 2326 §C.1.1). Some cameras leave out the scheme or send a path only.
 */
export function baseUrl(requestUrl: string, contentBase?: string, contentLocation?: string): string {
  const given = [contentBase, contentLocation].map((text) => text?.trim() ?? "").find((text) => text !== "");
  if (given === undefined) return requestUrl;
  if (/^rtspu?:\/\//i.test(given)) return given;
  const root = /^[a-z]+:\/\/[^/?#]*/i.exec(requestUrl)?.[0] ?? requestUrl;
  if (given.startsWith("/")) return root + given;
  if (/^[\w.-]+:\d+\//.test(given) || /^\d+\.\d+\.\d+\.\d+\//.test(given)) return `rtsp://${given}`;
  return requestUrl;
}

/**
 * A control attribute on its base. Cameras and other clients append instead of resolving by RFC 3986 (a base without a
 * slash at its end would lose its last part, and queries would vanish), so this appends too.
 */
export function joinControl(base: string, control: string | undefined): string {
  const text = control?.trim() ?? "";
  if (text === "" || text === "*") return base;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return text;
  if (text.startsWith("?")) return base + text;
  return base.endsWith("/") ? base + text.replace(/^\/+/, "") : `${base}${text.startsWith("/") ? "" : "/"}${text}`;
}

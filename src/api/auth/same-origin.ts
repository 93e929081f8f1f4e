import type { IncomingHttpHeaders, IncomingMessage } from "node:http";

/**
 * Does a request come from a page of ours, or from no page at all? Browsers say so in `Sec-Fetch-Site` (W3C Fetch
 * Metadata) or, older ones, in `Origin`; programs send neither. Guards cookies against other sites' pages.
 */
export function isSameOrigin(headers: IncomingHttpHeaders): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") return false;
  const { origin, host } = headers;
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}

const loopbackAddresses = /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/;
const loopbackHosts = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i;

/** What proxies add. */
const forwarding = ["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"];

/**
 * From this machine, under a name of this machine: a foreign page whose name was made to mean 127.0.0.1 is not, and
 * neither is what a proxy on this machine passes on, which some do in HTTP/1.0 and without a word about it.
 */
export const isLoopback = (address: string, request: Pick<IncomingMessage, "headers" | "httpVersion">): boolean =>
  loopbackAddresses.test(address) &&
  loopbackHosts.test(request.headers.host ?? "") &&
  request.httpVersion !== "1.0" &&
  isSameOrigin(request.headers) &&
  forwarding.every((name) => request.headers[name] === undefined);

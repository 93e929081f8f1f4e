import type { IncomingHttpHeaders } from "node:http";

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

/** From this machine, under a name of this machine: a foreign page whose name was made to mean 127.0.0.1 is not. */
export const isLoopback = (address: string, headers: IncomingHttpHeaders): boolean =>
  loopbackAddresses.test(address) &&
  loopbackHosts.test(headers.host ?? "") &&
  headers["x-forwarded-for"] === undefined &&
  headers["forwarded"] === undefined;

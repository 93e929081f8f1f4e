/** RTSP 1.0 messages as values (RFC 2326 §4–§7), read with the tolerance that cameras need. */

/** Names in lower case; a header that came more than once keeps every value. */
export type RtspHeaders = ReadonlyMap<string, readonly string[]>;

export interface RtspResponse {
  readonly kind: "response";
  readonly status: number;
  readonly reason: string;
  readonly headers: RtspHeaders;
  readonly body: Uint8Array;
}

export interface RtspRequest {
  readonly kind: "request";
  readonly method: string;
  readonly url: string;
  readonly headers: RtspHeaders;
  readonly body: Uint8Array;
}

export type RtspMessage = RtspResponse | RtspRequest;

export type StartLine =
  | { readonly kind: "response"; readonly status: number; readonly reason: string }
  | { readonly kind: "request"; readonly method: string; readonly url: string };

const responseLine = /^RTSP\/\d\.\d[ \t]+(\d{3})(?:[ \t]+(.*))?$/i;
const requestLine = /^([A-Z][A-Z_]{0,31})[ \t]+(\S+)[ \t]+RTSP\/\d\.\d$/;

/** A status or request line; undefined when it is neither. */
export function parseStartLine(line: string): StartLine | undefined {
  const text = line.trim();
  const response = responseLine.exec(text);
  if (response !== null) return { kind: "response", status: Number(response[1]), reason: (response[2] ?? "").trim() };
  const request = requestLine.exec(text);
  if (request === null) return undefined;
  return { kind: "request", method: request[1] ?? "", url: request[2] ?? "" };
}

/**
 * Header lines without the start line. A line that begins with a space goes on the one before (RFC 2326 §4.2); a line
 * without a colon says nothing and is left out.
 */
export function parseHeaders(lines: readonly string[]): RtspHeaders {
  const headers = new Map<string, string[]>();
  let last: string[] | undefined;
  for (const line of lines) {
    const colon = line.indexOf(":");
    if (/^[ \t]/.test(line) && last !== undefined) {
      last.push(`${last.pop() ?? ""} ${line.trim()}`.trim());
    } else if (colon > 0) {
      const name = line.slice(0, colon).trim().toLowerCase();
      last = headers.get(name) ?? [];
      last.push(line.slice(colon + 1).trim());
      headers.set(name, last);
    }
  }
  return headers;
}

/** The first value of a header; `name` in lower case. */
export const header = (message: { readonly headers: RtspHeaders }, name: string): string | undefined =>
  message.headers.get(name)?.[0];

/** CSeq as a number; undefined where a camera leaves it out or writes nonsense. */
export function sequenceOf(message: RtspMessage): number | undefined {
  const text = header(message, "cseq");
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

export interface OutgoingRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** A value must not end its line: whatever a camera told us and we say again is cut at the first line break. */
const oneLine = (text: string): string => text.split(/[\r\n]/, 1)[0] ?? "";

export const formatRequest = (request: OutgoingRequest): string =>
  [
    `${request.method} ${oneLine(request.url)} RTSP/1.0`,
    ...request.headers.map(([name, value]) => `${name}: ${oneLine(value)}`),
    "",
    "",
  ].join("\r\n");

/** The answer to a request that the camera sent us. */
export const formatAnswer = (request: RtspRequest, status: 200 | 501): string =>
  [
    `RTSP/1.0 ${status} ${status === 200 ? "OK" : "Not Implemented"}`,
    `CSeq: ${oneLine(header(request, "cseq") ?? "0")}`,
    "",
    "",
  ].join("\r\n");

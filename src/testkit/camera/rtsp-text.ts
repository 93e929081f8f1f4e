/** The little of RTSP 1.0 (RFC 2326) that a camera speaks. */
export interface RtspRequest {
  readonly method: string;
  readonly url: string;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
}

const longestRequest = 65_536;

/**
 * Collects a client's bytes and gives back whole requests; interleaved frames (the client's RTCP) are skipped.
 * Throws on what is no RTSP, the owner then closes the connection.
 */
export function requestReader(): (chunk: Buffer) => RtspRequest[] {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const requests: RtspRequest[] = [];
    for (;;) {
      if (rest.length > 0 && rest[0] === 0x24) {
        if (rest.length < 4 || rest.length < 4 + rest.readUInt16BE(2)) return requests;
        rest = rest.subarray(4 + rest.readUInt16BE(2));
        continue;
      }
      const end = rest.indexOf("\r\n\r\n");
      if (end < 0) {
        if (rest.length > longestRequest) throw new Error("request too long");
        return requests;
      }
      const request = parseHead(rest.toString("latin1", 0, end));
      const total = end + 4 + Number(request.headers.get("content-length") ?? 0);
      if (!(total <= longestRequest)) throw new Error("bad Content-Length");
      if (rest.length < total) return requests;
      requests.push(request);
      rest = rest.subarray(total);
    }
  };
}

function parseHead(text: string): RtspRequest {
  const [first = "", ...lines] = text.replace(/^(\r\n)+/, "").split("\r\n");
  const parts = /^([A-Z_]+) (\S+) RTSP\/1\.0$/.exec(first);
  if (parts === null) throw new Error(`not an RTSP request: ${JSON.stringify(first.slice(0, 80))}`);
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(":");
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return { method: parts[1] ?? "", url: parts[2] ?? "", headers };
}

const reasons: Readonly<Record<number, string>> = {
  200: "OK",
  400: "Bad Request",
  401: "Unauthorized",
  404: "Not Found",
  405: "Method Not Allowed",
  453: "Not Enough Bandwidth",
  454: "Session Not Found",
  455: "Method Not Valid in This State",
  461: "Unsupported Transport",
};

export interface RtspReply {
  readonly status: number;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string;
}

export function replyBytes(reply: RtspReply, cseq: string | undefined): Buffer {
  const lines = [`RTSP/1.0 ${reply.status} ${reasons[reply.status] ?? "Error"}`];
  if (cseq !== undefined) lines.push(`CSeq: ${cseq}`);
  for (const [name, value] of reply.headers ?? []) lines.push(`${name}: ${value}`);
  if (reply.body !== undefined) lines.push(`Content-Length: ${reply.body.length}`);
  return Buffer.from(`${lines.join("\r\n")}\r\n\r\n${reply.body ?? ""}`, "latin1");
}

/** Camera, stream and track that a URL names: `rtsp://host/cam3/sub/trackID=1?x=y`. */
export interface Target {
  readonly camera: number;
  readonly stream: "main" | "sub";
  readonly track: number | undefined;
}

export function targetOf(url: string): Target | undefined {
  const found = /^rtsp:\/\/[^/]+\/cam(\d+)(\/sub)?(?:\/trackID=(\d+))?\/?(?:\?.*)?$/.exec(url);
  if (found === null) return undefined;
  const track = found[3] === undefined ? undefined : Number(found[3]);
  return { camera: Number(found[1]), stream: found[2] === undefined ? "main" : "sub", track };
}

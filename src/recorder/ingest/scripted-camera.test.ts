/** A camera on loopback that answers by a script, for the tests of this folder and of `probe`. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { test, type TestContext } from "node:test";

export const sdp =
  "v=0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=control:v\r\n" + "m=audio 0 RTP/AVP 8\r\na=control:a\r\n";

/** A camera on loopback: answers requests by a script, sends packets when told. */
export interface TestCamera {
  readonly port: number;
  readonly asked: string[];
  readonly sockets: Socket[];
  /** Bytes that came on interleaved channels. */
  readonly frames: Buffer[];
  send(bytes: Uint8Array): void;
}

export type Answer = (request: string) => { status?: string; headers?: string; body?: string } | undefined;

export const usual: Answer = (request) => {
  if (request.startsWith("OPTIONS")) return { headers: "Public: GET_PARAMETER\r\n" };
  if (request.startsWith("DESCRIBE")) return { body: sdp };
  if (request.startsWith("SETUP"))
    return { headers: `Session: 1;timeout=60\r\n${/Transport:.*\r\n/.exec(request)?.[0] ?? ""}` };
  return {};
};

export async function startCamera(t: TestContext, answer: Answer = usual): Promise<TestCamera> {
  const asked: string[] = [];
  const sockets: Socket[] = [];
  const frames: Buffer[] = [];
  const server: Server = createServer((socket) => {
    sockets.push(socket);
    let kept = Buffer.alloc(0);
    socket.on("error", () => socket.destroy());
    socket.on("data", (bytes) => {
      kept = Buffer.concat([kept, bytes]);
      for (;;) {
        if (kept[0] === 0x24 && kept.length >= 4 && kept.length >= 4 + kept.readUInt16BE(2)) {
          frames.push(kept.subarray(0, 4 + kept.readUInt16BE(2)));
          kept = kept.subarray(4 + kept.readUInt16BE(2));
          continue;
        }
        const end = kept.indexOf("\r\n\r\n");
        if (end === -1 || kept[0] === 0x24) return;
        const request = kept.subarray(0, end + 4).toString();
        kept = kept.subarray(end + 4);
        asked.push(request);
        const reply = answer(request);
        if (reply === undefined) continue;
        const { status = "200 OK", headers = "", body = "" } = reply;
        const cseq = /CSeq: \d+/.exec(request)?.[0] ?? "";
        socket.write(`RTSP/1.0 ${status}\r\n${cseq}\r\n${headers}Content-Length: ${body.length}\r\n\r\n${body}`);
      }
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  assert.ok(address !== null && typeof address === "object");
  return {
    port: address.port,
    asked,
    sockets,
    frames,
    send: (bytes) => void sockets.at(-1)?.write(bytes),
  };
}

export function rtp(sequence: number, timestamp: number, channel = 0, payloadType = 96): Uint8Array {
  const bytes = Buffer.alloc(4 + 12 + 5, 1);
  bytes.set([0x24, channel, 0, 17, 0x80, 0x80 | payloadType]);
  bytes.writeUInt16BE(sequence & 0xffff, 6);
  bytes.writeUInt32BE(timestamp >>> 0, 8);
  bytes.writeUInt32BE(0xabcd, 12);
  return bytes;
}

/** Lets sockets do their work until `check` holds; the clock stands still meanwhile. */
export async function until(check: () => boolean): Promise<void> {
  for (let i = 0; i < 2000 && !check(); i++) await new Promise((resolve) => setTimeout(resolve, 1));
  assert.ok(check(), `never came true: ${check.toString()}`);
}

export const asked = (camera: TestCamera, method: string): number =>
  camera.asked.filter((request) => request.startsWith(method)).length;

// other tests import this file; this one is run once
if (import.meta.main) {
  test("the scripted camera answers each request with its number", async (t) => {
    const camera = await startCamera(t);
    const socket = connect(camera.port, "127.0.0.1");
    t.after(() => socket.destroy());
    socket.write("OPTIONS rtsp://x RTSP/1.0\r\nCSeq: 7\r\n\r\n");
    const [answer] = (await once(socket, "data")) as [Buffer];
    assert.match(answer.toString(), /^RTSP\/1.0 200 OK\r\nCSeq: 7/);
    assert.equal(asked(camera, "OPTIONS"), 1);
  });
}

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { listenSocket } from "./lines.ts";
import { requestSnapshot } from "./snapshot-client.ts";

async function analysis(t: TestContext, answer: (request: string) => Buffer) {
  const folder = mkdtempSync(join(tmpdir(), "reed-snapshot-"));
  const path = join(folder, "analysis.sock");
  const server = await listenSocket(path, (socket) => {
    socket.on("error", () => socket.destroy());
    socket.once("data", (chunk: Buffer) => socket.end(answer(chunk.toString())));
  });
  t.after(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });
  return (channel: number) => requestSnapshot(path, channel);
}

const withLength = (length: number, rest: Uint8Array | string): Buffer => {
  const head = Buffer.alloc(4);
  head.writeUInt32LE(length);
  return Buffer.concat([head, Buffer.from(rest as string)]);
};

test("a picture comes whole", async (t) => {
  const requests: string[] = [];
  const snapshot = await analysis(t, (request) => (requests.push(request), withLength(3, Uint8Array.from([1, 2, 3]))));
  assert.deepEqual([...(await snapshot(4))], [1, 2, 3]);
  assert.deepEqual(requests, ['{"channel":4}\n']);
});

test("the reason why there is none is handed on; what is cut off or not understood is said so", async (t) => {
  const reason = await analysis(t, () => withLength(0, '{"error":"channel 4 is down"}\n'));
  await assert.rejects(reason(4), /channel 4 is down/);
  const odd = await analysis(t, () => withLength(0, "what?\n"));
  await assert.rejects(odd(4), /no picture of this channel/);
  const cut = await analysis(t, () => withLength(9, "abc"));
  await assert.rejects(cut(4), /cut off/);
  await assert.rejects(requestSnapshot("/nonexistent/analysis.sock", 4), /not running/);
});

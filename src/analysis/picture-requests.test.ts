import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { listenSocket } from "../platform/lines.ts";
import { requestDecode } from "../platform/snapshot-client.ts";
import { servePicture } from "./picture-requests.ts";
import type { PictureDecoder, PictureRequest } from "./ports.ts";

const parameters = { track: "video", codec: "h264", codecString: "avc1.42c01e", sps: "Z0I=" } as const;

async function analysis(t: TestContext, jpeg: PictureDecoder["jpeg"]) {
  const folder = mkdtempSync(join(tmpdir(), "reed-pictures-"));
  const path = join(folder, "analysis.sock");
  const server = await listenSocket(path, (socket) => servePicture(socket, "/nonexistent", { name: "test", jpeg }));
  t.after(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });
  return path;
}

test("a key frame that is sent along is decoded whole, however it was split on the way", async (t) => {
  const asked: PictureRequest[] = [];
  const path = await analysis(t, (request) => {
    asked.push(request);
    return Promise.resolve(Uint8Array.from([0xff, 0xd8, 0xff]));
  });
  const unit = Buffer.alloc(300_000, 7);
  assert.deepEqual([...(await requestDecode(path, parameters, unit))], [0xff, 0xd8, 0xff]);
  assert.deepEqual(asked[0]?.parameters, parameters);
  assert.ok(asked[0].units.length === 1 && Buffer.compare(unit, asked[0].units[0] ?? new Uint8Array()) === 0);
});

test("why it could not be decoded is handed on", async (t) => {
  const path = await analysis(t, () => Promise.reject(new Error("the access units hold no whole picture")));
  await assert.rejects(requestDecode(path, parameters, Buffer.alloc(4)), /no whole picture/);
});

for (const line of ["what?", "{}", '{"decode":{},"bytes":99999999}', "x".repeat(20_000)]) {
  test(`who sends ${line.slice(0, 30)} is let go without an answer`, async (t) => {
    const path = await analysis(t, () => Promise.reject(new Error("never asked")));
    const socket = connect(path);
    const chunks: Buffer[] = [];
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    socket.on("error", () => undefined);
    socket.write(`${line}\n`);
    await new Promise((resolve) => socket.on("close", resolve));
    assert.equal(chunks.length, 0);
  });
}

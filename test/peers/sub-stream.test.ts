/** The second stream of a camera: open while somebody watches it live, and never at the cost of the recorded one. */
import assert from "node:assert/strict";
import { test } from "node:test";
import WebSocket from "ws";
import type { LiveMessage } from "../../src/contract/streams.ts";
import { startCameraProgram } from "../../src/testkit/process.ts";
import { startReed, until, type Api } from "../support/reed.ts";
import { live, smallSource } from "../support/site.ts";

function watch(reedUrl: string, api: Api, path: string) {
  const texts: LiveMessage[] = [];
  let binary = 0;
  const socket = new WebSocket(`${reedUrl.replace("http", "ws")}/api/live/${path}`, {
    headers: { authorization: `Bearer ${api.key}` },
  });
  socket.on("message", (data: Buffer, isBinary) => {
    if (isBinary) binary++;
    else texts.push(JSON.parse(data.toString()) as LiveMessage);
  });
  const said = (kind: LiveMessage["kind"]) => texts.filter((message) => message.kind === kind);
  return { socket, said, binary: () => binary };
}

test(
  "a sub stream is opened for its viewers only; without one, or when it fails, they see the main stream and are told why",
  { timeout: 120_000 },
  async () => {
    const sub = { kind: "synthetic", width: 160, height: 96, fps: 10, gopSeconds: 1, bitsPerSecond: 50_000 } as const;
    await using cameras = await startCameraProgram({
      cameras: [{ source: smallSource(), sub, limit: 2 }, { source: smallSource() }],
    });
    await using reed = await startReed();
    const api = await reed.administrator();
    const url = (path: string) => `rtsp://127.0.0.1:${cameras.port}/${path}`;
    await api.post("channels", { url: url("cam1"), subUrl: url("cam1/sub") });
    await api.post("channels", { url: url("cam2") });
    await live(api, 1);
    await live(api, 2);
    const { since } = (await api.get("channels/1")).live;
    const clients = async (stream: "main" | "sub") =>
      (await cameras.send({ do: "status" })).find((one) => one.camera === 1 && one.stream === stream)?.clients;
    assert.equal(await clients("sub"), 0);

    const one = watch(reed.url, api, "1?stream=sub");
    await until(() => one.binary() > 5, "pictures of the sub stream");
    const other = watch(reed.url, api, "1?stream=sub");
    await until(() => other.binary() > 5, "a second viewer");
    assert.deepEqual(one.said("stream"), [{ kind: "stream", stream: "sub", reason: "" }]);
    assert.deepEqual(
      one.said("init").map((message) => message.kind === "init" && message.width),
      [160],
    );
    assert.equal(await clients("sub"), 1, "one session for all viewers");

    const main = watch(reed.url, api, "2?stream=sub");
    await until(() => main.binary() > 5, "the main stream instead");
    assert.deepEqual(main.said("stream"), [
      { kind: "stream", stream: "main", reason: "No sub stream is set for this camera." },
    ]);

    await api.patch("channels/1", { subUrl: url("cam1/nothing") });
    await until(() => one.said("init").length === 2, "viewers are handed over");
    const last = one.said("stream").at(-1);
    assert.ok(
      last?.kind === "stream" && last.stream === "main" && /404/.test(last.reason),
      JSON.stringify([one.said("stream"), one.said("init"), one.said("state")]),
    );
    assert.equal(one.said("init").at(-1)?.kind, "init");
    assert.equal(one.socket.readyState, WebSocket.OPEN, "on the same socket");

    await api.patch("channels/1", { subUrl: url("cam1/sub") });
    const again = watch(reed.url, api, "1?stream=sub");
    await until(async () => (await clients("sub")) === 1 && again.binary() > 5, "the mended sub stream");
    for (const viewer of [one, other, main, again]) viewer.socket.close();
    await until(async () => (await clients("sub")) === 0, "it ends when nobody watches");
    const { state, since: then } = (await api.get("channels/1")).live;
    assert.deepEqual([state, then, await clients("main")], ["live", since, 1], "the recorded stream was not disturbed");
  },
);

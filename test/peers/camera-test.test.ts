/** *Test* of a camera on a whole Reed: what it finds, why it fails, and that recording does not notice. */
import assert from "node:assert/strict";
import { createServer, type AddressInfo } from "node:net";
import { test } from "node:test";
import { startCameraProgram } from "../../src/testkit/process.ts";
import { startReed, until, type Api, type Json } from "../support/reed.ts";
import { live, smallSource } from "../support/site.ts";

async function tested(api: Api, body: object): Promise<Json> {
  const { id } = await api.post("camera-tests", body);
  let found: Json;
  await until(async () => {
    found = await api.get(`camera-tests/${id}`);
    return found.state !== "running" && found.picture !== "coming";
  }, "the test is over");
  return found;
}

test(
  "a camera is tested beside its recording: what it sends, its clock, a picture, or the exact reason",
  { timeout: 120_000 },
  async () => {
    const login = { auth: ["digest-md5" as const], username: "viewer", password: "right" };
    const clip = { kind: "clip" as const, name: "aac" as const };
    await using cameras = await startCameraProgram({
      cameras: [
        { source: clip, ...login, wallOffsetMs: 90_000, reportSeconds: 1 },
        { source: { kind: "clip", name: "h265" } },
        { source: smallSource() },
        { source: smallSource(), limit: 0 },
      ],
    });
    await using reed = await startReed();
    const api = await reed.administrator();
    const url = (n: number) => `rtsp://127.0.0.1:${cameras.port}/cam${n}`;
    await api.post("channels", { url: url(1), username: "viewer", password: "right" });
    await live(api, 1);
    const { since } = (await api.get("channels/1")).live;

    const good = await tested(api, { url: url(1), username: "viewer", password: "***", channel: 1 });
    assert.equal(good.state, "done", JSON.stringify(good));
    const { report } = good;
    assert.deepEqual([report.codec, report.width, report.height, report.audio?.codec], ["h264", 320, 180, "aac"]);
    assert.ok(report.picturesPerSecond > 0 && report.bitsPerSecond > 1000 && report.gopMs > 0, JSON.stringify(report));
    assert.ok(report.clock.kind === "ahead" && Math.abs(report.clock.ms - 90_000) < 3000, JSON.stringify(report.clock));
    assert.equal(good.picture, "there");
    const jpeg = await api.bytes(`camera-tests/${good.id}/picture.jpg`);
    assert.deepEqual([jpeg[0], jpeg[1]], [0xff, 0xd8]);

    const h265 = await tested(api, { url: url(2) });
    assert.deepEqual([h265.report?.codec, h265.picture], ["h265", "there"], JSON.stringify(h265));

    const wrong = { url: url(1), username: "viewer", password: "wrong" };
    assert.equal((await tested(api, wrong)).failure.kind, "unauthorized");
    assert.equal((await tested(api, wrong)).failure.kind, "unauthorized");
    const barred = await tested(api, wrong);
    assert.equal(barred.failure.kind, "barred");
    assert.ok(barred.failure.until > Date.now());
    const again = await tested(api, { ...wrong, password: "right", anyway: true });
    assert.equal(again.state, "done", JSON.stringify(again.failure));

    assert.equal((await tested(api, { url: url(4) })).failure.kind, "no-connection-free");
    assert.equal(
      (await tested(api, { url: `rtsp://127.0.0.1:${cameras.port}/nothing` })).failure.kind,
      "no-such-stream",
    );
    assert.equal((await tested(api, { url: "rtsp://127.0.0.1:1/" })).failure.kind, "refused");
    await cameras.send({ do: "stall", camera: 3 });
    const silent = await tested(api, { url: url(3) });
    assert.equal(silent.failure.kind, "no-video");
    assert.ok((silent.steps as { ms: number }[]).reduce((sum, step) => sum + step.ms, 0) <= 9000, "bounded in time");

    const web = createServer((socket) => socket.on("error", () => undefined).end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve));
    const other = await tested(api, { url: `rtsp://127.0.0.1:${(web.address() as AddressInfo).port}/` });
    web.close();
    assert.ok(["not-rtsp", "closed"].includes(other.failure.kind), JSON.stringify(other.failure));
    assert.match(other.failure.next, /\.$/);

    const channel = await api.get("channels/1");
    assert.deepEqual([channel.live.state, channel.live.since], ["live", since], "the recording went on");
    assert.doesNotMatch(reed.output(), /"right"|"wrong"|:right@|:wrong@/);
  },
);

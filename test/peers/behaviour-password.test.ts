/** Cameras lock callers out: a wrong password is tried twice, then nobody calls until somebody asks for it. */
import assert from "node:assert/strict";
import { createServer, connect, type AddressInfo, type Socket } from "node:net";
import { test } from "node:test";
import { startCameraProgram } from "../../src/testkit/process.ts";
import { pause, startReed, until } from "../support/reed.ts";
import { live, smallSource, troubleKeys } from "../support/site.ts";

interface Wire extends AsyncDisposable {
  readonly port: number;
  /** Connections so far. */
  readonly calls: () => number;
  /** What was sent to the camera. */
  readonly sent: () => string;
}

/** A wire to a camera on which every call is counted. */
async function wireTo(cameraPort: number): Promise<Wire> {
  let calls = 0;
  let sent = "";
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    calls++;
    const far = connect(cameraPort, "127.0.0.1");
    near.on("data", (bytes: Buffer) => (sent += bytes.toString("latin1")));
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.pipe(other);
      socket.on("error", () => other.destroy());
      socket.on("close", () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    calls: () => calls,
    sent: () => sent,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

for (const auth of ["digest-md5", "digest-sha256"] as const) {
  test(`a wrong password (${auth}) is tried twice and then on demand only`, { timeout: 90_000 }, async () => {
    const camera = { source: smallSource(), auth: [auth], username: "viewer", password: "right" };
    await using cameras = await startCameraProgram({ cameras: [camera, camera] });
    await using wire = await wireTo(cameras.port);
    await using reed = await startReed();
    const api = await reed.administrator();
    const url = (n: number) => `rtsp://127.0.0.1:${wire.port}/cam${n}`;
    await api.post("channels", { url: url(1), username: "viewer", password: "wrong" });
    await api.post("channels", { url: url(2), username: "viewer", password: "wrong" });
    const refused = async (channel: number) => (await api.get(`channels/${channel}`)).live;
    await until(
      async () => (await refused(1)).state === "refused" && (await refused(2)).state === "refused",
      "refused",
    );
    assert.match((await refused(1)).reason, /password refused, or no free connection/i);
    assert.ok((await troubleKeys(api)).includes("channel:1"));
    await pause(1500);
    const before = wire.calls();
    const attempts = wire.sent().match(/^Authorization:/gim)?.length ?? 0;
    assert.ok(attempts <= 2, `the wrong password was sent ${attempts} times`);
    await pause(4000);
    assert.equal(wire.calls(), before, "nobody calls any more");

    await api.post("channels/1/retry");
    await until(() => wire.calls() > before, "tried again on demand");
    await pause(1500);
    const attemptsAfter = wire.sent().match(/^Authorization:/gim)?.length ?? 0;
    assert.ok(attemptsAfter - attempts <= 1, "one try for one demand");

    await api.patch("channels/1", { password: "right" });
    await api.patch("channels/2", { password: "right" });
    await live(api, 1);
    await live(api, 2);
    await until(async () => (await troubleKeys(api)).length === 0, "no trouble is left");
    assert.equal((await api.get("channels/1")).password, "***", "the password is not told");
    assert.doesNotMatch(reed.output(), /"right"|"wrong"|:right@|:wrong@/);
  });
}

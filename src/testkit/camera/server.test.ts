import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { test } from "node:test";
import type { CameraOptions } from "./options.ts";
import { findMarks } from "./sei.ts";
import { startCameraServer, type CameraServer } from "./server.ts";

interface Packet {
  readonly channel: number;
  readonly bytes: Buffer;
}

/** A client that knows just enough RTSP to look at what a camera really does. */
async function rtspClient(port: number) {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => undefined);
  await once(socket, "connect");
  const replies: string[] = [];
  let packets: Packet[] = [];
  let rest = Buffer.alloc(0);
  let wake = () => {};
  let sequence = 0;
  socket.on("data", (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      if (rest[0] === 0x24) {
        if (rest.length < 4 || rest.length < 4 + rest.readUInt16BE(2)) break;
        packets.push({ channel: rest.readUInt8(1), bytes: rest.subarray(4, 4 + rest.readUInt16BE(2)) });
        rest = rest.subarray(4 + rest.readUInt16BE(2));
      } else {
        const end = rest.indexOf("\r\n\r\n");
        if (end < 0) break;
        const length = /Content-Length: (\d+)/.exec(rest.toString("latin1", 0, end))?.[1];
        const total = end + 4 + Number(length ?? 0);
        if (rest.length < total) break;
        replies.push(rest.toString("latin1", 0, total));
        rest = rest.subarray(total);
      }
    }
    wake();
  });
  socket.on("close", () => wake());
  const until = async (done: () => boolean) => {
    while (!done() && !socket.destroyed) await new Promise<void>((resolve) => (wake = resolve));
  };
  const ask = async (method: string, url: string, ...headers: readonly string[]): Promise<string> => {
    socket.write([`${method} ${url} RTSP/1.0`, `CSeq: ${++sequence}`, ...headers, "", ""].join("\r\n"));
    await until(() => replies.length > 0);
    return replies.shift() ?? "closed";
  };
  return {
    socket,
    ask,
    /** SETUP of the video track and PLAY; gives the status lines. */
    async play(url: string): Promise<string> {
      const setUp = await ask("SETUP", `${url}/trackID=0`, "Transport: RTP/AVP/TCP;unicast;interleaved=0-1");
      if (!setUp.startsWith("RTSP/1.0 200")) return setUp.slice(9, 12);
      return (await ask("PLAY", url)).slice(9, 12);
    },
    /** Takes at least n video packets, from where the last call ended. */
    async video(count: number): Promise<Buffer[]> {
      const found = () => packets.filter((packet) => packet.channel === 0).map((packet) => packet.bytes);
      await until(() => found().length >= count);
      const taken = found();
      packets = [];
      return taken;
    },
    get silentSoFar() {
      return packets.length === 0;
    },
    forget: () => void (packets = []),
    [Symbol.dispose]: () => void socket.destroy(),
  };
}

const source: CameraOptions["source"] = {
  kind: "synthetic",
  width: 160,
  height: 128,
  fps: 100,
  gopSeconds: 0.05,
  bitsPerSecond: 400_000,
};

const numbersOf = (packets: readonly Buffer[]) => findMarks(Buffer.concat(packets)).map((mark) => mark.number);
const sequences = (packets: readonly Buffer[]) => packets.map((packet) => packet.readUInt16BE(2));
const steps = (values: readonly number[], modulo: number) =>
  values.slice(1).map((value, i) => (value - (values[i] ?? 0) + modulo) % modulo);

const served = (server: CameraServer, options?: { readonly camera?: number }) => ({
  port: server.ports[(options?.camera ?? 1) - 1] ?? server.port,
  url: server.url(options?.camera ?? 1),
});

test("numbers go on over a reconnect, and every unit between them was counted", async () => {
  await using server = await startCameraServer({ cameras: [{ source, join: "now" }] });
  const { port, url } = served(server);
  let last = -1;
  for (let session = 0; session < 2; session++) {
    using client = await rtspClient(port);
    assert.equal(await client.play(url), "200");
    const numbers = numbersOf(await client.video(20));
    assert.deepEqual(new Set(steps(numbers, 2 ** 48)), new Set([1]));
    assert.ok((numbers[0] ?? 0) > last);
    last = numbers.at(-1) ?? 0;
  }
});

test("a client begins with a key frame, and with the running GOP at once where the camera has it so", async () => {
  await using server = await startCameraServer({ cameras: [{ source }, { source, join: "burst" }] });
  for (const camera of [1, 2]) {
    using client = await rtspClient(server.port);
    assert.equal(await client.play(server.url(camera)), "200");
    const [first] = await client.video(1);
    assert.equal(first === undefined ? 0 : first.readUInt8(12) & 0x1f, 7, "an SPS comes first");
  }
});

test("passwords are asked for, and sessions over the limit are told 453", async () => {
  await using server = await startCameraServer({
    cameras: [
      { source, auth: ["basic"], username: "u", password: "p" },
      { source, limit: 1 },
    ],
  });
  using first = await rtspClient(server.port);
  assert.match(await first.ask("DESCRIBE", server.url(1)), /^RTSP\/1\.0 401 .*\r\n(.*\r\n)*WWW-Authenticate: Basic/);
  const right = `Authorization: Basic ${Buffer.from("u:p").toString("base64")}`;
  assert.match(await first.ask("DESCRIBE", server.url(1), right), /^RTSP\/1\.0 200 (.*\r\n)*.*sprop-parameter-sets/);
  await server.control({ do: "parameter-sets", camera: 1, inSdp: false });
  assert.doesNotMatch(await first.ask("DESCRIBE", server.url(1), right), /sprop/);
  await server.control({ do: "refuse", camera: 1, how: "unauthorized" });
  assert.match(await first.ask("DESCRIBE", server.url(1), right), /^RTSP\/1\.0 401/);

  using second = await rtspClient(server.port);
  assert.equal(await second.play(server.url(2)), "200");
  using third = await rtspClient(server.port);
  assert.equal(await third.play(server.url(2)), "453");
  assert.match(await second.ask("TEARDOWN", server.url(2)), /^RTSP\/1\.0 200/);
  assert.equal(await third.play(server.url(2)), "200");
});

test("a stalled camera answers but sends nothing; numbers go on meanwhile", async () => {
  await using server = await startCameraServer({ cameras: [{ source, join: "now", reportSeconds: 0 }] });
  const { port, url } = served(server);
  using client = await rtspClient(port);
  await client.play(url);
  const before = numbersOf(await client.video(10)).at(-1) ?? 0;
  await server.control({ do: "stall", camera: 1 });
  await client.ask("GET_PARAMETER", url);
  client.forget();
  const counted = (await server.control({ do: "status" }))[0]?.counts.number ?? 0;
  while (((await server.control({ do: "status" }))[0]?.counts.number ?? 0) < counted + 20)
    assert.match(await client.ask("GET_PARAMETER", url), /^RTSP\/1\.0 200/);
  assert.ok(client.silentSoFar);
  await server.control({ do: "up", camera: "all" });
  assert.ok((numbersOf(await client.video(10))[0] ?? 0) > before + 15);
});

test("a hung camera takes the connection and answers nothing", async () => {
  await using server = await startCameraServer({ cameras: [{ source }, { source }] });
  await server.control({ do: "hang", camera: 1 });
  using hung = await rtspClient(server.port);
  let answered = false;
  void hung.ask("OPTIONS", server.url(1)).then((text) => (answered = text !== "closed"));
  using other = await rtspClient(server.port);
  for (let n = 0; n < 5; n++) assert.match(await other.ask("OPTIONS", server.url(2)), /^RTSP\/1\.0 200/);
  assert.equal(answered, false);
});

test("a camera that is down hangs up, and on a port of its own it refuses", async () => {
  await using server = await startCameraServer({ cameras: [{ source }, { source }], ownPorts: true });
  const first = await rtspClient(server.ports[0] ?? 0);
  await first.play(server.url(1));
  const closed = once(first.socket, "close");
  await server.control({ do: "down", camera: 1 });
  await closed;
  await assert.rejects(rtspClient(server.ports[0] ?? 0), { code: "ECONNREFUSED" });
  using second = await rtspClient(server.ports[1] ?? 0);
  assert.equal(await second.play(server.url(2)), "200");
  await server.control({ do: "up", camera: 1 });
  using again = await rtspClient(server.ports[0] ?? 0);
  assert.equal(await again.play(server.url(1)), "200");
});

test("a reboot closes the sessions and starts source, sequence and time anew, but not the numbers", async () => {
  await using server = await startCameraServer({ cameras: [{ source, join: "now" }] });
  const { port, url } = served(server);
  const look = async () => {
    using client = await rtspClient(port);
    await client.play(url);
    const packets = await client.video(10);
    return { source: packets[0]?.readUInt32BE(8) ?? 0, number: numbersOf(packets)[0] ?? 0 };
  };
  const before = await look();
  const still = await rtspClient(port);
  await still.play(url);
  const closed = once(still.socket, "close");
  await server.control({ do: "reboot", camera: 1 });
  await closed;
  const after = await look();
  assert.notEqual(after.source, before.source);
  assert.ok(after.number > before.number);
});

test("lost packets leave a gap in the sequence, a jump one in time, another size comes with its parameter sets", async () => {
  await using server = await startCameraServer({ cameras: [{ source, join: "now", reportSeconds: 0 }] });
  const { port, url } = served(server);
  using client = await rtspClient(port);
  await client.play(url);
  const packets = await client.video(5);
  await server.control({ do: "lose", camera: 1, packets: 3 });
  packets.push(...(await client.video(60)));
  const gaps = steps(sequences(packets), 2 ** 16).filter((step) => step !== 1);
  assert.equal(
    gaps.reduce((sum, step) => sum + step - 1, 0),
    3,
  );
  await server.control({ do: "jump", camera: 1, ticks: -1_000_000 });
  const times = [...packets.slice(-1), ...(await client.video(60))].map((packet) => packet.readUInt32BE(4));
  assert.deepEqual(
    steps(times, 2 ** 32).filter((step) => step !== 0 && step !== 900),
    [2 ** 32 - 1_000_000 + 900],
  );
  await server.control({ do: "change-parameters", camera: 1, source: { ...source, width: 320 } });
  const sets = (await client.video(120)).filter((packet) => (packet.readUInt8(12) & 0x1f) === 7);
  assert.equal(new Set(sets.map((packet) => packet.toString("hex", 12))).size <= 2, true);
  assert.ok(sets.at(-1)?.equals(sets[0] ?? Buffer.alloc(0)) === false);
});

test("whatever the shape, the stream that arrives is the same", async () => {
  const shapes = ["burst", "link100", "packet", "odd"] as const;
  await using server = await startCameraServer({ cameras: shapes.map((shape) => ({ source, shape, limit: 1 })) });
  for (const camera of [1, 2, 3, 4]) {
    using client = await rtspClient(server.port);
    await client.play(server.url(camera));
    const packets = await client.video(40);
    assert.deepEqual(new Set(steps(sequences(packets), 2 ** 16)), new Set([1]));
    assert.ok(numbersOf(packets).length > 5);
  }
});

test("what is not RTSP is hung up on, and other transports are told 461", async () => {
  await using server = await startCameraServer({ cameras: [{ source }] });
  using client = await rtspClient(server.port);
  const answer = await client.ask("SETUP", `${server.url(1)}/trackID=0`, "Transport: RTP/AVP;unicast;client_port=5-6");
  assert.match(answer, /^RTSP\/1\.0 461/);
  const closed = once(client.socket, "close");
  client.socket.write("GET / HTTP/1.1\r\n\r\n");
  await closed;
});

test("a camera says in each round what its clip shows; with no login for its pictures it asks for none here", async () => {
  const says = [{ atS: 0, code: "VideoMotion", action: "Start" as const }];
  await using server = await startCameraServer({ cameras: [{ source }, { source, says }], eventsPort: 0 });
  const stream = await fetch(`http://127.0.0.1:${server.eventsPort}/?action=attach`);
  const reader = stream.body?.getReader();
  let text = "";
  while (text.split("VideoMotion").length < 3) text += Buffer.from((await reader?.read())?.value ?? "").toString();
  assert.match(text, /Code=VideoMotion;action=Start;index=1/);
  await reader?.cancel();
});

import assert from "node:assert/strict";
import { test } from "node:test";
import type { LiveMessage } from "../../contract/streams.ts";
import type { ConvertRequest } from "../../messages/convert.ts";
import type { MediaParameters, Subscribe } from "../../messages/media.ts";
import type { MediaReaderEvents, MediaUnit } from "../../platform/media-reader.ts";
import { liveSource } from "./live-source.ts";

const parameters: MediaParameters = {
  track: "video",
  codec: "h264",
  codecString: "avc1.42c01e",
  sps: Buffer.from([0x67, 0x42, 0xc0, 0x1e, 0xd9, 0x00, 0xa0, 0x47, 0xfe, 0x88]).toString("base64"),
  pps: Buffer.from([0x68, 0xce, 0x3c, 0x80]).toString("base64"),
  width: 640,
  height: 360,
};

const unit = (frame: number, bytes = 8): MediaUnit => ({
  track: "video",
  key: frame % 10 === 0,
  afterLoss: false,
  arrival: frame * 100,
  wall: frame * 100,
  pts: frame * 9000,
  dts: frame * 9000,
  data: Buffer.alloc(bytes, frame),
});

/** A viewer that takes nothing until `drain`. */
function viewer(track: "video" | "audio" = "video", mostConversions?: number, stream: "main" | "sub" = "main") {
  const texts: LiveMessage[] = [];
  const fragments: number[] = [];
  let waiting = 0;
  let closed: [number, string] | undefined;
  let events: MediaReaderEvents | undefined;
  const opened: MediaReaderEvents[] = [];
  let asked: Subscribe | undefined;
  let disposed = false;
  let converted: { readonly request: ConvertRequest; readonly events: MediaReaderEvents } | undefined;
  const source = liveSource(
    (subscribe, handlers) => {
      asked = subscribe;
      events = handlers;
      opened.push(handlers);
      return { [Symbol.dispose]: () => (disposed = true) };
    },
    (request, handlers) => {
      converted = { request, events: handlers };
      return { [Symbol.dispose]: () => undefined };
    },
  );
  const watching = source.watch(
    { channel: 3, stream, track, ...(mostConversions === undefined ? {} : { mostConversions }) },
    {
      text: (message) => texts.push(message),
      binary: (bytes) => {
        waiting += bytes.length;
        fragments.push(bytes[bytes.length - 1] ?? -1);
      },
      get waiting() {
        return waiting;
      },
      close: (code, reason) => (closed = [code, reason]),
    },
  );
  assert.ok(events !== undefined);
  return {
    events,
    opened,
    texts,
    fragments,
    watching,
    drain: () => (waiting = 0),
    closed: () => closed,
    asked: () => asked,
    disposed: () => disposed,
    converted: () => converted,
  };
}

test("a viewer is told the type, then gets the init segment and a fragment a frame, from a key frame on", () => {
  const { events, texts, fragments, asked } = viewer();
  events.parameters(parameters);
  for (let frame = 8; frame < 14; frame++) events.unit(unit(frame));
  assert.deepEqual(asked(), { channel: 3, stream: "main", from: "ring-gop", audio: false });
  assert.deepEqual(texts, [{ kind: "init", mime: 'video/mp4; codecs="avc1.42c01e"', width: 640, height: 360 }]);
  // the last frame waits for the next one's time
  assert.deepEqual(fragments.slice(1), [10, 11, 12]);
});

test("new parameters, or times that run backwards, begin anew with an init segment", () => {
  const { events, texts, fragments } = viewer();
  events.parameters(parameters);
  for (const frame of [0, 1]) events.unit(unit(frame));
  events.parameters({ ...parameters, width: 320, height: 180 });
  for (const frame of [10, 11]) events.unit(unit(frame));
  for (const frame of [0, 1, 2]) events.unit(unit(frame));
  assert.deepEqual(
    texts.map((text) => text.kind === "init" && text.width),
    [640, 320, 320],
  );
  assert.equal(fragments.length, 3 + 6);
});

test("a slow viewer loses the rest of a GOP and whole ones behind it, goes on at a key frame, and is told how many", () => {
  const { events, texts, fragments, drain } = viewer();
  events.parameters(parameters);
  const megabyte = 1024 * 1024;
  for (let frame = 0; frame < 35; frame++) events.unit(unit(frame, megabyte));
  const sent = fragments.slice(1);
  assert.deepEqual(sent, [0, 1, 2, 3], "it stops inside the first GOP when the bound is reached");
  drain();
  for (let frame = 35; frame < 43; frame++) events.unit(unit(frame, 8));
  assert.deepEqual(fragments.slice(5), [40, 41]);
  assert.deepEqual(texts.at(-1), { kind: "dropped", gops: 4 });
});

test("a channel's state reaches the viewer, the recorder's end closes it, and a viewer who goes is forgotten", () => {
  const { events, texts, closed, watching, disposed } = viewer("audio");
  events.state?.({ state: "down", reason: "no route" });
  assert.deepEqual(texts, [{ kind: "state", state: "down", reason: "no route" }]);
  events.closed("the recorder closed the connection");
  assert.equal(closed()?.[0], 4003);
  watching[Symbol.dispose]();
  assert.equal(disposed(), true);
});

test("H.265 that a viewer can't play is taken from the conversion, H.264 as it comes", () => {
  const plain = viewer("video", 2);
  plain.events.parameters(parameters);
  for (let frame = 0; frame < 3; frame++) plain.events.unit(unit(frame));
  assert.equal(plain.converted(), undefined);
  assert.deepEqual(plain.fragments.slice(1), [0, 1]);

  const other = viewer("video", 2);
  other.events.parameters({ ...parameters, codec: "h265", codecString: "hvc1.1.6.L63.90" });
  const conversion = other.converted();
  assert.deepEqual(conversion?.request, { channel: 3, stream: "main", most: 2 });
  other.events.unit(unit(0));
  assert.deepEqual(other.texts, []);
  assert.equal(other.disposed(), true, "the recorder is not read twice");
  other.events.closed("we closed it");
  assert.equal(other.closed(), undefined);
  conversion.events.parameters(parameters);
  for (let frame = 0; frame < 3; frame++) conversion.events.unit(unit(frame));
  assert.deepEqual(other.fragments.slice(1), [0, 1]);
  conversion.events.closed("the conversion ended");
  assert.equal(other.closed()?.[0], 4003);
});

test("beyond the limit, and without a converter, the viewer is told why, once", () => {
  for (const [state, reason] of [
    ["busy", "2 of at most 2 pictures are being converted"],
    ["failed", "this machine has no encoder for H.264"],
  ] as const) {
    const { events, converted, texts, closed } = viewer("video", 2);
    events.parameters({ ...parameters, codec: "h265" });
    converted()?.events.state?.({ state, reason });
    converted()?.events.closed("ended");
    assert.deepEqual(texts, [{ kind: "refused", reason, most: 2, busy: state === "busy" }]);
    assert.equal(closed()?.[0], 4005);
  }
});

test("a sub stream that is handed over goes on as the main one on the same socket, and the viewer is told why, once", () => {
  const { texts, closed, opened } = viewer("video", undefined, "sub");
  assert.equal(opened.length, 1);
  opened[0]?.stream?.({ stream: "sub", reason: "" });
  opened[0]?.stream?.({ stream: "main", reason: "404" });
  opened[0]?.closed("the recorder closed the connection");
  assert.deepEqual([opened.length, closed()], [2, undefined]);
  opened[1]?.stream?.({ stream: "main", reason: "404" });
  assert.deepEqual(texts, [
    { kind: "stream", stream: "sub", reason: "" },
    { kind: "stream", stream: "main", reason: "404" },
  ]);
  opened[1]?.closed("the recorder closed the connection");
  assert.equal(closed()?.[0], 4003, "the recorder's end is no hand-over");
});

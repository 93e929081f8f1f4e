import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { goCorpus } from "../../testkit/go-corpus.ts";
import { vector, vectorPath, vectorTest } from "../../testkit/vectors.ts";
import { header } from "./message.ts";
import { createRtspReader, readerLimits, type RtspItem } from "./reader.ts";
import { latin1, utf8 } from "./text.ts";

/** An item as a value that outlives the next pull. */
function keep(item: RtspItem): unknown {
  if (item.kind === "frame")
    return { kind: "frame", channel: item.channel, bytes: [...item.bytes.subarray(item.start, item.end)] };
  if (item.kind === "broken") return item;
  return { ...item, headers: [...item.headers], body: [...item.body] };
}

function readAll(chunks: readonly Uint8Array[]): unknown[] {
  const reader = createRtspReader();
  const items: unknown[] = [];
  for (const chunk of chunks) {
    reader.push(chunk);
    for (let item = reader.pull(); item !== undefined; item = reader.pull()) items.push(keep(item));
    chunk.fill(0xee); // whoever kept a view of the shared buffer shows itself here
  }
  return items;
}

const only = (bytes: Uint8Array): RtspItem | undefined => {
  const reader = createRtspReader();
  reader.push(bytes);
  return reader.pull();
};

const join = (...parts: readonly (string | Uint8Array)[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...(typeof part === "string" ? utf8(part) : part)]));

const frame = (channel: number, payload: Uint8Array): Uint8Array =>
  Uint8Array.from([0x24, channel, payload.length >> 8, payload.length & 0xff, ...payload]);

function split(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const at = [...new Set([0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])].toSorted((a, b) => a - b);
  return at.slice(1).map((end, i) => bytes.slice(at[i], end));
}

const piece = fc.oneof(
  fc.tuple(fc.integer({ min: 0, max: 255 }), fc.uint8Array({ maxLength: 400 })).map(([c, p]) => frame(c, p)),
  fc.string({ maxLength: 30 }).map((text) => {
    const body = utf8(text);
    return join(`RTSP/1.0 200 OK\r\nCSeq: 3\r\nContent-Length: ${body.length}\r\n\r\n`, body);
  }),
  fc.constant(utf8("OPTIONS * RTSP/1.0\nCSeq:4\n\n")),
  fc.constant(utf8("\r\n")),
  fc.constant(utf8("no such line\r\n")),
);

test("any split of a byte stream gives the same messages and frames", () => {
  const cuts = fc.array(fc.nat(20_000), { maxLength: 40 });
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), cuts, (pieces, at) => {
      const bytes = join(...pieces);
      assert.deepEqual(readAll(split(bytes, at)), readAll([bytes.slice()]));
    }),
    { numRuns: 150 },
  );
});

test("small pieces give the same as all at once, also over the limits", () => {
  for (const text of ["x".repeat(9000) + "\nRTSP/1.0 200 OK\n\n", `RTSP/1.0 200 OK\nA: ${"y".repeat(40_000)}\n\n$`]) {
    const bytes = utf8(text);
    const whole = readAll([bytes.slice()]);
    for (const size of [1, 1000, 5000])
      assert.deepEqual(
        readAll(
          split(
            bytes,
            [...bytes.keys()].filter((at) => at % size === 0),
          ),
        ),
        whole,
      );
  }
});

test("random bytes never throw, and what is kept stays bounded", () => {
  const bound = readerLimits.headBytes + readerLimits.bodyBytes + 65_539;
  const chunk = fc.oneof(
    fc.uint8Array({ maxLength: 3000 }),
    piece,
    fc.constant(utf8("RTSP/1.0 200 OK\r\nContent-Length: 200000\r\n\r\n")),
  );
  fc.assert(
    fc.property(fc.array(chunk, { maxLength: 30 }), (chunks) => {
      const reader = createRtspReader();
      for (const bytes of chunks) {
        reader.push(bytes);
        while (reader.pull() !== undefined);
        assert.ok(reader.kept <= bound);
      }
    }),
    { numRuns: 200 },
  );
});

test("a frame that lies whole in the pushed bytes is handed out in place", () => {
  const bytes = join(frame(7, Uint8Array.of(1, 2, 3)), frame(0, new Uint8Array(0)));
  const reader = createRtspReader();
  reader.push(bytes);
  const item = reader.pull();
  assert.ok(item?.kind === "frame");
  assert.deepEqual([item.channel, item.bytes === bytes, item.start, item.end], [7, true, 4, 7]);
  const empty = reader.pull();
  assert.ok(empty === item && empty.start === empty.end);
});

test("lines that end in a bare line feed, folded headers and odd case are read", () => {
  const item = only(utf8('RTSP/1.0  401  Not you \nWWW-AUTHENTICATE : Basic\n realm="x"\nCseq:9 \nnonsense\n\n'));
  assert.ok(item?.kind === "response");
  assert.deepEqual([item.status, item.reason], [401, "Not you"]);
  assert.deepEqual(item.headers.get("www-authenticate"), ['Basic realm="x"']);
  assert.equal(header(item, "cseq"), "9");
});

test("junk between messages is passed over, endless junk is an error", () => {
  const ok = readAll([join("a=left over from the SDP\r\n", "RTSP/1.0 200 OK\r\n\r\n")]);
  assert.equal(ok.length, 1);
  const broken = readAll([utf8("not RTSP at all\n".repeat(6000))]);
  assert.deepEqual(broken, [{ kind: "broken", reason: "what comes from the camera is not RTSP" }]);
});

test("a body of impossible length breaks the stream with a reason", () => {
  for (const length of ["-1", "A", "1000000", "99999999999"]) {
    const item = only(utf8(`RTSP/1.0 200 OK\r\nContent-Length: ${length}\r\n\r\n`));
    assert.equal(item?.kind, "broken", length);
  }
});

vectorTest("every captured message is read whole", () => {
  const files = readdirSync(vectorPath("retina")).filter((file) => file.endsWith(".txt") && !/sdp|LICENSE/.test(file));
  assert.ok(files.length >= 35);
  for (const file of files) {
    const bytes = vector("retina", file);
    const items = readAll([bytes.slice()]) as { kind: string }[];
    assert.equal(items.length, 1, file);
    assert.equal(items[0]?.kind, file === "request.txt" ? "request" : "response", file);
    assert.deepEqual(readAll(split(bytes, [...bytes.keys()])), items, file);
  }
});

vectorTest("the captured request and the password challenge say what they say", () => {
  const request = only(vector("retina", "request.txt"));
  assert.ok(request?.kind === "request");
  assert.deepEqual([request.method, request.url], ["DESCRIBE", "rtsp://192.168.5.225/h264Preview_01_main"]);
  const longse = only(vector("retina", "longse_unauthorized.txt"));
  assert.ok(longse?.kind === "response");
  assert.deepEqual([longse.status, header(longse, "cseq")], [401, "1"]);
  const response = only(vector("retina", "response.txt"));
  assert.ok(response?.kind === "response");
  assert.equal(response.body.length, 589);
  assert.ok(latin1(response.body).startsWith("v=0\r\no=- 1642021126 "));
});

vectorTest("crash inputs of other readers neither throw nor hang, and keep nothing large", () => {
  let inputs = 0;
  for (const target of readdirSync(vectorPath("gortsplib-fuzz/pkg/base/testdata/fuzz"))) {
    for (const { file, values } of goCorpus(vectorPath("gortsplib-fuzz/pkg/base/testdata/fuzz", target))) {
      inputs += 1;
      const [first, second] = values.map((value) => value.bytes);
      assert.ok(first !== undefined);
      const asSent = {
        FuzzBodyUnmarshal: [join("RTSP/1.0 200 OK\r\nContent-Length: ", first, "\r\n\r\n", second ?? "")],
        FuzzHeaderUnmarshal: [join("RTSP/1.0 200 OK\r\n", first, "\r\n\r\n")],
        FuzzInterleavedFrameUnmarshal: [first.slice(), join("$", first)],
      }[target] ?? [first.slice()];
      for (const bytes of asSent) {
        const reader = createRtspReader();
        reader.push(bytes);
        let items = 0;
        while (reader.pull() !== undefined) items += 1;
        assert.ok(items <= bytes.length && reader.kept <= readerLimits.bodyBytes + bytes.length, file);
      }
    }
  }
  assert.equal(inputs, 29);
});

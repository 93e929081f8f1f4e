import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { goCorpus } from "../../testkit/go-corpus.ts";
import { vector, vectorPath, vectorTest } from "../../testkit/vectors.ts";
import { parseMethods, parseSession, parseTransport } from "./headers.ts";
import { header, type RtspResponse } from "./message.ts";
import { createRtspReader } from "./reader.ts";
import { latin1 } from "./text.ts";
import { parseRtspUrl } from "./url.ts";

function response(file: string): RtspResponse {
  const reader = createRtspReader();
  reader.push(vector("retina", file));
  const item = reader.pull();
  assert.ok(item?.kind === "response");
  return item;
}

vectorTest("the sessions and timeouts of the captured answers are read right", () => {
  const sessions: Readonly<Record<string, readonly [string, number]>> = {
    "bunny_setup.txt": ["1642021126", 60_000],
    "bunny_play.txt": ["551045787", 60_000],
    "bad_rtptime.txt": ["551045787", 60_000],
    "dahua_options.txt": ["136527041864", 60_000],
    "dahua_setup.txt": ["634214675641", 60_000],
    "dahua_play.txt": ["634214684047", 60_000],
    "gw_main_setup_audio.txt": ["9a90de54", 60_000],
    "gw_main_setup_video.txt": ["9a90de54", 60_000],
    "gw_main_play.txt": ["9a90de54", 120_000],
    "gw_sub_setup.txt": ["9b0d0e54", 60_000],
    "gw_sub_play.txt": ["9b0d0e54", 120_000],
    "h264dvr_setup_video.txt": ["231970", 60_000],
    "h264dvr_setup_audio.txt": ["231980", 60_000],
    "h264dvr_play.txt": ["231970", 60_000],
    "hikvision_setup.txt": ["708345999", 60_000],
    "hikvision_setup_ssrc_space.txt": ["708886412", 60_000],
    "hikvision_play.txt": ["708345999", 60_000],
    "laureii_play.txt": ["1234567890", 60_000],
    "luckfox_rkipc_setup_tcp.txt": ["12345678", 60_000],
    "luckfox_rkipc_setup_udp.txt": ["12345678", 60_000],
    "missing_content_type_describe.txt": ["l0TtlUFSR", 60_000],
    "reolink_setup.txt": ["F8F8E425", 60_000],
    "reolink_play.txt": ["F8F8E425", 60_000],
  };
  for (const [file, [id, timeout]] of Object.entries(sessions))
    assert.deepEqual(parseSession(header(response(file), "session") ?? ""), { id, timeout }, file);
  assert.equal(header(response("reolink_teardown.txt"), "session"), undefined);
});

vectorTest("the transports of the captured answers are read right", () => {
  const transports: Readonly<Record<string, readonly unknown[]>> = {
    "bunny_setup.txt": [true, [0, 1], undefined],
    "dahua_setup.txt": [true, [0, 1], 0x30a98ee7],
    "gw_main_setup_audio.txt": [true, [2, 3], undefined],
    "gw_main_setup_video.txt": [true, [0, 1], undefined],
    "gw_sub_setup.txt": [true, [0, 1], undefined],
    "h264dvr_setup_audio.txt": [false, undefined, 0],
    "h264dvr_setup_video.txt": [false, undefined, 0],
    "hikvision_setup.txt": [true, [0, 1], 0x4cacc3d1],
    "hikvision_setup_ssrc_space.txt": [true, [0, 1], 0xd6d6627],
    "luckfox_rkipc_setup_tcp.txt": [true, [0, 1], 0x22345684],
    "luckfox_rkipc_setup_udp.txt": [false, undefined, 0x22345685],
    "reolink_setup.txt": [true, [0, 1], undefined],
  };
  for (const [file, [tcp, interleaved, ssrc]] of Object.entries(transports))
    assert.deepEqual(parseTransport(header(response(file), "transport") ?? ""), { tcp, interleaved, ssrc }, file);
});

vectorTest("what a camera can do is read from its Public header", () => {
  const methods = parseMethods(header(response("dahua_options.txt"), "public") ?? "");
  assert.equal(methods.size, 10);
  assert.ok(methods.has("GET_PARAMETER") && methods.has("TEARDOWN"));
});

vectorTest("crash inputs for Session and Transport end in a value within its bounds", () => {
  const inputs = [
    "FuzzSessionUnmarshal",
    "FuzzTransportsUnmarshal",
    "FuzzRTPInfoUnmarshal",
    "FuzzRangeUnmarshal",
    "FuzzKeyMgmtUnmarshal",
  ]
    .flatMap((target) => goCorpus(vectorPath("gortsplib-fuzz/pkg/headers/testdata/fuzz", target)))
    .map(({ values }) => latin1(values[0]?.bytes ?? new Uint8Array(0)));
  assert.equal(inputs.length, 38);
  for (const text of inputs) {
    const { interleaved } = parseTransport(text);
    assert.ok(interleaved === undefined || interleaved.every((channel) => channel >= 0 && channel <= 255));
    assert.ok((parseSession(text)?.timeout ?? 1) > 0);
  }
});

test("odd Session headers keep their id, and a timeout of nothing is the usual one", () => {
  assert.deepEqual(parseSession("  a$b ; TIMEOUT = 30 "), { id: "a$b", timeout: 30_000 });
  assert.deepEqual(parseSession("x;timeout=0"), { id: "x", timeout: 60_000 });
  assert.deepEqual(parseSession("x;timeout=abc"), { id: "x", timeout: 60_000 });
  assert.equal(parseSession(";timeout=5"), undefined);
});

test("one interleaved channel means that RTCP comes on the next; channels beyond 255 are none", () => {
  assert.deepEqual(parseTransport("RTP/AVP/TCP;interleaved=4").interleaved, [4, 5]);
  assert.equal(parseTransport("RTP/AVP/TCP;interleaved=300-301").interleaved, undefined);
});

test("credentials leave the address, whatever the password holds", () => {
  const part = fc.string({ minLength: 1, maxLength: 12 }).map((text) => text.replace(/[\s/\u0000-\u001f]/g, "x"));
  fc.assert(
    fc.property(part, part, (username, password) => {
      const read = parseRtspUrl(
        `rtsp://${encodeURIComponent(username)}:${encodeURIComponent(password)}@cam.local:8554/a@b?c=d`,
      );
      assert.ok(read.ok);
      assert.deepEqual([read.value.username, read.value.password], [username, password]);
      assert.equal(read.value.url, "rtsp://cam.local:8554/a@b?c=d");
    }),
    { numRuns: 100 },
  );
  const bare = parseRtspUrl("rtsp://admin:p@ss:1%@10.0.0.2/x");
  assert.ok(bare.ok);
  assert.deepEqual(
    [bare.value.username, bare.value.password, bare.value.url],
    ["admin", "p@ss:1%", "rtsp://10.0.0.2/x"],
  );
});

test("addresses are read with port and IPv6, and refused with a sentence that holds no credential", () => {
  const six = parseRtspUrl("rtsp://[fe80::1]:5554/s");
  assert.ok(six.ok);
  assert.deepEqual([six.value.host, six.value.port], ["fe80::1", 5554]);
  for (const text of [
    "http://a:secret@b/",
    "rtsps://a:secret@b/",
    "rtsp://a:secret@/x",
    "rtsp://b:99999/",
    "",
    "rtsp://a b/",
  ]) {
    const read = parseRtspUrl(text);
    assert.ok(!read.ok && !read.error.includes("secret"), text);
  }
});

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { instant } from "../src/kernel/time.ts";
import { createBlockPool } from "../src/media/block.ts";
import { parseAacConfig } from "../src/media/codec/aac.ts";
import { parseH264Sps } from "../src/media/codec/h264.ts";
import { parseH265Sps } from "../src/media/codec/h265.ts";
import { parseFragment, parseInit } from "../src/media/mp4/read.ts";
import { createDepacketizer } from "../src/media/rtp/depacketizer.ts";
import { newRtpPacket, parseRtp } from "../src/media/rtp/packet.ts";
import { readRtcp } from "../src/media/rtp/rtcp.ts";
import { createTimeline } from "../src/media/rtp/timeline.ts";
import { authorization, strongestChallenge } from "../src/media/rtsp/auth.ts";
import { parseMethods, parseSession, parseTransport } from "../src/media/rtsp/headers.ts";
import { parseHeaders } from "../src/media/rtsp/message.ts";
import { readPresentation } from "../src/media/rtsp/presentation.ts";
import { createRtspReader, readerLimits } from "../src/media/rtsp/reader.ts";
import type { AudioCodec, MediaFormat, VideoCodec } from "../src/media/types.ts";
import { readGoCorpus } from "../src/testkit/go-corpus.ts";
import { vectorsFolder, vectorTest } from "../src/testkit/vectors.ts";

/** Every input below `shared/vectors`: a capture is one, a fuzz corpus file has one a value. */
function inputs(): { name: string; bytes: Uint8Array }[] {
  const all: { name: string; bytes: Uint8Array }[] = [];
  for (const entry of readdirSync(vectorsFolder, { recursive: true, encoding: "utf8" }).sort()) {
    const path = join(vectorsFolder, entry);
    if (!statSync(path).isFile()) continue;
    const text = readFileSync(path);
    if (!text.subarray(0, 15).equals(Buffer.from("go test fuzz v1"))) {
      all.push({ name: entry, bytes: text });
      continue;
    }
    const corpus = readGoCorpus(text.toString());
    assert.ok(corpus.ok, `${entry}: ${corpus.ok ? "" : corpus.error}`);
    corpus.value.forEach((value, i) => all.push({ name: `${entry}#${i}`, bytes: value.bytes }));
  }
  return all;
}

const formats: MediaFormat[] = (["h264", "h265", "aac", "pcma", "pcmu"] as (VideoCodec | AudioCodec)[]).map(
  (codec) => ({
    track: codec === "h264" || codec === "h265" ? "video" : "audio",
    codec,
    payloadType: 96,
    clockRate: codec === "h264" || codec === "h265" ? 90_000 : 16_000,
    channels: 1,
    fmtp: new Map(
      codec === "aac"
        ? [
            ["mode", "AAC-hbr"],
            ["sizelength", "13"],
            ["indexlength", "3"],
            ["indexdeltalength", "3"],
            ["config", "1408"],
          ]
        : [],
    ),
    control: "rtsp://camera/1",
  }),
);

const hash = (algorithm: "MD5" | "SHA-256", text: string) =>
  createHash(algorithm === "MD5" ? "md5" : "sha256")
    .update(text)
    .digest("hex");
const request = { method: "DESCRIBE", url: "rtsp://camera/1", cnonce: "c", nonceCount: 1 };

function everyParser(bytes: Uint8Array): void {
  const text = new TextDecoder("latin1").decode(bytes);
  const lines = text.split(/\r?\n/);
  readPresentation(text, { request: "rtsp://camera/1" });
  parseHeaders(lines);
  parseTransport(text);
  parseSession(text);
  parseMethods(text);
  for (const challenges of [[text], lines]) {
    const challenge = strongestChallenge(challenges);
    if (challenge.ok) authorization(challenge.value, { username: "a", password: "b" }, request, hash);
  }
  readRtcp(bytes, 0, bytes.length);
  parseAacConfig(bytes);
  parseH264Sps(bytes);
  parseH265Sps(bytes);
  parseInit(bytes);
  parseFragment(bytes, 0, 0);
  throughReader(bytes);
  for (const format of formats) throughDepacketizer(format, bytes);
}

function throughReader(bytes: Uint8Array): void {
  for (const step of [1, 7, bytes.length + 1]) {
    const reader = createRtspReader();
    for (let at = 0; at < bytes.length; at += step) {
      reader.push(bytes.subarray(at, at + step));
      while (reader.pull() !== undefined);
    }
    assert.ok(reader.kept <= readerLimits.headBytes + readerLimits.bodyBytes + 65_540);
  }
}

/** The bytes as a whole RTP packet and as the payload of one, three times over. */
function throughDepacketizer(format: MediaFormat, bytes: Uint8Array): void {
  const pool = createBlockPool({ blockBytes: 4096 });
  const made = createDepacketizer(format, pool, createTimeline(format.clockRate));
  assert.ok(made.ok);
  const packet = newRtpPacket();
  for (let i = 0; i < 3; i++) {
    if (parseRtp(bytes, 0, bytes.length, packet))
      made.value.push(packet, bytes, packet.payloadStart, packet.payloadEnd, instant(i * 40));
    made.value.push(
      { ...packet, marker: i !== 1, timestamp: i * 3600, sequence: i },
      bytes,
      0,
      bytes.length,
      instant(i * 40),
    );
    for (let unit = made.value.pull(); unit !== undefined; unit = made.value.pull()) unit.block.release();
  }
  made.value.close();
  assert.equal(pool.bytesOut, 0);
}

vectorTest("no file of the vectors makes any parser throw, hang or keep memory", async () => {
  const all = inputs();
  assert.ok(all.length > 400, `only ${all.length} inputs were found`);
  const sweep = () => {
    for (const { name, bytes } of all) {
      try {
        everyParser(bytes);
      } catch (error) {
        throw new Error(name, { cause: error });
      }
    }
  };
  sweep();
  const before = await settledMemory(() => false);
  for (let i = 0; i < 3; i++) sweep();
  const bound = 4 * 1024 * 1024;
  const after = await settledMemory(
    (now) => now.heapUsed - before.heapUsed < bound && now.arrayBuffers - before.arrayBuffers < bound,
  );
  if (globalThis.gc !== undefined) {
    assert.ok(after.heapUsed - before.heapUsed < bound, "the heap grows with the number of sweeps");
    assert.ok(after.arrayBuffers - before.arrayBuffers < bound, "buffers grow with the number of sweeps");
  }
});

/** What is held after collections; V8 gives the memory of buffers back on another thread, so a few rounds are looked at. */
async function settledMemory(enough: (now: NodeJS.MemoryUsage) => boolean): Promise<NodeJS.MemoryUsage> {
  let now = process.memoryUsage();
  for (let round = 0; round < 20; round++) {
    globalThis.gc?.();
    await new Promise((resolve) => setImmediate(resolve));
    now = process.memoryUsage();
    if (enough(now)) break;
  }
  return now;
}

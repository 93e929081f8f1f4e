import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import type { KeyFrameAnswer } from "../../contract/key-frame.ts";
import type { LineAnswer } from "../../contract/playback.ts";
import { wallTime } from "../../kernel/time.ts";
import { g711Parameters } from "../../media/codec/g711.ts";
import { h264Parameters } from "../../media/codec/h264.ts";
import { buildFragment } from "../../media/mp4/fragment.ts";
import { initSegment } from "../../media/mp4/init-segment.ts";
import { parseFragment, parseInit } from "../../media/mp4/read.ts";
import type { AudioParameters, VideoParameters } from "../../media/types.ts";
import { plainSps, setsOf } from "../../testkit/nal-units.ts";
import { channelRow, segmentRow } from "../../testkit/store-rows.ts";
import { footageSource } from "../footage/footage-source.ts";
import type { PlaybackPort } from "../ports.ts";
import { testSite } from "../test-site.test.ts";

const start = 1_790_000_000_000;
const [sps = new Uint8Array(), pps = new Uint8Array()] = setsOf.h264;
const large = h264Parameters(sps, pps);
const small = h264Parameters(plainSps(1), pps);
assert.ok(large.ok && small.ok);
const pcma = g711Parameters("pcma", 8000, 1);
const aac: AudioParameters = {
  kind: "audio",
  codec: "aac",
  sampleRate: 16_000,
  channels: 1,
  config: Uint8Array.of(0x14, 0x08),
};

/** Ten seconds at 10 frames a second with a key frame each second; frame n is eight bytes of n. */
function segmentFile(video: VideoParameters, audio?: AudioParameters): Uint8Array {
  const parts: Uint8Array[] = [initSegment({ video, ...(audio === undefined ? {} : { audio }) })];
  for (let second = 0; second < 10; second++) {
    const samples = Array.from({ length: 10 }, (_, i) => {
      const frame = second * 10 + i;
      return { data: new Uint8Array(8).fill(frame), dts: frame * 9000, pts: frame * 9000, key: i === 0 };
    });
    const rate = audio?.sampleRate ?? 0;
    const sounds = Array.from({ length: 10 }, (_, i) => {
      const dts = ((second * 10 + i) * rate) / 10;
      return { data: Uint8Array.of(second * 10 + i), dts, pts: dts, key: true };
    });
    const sound = { baseDts: second * rate, samples: sounds, lastDuration: rate / 10 };
    const fragment = buildFragment({
      sequence: second + 1,
      video: { baseDts: second * 90_000, samples, lastDuration: 9000 },
      ...(audio === undefined ? {} : { audio: sound }),
    });
    parts.push(fragment.head, ...fragment.slices);
  }
  return Buffer.concat(parts);
}

async function recorded(t: TestContext) {
  const volume = mkdtempSync(join(tmpdir(), "reed-playback-"));
  t.after(() => rmSync(volume, { recursive: true }));
  const port: { real?: PlaybackPort } = {};
  const real = () => port.real ?? assert.fail("not ready");
  const playback: PlaybackPort = {
    line: (...request) => real().line(...request),
    init: (...request) => real().init(...request),
    media: (request) => real().media(request),
  };
  const decoded: Uint8Array[] = [];
  const smallPicture = (_: unknown, unit: Uint8Array) => {
    decoded.push(unit);
    return Promise.resolve(Uint8Array.of(0xff, 0xd8, unit[0] ?? 0));
  };
  const site = await testSite(t, { playback, smallPicture });
  port.real = footageSource(site.reads, () => undefined);
  const value = { id: "v", path: volume, maxShare: 0.8, keepDays: 14 };
  site.put({ kind: "config", change: { part: "volume", value } });
  for (const channel of [1, 2]) site.put({ kind: "config", change: { part: "channel", value: channelRow(channel) } });
  mkdirSync(join(volume, "footage"));
  const add = (
    id: string,
    fromS: number,
    bytes = segmentFile(large.ok ? large.value : assert.fail()),
    stream: "main" | "sub" = "main",
  ) => {
    const path = `footage/${id}.mp4`;
    writeFileSync(join(volume, path), bytes);
    const times = { startWall: wallTime(start + fromS * 1000), endWall: wallTime(start + (fromS + 10) * 1000) };
    site.put({ kind: "segment", segment: segmentRow(id, { volumeId: "v", path, stream, ...times }) });
    return join(volume, path);
  };
  const key = site.key("footage");
  const get = (path: string) =>
    site.app.inject({
      url: new URL(path, "http://x/api/channels/1/hls/").pathname + (/\?.*/.exec(path)?.[0] ?? ""),
      headers: key,
    });
  const line = async (fromS: number, toS: number, stream = "main") => {
    const span = `from=${start + fromS * 1000}&to=${start + toS * 1000}`;
    const answer = await get(`line?${span}&zero=${start - 100_000}&stream=${stream}`);
    assert.equal(answer.statusCode, 200, answer.body);
    return answer.json<LineAnswer>();
  };
  return { ...site, add, get, line, decoded, span: `from=${start}&to=${start + 100_000}` };
}

/** First bytes of the samples of a media segment, and where they lie in decode time. */
function samplesOf(bytes: Buffer, kind: "video" | "audio") {
  const fragment = parseFragment(bytes, 0, 0);
  assert.ok(fragment.ok, fragment.ok ? "" : fragment.error);
  const table = fragment.value[kind];
  assert.equal(fragment.value.end, bytes.length);
  return { numbers: Array.from(table?.offset ?? [], (offset) => bytes[offset]), dts: table?.dts[0] };
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

test("the page's list names init and media segments that hold what it says, at the wall's place", async (t) => {
  const site = await recorded(t);
  site.add("a", 0, segmentFile(large.value, aac));
  const { inits, slices } = await site.line(3.5, 5);
  assert.deepEqual(
    slices.map(({ from, to, pictures }) => [from - start, to - start, pictures.length]),
    [[3000, 5000, 20]],
  );
  assert.match(inits[0]?.video.mime ?? "", /avc1/);
  assert.match(inits[0]?.audio?.mime ?? "", /mp4a\.40\.2/);
  assert.ok(parseInit((await site.get(inits[0]?.video.init ?? "")).rawPayload).ok);
  const video = await site.get(slices[0]?.video ?? "");
  assert.deepEqual(samplesOf(video.rawPayload, "video"), { numbers: range(30, 50), dts: 103 * 90_000 });
  assert.equal(video.headers["content-length"], String(video.rawPayload.length));
  const audio = await site.get(slices[0]?.audio ?? "");
  assert.deepEqual(samplesOf(audio.rawPayload, "audio"), { numbers: range(30, 50), dts: 103 * 16_000 });
});

test("a small picture is of the sub stream where that has all of the span, else of the main stream", async (t) => {
  const site = await recorded(t);
  site.add("a", 0, segmentFile(large.value));
  site.add("b", 10, segmentFile(large.value));
  site.add("small", 0, segmentFile(small.value), "sub");
  const shown = async (...asked: Parameters<typeof site.line>) => {
    const { stream, inits, slices } = await site.line(...asked);
    return [stream, inits[0]?.width, slices.length];
  };
  const [whole, little] = [large.value.width, small.value.width];
  assert.notEqual(whole, little);
  assert.deepEqual(await shown(2, 8), ["main", whole, 3]);
  assert.deepEqual(await shown(2, 8, "sub"), ["sub", little, 3]);
  assert.deepEqual(await shown(8, 14, "sub"), ["main", whole, 3]);
  const media = await site.get((await site.line(2, 4, "sub")).slices[0]?.video ?? "");
  assert.deepEqual(samplesOf(media.rawPayload, "video").numbers, range(20, 40));
});

test("where nothing was recorded the page's list is empty, and a playlist is none", async (t) => {
  const site = await recorded(t);
  site.add("a", 0);
  assert.deepEqual((await site.line(50, 60)).slices, []);
  const playlist = await site.get(`index.m3u8?from=${start + 50_000}&to=${start + 60_000}`);
  assert.deepEqual([playlist.statusCode, playlist.json<{ error: { code: string } }>().error.code], [404, "no-footage"]);
});

test("a playlist has a discontinuity where the camera's settings change and where something is missing", async (t) => {
  const site = await recorded(t);
  site.add("a", 0);
  site.add("b", 10, segmentFile(small.value));
  site.add("c", 40, segmentFile(small.value));
  const playlist = (await site.get(`video.m3u8?${site.span}`)).body;
  const shape = playlist
    .split("\n")
    .filter((line) => /MAP|DISCONT|DATE/.test(line))
    .map((line) => line.replace(/:URI.*/, ""));
  const at = (second: number) => `#EXT-X-PROGRAM-DATE-TIME:${new Date(start + second * 1000).toISOString()}`;
  const [map, broken] = ["#EXT-X-MAP", "#EXT-X-DISCONTINUITY"];
  assert.deepEqual(shape, [map, at(0), broken, map, at(10), broken, at(40)]);
  assert.deepEqual(playlist.match(/EXTINF:[\d.]+/g)?.slice(0, 3), [
    "EXTINF:4.00000",
    "EXTINF:4.00000",
    "EXTINF:2.00000",
  ]);
  assert.match(playlist, /EXT-X-ENDLIST\n$/);
  const addresses = playlist.split("\n").filter((line) => line.includes(".m4s"));
  const bases: (number | undefined)[] = [];
  for (const address of addresses) bases.push(samplesOf((await site.get(address)).rawPayload, "video").dts);
  assert.deepEqual(
    bases.map((dts) => (dts ?? 0) / 90_000),
    [0, 4, 8, 10, 14, 18, 20, 24, 28],
  );
});

test("sound is a rendition of its own: AAC always, G.711 when it is asked for", async (t) => {
  const site = await recorded(t);
  site.add("a", 0, segmentFile(large.value, pcma));
  const main = async (more: string) => (await site.get(`index.m3u8?${site.span}${more}`)).body;
  assert.doesNotMatch(await main(""), /AUDIO/);
  assert.match(await main("&audio=original"), /CODECS="avc1\.640033,alaw"/);
  assert.equal((await site.get(`audio.m3u8?${site.span}`)).statusCode, 404);
  const playlist = (await site.get(`audio.m3u8?${site.span}&audio=original`)).body;
  assert.equal(playlist.match(/\/audio\/.*m4s/g)?.length, 3);
});

test("a media segment of another channel, of a file that is gone or of no place in it is not found", async (t) => {
  const site = await recorded(t);
  const path = site.add("a", 0);
  for (const address of [
    "2/media/a/video/0/90000/0/700.m4s",
    "1/media/b/video/0/90000/0/700.m4s",
    "1/media/a/video/0/90000/0/99999999.m4s",
    "1/media/a/audio.mp4",
  ]) {
    assert.equal((await site.get(`../../${address}`)).statusCode, 404, address);
  }
  const [slice] = (await site.line(0, 1)).slices;
  rmSync(path);
  assert.equal((await site.get(slice?.video ?? "")).statusCode, 404);
});

test("who watches a channel is written down once while they go on, and footage needs its scope", async (t) => {
  const site = await recorded(t);
  site.add("a", 0);
  const audited = () => site.asked.filter(({ command }) => command.kind === "audit").length;
  for (const second of [0, 2, 4]) await site.line(second, second + 2);
  assert.equal(audited(), 1);
  site.clock.advance(11 * 60_000);
  await site.line(6, 8);
  assert.equal(audited(), 2);
  const url = `/api/channels/1/hls/index.m3u8?${site.span}`;
  assert.equal((await site.send("GET", url, site.key("read"))).status, 403);
  assert.equal((await site.send("GET", url, site.session("viewer"))).status, 200);
});

test("the picture of a moment is made once of the key frame at or before it, and may be kept; in a gap there is none", async (t) => {
  const site = await recorded(t);
  site.add("a", 0);
  const frameAt = async (s: number) =>
    (await site.get(`../key-frame?at=${start + s * 1000}`)).json<KeyFrameAnswer>().frame;
  const frame = await frameAt(3.7);
  assert.equal(frame?.at, start + 3000);
  assert.equal((await frameAt(3))?.picture, frame.picture);
  assert.equal((await frameAt(4))?.at, start + 4000);
  assert.deepEqual([await frameAt(-1), await frameAt(12)], [undefined, undefined]);
  for (let look = 0; look < 2; look++) {
    const picture = await site.get(`../${frame.picture}`);
    assert.deepEqual([...picture.rawPayload], [0xff, 0xd8, 30]);
    assert.match(String(picture.headers["cache-control"]), /private.*immutable/);
  }
  assert.deepEqual(
    site.decoded.map((unit) => [...unit]),
    [Array(8).fill(30)],
  );
  const gone = await site.get(`../${frame.picture.replace("/a/", "/b/")}`);
  assert.equal(gone.statusCode, 404);
});

test("the picture of a moment is of the sub stream where there is one: it costs less to decode", async (t) => {
  const site = await recorded(t);
  site.add("a", 0);
  site.add("small", 0, segmentFile(small.value), "sub");
  const { frame } = (await site.get(`../key-frame?at=${start + 3700}`)).json<KeyFrameAnswer>();
  assert.match(frame?.picture ?? "", /^media\/small\//);
});

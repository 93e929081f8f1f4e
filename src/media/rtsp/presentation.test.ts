import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { goCorpus } from "../../testkit/go-corpus.ts";
import { vector, vectorPath, vectorTest } from "../../testkit/vectors.ts";
import { header } from "./message.ts";
import { readPresentation, type Presentation } from "./presentation.ts";
import { createRtspReader } from "./reader.ts";
import { latin1 } from "./text.ts";

const request = "rtsp://cam/live";

function present(text: string): Presentation {
  const read = readPresentation(text, { request });
  assert.ok(read.ok);
  return read.value;
}

/** What a captured DESCRIBE answer (or a bare description) offers. */
function captured(...path: readonly string[]): Presentation {
  const bytes = vector(...path);
  if (!latin1(bytes).startsWith("RTSP/")) return present(latin1(bytes));
  const reader = createRtspReader();
  reader.push(bytes);
  const response = reader.pull();
  assert.ok(response?.kind === "response" && response.status === 200);
  const read = readPresentation(latin1(response.body), { request, contentBase: header(response, "content-base") });
  assert.ok(read.ok);
  return read.value;
}

/** One line per format: `track codec/clock/channels@payload control`. */
const lines = (presentation: Presentation): string[] =>
  presentation.formats.map((f) => `${f.track} ${f.codec}/${f.clockRate}/${f.channels}@${f.payloadType} ${f.control}`);

const reolink = "rtsp://192.168.5.206/h264Preview_01_main/";
const dahua = "rtsp://192.168.5.111:554/cam/realmonitor?channel=1&subtype=1&unicast=true&proto=Onvif/";
const hikvision = "rtsp://192.168.5.106:554/Streaming/Channels/101/";
const bunny = "rtsp://wowzaec2demo.streamlock.net/vod/mp4:BigBuckBunny_115k.mov/";
const gw = "rtsp://192.168.1.110:5050/H264?channel=1&subtype=0&unicast=true&proto=Onvif";
const query = "?transportmode=unicast&profile=Profile_1";

/** Per capture: the control URL of the whole, then the formats. */
const retina: Readonly<Record<string, readonly string[]>> = {
  "anjvision_describe.txt": [
    "rtsp://192.168.1.10:554/stream0/",
    "video h265/90000/1@96 rtsp://192.168.1.10:554/stream0/trackID=1",
  ],
  "anpviz_sdp.txt": [request, `video h264/90000/1@96 ${request}/trackID=1`, `audio aac/16000/2@0 ${request}/trackID=2`],
  "bunny_describe.txt": [bunny, `audio aac/12000/2@96 ${bunny}trackID=1`, `video h264/90000/1@97 ${bunny}trackID=2`],
  "response.txt": [bunny, `audio aac/12000/2@96 ${bunny}trackID=1`, `video h264/90000/1@97 ${bunny}trackID=2`],
  "dahua_describe_h264_aac_onvif.txt": [
    dahua,
    `video h264/90000/1@96 ${dahua}trackID=0`,
    `audio aac/48000/1@97 ${dahua}trackID=1`,
  ],
  "dahua_describe_h265_pcma.txt": [
    "rtsp://cam-driveway/cam/realmonitor?channel=1&subtype=2/",
    "video h265/90000/1@98 rtsp://cam-driveway/cam/realmonitor?channel=1&subtype=2/trackID=0",
    "audio pcma/8000/1@8 rtsp://cam-driveway/cam/realmonitor?channel=1&subtype=2/trackID=1",
  ],
  "foscam_describe.txt": [
    "rtsp://192.168.5.107:65534/videoMain/",
    "video h264/90000/1@96 rtsp://192.168.5.107:65534/videoMain/track1",
    "audio pcmu/8000/1@0 rtsp://192.168.5.107:65534/videoMain/track2",
  ],
  "geovision_sdp.txt": [request, "video h264/90000/1@105 rtsp://192.168.5.237/media/video1/video"],
  "gw_main_describe.txt": [gw, `video h264/90000/1@96 ${gw}/video`, `audio pcmu/8000/1@8 ${gw}/audio`],
  "gw_sub_describe.txt": [
    gw.replace("5050", "5049").replace("subtype=0", "subtype=1"),
    `video h264/90000/1@96 ${gw.replace("5050", "5049").replace("subtype=0", "subtype=1")}/video`,
  ],
  "h264dvr_describe.txt": [
    "rtsp://127.0.0.1:554/camera",
    "video h264/90000/1@96 rtsp://127.0.0.1:554/camera/trackID=3",
    "audio pcma/8000/1@8 rtsp://127.0.0.1:554/camera/trackID=4",
  ],
  "hikvision_describe.txt": [hikvision + query, `video h264/90000/1@96 ${hikvision}trackID=1${query}`],
  "ipcam_describe.txt": [request, `video h264/90000/1@96 ${request}/trackID=1`],
  "macrovideo_describe.txt": [request, `video h264/90000/1@96 ${request}/track1`],
  "missing_content_type_describe.txt": [
    request,
    `video h264/90000/1@96 ${request}/streamid=0`,
    `audio aac/48000/2@97 ${request}/streamid=1`,
  ],
  "reolink_describe.txt": [
    reolink,
    `video h264/90000/1@96 ${reolink}trackID=1`,
    `audio aac/16000/1@97 ${reolink}trackID=2`,
  ],
  "reolink_describe_control_first.txt": [
    reolink,
    `video h264/90000/1@96 ${reolink}trackID=1`,
    `audio aac/16000/1@97 ${reolink}trackID=2`,
  ],
  "tplink_sdp.txt": [request, `video h265/90000/1@96 ${request}/track1`, `audio pcma/8000/1@8 ${request}/track2`],
  "ubiquiti_sdp.txt": [
    request,
    `audio aac/48000/1@96 ${request}/trackID=0`,
    `video h264/90000/1@97 ${request}/trackID=2`,
  ],
  "vstarcam_describe.txt": [
    request,
    `video h264/90000/1@96 ${request}/track0`,
    `audio pcma/8000/1@8 ${request}/track1`,
  ],
};

vectorTest("every captured description of a camera is read right", () => {
  const files = readdirSync(vectorPath("retina")).filter((file) => /describe|sdp|response/.test(file));
  assert.deepEqual(files.toSorted(), Object.keys(retina).toSorted());
  for (const [file, expected] of Object.entries(retina)) {
    const presentation = captured("retina", file);
    assert.deepEqual([presentation.control, ...lines(presentation)], expected, file);
  }
});

vectorTest("parameter sets and AAC configurations come through untouched, under names in lower case", () => {
  const fmtp = (file: string, index: number, name: string) => captured("retina", file).formats[index]?.fmtp.get(name);
  assert.equal(fmtp("reolink_describe.txt", 0, "sprop-parameter-sets"), "Z2QAM6zoAoALWQ==,aO48MA==");
  assert.equal(fmtp("dahua_describe_h265_pcma.txt", 0, "sprop-pps"), "RAHA8saNA7NA");
  assert.equal(fmtp("anpviz_sdp.txt", 1, "config"), "1408");
  assert.equal(fmtp("ubiquiti_sdp.txt", 0, "sizelength"), "13");
  assert.equal(fmtp("missing_content_type_describe.txt", 1, "config"), "119056E500");
});

const go2rtc: Readonly<Record<string, readonly string[]>> = {
  "01": [`video h264/90000/1@96 ${request}/track0`, `audio aac/8000/1@97 ${request}/track1`],
  "02": [`video h264/90000/1@96 ${request}/track0`, `audio pcma/8000/1@8 ${request}/track1`],
  "03": [`video h264/90000/1@96 ${request}/track1`, `audio aac/16000/1@97 ${request}/track2`],
  "04": [`video h264/90000/1@96 ${request}/track1`, `audio pcma/8000/1@8 ${request}/track2`],
  "05": [`video h264/90000/1@99 ${request}/trackID=1`, `audio aac/8000/1@127 ${request}/trackID=2`],
  "06": [`audio pcmu/8000/1@0 ${request}/track2`],
  "07": [
    "video h264/90000/1@105 rtsp://1.0.1.113/media/video2/video",
    "audio pcmu/8000/1@0 rtsp://1.0.1.113/media/video2/audio1",
  ],
  "08": ["video h264/90000/1@96 rtsp://192.168.1.12:554/Streaming/channels/101/trackID=1"],
};

vectorTest("the odd descriptions that go2rtc met are read right", () => {
  for (const [number, expected] of Object.entries(go2rtc))
    assert.deepEqual(lines(captured("go2rtc", `rtsp_test-${number}.sdp`)), expected, number);
  const misplaced = captured("go2rtc", "rtsp_test-02.sdp").formats[0]?.fmtp.get("sprop-parameter-sets");
  assert.equal(misplaced, "Z0IAH5WoFAFuQA==,aM48gA==", "an fmtp that stands under the audio belongs to the video");
});

vectorTest("what can't be recorded is named with its reason", () => {
  const reasons = (name: string) => captured("go2rtc", name).skipped.map((skipped) => skipped.reason);
  assert.deepEqual(reasons("rtsp_test-06.sdp"), [
    "The camera sends its video as JPEG; Reed records H.264 and H.265.",
    'Media of the kind "application" is not recorded.',
    'Media of the kind "vana" is not recorded.',
  ]);
  assert.deepEqual(reasons("rtsp_test-08.sdp"), ["The camera sends its audio as PCM; Reed records AAC and G.711."]);
  assert.deepEqual(reasons("rtsp_test-03.sdp"), ["An audio back channel is not recorded."]);
});

const media = "rtsp://10.0.100.50/profile5/media.smp";
const gortsplib: Readonly<Record<string, readonly string[]>> = {
  "01": [`video h264/90000/1@97 ${media}/trackID=v`, `audio pcmu/8000/1@0 ${media}/trackID=a`],
  "02": [`video h264/90000/1@97 ${media}/trackID=v`, `audio pcmu/8000/1@0 ${media}/trackID=a`],
  "03": [`video h264/90000/1@97 ${request}/trackID=1`, `audio pcmu/8000/1@0 ${request}/trackID=2`],
  "04": [`video h264/90000/1@97 ${request}/trackID=1`, `audio pcmu/8000/1@0 ${request}/trackID=2`],
  "05": [],
  "06": [`audio pcmu/8000/1@0 ${request}`, `video h264/90000/1@100 ${request}`],
  "07": [`video h264/90000/1@96 ${request}`],
  "08": [`video h264/90000/1@96 ${request}`],
  "09": ["audio pcmu/8000/1@0 rtsp://192.168.0.1/audio"],
  "10": ["audio pcmu/8000/1@0 rtsp://192.168.0.1/audio"],
  "11": [`audio pcmu/8000/1@0 ${request}`],
  "12": [`audio pcmu/8000/1@0 ${request}`],
  "13": [],
  "14": [],
  "15": [],
  "16": [],
  "17": ["video h264/90000/1@96 rtsp://*****/video=video1"],
  "18": ["video h264/90000/1@96 rtsp://*****/video=video1"],
  "19": [`video h264/90000/1@96 ${request}/video`, `audio pcmu/8000/1@0 ${request}/audio`],
  "20": [`video h264/90000/1@96 ${request}/video`, `audio pcmu/8000/1@0 ${request}/audio`],
  "21": [`video h265/90000/1@96 ${request}/streamid=0`, `audio aac/44100/2@97 ${request}/streamid=1`],
  "22": [`video h264/90000/1@96 ${request}`, `audio pcmu/8000/1@0 ${request}`],
  "23": [`video h264/90000/1@96 ${request}`, `audio pcmu/8000/1@0 ${request}`],
  "24": [`audio pcmu/8000/1@0 ${request}`],
};

vectorTest("the descriptions of gortsplib's tests are read right", () => {
  const files = readdirSync(vectorPath("gortsplib-sdp")).filter((file) => file.endsWith(".sdp"));
  assert.equal(files.length, Object.keys(gortsplib).length);
  for (const [number, expected] of Object.entries(gortsplib))
    assert.deepEqual(lines(captured("gortsplib-sdp", `session_test-${number}.sdp`)), expected, number);
  const [encrypted] = captured("gortsplib-sdp", "session_test-13.sdp").skipped;
  assert.equal(encrypted?.reason, "The camera encrypts its video (SRTP), which Reed can't read.");
});

test("control URLs stand on Content-Base, else Content-Location, else the request", () => {
  const sdp = "v=0\r\na=control:*\r\nm=video 0 RTP/AVP 96\r\na=control:track1\r\na=rtpmap:96 h265/90000";
  const control = (urls: { contentBase?: string; contentLocation?: string }) => {
    const read = readPresentation(sdp, { request: "rtsp://cam:8554/a?b=1", ...urls });
    return read.ok ? [read.value.control, read.value.formats[0]?.control] : [];
  };
  assert.deepEqual(control({ contentBase: "rtsp://cam/x/" }), ["rtsp://cam/x/", "rtsp://cam/x/track1"]);
  assert.deepEqual(control({ contentLocation: "rtsp://cam/y" }), ["rtsp://cam/y", "rtsp://cam/y/track1"]);
  assert.deepEqual(control({ contentBase: " ", contentLocation: "/z/" }), [
    "rtsp://cam:8554/z/",
    "rtsp://cam:8554/z/track1",
  ]);
  assert.deepEqual(control({}), ["rtsp://cam:8554/a?b=1", "rtsp://cam:8554/a?b=1/track1"]);
  assert.deepEqual(control({ contentBase: "nonsense" }), control({}));
});

test("a description without v=0 is an error, one without media offers nothing", () => {
  assert.ok(!readPresentation("", { request }).ok);
  assert.ok(!readPresentation("m=video 0 RTP/AVP 96", { request }).ok);
  assert.deepEqual(present("v=0").formats, []);
});

test("the order of lines inside a media does not matter", () => {
  const attributes = [
    "a=control:t",
    "a=rtpmap:96 H264/90000",
    "a=fmtp:96 packetization-mode=1",
    "b=AS:1",
    "i=x",
    "a=recvonly",
  ];
  fc.assert(
    fc.property(fc.shuffledSubarray(attributes, { minLength: attributes.length }), (shuffled) => {
      const { formats } = present(["v=0", "m=video 0 RTP/AVP 96", ...shuffled].join("\n"));
      assert.deepEqual([formats[0]?.control, formats[0]?.fmtp.get("packetization-mode")], [`${request}/t`, "1"]);
    }),
    { numRuns: 50 },
  );
});

test("random text is an error or a presentation, never a throw", () => {
  const line = fc.tuple(fc.constantFrom("v=", "m=video ", "m=audio ", "a=rtpmap:", "a=fmtp:", "a=", ""), fc.string());
  fc.assert(
    fc.property(fc.array(line), (parts) => {
      readPresentation(`v=0\n${parts.map((part) => part.join("")).join("\n")}`, { request });
    }),
    { numRuns: 200 },
  );
});

vectorTest("crash inputs of other description parsers end in a value", () => {
  let inputs = 0;
  for (const target of ["description/testdata/fuzz/FuzzSessionUnmarshal", "sdpunmarshaler/testdata/fuzz/FuzzUnmarshal"])
    for (const { values } of goCorpus(vectorPath("gortsplib-fuzz/pkg", target))) {
      inputs += 1;
      const text = latin1(values[0]?.bytes ?? new Uint8Array(0));
      const read = readPresentation(text, { request });
      assert.equal(read.ok, /^v=/m.test(text));
      if (read.ok) assert.ok(read.value.formats.every((format) => format.codec.length > 0 && format.clockRate > 0));
    }
  assert.equal(inputs, 42);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { plainSps, sei, setsOf } from "../../testkit/nal-units.ts";
import { vector, vectorTest } from "../../testkit/vectors.ts";
import { aacLcConfig, parseAacConfig } from "./aac.ts";
import { h264Parameters, h264PocLsb, h264Syntax, parseH264Sps } from "./h264.ts";
import { h265Parameters, h265Syntax, parseH265Sps } from "./h265.ts";
import { findStartCode, splitAnnexB, splitLengths } from "./nal.ts";
import { createParameterSets } from "./parameter-sets.ts";
import { fromBase64, fromHex } from "./text.ts";

/** What a captured description's parameter sets say. */
function described(path: readonly string[]): string {
  const text = new TextDecoder("latin1").decode(vector(...path));
  const sets = createParameterSets(text.includes("sprop-sps=") ? "h265" : "h264");
  for (const [, list = ""] of text.matchAll(/sprop-(?:parameter-sets|vps|sps|pps)=([^;\s]+)/g)) {
    for (const set of list.split(","))
      for (const nal of splitAnnexB(fromBase64(set) ?? new Uint8Array())) sets.offer(nal);
  }
  const made = sets.current();
  if (!made.ok) return made.error;
  const { width, height, codecString, frameRate, reorderDepth } = made.value;
  return `${width}x${height} ${codecString} ${frameRate?.toFixed(2) ?? "-"} fps, reorders ${reorderDepth}`;
}

const cameras: Readonly<Record<string, string>> = {
  "retina/hikvision_describe.txt": "1920x1080 avc1.4d0029 30.00 fps, reorders 0",
  "retina/reolink_describe.txt": "2560x1440 avc1.640033 - fps, reorders 0",
  "retina/dahua_describe_h264_aac_onvif.txt": "704x480 avc1.64001e 15.00 fps, reorders 0",
  "retina/dahua_describe_h265_pcma.txt": "704x480 hvc1.1.6.L90.B0 12.00 fps, reorders 0",
  "retina/tplink_sdp.txt": "2560x1440 hvc1.1.6.L150 15.00 fps, reorders 0",
  "retina/anjvision_describe.txt": "1280x704 hvc1.1.2.L153 - fps, reorders 0",
  "retina/foscam_describe.txt": "1280x720 avc1.4d001f - fps, reorders 0",
  "retina/geovision_sdp.txt": "2688x1520 avc1.4d4032 30.00 fps, reorders 0",
  "retina/gw_sub_describe.txt": "720x480 avc1.4d001e - fps, reorders 0",
  "retina/gw_main_describe.txt": "1920x1080 avc1.4d002a - fps, reorders 0",
  "retina/h264dvr_describe.txt": "1920x1080 avc1.420029 15.00 fps, reorders 0",
  "retina/ipcam_describe.txt": "1280x960 avc1.4d0020 20.00 fps, reorders 0",
  "retina/macrovideo_describe.txt": "1280x720 avc1.4de028 20.00 fps, reorders 0",
  "retina/missing_content_type_describe.txt": "320x180 avc1.64000d 30.00 fps, reorders 2",
  "retina/ubiquiti_sdp.txt": "1920x1080 avc1.4d402a 45.00 fps, reorders 0",
  "retina/vstarcam_describe.txt": "1920x1080 avc1.4d002a 7.50 fps, reorders 0",
  "retina/anpviz_sdp.txt": "704x576 avc1.4d401f - fps, reorders 0",
  "go2rtc/rtsp_test-03.sdp": "2560x1920 avc1.640033 - fps, reorders 0",
  "go2rtc/rtsp_test-08.sdp": "3200x1800 avc1.640033 30.00 fps, reorders 0",
  "gortsplib-sdp/session_test-01.sdp": "1920x1080 avc1.640028 - fps, reorders 0",
  "gortsplib-sdp/session_test-21.sdp": "1334x750 hvc1.1.6.L120.B0 - fps, reorders 0",
};

for (const [path, says] of Object.entries(cameras)) {
  vectorTest(`the parameter sets of ${path} are ${says}`, () => {
    assert.equal(described(path.split("/")), says);
  });
}

test("an SPS that states nothing and has several reference pictures may reorder as deep as its level allows", () => {
  const sps = parseH264Sps(plainSps(4));
  assert.ok(sps.ok);
  assert.deepEqual(sps.value.reorder, { depth: 16, stated: false });
  assert.deepEqual([sps.value.width, sps.value.height], [320, 192]);
});

test("parameter sets from random or damaged bytes are an error or sane, never a throw", () => {
  const [sps = new Uint8Array(0)] = setsOf.h264;
  const [, sps265 = new Uint8Array(0)] = setsOf.h265;
  const sane = ({ width, height, reorderDepth }: { width: number; height: number; reorderDepth: number }): boolean =>
    width > 0 && height > 0 && width <= 16_384 && height <= 16_384 && reorderDepth <= 16;
  const damaged = fc.tuple(fc.uint8Array({ maxLength: 60 }), fc.nat({ max: 40 }), fc.nat({ max: 255 }));
  fc.assert(
    fc.property(damaged, ([noise, at, byte]) => {
      for (const start of [[0x67], [0x42, 1]]) {
        const bytes = Uint8Array.of(...start, ...noise);
        const [a, b] = [h264Parameters(bytes, bytes), h265Parameters(bytes, bytes, bytes)];
        assert.ok(!a.ok || sane(a.value));
        assert.ok(!b.ok || sane(b.value));
      }
      for (const good of [sps, sps265]) {
        const bytes = good.slice();
        bytes[at % bytes.length] = byte;
        const [a, b] = [parseH264Sps(bytes), parseH265Sps(bytes)];
        assert.ok(!a.ok || a.value.width <= 16_384);
        assert.ok(!b.ok || b.value.width <= 16_384);
        if (a.ok) h264PocLsb(a.value, noise, 0, noise.length);
      }
    }),
    { numRuns: 500 },
  );
});

test("a recovery point is found behind other SEI messages and emulation prevention, and nowhere else", () => {
  const recovery = sei("h264");
  const user = sei("h264", Uint8Array.of(6, 0, 0, 3, 1, 6, 6));
  const both = Uint8Array.of(...user.subarray(0, -1), ...recovery.subarray(1));
  assert.equal(h264Syntax.recoveryPoint(recovery, 0, recovery.length), true);
  assert.equal(h264Syntax.recoveryPoint(user, 0, user.length), false);
  // One of the 7 bytes of user data counts as an emulation prevention byte, so the message is one byte longer.
  const escaped = Uint8Array.of(...both.subarray(0, 3), 9, 9, ...both.subarray(4));
  escaped[2] = 7;
  assert.equal(h264Syntax.recoveryPoint(escaped, 0, escaped.length), true);
  const h265 = sei("h265");
  assert.equal(h265Syntax.recoveryPoint(h265, 0, h265.length), true);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (noise) => {
      assert.equal(typeof h264Syntax.recoveryPoint(Uint8Array.of(6, ...noise), 0, noise.length + 1), "boolean");
    }),
  );
});

test("pictures are named by their NAL unit type as the standards do", () => {
  const h265 = (type: number): string => h265Syntax.picture(Uint8Array.of(type << 1, 1), 0);
  assert.deepEqual([16, 17, 18, 19, 20, 21, 8, 9, 7, 1].map(h265), [
    "bla",
    "bla",
    "bla",
    "idr",
    "idr",
    "cra",
    "rasl",
    "rasl",
    "other",
    "other",
  ]);
  assert.equal(h264Syntax.picture(Uint8Array.of(0x65), 0), "idr");
  assert.equal(h264Syntax.picture(Uint8Array.of(0x41), 0), "other");
});

test("an AudioSpecificConfig says rate and channels; one is made where the SDP has none", () => {
  const made = aacLcConfig(16_000, 1) ?? new Uint8Array(0);
  assert.deepEqual([...made], [0x14, 0x08]);
  const hex = (text: string): Uint8Array => fromHex(text) ?? new Uint8Array(0);
  assert.deepEqual(parseAacConfig(hex("1210")), {
    ok: true,
    value: { objectType: 2, sampleRate: 44_100, channels: 2, samplesPerUnit: 1024 },
  });
  // HE-AAC with explicit signalling: the core runs at half the rate.
  const he = parseAacConfig(hex("2b8a0800"));
  assert.ok(he.ok && he.value.objectType === 2);
  fc.assert(fc.property(fc.uint8Array({ maxLength: 8 }), (noise) => void parseAacConfig(noise)));
});

test("NAL units come out of a byte stream and out of lengths as they went in", () => {
  const nals = [Uint8Array.of(0x67, 1), Uint8Array.of(0x68), Uint8Array.of(0x65, 0, 0, 3, 1)];
  const stream = Uint8Array.of(...nals.flatMap((nal) => [0, 0, 0, 1, ...nal]), 0, 0);
  assert.deepEqual(splitAnnexB(stream), nals);
  assert.equal(findStartCode(stream, 0, stream.length), 1);
  assert.deepEqual(splitLengths(Uint8Array.of(0, 0, 0, 2, 0x67, 1, 0, 0, 0, 9, 1)), [nals[0]]);
});

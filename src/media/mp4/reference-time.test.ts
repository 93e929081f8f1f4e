import assert from "node:assert/strict";
import { test } from "node:test";
import { instant, wallTime } from "../../kernel/time.ts";
import type { AccessUnit, VideoParameters } from "../types.ts";
import { createLiveMuxer } from "./live-muxer.ts";
import { referenceTime } from "./reference-time.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

test("the box says the track, the NTP time and the time in the track; nothing where no time is known", () => {
  // RFC 5905 §6: 1970-01-01 is 2 208 988 800 (83aa7e80), half a second is 80000000
  assert.equal(
    hex(referenceTime(1, wallTime(1500), 3600)),
    "00000020" + "70726674" + "01000018" + "00000001" + "83aa7e81" + "80000000" + "0000000000000e10",
  );
  for (const wall of [0, -1, Number.NaN, Infinity]) assert.equal(referenceTime(1, wallTime(wall), 0).length, 0);
});

test("a live fragment says when its picture was taken at the time at which it is shown, not decoded", () => {
  const bytes = new Uint8Array([1, 2, 3]);
  const empty = new Uint8Array();
  const parameters: VideoParameters = {
    ...{ kind: "video", codec: "h264", codecString: "avc1.42c01e", width: 64, height: 32, reorderDepth: 1 },
    ...{ vps: empty, sps: new Uint8Array([0x67, 0x42, 0xc0, 0x1e]), pps: new Uint8Array([0x68]) },
  };
  const muxer = createLiveMuxer("video");
  const unit = (dts: number, pts: number): AccessUnit => ({
    ...{ track: "video", data: bytes, dts, pts, arrival: instant(0), wall: wallTime(1500), key: dts === 0 },
    ...{ session: 1, parameters, afterLoss: false },
    block: { bytes, retain: () => undefined, release: () => undefined },
  });
  const out = [unit(0, 0), unit(3600, 10_800), unit(7200, 7200)].flatMap((one) => muxer.push(one));
  assert.deepEqual(
    out.flatMap((one) => (one.kind === "fragment" ? [hex(one.bytes.subarray(24, 32))] : [])),
    ["0000000000000000", "0000000000002a30"],
  );
});

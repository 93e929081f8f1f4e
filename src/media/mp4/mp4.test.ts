import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { dumpBoxes } from "../../testkit/mp4-dump.ts";
import { setsOf } from "../../testkit/nal-units.ts";
import { aacLcConfig } from "../codec/aac.ts";
import { g711Parameters } from "../codec/g711.ts";
import { h264Parameters } from "../codec/h264.ts";
import { h265Parameters } from "../codec/h265.ts";
import type { AudioParameters, VideoParameters } from "../types.ts";
import { buildFragment } from "./fragment.ts";
import { initSegment } from "./init-segment.ts";
import { parseFragment, parseInit, readBoxes } from "./read.ts";
import type { FragmentSample } from "./types.ts";
import { readUuidBox, uuidBox } from "./user-box.ts";

const empty = new Uint8Array();

function video(codec: "h264" | "h265"): VideoParameters {
  const [a = empty, b = empty, c = empty] = setsOf[codec];
  const made = codec === "h264" ? h264Parameters(a, b) : h265Parameters(a, b, c);
  assert.ok(made.ok);
  return made.value;
}

const aac: AudioParameters = {
  kind: "audio",
  codec: "aac",
  sampleRate: 16_000,
  channels: 1,
  config: aacLcConfig(16_000, 1) ?? empty,
};

const sample = (size: number, dts: number, cts: number, key: boolean): FragmentSample => ({
  data: new Uint8Array(size).fill(size),
  dts,
  pts: dts + cts,
  key,
});

const pictures = [sample(5, 90_000, 7200, true), sample(3, 93_600, 0, false), sample(4, 97_200, -1, false)];
const sounds = [sample(2, 5000, 0, true), sample(2, 6024, 0, true)];

function joined(input: Parameters<typeof buildFragment>[0]): Uint8Array {
  const { head, slices, bytes } = buildFragment(input);
  const all = Uint8Array.from([head, ...slices].flatMap((part) => [...part]));
  assert.equal(all.length, bytes);
  return all;
}

/** Compares with the text beside this file; `REED_WRITE_GOLDEN=1` writes it anew. */
function golden(name: string, bytes: Uint8Array): void {
  const path = join(import.meta.dirname, "testdata", name);
  const text = dumpBoxes(bytes);
  if (process.env["REED_WRITE_GOLDEN"] === "1") writeFileSync(path, text);
  assert.equal(text, readFileSync(path, "utf8"));
}

test("init segments are box for box as they were", () => {
  golden("init-h264-aac.txt", initSegment({ video: video("h264"), audio: aac }));
  golden("init-h265-pcma.txt", initSegment({ video: video("h265"), audio: g711Parameters("pcma", 8000, 1) }));
});

test("a fragment is box for box as it was", () => {
  const fragment = joined({
    sequence: 7,
    video: { baseDts: 5_000_000_000, samples: pictures, lastDuration: 3600 },
    audio: { baseDts: 16_000, samples: sounds, lastDuration: 1024 },
  });
  golden("fragment.txt", fragment);
});

test("an init segment read again gives the parameters it was made of", () => {
  const tracks = [
    { video: video("h264"), audio: aac },
    { video: video("h265"), audio: g711Parameters("pcmu", 8000, 1) },
    { audio: g711Parameters("pcma", 8000, 2) },
  ];
  for (const each of tracks) {
    const bytes = initSegment(each);
    // What follows may be cut off: a reader takes the beginning of a file.
    const read = parseInit(Uint8Array.of(...bytes, 0, 0, 9, 9, 109, 111));
    assert.ok(read.ok, read.ok ? "" : read.error);
    assert.equal(read.value.end, bytes.length);
    assert.deepEqual(
      Object.fromEntries(read.value.tracks.map(({ parameters }) => [parameters.kind, parameters])),
      each,
    );
    assert.deepEqual(
      read.value.tracks.map(({ id, timescale }) => [id, timescale]),
      [...("video" in each ? [[1, 90_000]] : []), [2, each.audio.sampleRate]],
    );
  }
});

const samples = fc
  .array(
    fc.record({
      size: fc.nat({ max: 30 }),
      step: fc.integer({ min: 1, max: 9000 }),
      cts: fc.nat({ max: 9000 }),
      key: fc.boolean(),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((all) => {
    let dts = 1000;
    return all.map(({ size, step, cts, key }) => sample(size, (dts += step), cts, key));
  });

test("a fragment read again gives every sample's place, size, times and key", () => {
  fc.assert(
    fc.property(samples, samples, fc.nat({ max: 2 ** 40 }), fc.nat({ max: 50 }), (video, audio, baseDts, before) => {
      const fragment = joined({
        sequence: 3,
        video: { baseDts, samples: video, lastDuration: 3600 },
        audio: { baseDts: 5, samples: audio, lastDuration: 1024 },
      });
      const file = new Uint8Array(before + fragment.length);
      file.set(fragment, before);
      const read = parseFragment(file, before, 1000);
      assert.ok(read.ok, read.ok ? "" : read.error);
      assert.deepEqual([read.value.start, read.value.end], [1000 + before, 1000 + file.length]);
      const table = read.value.video;
      assert.ok(table !== undefined && table.count === video.length && read.value.audio?.count === audio.length);
      const shift = baseDts - (video[0]?.dts ?? 0);
      video.forEach(({ data, dts, pts, key }, i) => {
        const from = (table.offset[i] ?? 0) - 1000;
        assert.deepEqual(file.subarray(from, from + (table.size[i] ?? 0)), data);
        assert.deepEqual([table.dts[i], table.cts[i], table.key[i] === 1], [dts + shift, pts - dts, key]);
      });
    }),
  );
});

test("a fragment is readable from its moof and the mdat's header alone", () => {
  const input = { sequence: 1, video: { baseDts: 0, samples: pictures, lastDuration: 3600 } };
  const read = parseFragment(buildFragment(input).head, 0, 0);
  assert.ok(read.ok && read.value.end === buildFragment(input).bytes);
  assert.equal(parseFragment(buildFragment(input).head.subarray(0, -1), 0, 0).ok, false);
});

test("damaged or random bytes are an error or a table inside the mdat, never a throw", () => {
  const init = initSegment({ video: video("h265"), audio: aac });
  const fragment = joined({ sequence: 1, video: { baseDts: 0, samples: pictures, lastDuration: 1 } });
  fc.assert(
    fc.property(fc.nat(), fc.nat({ max: 255 }), fc.nat(), fc.uint8Array({ maxLength: 64 }), (at, byte, cut, noise) => {
      for (const good of [init, fragment, noise]) {
        const bytes = good.slice(0, 1 + (cut % (good.length + 1)));
        bytes[at % Math.max(1, bytes.length)] = byte;
        parseInit(bytes);
        readBoxes(bytes);
        readUuidBox(bytes);
        const read = parseFragment(bytes, 0, 0);
        if (!read.ok || read.value.video === undefined) continue;
        const { offset, size, count } = read.value.video;
        for (let i = 0; i < count; i++) assert.ok((offset[i] ?? 0) + (size[i] ?? 0) <= read.value.end);
      }
    }),
    { numRuns: 1000 },
  );
});

test("a user box carries its payload, and is none when its id is another box's", () => {
  const id = Uint8Array.from({ length: 16 }, (_, i) => i);
  const box = uuidBox(id, Uint8Array.of(9, 8, 7));
  const read = readUuidBox(Uint8Array.of(1, ...box, 2), 1);
  assert.ok(read.ok);
  assert.deepEqual([read.value.uuid, read.value.payload, read.value.end], [id, Uint8Array.of(9, 8, 7), 28]);
  assert.equal(readUuidBox(box.subarray(0, 20)).ok, false);
  assert.throws(() => uuidBox(Uint8Array.of(1), id), /16|1 bytes/);
});

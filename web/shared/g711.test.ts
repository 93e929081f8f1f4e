import assert from "node:assert/strict";
import { test } from "node:test";
import { beginAt, decodeG711, lawOf, mediaData, sound } from "./g711.ts";

test("the standard's own values come out: silence, the loudest, and both signs", () => {
  const whole = (law: "alaw" | "ulaw", ...codes: number[]) =>
    [...decodeG711(law, Uint8Array.from(codes))].map((sample) => Math.round(sample * 32_768) + 0);
  assert.deepEqual(whole("alaw", 0xd5, 0x55, 0xaa, 0x2a), [8, -8, 32_256, -32_256]);
  assert.deepEqual(whole("ulaw", 0xff, 0x7f, 0x80, 0x00), [0, 0, 32_124, -32_124]);
});

test("only G.711 is played this way", () => {
  assert.equal(lawOf('audio/mp4; codecs="alaw"'), "alaw");
  assert.equal(lawOf('audio/mp4; codecs="mp4a.40.2"'), undefined);
});

test("the sound of a fragment is the body of its media data box", () => {
  const box = (type: string, body: number[]) => [0, 0, 0, 8 + body.length, ...Buffer.from(type), ...body];
  const fragment = Uint8Array.from([...box("moof", [1, 2, 3]), ...box("mdat", [7, 8, 9])]);
  assert.deepEqual([...mediaData(fragment)], [7, 8, 9]);
  assert.equal(mediaData(Uint8Array.from([0, 0, 0, 0, 1, 2, 3, 4])).length, 0, "a damaged one is silence");
});

test("pieces follow each other; after a pause there is a little lead again, and what would pile up is left out", () => {
  assert.equal(beginAt(10, undefined), 10 + sound.leadS);
  assert.equal(beginAt(10, 10.2), 10.2);
  assert.equal(beginAt(10, 9.5), 10 + sound.leadS);
  assert.equal(beginAt(10, 10.7), undefined);
});

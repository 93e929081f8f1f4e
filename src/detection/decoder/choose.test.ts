import assert from "node:assert/strict";
import { test } from "node:test";
import { fakeClock } from "../../testkit/fake-clock.ts";
import { soundSource } from "../sound/choose.ts";
import { madeUpPictures } from "../testdata/made-up-camera.ts";
import { chooseSources, wantedDecoder, type Decoders } from "./choose.ts";

const machine = (has: { nodeAv: boolean; ffmpeg: boolean }): Decoders => ({
  loadNodeAv: () =>
    has.nodeAv
      ? Promise.resolve({ pictures: madeUpPictures(), sounds: soundSource(undefined) })
      : Promise.reject(new Error("no binary for this machine")),
  hasFfmpeg: () => has.ffmpeg,
});
const wish = { clock: fakeClock(), note: () => undefined };
const chosen = async (has: { nodeAv: boolean; ffmpeg: boolean }, told?: string) => {
  const { pictures, note } = await chooseSources({ ...wish, wanted: wantedDecoder(told) }, machine(has));
  return [pictures.name, note];
};

test("node-av decodes where it loads, else ffmpeg, with the reason; either may be asked for", async () => {
  assert.deepEqual(await chosen({ nodeAv: true, ffmpeg: true }), ["made up", ""]);
  assert.deepEqual(await chosen({ nodeAv: false, ffmpeg: true }), [
    "ffmpeg",
    "node-av does not load: no binary for this machine",
  ]);
  assert.deepEqual(await chosen({ nodeAv: true, ffmpeg: true }, "ffmpeg"), ["ffmpeg", "REED_DECODER says so"]);
  assert.deepEqual(await chosen({ nodeAv: true, ffmpeg: true }, "whatever"), ["made up", ""]);
});

test("where nothing decodes, the process goes on and each camera's reason says what to install", async () => {
  const { pictures, sounds, note } = await chooseSources(wish, machine({ nodeAv: false, ffmpeg: false }));
  assert.equal(note, "node-av does not load: no binary for this machine; and there is no ffmpeg");
  const parameters = { track: "video", codec: "h264", codecString: "" } as const;
  const events = { picture: () => undefined, failed: () => undefined };
  assert.throws(() => pictures.open(parameters, events), /install the package ffmpeg and restart Reed/);
  using heard = sounds.open({ track: "audio", codec: "pcma", codecString: "", sampleRate: 8000 });
  assert.equal(heard.push(new Uint8Array(160))?.samples.length, 160);
  assert.throws(() => sounds.open({ track: "audio", codec: "aac", codecString: "" }), /"aac" is not decoded/);
});

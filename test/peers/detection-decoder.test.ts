/** The detection's decoders on the shipped clips, one suite: what they give, in which order, and what they refuse. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { openAac } from "../../src/detection/sound/aac.ts";
import { ffmpegSource } from "../../src/detection/decoder/ffmpeg.ts";
import { openVaapi, type Hardware } from "../../src/detection/decoder/hardware.ts";
import { nodeAvSource } from "../../src/detection/decoder/node-av.ts";
import type { CodedUnit, PictureSource } from "../../src/detection/ports.ts";
import { analysedHeight, analysedWidth } from "../../src/domain/detection/motion-grid.ts";
import type { MediaParameters } from "../../src/messages/media.ts";
import { systemClock } from "../../src/platform/clock.ts";
import { loadClip, type ClipName } from "../../src/testkit/camera/clip.ts";
import { syntheticVideo } from "../../src/testkit/camera/synthetic.ts";
import { clipUnits, codedUnits, lengthPrefixed, parametersOf } from "../support/clip-units.ts";
import { until } from "../support/reed.ts";

/** One that gives up soon is given up soon: a second instead of ten. */
const sources: readonly PictureSource[] = [nodeAvSource(), ffmpegSource({ clock: systemClock(), patienceMs: 1000 })];

function open(source: PictureSource, parameters: MediaParameters) {
  const shown: number[] = [];
  const failures: string[] = [];
  const sizes: string[] = [];
  const greys: Uint8Array[] = [];
  const decoder = source.open(parameters, {
    picture(picture) {
      shown.push(picture.pts);
      const rgb = picture.rgb(160);
      const size = `${picture.width}×${picture.height} as ${rgb.width}×${rgb.height}`;
      if (size !== sizes.at(-1)) sizes.push(size);
      assert.equal(rgb.bytes.length, rgb.width * rgb.height * 3);
      const grey = picture.grey();
      assert.equal(grey.length, analysedWidth * analysedHeight);
      greys.push(Uint8Array.from(grey));
    },
    failed: (reason) => failures.push(reason),
  });
  const push = (units: readonly CodedUnit[]): void => units.forEach((unit) => decoder.push(unit));
  const showed = (count: number) => until(() => shown.length >= count, `${count} pictures came`);
  return { decoder, push, shown, failures, sizes, greys, showed };
}

const clip = (name: ClipName) => ({
  units: codedUnits(loadClip({ kind: "clip", name }).video),
  parameters: clipUnits(name, 1).parameters,
});
const sorted = (units: readonly CodedUnit[]) => units.map(({ pts }) => pts).sort((a, b) => a - b);
const damaged = (n: number, pts: number): CodedUnit => ({
  ...{ data: lengthPrefixed([new Uint8Array(300).fill(0x65 + (n % 7))]), key: true, pts },
});

const small = { width: 320, height: 192, fps: 5, gopSeconds: 0.2, bitsPerSecond: 400_000 };

for (const source of sources) {
  for (const name of ["yard", "b-frames", "h265"] as const) {
    test(`${source.name}, ${name}: every picture comes with the time of its unit, in the order in which they are shown`, async () => {
      const { units, parameters } = clip(name);
      const { decoder, push, shown, sizes, greys, showed } = open(source, parameters);
      const some = units.slice(0, 40);
      push(some);
      decoder.skip();
      await showed(40);
      decoder[Symbol.dispose]();
      assert.deepEqual(shown, sorted(some));
      assert.match(sizes.join(), name === "yard" ? /^640×360 as 160×90$/ : /^320×180 as 160×90$/);
      assert.ok(
        greys.every((grey) => new Set(grey).size > 20),
        "pictures with something in them",
      );
    });

    test(`${source.name}, ${name}: key units alone each give their picture at once`, async () => {
      const { units, parameters } = clip(name);
      const { decoder, shown, showed } = open(source, parameters);
      const keys = units.filter(({ key }) => key);
      for (const [index, unit] of keys.entries()) {
        decoder.push(unit);
        decoder.skip();
        await showed(index + 1);
      }
      assert.deepEqual(shown, sorted(keys));
      decoder[Symbol.dispose]();
      assert.ok(keys.length > 0);
    });
  }

  test(`${source.name}: a GOP of half a minute is decoded to its end`, async () => {
    const video = syntheticVideo({ width: 320, height: 192, fps: 5, gopSeconds: 30, bitsPerSecond: 200_000 });
    const units = codedUnits(video);
    const { decoder, push, shown, showed } = open(source, parametersOf(video));
    push(units);
    await showed(150);
    decoder[Symbol.dispose]();
    assert.deepEqual(shown, sorted(units));
  });

  test(`${source.name}: pictures may change their size in the middle; the sets come with the key unit`, async () => {
    const [large, small] = [clip("yard"), clip("b-frames")];
    const { decoder, push, shown, sizes, showed, failures } = open(source, large.parameters);
    const before = large.units.slice(0, 10);
    const after = small.units.slice(0, 12).map((unit) => ({ ...unit, pts: unit.pts + 900_000 }));
    const [key, ...others] = after;
    assert.ok(key !== undefined);
    const sets = loadClip({ kind: "clip", name: "b-frames" }).video.parameterSets;
    push(before);
    push([{ ...key, data: Buffer.concat([lengthPrefixed(sets), key.data]) }, ...others]);
    decoder.skip();
    await showed(22);
    decoder[Symbol.dispose]();
    assert.deepEqual(sizes, ["640×360 as 160×90", "320×180 as 160×90"]);
    assert.deepEqual([shown, failures], [[...sorted(before), ...sorted(after)], []]);
  });

  test(`${source.name}: damaged units among sane ones give no picture, and the next key unit gives pictures again`, async () => {
    const { units, parameters } = clip("yard");
    const { decoder, push, shown, failures } = open(source, parameters);
    const second = units.findIndex(({ key }, index) => index > 0 && key);
    push(units.slice(0, 5));
    for (let n = 0; n < 20; n++) decoder.push(damaged(n, 40_000 + n * 100));
    const rest = units.slice(second, second + 10);
    push(rest);
    await until(() => shown.at(-1) === rest.at(-1)?.pts, "pictures come again");
    decoder[Symbol.dispose]();
    assert.deepEqual(shown.slice(-10), sorted(rest));
    assert.deepEqual(failures, []);
  });

  test(`${source.name}: a stream of damaged units ends in a failure, once, and what can't be pictures is refused`, async () => {
    const { parameters } = clip("yard");
    const { decoder, failures } = open(source, parameters);
    let n = 0;
    await until(() => {
      if (failures.length === 0) for (const end = n + 50; n < end; n++) decoder.push(damaged(n, n * 6000));
      return failures.length > 0;
    }, "it gives up");
    for (const end = n + 150; n < end; n++) decoder.push(damaged(n, n * 6000));
    assert.equal(failures.length, 1);
    assert.match(failures.join(), /no picture came of the last 100 access units/);
    decoder[Symbol.dispose]();
    const noisy = codedUnits(syntheticVideo({ ...small, broken: "slices" }));
    const noise = open(source, parametersOf(syntheticVideo(small)));
    let pts = 0;
    await until(() => {
      for (let times = 0; times < 20; times++) noise.push(noisy.map((unit) => ({ ...unit, pts: (pts += 6000) })));
      return noise.failures.length > 0;
    }, "slices of noise are given up");
    noise.decoder[Symbol.dispose]();
    assert.deepEqual(noise.shown, [], "nothing that was made up is shown");
    const events = { picture: () => assert.fail("no picture"), failed: () => undefined };
    const refused = (change: Partial<MediaParameters>, why: RegExp) =>
      assert.throws(() => source.open({ ...parameters, ...change }, events), why);
    refused({ sps: "", pps: "" }, /no parameter sets/);
    refused({ codec: "mjpeg" }, /"mjpeg" are not decoded/);
    refused({ width: 0, height: 0 }, /0 × 0/);
    refused({ width: 15_360, height: 8640 }, /15360 × 8640/);
  });

  test(`${source.name}: a stream that says in the middle that its pictures are of 16K ends in a failure`, async () => {
    const { units, parameters } = clip("yard");
    const huge = syntheticVideo({ width: 15_360, height: 8640, fps: 5, gopSeconds: 1, bitsPerSecond: 400_000 });
    const { decoder, push, shown, failures, showed } = open(source, parameters);
    push(units.slice(0, 5));
    await showed(5);
    const [first] = codedUnits(huge);
    assert.ok(first !== undefined);
    const key = { ...first, data: Buffer.concat([lengthPrefixed(huge.parameterSets), first.data]) };
    let pts = 100_000;
    await until(() => {
      try {
        if (failures.length === 0) for (let n = 0; n < 20; n++) decoder.push({ ...key, pts: (pts += 6000) });
      } catch (error) {
        failures.push(String(error));
      }
      return failures.length > 0;
    }, "it gives up");
    decoder[Symbol.dispose]();
    assert.match(failures.join(), /15360 × 8640 pixels can't be analysed|no picture came/);
    assert.equal(shown.length, 5);
  });
}

test("a device that is not there, takes no stream or fails is told once, and decoding goes on without it", () => {
  assert.throws(() => openVaapi("/dev/dri/renderD999"), Error);
  const { units, parameters } = clip("yard");
  const noted: string[] = [];
  const source = (hardware: Partial<Hardware>) =>
    nodeAvSource({
      hardware: { name: "a device", prepare: () => undefined, fetch: (picture) => picture, ...hardware },
      note: (text) => noted.push(text),
    });
  const fails = (why: string) => (): never => {
    throw new Error(why);
  };
  const works = (of: PictureSource): void => {
    const { decoder, push, shown } = open(of, parameters);
    push(units.slice(0, 5));
    assert.equal(shown.length, 5);
    decoder[Symbol.dispose]();
  };
  const refusing = source({ prepare: fails("no such profile") });
  works(refusing);
  works(refusing);
  assert.deepEqual(noted.splice(0), ["a device is used no more: no such profile"]);
  const failing = source({ fetch: fails("the device was reset") });
  const { decoder } = open(failing, parameters);
  assert.throws(() => decoder.push(units[0] ?? assert.fail()), /the device that decodes failed: the device was reset/);
  decoder[Symbol.dispose]();
  works(failing);
  assert.deepEqual(noted, ["a device is used no more: the device was reset"]);
  works(source({}));
});

test("both show the same: small grey pictures differ by rounding alone", async () => {
  const { units, parameters } = clip("yard");
  const [one = [], other = []] = await Promise.all(
    sources.map(async (source) => {
      const { decoder, push, greys, showed } = open(source, parameters);
      push(units.slice(0, 10));
      await showed(10);
      decoder[Symbol.dispose]();
      return greys;
    }),
  );
  for (const [index, grey] of one.entries()) {
    const apart = grey.reduce((sum, level, at) => sum + Math.abs(level - (other[index]?.[at] ?? 0)), 0) / grey.length;
    assert.ok(apart < 1.5, `picture ${index}: ${apart} levels apart`);
  }
});

test("the sound of a clip, AAC, is heard at its level", () => {
  const { audio } = loadClip({ kind: "clip", name: "aac" });
  assert.ok(audio?.codec === "aac");
  const config = Buffer.from(audio.config).toString("base64");
  using decoder = openAac({ track: "audio", codec: "aac", codecString: "", config });
  let [square, count] = [0, 0];
  for (const frame of audio.frames) {
    const heard = decoder.push(frame);
    assert.ok(heard === undefined || heard.sampleRate === audio.sampleRate);
    for (const sample of heard?.samples ?? []) {
      square += sample * sample;
      count++;
    }
  }
  assert.ok(count > audio.frames.length * 900, `${count} samples`);
  const db = 10 * Math.log10(square / count);
  assert.ok(db > -40 && db < 0, `${db} dB`);
});

/** Processes of ours that run `ffmpeg`, as Linux tells. */
const children = (): readonly number[] =>
  readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, "utf8")
    .trim()
    .split(" ")
    .filter(Boolean)
    .map(Number);

test("an ffmpeg that dies or hangs is a failure with its reason, and leaves no process; without the command that is said", async () => {
  const { units, parameters } = clip("yard");
  const source = ffmpegSource({ clock: systemClock(), patienceMs: 1000 });
  const started = () => {
    const before = source.processes;
    const on = open(source, parameters);
    on.push(units.slice(0, 3));
    const [pid = 0] = source.processes.filter((one) => !before.includes(one));
    assert.ok(children().includes(pid));
    return { ...on, pid };
  };
  const killed = started();
  await killed.showed(3);
  process.kill(killed.pid, "SIGKILL");
  await until(() => killed.failures.length === 1, "its death is told");
  assert.match(killed.failures.join(), /^ffmpeg ended \(SIGKILL\)/);

  const hanging = started();
  await hanging.showed(3);
  process.kill(hanging.pid, "SIGSTOP");
  await until(() => {
    hanging.push(units.slice(3, 20));
    return hanging.failures.length > 0;
  }, "it is given up");
  assert.match(hanging.failures.join(), /no picture came/);

  const closed = started();
  closed.decoder[Symbol.dispose]();
  await until(
    () => children().length === 0 && source.processes.length === 0,
    "none of them runs, and none is a zombie",
  );
  assert.deepEqual([closed.failures, closed.shown], [[], []]);

  const missing = open(ffmpegSource({ clock: systemClock(), command: "no-such-ffmpeg" }), parameters);
  missing.push(units.slice(0, 3));
  await until(() => missing.failures.length === 1, "its absence is told");
  assert.match(missing.failures.join(), /no-such-ffmpeg can't be started: .*ENOENT/);
});

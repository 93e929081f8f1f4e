import assert from "node:assert/strict";
import { test } from "node:test";
import type { GateProof } from "../domain/detection/gate-proof.ts";
import { usualRegion, type VideoDetectionSettings } from "../domain/detection/settings.ts";
import type { DetectedLevel, DetectionLook } from "../messages/detection.ts";
import type { MotionWriter } from "../platform/motion-file.ts";
import { fakeClock } from "../testkit/fake-clock.ts";
import { openChannel } from "./channel.ts";
import type { ObjectsThere } from "./ports.ts";
import type { ProofNow } from "./proof-shelf.ts";
import { soundSource } from "./sound/choose.ts";
import { madeUpCamera, madeUpPictures } from "./testdata/made-up-camera.ts";

const walker = (step: number) => ({ things: [{ x: 10 + step * 6, y: 70, w: 9, h: 22 }] });

function bench(settings: Partial<VideoDetectionSettings> = {}, alone?: VideoDetectionSettings, before?: GateProof) {
  const kept: ProofNow[] = [];
  const clock = fakeClock();
  const camera = madeUpCamera(clock);
  const pictures = madeUpPictures();
  const said: DetectedLevel[] = [];
  const looks: DetectionLook[] = [];
  const moved: number[] = [];
  const watched = new Set<number>();
  let cpu = 0;
  let watching = false;
  let there: ObjectsThere | undefined;
  let answer: (newest: ObjectsThere) => void = () => undefined;
  const writer: MotionWriter = {
    watched: (wall) => void watched.add(Math.floor(wall / 1000)),
    moved: (wall) => void moved.push(wall),
    flush: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  const channel = openChannel(
    {
      ...{ channel: 3, board: 7, keepDays: 30 },
      settings: alone ?? {
        kind: "video-detection",
        channel: 3,
        motion: { regions: [usualRegion("Yard")], holdS: 2 },
        videoLoss: true,
        ...settings,
      },
    },
    {
      proofs: { read: () => before, keep: (now) => void kept.push(now), settled: () => Promise.resolve() },
      ...{ clock, pictures, writer, openMedia: camera.openMedia, sounds: soundSource(undefined) },
      openObjects: (_, __, answered) => {
        answer = (newest) => {
          there = newest;
          answered();
        };
        return {
          look: () => undefined,
          blind: () => undefined,
          follows: () => false,
          get newest() {
            return there;
          },
          [Symbol.dispose]: () => undefined,
        };
      },
      busyMs: () => (cpu += 1),
      say: (levels) => void said.push(...levels),
      show: (look) => void looks.push(look),
      watched: () => watching,
      note: () => undefined,
    },
  );
  const { events } = camera;
  const begin = (): void => {
    events().stream({ stream: "sub", reason: "" });
    events().state("live", "");
    events().parameters({ track: "video", codec: "h264", codecString: "" });
  };
  const pass = (s: number): void => {
    for (let second = 0; second < s; second++) {
      clock.advance(1000);
      channel.tick();
    }
  };
  const of = (point: number) => said.filter((level) => level.point === point).map(({ level }) => level);
  const watch = (on = true): void => void (watching = on);
  const detect = (newest: ObjectsThere): void => answer(newest);
  return {
    clock,
    camera,
    events,
    pictures,
    channel,
    said,
    looks,
    moved,
    watched,
    begin,
    pass,
    of,
    watch,
    detect,
    kept,
  };
}

test("who walks past closes the contact at the instant at which the picture came, and it opens after the hold", () => {
  const { camera, channel, said, moved, begin, of } = bench();
  assert.deepEqual(of(1), ["unknown"]);
  begin();
  for (let n = 0; n < 10; n++) camera.show();
  assert.deepEqual(of(1), ["unknown", "unknown", "open"]);
  assert.equal(channel.status().state, "watching");
  const came = [0, 1, 2, 3].map((step) => camera.show(walker(step)));
  const closed = said.find(({ level }) => level === "closed");
  assert.ok(closed !== undefined);
  assert.equal(closed.at, came[1], "the second picture: a single one may be rain");
  assert.deepEqual([closed.board, closed.point, closed.title], [7, 1, 'motion in "Yard"']);
  for (let n = 0; n < 20; n++) camera.show();
  assert.deepEqual(of(1), ["unknown", "unknown", "open", "closed", "open"]);
  assert.ok(moved.length >= 3);
});

test("a camera whose pictures stop is unknown after 10 s, a loss of video, and watched again when they come back", () => {
  const { camera, channel, begin, events, pass, of, said } = bench();
  begin();
  for (let n = 0; n < 10; n++) camera.show();
  pass(9);
  assert.equal(of(1).at(-1), "open");
  events().state("down", "the camera does not answer");
  pass(2);
  assert.equal(of(1).at(-1), "unknown");
  assert.match(said.at(-1)?.reason ?? "", /the camera does not answer/);
  assert.deepEqual(of(7), ["unknown", "open", "closed"]);
  assert.deepEqual([channel.status().state, channel.status().lookedAt], ["blind", 0]);
  for (let n = 0; n < 10; n++) camera.show();
  assert.deepEqual([of(1).at(-1), of(7).at(-1), channel.status().state], ["open", "open", "watching"]);
});

const onlyLoss = (): VideoDetectionSettings => ({ kind: "video-detection", channel: 3, videoLoss: true });

test("a camera that is watched for loss alone is not decoded: access units say whether its pictures come", () => {
  const { camera, channel, begin, events, pictures, pass, of, watched } = bench({}, onlyLoss());
  begin();
  const [first] = Array.from({ length: 10 }, () => camera.show());
  const { state, lookedAt, slowedBy } = channel.status();
  assert.deepEqual([state, lookedAt, slowedBy], ["arriving", 0, 0]);
  assert.deepEqual([pictures.opened(), channel.pixels, watched.size], [0, 0, 0], "what nobody looked at was not quiet");
  assert.deepEqual(
    channel.levels.map(({ point, level, at }) => [point, level, at]),
    [[7, "open", first]],
  );
  camera.send(new Uint8Array(1));
  assert.equal(channel.status().state, "arriving", "nobody decodes a damaged unit either");
  events().state("down", "the camera does not answer");
  pass(11);
  assert.deepEqual([of(7), channel.status().state], [["unknown", "open", "closed"], "blind"]);
  camera.show();
  assert.deepEqual([of(7).at(-1), channel.status().state], ["open", "arriving"]);
  events().away("connection refused");
  pass(11);
  assert.equal(of(7).at(-1), "unknown", "no loss: nothing is known");
  assert.equal(pictures.opened(), 0);
});

test("who looks on sees the pictures of a camera that is watched for loss alone, and nobody decodes them after that", () => {
  const { camera, channel, begin, pictures, looks, watch, of } = bench({}, onlyLoss());
  begin();
  for (let n = 0; n < 10; n++) camera.show();
  watch();
  for (let n = 0; n < 10; n++) camera.show();
  assert.deepEqual([looks.length, channel.status().state, pictures.opened()], [10, "watching", 1]);
  camera.send(new Uint8Array(1));
  assert.deepEqual([of(7), channel.status().state], [["unknown", "open"], "watching"], "its failure is no loss");
  watch(false);
  camera.show();
  assert.deepEqual([channel.status().state, channel.pixels], ["arriving", 0]);
  for (let n = 0; n < 10; n++) camera.show();
  assert.deepEqual([looks.length, pictures.opened()], [10, 1]);
});

test("a recorder that is away, and a camera that is switched off, are no loss of video: nothing is known", () => {
  const { camera, begin, events, pass, of } = bench();
  begin();
  for (let n = 0; n < 10; n++) camera.show();
  events().away("connection refused");
  pass(11);
  assert.deepEqual([of(1).at(-1), of(7).at(-1)], ["unknown", "unknown"]);
  events().state("off", "");
  pass(11);
  assert.deepEqual([of(1).at(-1), of(7).at(-1)], ["unknown", "unknown"]);
});

test("a decoder that throws makes the camera blind with its reason and is tried again with growing pauses", () => {
  const { camera, channel, clock, begin, pictures, of } = bench();
  begin();
  for (let n = 0; n < 10; n++) camera.show();
  for (let n = 0; n < 200; n++) {
    camera.send(new Uint8Array(1));
    clock.advance(200);
    channel.tick();
  }
  // 40 s: at 0, 1, 3, 7, 15 and 31 s
  assert.equal(pictures.opened(), 6);
  assert.deepEqual([channel.status().state, channel.status().reason], ["blind", "a damaged unit"]);
  assert.equal(of(1).at(-1), "unknown");
  assert.equal(of(7).at(-1), "unknown", "whether the camera shows something is not known");
  clock.advance(60_000);
  for (let n = 0; n < 10; n++) camera.show();
  assert.equal(channel.status().state, "watching");
});

test("a codec that nobody decodes is said by its name", () => {
  const { camera, channel, events } = bench();
  events().parameters({ track: "video", codec: "mjpeg", codecString: "" });
  camera.show();
  assert.match(channel.status().reason, /mjpeg/);
});

test("it waits for a key unit where units were left out, and when other parameter sets begin", () => {
  const { camera, channel, begin, events, pictures } = bench();
  begin();
  for (let n = 0; n < 4; n++) camera.send(new Uint8Array(1), false);
  assert.equal(pictures.opened(), 0);
  camera.show();
  events().gap();
  camera.send(new Uint8Array(1), false);
  assert.notEqual(channel.status().state, "blind");
  begin();
  camera.send(new Uint8Array(1), false);
  camera.show();
  assert.equal(pictures.opened(), 2);
});

test("the meter gets a look for each picture while somebody looks on, and the status says what it cost", () => {
  const { camera, channel, begin, looks, watch, clock } = bench();
  begin();
  for (let n = 0; n < 10; n++) camera.show();
  assert.equal(looks.length, 0);
  watch();
  camera.show();
  assert.equal(looks.length, 1);
  const [look] = looks;
  assert.deepEqual([look?.strength.length, look?.regions.length, look?.state], [2 * 22 * 18, 1, "watching"]);
  channel.status();
  for (let n = 0; n < 10; n++) camera.show();
  assert.equal(clock.now() > 0, true);
  const { lookedAt, costMs, stream } = channel.status();
  assert.deepEqual([lookedAt, costMs > 0, stream], [5, true, "sub"]);
});

test("what the detector answers is shown when it comes, with the time of the picture that it is about", () => {
  const { camera, begin, looks, watch, detect } = bench();
  begin();
  for (let n = 0; n < 10; n++) camera.show();
  const objects = [
    { track: 1, label: "car", confidence: 1, foot: { x: 0, y: 0 }, box: { x: 0, y: 0, width: 1, height: 1 } },
  ];
  detect({ wall: 5, objects });
  assert.equal(looks.length, 0, "nobody looks on");
  watch();
  camera.show();
  assert.deepEqual([looks.length, looks[0]?.objectsWall, looks[0]?.objects], [1, 5, objects]);
  detect({ wall: 7, objects: [] });
  assert.deepEqual([looks.length, looks[1]?.objectsWall, looks[1]?.objects], [2, 7, []]);
  assert.deepEqual([looks[1]?.wall, looks[1]?.strength], [looks[0]?.wall, looks[0]?.strength], "of the same picture");
});

test("of a fast camera five pictures a second are looked at", () => {
  const { camera, channel, begin, clock } = bench();
  begin();
  channel.status();
  const bytes = new Uint8Array(176 * 144).fill(90);
  let pts = 0;
  for (let n = 0; n < 250; n++) {
    camera.events().unit({
      ...{ track: "video", key: n === 0, afterLoss: false, arrival: clock.now(), wall: clock.wall(), dts: pts },
      ...{ pts, data: Buffer.from(bytes) },
    });
    pts += 3600;
    clock.advance(40);
  }
  assert.equal(channel.status().lookedAt, 5);
});

test("a covered camera closes its tamper contact, and still does when its pictures were gone in between", () => {
  const { camera, begin, of, clock, channel } = bench({ tamper: { sensitivity: 3 }, sceneChange: true });
  begin();
  for (let n = 0; n < 60; n++) camera.show();
  assert.deepEqual([of(5).at(-1), of(6).at(-1)], ["open", "open"]);
  clock.advance(20_000);
  channel.tick();
  assert.deepEqual([of(5).at(-1), of(6).at(-1)], ["unknown", "unknown"]);
  const cover = { level: 8, from: 0 };
  for (let n = 0; n < 45; n++) camera.show({ cover });
  assert.deepEqual([of(5).at(-1), of(6).at(-1)], ["closed", "closed"]);
  for (let n = 0; n < 10; n++) camera.show();
  assert.equal(of(5).at(-1), "open");
});

test("sound is heard where somebody set it: a crash closes its contact, and a codec that nobody decodes is unknown", () => {
  const { camera, begin, events, of, said, clock, pass } = bench({
    audio: { loss: true, rise: { sensitivity: 50, threshold: 50 } },
  });
  begin();
  const hear = (byte: number, seconds: number): void => {
    for (let n = 0; n < seconds * 5; n++) {
      camera.show();
      const data = Buffer.from(Uint8Array.from({ length: 1600 }, (_, at) => (at % 2 === 0 ? byte : byte ^ 0x80)));
      events().unit({
        ...{ track: "audio", key: true, afterLoss: false, arrival: clock.now(), wall: clock.wall(), pts: 0, dts: 0 },
        data,
      });
    }
  };
  events().parameters({ track: "audio", codec: "pcma", codecString: "", sampleRate: 8000, channels: 1 });
  hear(0xd0, 5);
  assert.deepEqual([of(8).at(-1), of(9).at(-1)], ["open", "open"]);
  hear(0x80, 0.2);
  assert.equal(of(9).at(-1), "closed");
  hear(0xd0, 4);
  assert.equal(of(9).at(-1), "open");
  events().parameters({ track: "audio", codec: "opus", codecString: "" });
  hear(0xd0, 1);
  assert.deepEqual([of(8).at(-1), of(9).at(-1)], ["unknown", "unknown"]);
  assert.match(said.at(-1)?.reason ?? "", /opus/);
  assert.equal(of(1).at(-1), "open", "its pictures are watched all the same");
  pass(11);
  assert.equal(of(1).at(-1), "unknown");
});

test("where time is short fewer pictures are looked at, at last key ones alone, and the share left out is said", () => {
  const { camera, channel, begin, pictures } = bench();
  begin();
  for (let n = 0; n < 10; n++) camera.show();
  channel.status();
  channel.slow({ rate: 1.25, keysOnly: false });
  for (let n = 0; n < 40; n++) camera.show();
  const { lookedAt, slowedBy } = channel.status();
  assert.deepEqual(
    [lookedAt > 1.1 && lookedAt < 1.5, slowedBy > 0.7 && slowedBy < 0.8],
    [true, true],
    `${lookedAt} ${slowedBy}`,
  );
  channel.slow({ rate: 1.25, keysOnly: true });
  camera.send(new Uint8Array(1), false);
  assert.equal(channel.status().state, "watching", "what lies between key units is not even decoded");
  channel.slow({ rate: 5, keysOnly: false });
  camera.send(new Uint8Array(1), false);
  assert.equal(channel.status().state, "watching", "it waits for a key unit first");
  for (let n = 0; n < 10; n++) camera.show();
  assert.deepEqual([channel.status().slowedBy, pictures.opened()], [0, 1]);
});

test("while the sizes of a proven camera show that nothing moves, key units alone are decoded; that is watched, no loss", () => {
  const { camera, channel, begin, watched, of, said, watch } = bench();
  begin();
  let n = 0;
  /** Every twenty seconds somebody walks by, for four; what moves makes the units larger. */
  const pass = (seconds: number): void => {
    for (const end = n + seconds * 5; n < end; n++) {
      const walks = n % 100 >= 80;
      camera.show(walks ? walker((n % 100) - 80) : {}, { key: n % 10 === 0, more: walks ? 9000 : (n * 7) % 40 });
      if (n % 5 === 0) channel.tick();
    }
  };
  pass(90);
  channel.status();
  pass(5);
  const { lookedAt, skipped, slowedBy, state } = channel.status();
  assert.deepEqual([lookedAt < 1, skipped > 4, slowedBy, state], [true, true, 0, "watching"]);
  assert.equal(watched.size, 95, "each second counts as watched");
  assert.deepEqual([of(1).at(-1), of(7).at(-1)], ["open", "open"]);
  const before = said.length;
  pass(3);
  assert.deepEqual(
    said.slice(before).map(({ point, level }) => [point, level]),
    [[1, "closed"]],
  );
  pass(12);
  watch();
  channel.status();
  pass(2);
  assert.deepEqual([channel.status().skipped, of(1).at(-1)], [0, "open"], "who looks on sees every picture");
});

test("what was proven of a camera is kept and counts again after a restart, sooner than it is proven anew", () => {
  const street = ({ camera, channel }: ReturnType<typeof bench>, from: number, to: number): void => {
    for (let n = from * 5; n < to * 5; n++) {
      const walks = n % 100 >= 80;
      camera.show(walks ? walker((n % 100) - 80) : {}, { key: n % 10 === 0, more: walks ? 9000 : (n * 7) % 40 });
      if (n % 5 === 0) channel.tick();
    }
  };
  const first = bench();
  first.begin();
  street(first, 0, 95);
  const last = first.kept.at(-1);
  assert.deepEqual([last?.trusted, first.kept[0]?.proof], [true, undefined]);
  const again = bench({}, undefined, last?.proof);
  again.begin();
  again.channel.status();
  street(again, 0, 16);
  assert.equal(again.channel.status().skipped, 0, "at first it is looked at as a whole");
  street(again, 16, 50);
  again.channel.status();
  street(again, 50, 55);
  assert.equal(again.channel.status().skipped > 4, true);
  assert.equal(again.kept.at(-1)?.of, last?.of);
  const { regions } = { regions: [{ ...usualRegion("Yard"), sensitivity: 99 }] };
  const other = bench({ motion: { regions, holdS: 2 } });
  other.begin();
  other.channel.tick();
  assert.notEqual(other.kept.at(-1)?.of, last?.of, "what counts as motion is another thing");
});

test("what is left out of a proven camera is not watched while its key pictures can't be decoded", () => {
  const { camera, channel, begin, watched } = bench();
  begin();
  for (let n = 0; n < 475; n++) {
    const walks = n % 100 >= 80;
    camera.show(walks ? walker((n % 100) - 80) : {}, { key: n % 10 === 0, more: walks ? 9000 : (n * 7) % 40 });
  }
  const before = watched.size;
  channel.status();
  for (let n = 0; n < 50; n++) {
    if (n % 10 === 0) camera.send(new Uint8Array(1));
    camera.show({}, { key: false, more: (n * 7) % 40 });
  }
  const { skipped, state } = channel.status();
  assert.deepEqual([skipped > 0, state], [true, "blind"], "they are left out, and nothing is seen");
  assert.equal(watched.size, before);
});

test("a camera of which every picture is wanted is decoded as a whole, whatever its sizes say", () => {
  const { camera, channel, begin } = bench({ everyPicture: true });
  begin();
  for (let n = 0; n < 450; n++) {
    const walks = n % 100 >= 80;
    camera.show(walks ? walker((n % 100) - 80) : {}, { key: n % 10 === 0, more: walks ? 9000 : (n * 7) % 40 });
  }
  assert.deepEqual([channel.status().lookedAt, channel.status().skipped], [5, 0]);
});

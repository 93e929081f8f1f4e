import assert from "node:assert/strict";
import { test } from "node:test";
import { instant, wallTime } from "../kernel/time.ts";
import { createWallMapping, type TrackName, type WallMapping } from "./wall-mapping.ts";

const offset = 1_700_000_000_000;

/** Runs a stream of 25 units a second from `from` to `to` (ms of media), arriving `late(media)` ms after it was taken at `start + media`. */
function run(
  mapping: WallMapping,
  from: number,
  to: number,
  options: { start?: number; late?: (media: number) => number; track?: TrackName } = {},
) {
  const { start = 5000, late = () => 30, track = "video" } = options;
  const walls: number[] = [];
  for (let media = from; media < to; media += 40)
    walls.push(mapping.place(track, media, instant(start + media + late(media))) - offset - start - media);
  return walls;
}

test("units of a steady stream lie where they arrived, on one row", () => {
  const mapping = createWallMapping(offset);
  const walls = run(mapping, 0, 60_000);
  assert.ok(walls.every((error) => error === 30));
  assert.equal(mapping.rows, 1);
});

test("a cached GOP that bursts at PLAY does not push the live picture into the future", () => {
  const mapping = createWallMapping(offset);
  // 4 s of cached units arrive at once, then live ones.
  const late = (media: number) => (media < 4000 ? 4000 - media : 0);
  const walls = run(mapping, 0, 60_000, { late });
  assert.ok(walls.slice(100).every((error) => error === 0));
  assert.ok(
    walls.every((error, i) => error <= late(i * 40)),
    "no unit is placed after its arrival",
  );
  assert.equal(mapping.rows, 1);
});

test("jitter and a stalled network make no new row", () => {
  const mapping = createWallMapping(offset);
  let seed = 1;
  const jitter = () => (seed = (seed * 48_271) % 2_147_483_647) % 300;
  const walls = run(mapping, 0, 300_000, {
    late: (media) => (media > 100_000 && media < 108_000 ? 108_000 - media : 0) + jitter(),
  });
  assert.equal(mapping.rows, 1);
  assert.ok(walls.slice(200).every((error) => Math.abs(error) <= 100));
});

test("a camera clock that drifts gets a new row now and then, and stays within the tolerance", () => {
  for (const drift of [2e-4, -2e-4]) {
    const mapping = createWallMapping(offset);
    const walls = run(mapping, 0, 3_600_000, { late: (media) => 10 + media * drift });
    const errors = walls.map((error, i) => error - (10 + i * 40 * drift));
    assert.ok(
      errors.every((error) => Math.abs(error) < 150),
      String(drift),
    );
    assert.ok(mapping.rows >= 4 && mapping.rows <= 8, String(mapping.rows));
  }
});

/** Sender reports each 5 s that say `clock(media)` for the camera's clock. */
function withReports(
  mapping: WallMapping,
  track: TrackName,
  from: number,
  to: number,
  clock: (media: number) => number,
  start = 5000,
) {
  for (let at = from; at < to; at += 5000) {
    run(mapping, at, Math.min(to, at + 5000), { track, start });
    mapping.report(track, at + 4900, wallTime(clock(at + 4900)), instant(start + at + 4900 + 30));
  }
}

test("a camera whose clock agrees with ours places its pictures itself", () => {
  const mapping = createWallMapping(offset);
  // Taken 200 ms before the start of media + arrival suggests: encoder and network took that long.
  withReports(mapping, "video", 0, 30_000, (media) => offset + 5000 + media - 200);
  assert.equal(mapping.basis, "camera-clock");
  assert.ok(run(mapping, 30_000, 31_000).every((error) => error === -200));
});

test("a camera with a wrong clock still ties its sound to its picture, and arrival places both", () => {
  const mapping = createWallMapping(offset);
  // Sound begins 700 ms later than the picture but both lines begin at 0; a buffer in the camera delays it by 150 ms more.
  for (let at = 0; at < 30_000; at += 5000) {
    withReports(mapping, "video", at, at + 5000, (media) => 1_000_000 + media);
    withReports(mapping, "audio", at, at + 5000, (media) => 1_000_000 + 700 + media, 5850);
  }
  assert.equal(mapping.basis, "camera-sync");
  const video = mapping.place("video", 30_700, instant(35_730));
  const audio = mapping.place("audio", 30_000, instant(35_880));
  assert.equal(video, audio);
  assert.equal(video, offset + 35_730);
});

test("reports of one track alone do not tear sound and picture apart", () => {
  const mapping = createWallMapping(offset);
  run(mapping, 0, 1000, { track: "audio" });
  withReports(mapping, "video", 0, 30_000, (media) => offset + 5000 + media - 900);
  assert.equal(mapping.basis, "arrival");
});

test("reports that contradict each other are not believed", () => {
  const mapping = createWallMapping(offset);
  let wrong = 0;
  withReports(mapping, "video", 0, 60_000, (media) => offset + 5000 + media + (wrong += 250));
  assert.equal(mapping.basis, "arrival");
  assert.equal(mapping.rows, 1);
});

test("a camera whose clock agreed with ours is placed by arrival after ours was set, until both agree again", () => {
  const mapping = createWallMapping(offset);
  const camera = (media: number) => offset + 5000 + media;
  withReports(mapping, "video", 0, 20_000, camera);
  assert.equal(mapping.basis, "camera-clock");
  mapping.setWallOffset(offset + 3_600_000);
  assert.equal(mapping.basis, "camera-sync");
  withReports(mapping, "video", 20_000, 60_000, camera);
  assert.equal(mapping.basis, "camera-sync", "by an hour they differ");
  assert.ok(run(mapping, 60_000, 61_000).every((error) => Math.abs(error - 3_600_000) < 100));
  mapping.setWallOffset(offset);
  withReports(mapping, "video", 61_000, 80_000, camera);
  assert.equal(mapping.basis, "camera-clock");
});

test("a step of our own clock is a new row and moves nothing else", () => {
  const mapping = createWallMapping(offset);
  run(mapping, 0, 20_000);
  mapping.setWallOffset(offset + 3_600_000);
  assert.equal(mapping.rows, 2);
  assert.ok(run(mapping, 20_000, 21_000).every((error) => error === 30 + 3_600_000));
  mapping.setWallOffset(offset + 3_600_001);
  assert.equal(mapping.rows, 2, "what NTP slews is no step");
});

import assert from "node:assert/strict";
import { appendFile, mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { dayMs, forgetOldDays } from "./day-files.ts";
import { motionCellBytes, openMotionWriter, readMotion } from "./motion-file.ts";

const day = Date.parse("2026-03-07T00:00:00Z");
const clock = (h: number, m = 0, s = 0): number => day + ((h * 60 + m) * 60 + s) * 1000;
const cell = (byte: number, value = 1): Uint8Array => {
  const cells = new Uint8Array(motionCellBytes);
  cells[byte] = value;
  return cells;
};

async function folder(): Promise<{ readonly path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), "rd-motion-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

test("what moved in a second is one record: the strongest of it, and every cell that moved in it", async () => {
  await using at = await folder();
  await using writer = openMotionWriter(at.path);
  writer.moved(clock(10) + 100, 40, cell(0, 0b1000_0000));
  writer.moved(clock(10) + 300, 200, cell(49, 0b0001_0000));
  await writer.flush(clock(10) + 900);
  assert.deepEqual((await readMotion(at.path, day, day + dayMs)).moved, [], "a running second is not written yet");
  writer.moved(clock(10, 0, 1), 7, cell(3));
  await writer.flush(clock(10, 0, 2));
  const { moved } = await readMotion(at.path, day, day + dayMs);
  assert.deepEqual(
    moved.map(({ wall, intensity }) => [wall, intensity]),
    [
      [clock(10), 200],
      [clock(10, 0, 1), 7],
    ],
  );
  assert.deepEqual([moved[0]?.cells[0], moved[0]?.cells[49], moved[0]?.cells[3]], [0b1000_0000, 0b0001_0000, 0]);
});

test("a range over midnight reads two files, and only the seconds that begin in it", async () => {
  await using at = await folder();
  await using writer = openMotionWriter(at.path);
  for (let second = -3; second <= 3; second++) writer.moved(day + second * 1000, 100, cell(1));
  await writer.flush(clock(1));
  assert.deepEqual(await readdir(at.path), ["2026-03-06.motion", "2026-03-07.motion"]);
  const { moved } = await readMotion(at.path, day - 2000, day + 2000);
  assert.deepEqual(
    moved.map(({ wall }) => (wall - day) / 1000),
    [-2, -1, 0, 1],
  );
});

test("what was looked at is told in stretches; a pause of the analysis is a gap between them", async () => {
  await using at = await folder();
  {
    await using writer = openMotionWriter(at.path);
    for (let s = 0; s < 150; s++) {
      writer.watched(clock(8) + s * 1000 + 500);
      await writer.flush(clock(8) + s * 1000 + 500);
    }
    for (let s = 0; s < 5; s++) writer.watched(clock(9, 0, s));
  }
  const { watched } = await readMotion(at.path, clock(8, 0, 30), clock(9, 0, 3));
  const joined = watched.reduce<[number, number][]>((all, { from, to }) => {
    const last = all.at(-1);
    if (last?.[1] === from) last[1] = to;
    else all.push([from, to]);
    return all;
  }, []);
  assert.deepEqual(joined, [
    [clock(8, 0, 30), clock(8, 2, 30)],
    [clock(9), clock(9, 0, 3)],
  ]);
});

test("a stretch that was watched does not run over midnight into a day that nobody looks for", async () => {
  await using at = await folder();
  {
    await using writer = openMotionWriter(at.path);
    for (let s = -5; s < 5; s++) writer.watched(day + s * 1000);
  }
  const ends = async (from: number, to: number) => (await readMotion(at.path, from, to)).watched;
  assert.deepEqual(await ends(day - 10_000, day), [{ from: day - 5000, to: day }]);
  assert.deepEqual(await ends(day, day + 10_000), [{ from: day, to: day + 5000 }]);
});

test("a torn last record is left out, and cut off before anything is appended to it", async () => {
  await using at = await folder();
  const file = join(at.path, "2026-03-07.motion");
  {
    await using writer = openMotionWriter(at.path);
    writer.moved(clock(1), 50, cell(1));
  }
  await appendFile(file, Buffer.alloc(20, 0xff));
  assert.equal((await readMotion(at.path, day, day + dayMs)).moved.length, 1);
  {
    await using writer = openMotionWriter(at.path);
    writer.moved(clock(2), 60, cell(2));
  }
  const { moved } = await readMotion(at.path, day, day + dayMs);
  assert.deepEqual(
    moved.map(({ wall, intensity }) => [wall, intensity]),
    [
      [clock(1), 50],
      [clock(2), 60],
    ],
  );
  assert.equal((await stat(file)).size, 2 * 54);
});

test("zeros that a power cut left, and seconds that no day has, tell nothing", async () => {
  await using at = await folder();
  const odd = Buffer.alloc(54, 0xff);
  await writeFile(join(at.path, "2026-03-07.motion"), Buffer.concat([Buffer.alloc(54 * 3), odd]));
  assert.deepEqual(await readMotion(at.path, day, day + dayMs), { moved: [], watched: [] });
});

test("a clock that is set back writes a second twice; both are read", async () => {
  await using at = await folder();
  {
    await using writer = openMotionWriter(at.path);
    writer.moved(clock(3, 0, 5), 50, cell(1));
    writer.moved(clock(3), 60, cell(2));
    await writer.flush(clock(3, 0, 1));
    writer.moved(clock(3, 0, 5), 70, cell(3));
  }
  const { moved } = await readMotion(at.path, clock(3), clock(4));
  assert.deepEqual(
    moved.map(({ wall, intensity }) => [(wall - clock(3)) / 1000, intensity]),
    [
      [5, 50],
      [0, 60],
      [5, 70],
    ],
  );
});

test("a disk that refuses is told, and written to again when it takes something", async () => {
  await using at = await folder();
  const inTheWay = join(at.path, "camera");
  await writeFile(inTheWay, "");
  await using writer = openMotionWriter(inTheWay);
  writer.moved(clock(4), 10, cell(1));
  await assert.rejects(writer.flush(clock(4, 0, 2)));
  await rm(inTheWay);
  writer.moved(clock(5), 11, cell(1));
  await writer.flush(clock(5, 0, 2));
  assert.deepEqual(
    (await readMotion(inTheWay, day, day + dayMs)).moved.map(({ wall }) => wall),
    [clock(5)],
  );
});

test("days are forgotten whole, with everything that is named after them and nothing else", async () => {
  await using at = await folder();
  for (const name of ["2026-03-04.motion", "2026-03-04.objects", "2026-03-05.motion", "notes.txt"])
    await writeFile(join(at.path, name), "x");
  await mkdir(join(at.path, "2026-03-04"));
  await writeFile(join(at.path, "2026-03-04", "1.jpg"), "x");
  assert.equal(await forgetOldDays(at.path, 2, clock(12)), 3);
  assert.deepEqual(await readdir(at.path), ["2026-03-05.motion", "notes.txt"]);
  assert.equal(await forgetOldDays(join(at.path, "nobody"), 2, clock(12)), 0);
});

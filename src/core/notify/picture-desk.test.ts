import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { createLog } from "../../platform/log.ts";
import { fakeClock } from "../../testkit/fake-clock.ts";
import { keepPictures, openPictureDesk, prunePictures } from "./picture-desk.ts";

const jpeg = new Uint8Array([0xff, 0xd8, 0xff, 0xd9]);
const order = (channel: number, count = 1) => ({
  ...({ kind: "take-snapshots", eventId: "e1", actionId: `a${channel}` } as const),
  ...{ channel, count, intervalS: 2 },
});

function setUp(t: TestContext, snapshot: (channel: number) => Promise<Uint8Array | undefined>) {
  const folder = mkdtempSync(join(tmpdir(), "reed-pictures-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const clock = fakeClock();
  const write = keepPictures(folder, createLog("test", "silent"));
  let writing = 0;
  const keep = async (eventId: string, name: string, picture: Uint8Array) => {
    writing++;
    await write(eventId, name, picture);
    writing--;
  };
  const desk = openPictureDesk({ clock, keep, snapshot });
  /** Lets promises and the disk do their work, however long that takes, then moves the clock, until it is done. */
  const settle = async <T>(promise: Promise<T>): Promise<T> => {
    const progress = { done: false };
    void promise.finally(() => (progress.done = true));
    while (!progress.done) {
      await new Promise((resolve) => setImmediate(resolve));
      if (writing === 0 && clock.nextWake !== undefined) clock.advance(clock.nextWake - clock.now());
    }
    return promise;
  };
  return { desk, clock, folder, settle };
}

test("as many pictures as were asked for are taken, their seconds apart, and kept with the event", async (t) => {
  const at: number[] = [];
  const { desk, clock, folder, settle } = setUp(t, () => (at.push(clock.now()), Promise.resolve(jpeg)));
  assert.deepEqual(await settle(desk.take(order(4, 3))), { kind: "done" });
  assert.deepEqual(
    at.map((one) => one - (at[0] ?? 0)),
    [0, 2000, 4000],
  );
  assert.deepEqual(readdirSync(join(folder, "e1")).sort(), ["4-1.jpg", "4-2.jpg", "4-3.jpg"]);
});

test("fewer than asked is short, none is failed, and a camera that does not answer holds up no other", async (t) => {
  let asked = 0;
  const { desk, settle } = setUp(t, (channel) => {
    if (channel === 9) return new Promise(() => undefined);
    return Promise.resolve(++asked === 2 ? undefined : jpeg);
  });
  const silent = desk.take(order(9));
  assert.deepEqual(await settle(desk.take(order(4, 3))), { kind: "short", reason: "2 of 3 pictures" });
  const outcome = await settle(silent);
  assert.equal(outcome.kind, "failed");
});

test("a message takes the first picture that is there, a mail all of them; neither waits longer than it may", async (t) => {
  const { desk, settle } = setUp(t, (channel) =>
    channel === 9 ? new Promise(() => undefined) : Promise.resolve(jpeg),
  );
  void desk.take(order(9));
  void desk.take(order(4, 2));
  const first = await desk.of("e1", "first", 9000);
  assert.deepEqual(
    first.map(({ channel, nth }) => [channel, nth]),
    [[4, 1]],
  );
  const all = await settle(desk.of("e1", "all", 5000));
  assert.deepEqual(
    all.map(({ channel, nth }) => [channel, nth]),
    [
      [4, 1],
      [4, 2],
    ],
  );
  assert.deepEqual(await desk.of("unknown", "all", 5000), []);
});

/** Events `a`, `b`, `c` … with a picture of so many bytes each. */
function eventsOf(t: TestContext, sizes: readonly number[]): string {
  const folder = mkdtempSync(join(tmpdir(), "reed-pictures-"));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [nth, size] of sizes.entries()) {
    const place = join(folder, String.fromCharCode(97 + nth));
    mkdirSync(place);
    writeFileSync(join(place, "1-1.jpg"), new Uint8Array(size));
  }
  return folder;
}

test("the oldest events go when there are too many or too large pictures, and the newest stays whatever its size", async (t) => {
  const many = eventsOf(t, [1, 1, 1, 1]);
  await prunePictures(many, { bytes: 100, events: 2 });
  assert.deepEqual(readdirSync(many).sort(), ["c", "d"]);
  const large = eventsOf(t, [10, 10, 10, 200]);
  await prunePictures(large, { bytes: 100, events: 10 });
  assert.deepEqual(readdirSync(large), ["d"]);
});

test("an alarm does not wait until old pictures are counted: other work has its turn between two files", async (t) => {
  const folder = eventsOf(
    t,
    Array.from({ length: 20 }, () => 1),
  );
  let turns = 0;
  let next = setImmediate(function turn() {
    turns++;
    next = setImmediate(turn);
  });
  await prunePictures(folder);
  clearImmediate(next);
  assert.ok(turns >= 20, `${turns} turns`);
});

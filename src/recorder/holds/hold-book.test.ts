import assert from "node:assert/strict";
import { test } from "node:test";
import { after, before, seconds, type Instant } from "../../kernel/time.ts";
import type { HoldOrder, RecorderToCore } from "../../messages/recorder.ts";
import { fakeClock } from "../../testkit/fake-clock.ts";
import { createCoverage } from "../recording/coverage.ts";
import { createHoldBook } from "./hold-book.ts";
import { createOutages } from "./outages.ts";

/** A camera whose pictures come every 40 ms and reach the disk when the test says so. */
async function channelWithHold() {
  const clock = fakeClock();
  const edgeAt = clock.now();
  const coverage = createCoverage();
  const sent: RecorderToCore[] = [];
  const units = { received: 0, durable: 0 };
  const book = createHoldBook(
    clock,
    {
      answer: () => ({ kind: "recording" }),
      ...{ record: () => undefined, release: () => undefined, note: () => undefined, history: () => undefined },
      ...{ flush: () => units.received, load: () => Promise.resolve(), shiftOf: () => undefined },
      ...{ receivedSince: before(edgeAt, seconds(20)), coverage, outages: createOutages() },
      get durableEnd() {
        return units.durable;
      },
      get receivedEnd() {
        return units.received;
      },
    },
    (message) => sent.push(message),
  );
  /** Pictures of this time, the first a key frame, are on the disk. */
  const synced = (from: Instant, to: Instant, joins = true) => {
    const wallAt = (at: Instant) => (clock.wall() + (at - clock.now())) as never;
    coverage.add({ from, to, fromWall: wallAt(from), toWall: wallAt(to), keys: [from], joins });
    units.durable = units.received;
    book.look(clock.now());
  };
  const order: HoldOrder = {
    ...{ holdId: "h1", channel: 1, eventId: "e1", bootId: clock.bootId, preMs: seconds(10) },
    ...{ edgeAt, edgeWall: clock.wall(), boundAt: after(edgeAt, seconds(60)), trigger: "edge" },
  };
  book.hold(order);
  // the files of before are read
  await Promise.resolve();
  await Promise.resolve();
  const said = (kind: RecorderToCore["kind"]) => sent.filter((message) => message.kind === kind);
  return { clock, edgeAt, synced, book, order, units, said };
}

test("what the ring had before the edge is durable and no fresh picture: it proves no camera of now", async () => {
  const { edgeAt, synced, said } = await channelWithHold();
  synced(before(edgeAt, seconds(12)), edgeAt);
  assert.deepEqual([said("hold-durable").length, said("hold-fresh").length], [1, 0]);
});

test("the first picture that came after the edge is told once it is on the disk, and only once", async () => {
  const { clock, edgeAt, synced, book, units, said } = await channelWithHold();
  synced(before(edgeAt, seconds(12)), edgeAt);
  clock.advance(40);
  units.received = 1;
  book.look(clock.now());
  assert.deepEqual(said("hold-fresh"), [], "it is received and not yet synced");
  clock.advance(44);
  synced(edgeAt, after(edgeAt, 40));
  assert.deepEqual(said("hold-fresh"), [{ kind: "hold-fresh", holdId: "h1", freshAt: after(edgeAt, 84) }]);
  synced(after(edgeAt, 40), after(edgeAt, 500));
  assert.equal(said("hold-fresh").length, 1);
});

test("a fresh picture is never told before the pre-record is durable", async () => {
  const { edgeAt, synced, said, units } = await channelWithHold();
  units.received = 5;
  synced(after(edgeAt, 10), after(edgeAt, 50));
  assert.deepEqual(said("hold-fresh"), [], "nothing of before the edge is there, so nothing is durable yet");
});

test("an order that is repeated after core came back hears of the fresh picture again", async () => {
  const { edgeAt, synced, book, order, said } = await channelWithHold();
  synced(before(edgeAt, seconds(12)), after(edgeAt, 80));
  book.hold(order);
  assert.equal(said("hold-fresh").length, 2);
  assert.deepEqual(said("hold-fresh")[0], said("hold-fresh")[1]);
});

test("a camera that stays silent from the edge on closes its hold without a fresh picture", async () => {
  const { clock, edgeAt, synced, book, said } = await channelWithHold();
  synced(before(edgeAt, seconds(12)), edgeAt);
  book.end("h1", after(edgeAt, seconds(5)));
  clock.advance(seconds(8));
  book.look(clock.now());
  const [closed] = said("hold-closed");
  assert.deepEqual([said("hold-fresh").length, closed?.kind === "hold-closed" ? closed.result : ""], [0, "short"]);
});

/** What a recorder knows of the life before it, from files and journals: as much, and as exactly, as that life did. */
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { test } from "node:test";
import { hours, instant, wallTime } from "../kernel/time.ts";
import type { HoldOrder } from "../messages/recorder.ts";
import { fakeClock, type FakeClock } from "../testkit/fake-clock.ts";
import { frameMs, rig, type Rig } from "./support.test.ts";

/** Without names; and without reasons of gaps, which are about outages: another matter. */
const toCompare = ({ result, preAchievedMs, from, to, gaps }: NonNullable<ReturnType<typeof closed>>) => ({
  ...{ result, preAchievedMs, from, to },
  gaps: gaps.map((gap) => [gap.from, gap.to]),
});

/** Pictures come late and bunched, as a network brings them; every 13th is a key frame, anywhere in its fragment. */
async function feedUnevenly(r: Rig, pictures: number, lostBefore: readonly number[] = []): Promise<void> {
  for (let i = 0; i < pictures; i++) {
    r.clock.advance((i * 37) % 53);
    await r.feed(frameMs, 13, lostBefore.includes(i) ? { afterLoss: true } : {});
  }
}

/** The recorder ends, and another begins on the same folder. */
async function restarted(r: Rig, clock: FakeClock): Promise<Rig> {
  r.keepFolder();
  await r[Symbol.asyncDispose]();
  return rig({ data: r.data, clock, firstUnit: r.next });
}

const closed = (r: Rig, id: string) => r.of("hold-closed").find(({ holdId }) => holdId === id);

for (const [what, lostBefore] of [
  ["without a loss", []],
  ["with pictures lost on the way in the middle of fragments", [33, 47, 90, 91, 140]],
] as const) {
  test(`footage ${what} counts after a restart as it did before, to the fraction of a millisecond`, async () => {
    const r = await rig();
    r.camera("live");
    await feedUnevenly(r, 160, lostBefore);
    const orders = Array.from({ length: 24 }, (_, i): Partial<HoldOrder> => {
      const edgeAt = instant(r.clock.now() - 1000 - i * 217);
      return { edgeAt, edgeWall: wallTime(edgeAt), preMs: 1500, endAt: instant(edgeAt + 400) };
    });
    orders.forEach((order, i) => r.hold(`before-${i}`, order));
    await r.pass(3000);
    const again = await restarted(r, r.clock);
    orders.forEach((order, i) => again.hold(`after-${i}`, order));
    await again.pass(3000);
    const kinds = new Set<string>();
    for (const i of orders.keys()) {
      const before = closed(r, `before-${i}`) ?? assert.fail("it was closed before");
      const after = closed(again, `after-${i}`) ?? assert.fail("it is closed after");
      kinds.add(before.result);
      assert.deepEqual(toCompare(after), toCompare(before));
    }
    assert.deepEqual([...kinds].sort(), lostBefore.length === 0 ? ["done"] : ["done", "short"]);
    await again[Symbol.asyncDispose]();
    rmSync(r.data, { recursive: true, force: true });
  });
}

test("what is said of a hold stands in the journal before it is said; a disk that hangs delays it by its deadline", async () => {
  await using r = await rig();
  r.camera("live");
  await r.feed(6000);
  r.files.hang("journal");
  r.hold("h", { endAt: instant(r.clock.now() + 500) });
  await r.feed(4000);
  const said = () => r.messages.flatMap(({ kind }) => (/^hold-(durable|closed)$/.test(kind) ? [kind] : []));
  assert.deepEqual(said(), [], "the journal does not have it");
  r.files.answer();
  await r.feed(frameMs);
  assert.deepEqual(said(), ["hold-durable", "hold-closed"]);
  r.files.hang("journal");
  r.hold("i", { endAt: instant(r.clock.now() + 500) });
  await r.feed(9000);
  assert.deepEqual(said().slice(2), ["hold-durable"], "told, although this disk takes nothing");
});

/** A minute without power; the wall clock goes on, or was wrong by `wrongBy`. */
const nextBoot = (r: Rig, wrongBy = 0): FakeClock => ({
  ...fakeClock(instant(5000), wallTime(r.clock.wall() + 60_000 - wrongBy)),
  bootId: "the next boot",
});

/** Core moves a hold of another boot by its wall time, and says that it is of this one. */
function movedByCore(order: HoldOrder, clock: FakeClock): HoldOrder {
  const by = clock.now() - (clock.wall() - order.edgeWall) - order.edgeAt;
  const moved = (at: number) => instant(at + by);
  const { edgeAt, boundAt, endAt } = order;
  return {
    ...order,
    ...{ bootId: clock.bootId, edgeAt: moved(edgeAt), boundAt: moved(boundAt) },
    ...(endAt === undefined ? {} : { endAt: moved(endAt) }),
  };
}

for (const by of ["core's journal", "core, which moved it by its wall time"]) {
  test(`one picture at the first border of a hold of another boot, ordered by ${by}, is footage: it has not failed`, async () => {
    const r = await rig();
    r.camera("live");
    // the wall time of a picture is when it was taken, up to a second before it came
    for (let i = 0; i < 200; i++) await r.feed(frameMs, 50, { wall: wallTime(r.clock.wall() + frameMs - 900) });
    await r.pass(3980);
    // the last picture came 3980 ms before the edge, and 4000 are asked for
    const order = r.hold("h", { endAt: instant(r.clock.now() + 20_000) });
    r.keepFolder();
    r.messages.length = 0;
    const clock = nextBoot(r);
    const again = await restarted(r, clock);
    again.recorder.receive({ kind: "holds", holds: [by.startsWith("core,") ? movedByCore(order, clock) : order] });
    await again.pass(3000);
    const result = closed(again, "h");
    assert.equal(result?.result, "short");
    assert.equal(result.gaps.length, 1);
    assert.equal(Math.round((result.gaps[0]?.from ?? 0) - order.edgeWall), -3980);
    await again[Symbol.asyncDispose]();
    rmSync(r.data, { recursive: true, force: true });
  });
}

test("a hold of another boot finds its footage although the wall clock was set after it", async () => {
  const r = await rig();
  r.camera("live");
  await r.feed(10_000);
  const order = r.hold("h", { endAt: instant(r.clock.now() + 1000) });
  await r.feed(500);
  r.clock.stepWall(hours(1));
  await r.feed(3000);
  r.keepFolder();
  const clock = nextBoot(r);
  const data = r.data;
  await r[Symbol.asyncDispose]();
  const again = await rig({ data, clock, firstUnit: r.next });
  const anew = { ...order, holdId: "never closed before" };
  again.recorder.receive({ kind: "holds", holds: [anew] });
  await again.pass(3000);
  assert.equal(closed(again, "never closed before")?.result, "done");
  await again[Symbol.asyncDispose]();
  rmSync(data, { recursive: true, force: true });
});

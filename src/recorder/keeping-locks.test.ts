import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { test } from "node:test";
import type { FootageLock } from "../domain/footage-lock.ts";
import { instant, wallTime } from "../kernel/time.ts";
import { fakeClock } from "../testkit/fake-clock.ts";
import { rig, upTo, type Rig } from "./support.test.ts";

const volume = { id: "v1", path: "footage", maxShare: 0.8, maxBytes: 40_000, keepDays: 14 };
const small = { segmentMs: 2000, volumes: [volume] };

const lockOf = (r: Rig, forMs: number): FootageLock => ({
  ...{ id: "l1", channel: 1, reason: "burglary", by: "anna", at: r.clock.wall() },
  ...{ from: r.clock.wall(), to: wallTime(r.clock.wall() + forMs) },
});
const tell = (r: Rig, locks: readonly FootageLock[], released: readonly string[] = []) =>
  r.recorder.receive({ kind: "locks", locks, released });
const lockedBytes = (r: Rig): number => r.of("volume").at(-1)?.volume.lockedBytes ?? 0;

test("locked footage stays when the volume is over its cap, and the volume says how much it is", async () => {
  await using r = await rig({ plan: small });
  r.camera("live");
  await r.feed(2000, 25);
  const first = r.inFiles().length;
  tell(r, [lockOf(r, 4000)]);
  await r.feed(30_000, 25);
  assert.ok(r.of("segment-deleted").length > 0, "the rest goes");
  const kept = new Set(r.inFiles());
  assert.deepEqual(
    upTo(first + 100, first).filter((unit) => !kept.has(unit)),
    [],
  );
  assert.ok(lockedBytes(r) > 0);
});

test("a released lock protects nothing any more, a lease nothing after its time", async () => {
  await using r = await rig({ plan: small });
  r.camera("live");
  await r.feed(2000, 25);
  const lock = lockOf(r, 4000);
  const lease = { ...lock, id: "l2", until: wallTime(r.clock.wall() + 25_000) };
  tell(r, [lock, lease]);
  await r.feed(20_000, 25);
  tell(r, [lease], ["l1"]);
  await r.feed(2000, 25);
  const during = r.inFiles();
  assert.ok(during.includes(60), "the lease holds it still");
  await r.feed(30_000, 25);
  assert.equal(r.inFiles().includes(60), false);
  assert.equal(lockedBytes(r), 0);
});

test("after a restart the volume's own journal protects locked footage, before core has said anything and if it never knew", async () => {
  const clock = fakeClock();
  const before = await rig({ clock, plan: small });
  before.camera("live");
  tell(before, [lockOf(before, 4000)]);
  await before.feed(8000, 25);
  before.keepFolder();
  await before[Symbol.asyncDispose]();
  await using r = await rig({ clock, data: before.data, firstUnit: before.next, plan: small });
  r.camera("live");
  await r.feed(20_000, 25);
  // a core whose database was lost
  tell(r, []);
  await r.feed(20_000, 25);
  assert.ok(r.of("segment-deleted").length > 0);
  assert.ok(r.inFiles().includes(10));
  assert.ok(lockedBytes(r) > 0);
  rmSync(before.data, { recursive: true, force: true });
});

for (const [who, spared] of [
  ["nobody has acknowledged it", 1],
  ["somebody has acknowledged it", 0],
] as const) {
  test(`of an alarm's footage ${spared} segment outlives older footage when ${who}, as core said last`, async () => {
    const volumes = [{ id: "v1", path: "footage", maxShare: 0.8, maxBytes: 160_000, keepDays: 14 }];
    await using r = await rig({ plan: { segmentMs: 4000, volumes } });
    r.camera("live");
    await r.feed(6000);
    const { eventId } = r.hold("h", { preMs: 5000, endAt: instant(r.clock.now() + 24_000) });
    r.recorder.receive({ kind: "unreviewed", events: ["another"], all: true });
    r.recorder.receive({ kind: "unreviewed", events: [eventId], all: false });
    if (spared === 0) r.recorder.receive({ kind: "reviewed", events: [eventId] });
    await r.feed(54_000);
    await r.recorder[Symbol.asyncDispose]();
    const gone = r.of("segment-deleted").map(({ id }) => id);
    const order = [...new Set(r.of("segment").map(({ segment }) => segment.id))];
    assert.ok(gone.length > 0);
    assert.equal(order.indexOf(gone.at(-1) ?? "") + 1 - gone.length, spared);
  });
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { engineWorld } from "../domain/testdata/engine-world.ts";
import { input, linkage, site } from "../domain/testdata/site.ts";
import { replayCore } from "./replay-core.ts";

test("a receipt of an alarm that became graver, or that waited for it in vain, is made from the journal as it was told", () => {
  const confirm = { inputs: [2], withinS: 20, severity: "critical" } as const;
  const inputs = [
    input(1, { type: "NO", debounceMs: 0, antiDitherS: 5, linkage: linkage({ confirm, outputs: [] }) }),
    input(2, { type: "NO", debounceMs: 0, zone: "record-only", linkage: linkage({ recordChannels: [] }) }),
  ];
  const world = engineWorld(site({ inputs }));
  const asTold = () => {
    const stamp = { seq: 1, boot: "b", at: world.now.instant, wall: world.now.wall };
    const { receipts } = replayCore(world.journal.map((record) => ({ ...stamp, record })));
    for (const [eventId, receipt] of world.receipts) assert.deepEqual(receipts.get(eventId), receipt);
  };
  const opens = (point: number, thenMs: number) => {
    world.contact(1, point, "closed");
    world.contact(1, point, "open");
    asTold();
    world.pass(thenMs);
    asTold();
  };
  for (const point of [1, 2]) world.contact(1, point, "open", "state");
  world.do({ kind: "arm", armed: true, by: "anna" });
  world.pass(120_000);
  opens(1, 3000);
  opens(2, 700_000);
  opens(1, 31_000);
  opens(2, 700_000);
  assert.equal([...world.receipts.values()].filter(({ graver }) => graver !== undefined).length, 1);
});

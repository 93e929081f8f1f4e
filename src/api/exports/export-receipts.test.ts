import assert from "node:assert/strict";
import { test } from "node:test";
import { exportBody } from "../../contract/export.ts";
import { allChannels } from "../../domain/rights.ts";
import type { Receipt, ReceiptAction } from "../../domain/receipt.ts";
import { receiptRow } from "../../testkit/store-rows.ts";
import { testSite } from "../test-site.test.ts";
import { orderOf } from "./export-order.ts";
import { receiptsOfSpan, type Bounds } from "./export-receipts.ts";

const start = Date.parse("2026-11-22T02:10:00Z");
const span = { channels: [1], from: start, to: start + 1000 };

const recorded = (eventId: string, ms: number, channel: number): Receipt => {
  const target: ReceiptAction["target"] = { kind: "record", channel, preS: 10 };
  const actions: ReceiptAction[] = [{ id: `r${channel}`, target, because: { rule: "input 1", eventId } }];
  return receiptRow(eventId, start + ms, { actions });
};

test("a camera's receipts are found among any number of others', and where a bound is reached is known", async (t) => {
  const site = await testSite(t);
  for (let i = 0; i < 30; i++) site.put({ kind: "receipt", receipt: recorded(`n${i}`, i, i % 10 === 0 ? 1 : 2) });
  const found = async (bounds: Bounds) => {
    const { receipts, cutAt } = await receiptsOfSpan(site.reads, span, allChannels, bounds);
    return [receipts.map(({ edge }) => edge.eventId), cutAt === undefined ? undefined : cutAt - start];
  };
  assert.deepEqual(await found({ most: 5, pageSize: 4, mostPages: 20 }), [["n0", "n10", "n20"], undefined]);
  assert.deepEqual(await found({ most: 3, pageSize: 30, mostPages: 20 }), [["n0", "n10", "n20"], undefined]);
  assert.deepEqual(await found({ most: 2, pageSize: 4, mostPages: 20 }), [["n10", "n20"], 10]);
  assert.deepEqual(await found({ most: 5, pageSize: 4, mostPages: 3 }), [["n20"], 18]);
});

test("an export says from when on its receipts are whole when there are too many", async (t) => {
  const site = await testSite(t);
  const full = Array.from({ length: 500 }, (_, i) => recorded(`e${i}`, 500, 1));
  const reads = { ...site.reads, receipts: () => Promise.resolve(full) };
  const body = exportBody.parse({ span, reason: "why", recipient: "who" });
  const order = await orderOf({ clock: site.clock, reads }, body, allChannels);
  assert.equal(order.receipts.length, 5000);
  assert.match(order.missing.join(), /^Receipts before .*02:10:00.* are left out: there are too many\.$/);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { verify } from "../verifier/verify.ts";
import { none, options, say, seed } from "./random-edges-site.ts";
import { seeded } from "./random.ts";
import { pause, startSite } from "./site.ts";
import { moveContacts } from "./traffic.ts";

test("undisturbed, at least 99.9 % of the actions are done", async () => {
  const random = seeded(seed + 1);
  await using site = await startSite({ ...options, maxOnS: 600 });
  await site.ready();
  await pause(4500);
  await moveContacts(site, random, { restMs: [500, 4000], activeMs: [100, 3000] }, 30_000);
  await pause(1500);
  const verdict = verify(await site.finish());
  say("undisturbed", verdict);
  none(verdict);
  assert.ok(verdict.receipts >= 300, `${verdict.receipts} edges`);
  assert.ok(verdict.done >= 0.999 * verdict.actions, `${verdict.done} of ${verdict.actions} done`);
});

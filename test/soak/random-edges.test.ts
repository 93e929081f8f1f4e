import assert from "node:assert/strict";
import { test } from "node:test";
import { none, options, say, seed } from "../crash/random-edges-site.ts";
import { seeded } from "../crash/random.ts";
import { pause, startSite, type Site } from "../crash/site.ts";
import { disturb, moveContacts } from "../crash/traffic.ts";
import { verify } from "../verifier/verify.ts";

test("1,000 random edges through outages of cameras and boards and three kills: the verifier finds no false claim", async () => {
  const random = seeded(seed);
  await using site = await startSite(options);
  await site.ready();
  await pause(3000);
  const traffic = { restMs: [300, 3000], activeMs: [100, 2000] } as const;
  const ms = 100_000;
  const [, changes, outages] = await Promise.all([
    killNowAndThen(site, random, ms),
    moveContacts(site, random, traffic, ms),
    disturb(site, random, ms),
  ]);
  await site.ready();
  await pause(3000);
  const verdict = verify(await site.finish());
  say(`disturbed, ${changes} changes, ${outages} outages, ${site.kills.length} kills`, verdict);
  none(verdict);
  assert.ok(verdict.receipts >= 1000, `${verdict.receipts} edges`);
});

async function killNowAndThen(site: Site, random: ReturnType<typeof seeded>, ms: number): Promise<void> {
  for (const what of ["recorder", "core", "all"] as const) {
    await pause(ms / 4 + random.between(-3000, 3000));
    await site.kill(what);
  }
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { verify } from "../verifier/verify.ts";
import { seeded, seedOfRun } from "./random.ts";
import { until } from "../support/reed.ts";
import { smallSite } from "./settings.ts";
import { pause, startSite } from "./site.ts";
import { moveContacts } from "./traffic.ts";

const seed = seedOfRun();
const rounds = 17;

test("51 kills of recorder, core and everything at random moments: all starts again in its mode and its delays, and no claim is false", async () => {
  const random = seeded(seed);
  await using site = await startSite({ ...smallSite(seed), maxOnS: 8, zones: true });
  await site.ready();
  await pause(2000);
  let over = false;
  let mode = "home";
  const killing = (async () => {
    for (let round = 0; round < rounds; round++) {
      // "all" last: the pauses before a restart begin anew with it
      for (const what of ["recorder", "core", "all"] as const) {
        if (random.chance(0.6)) {
          mode = random.pick(["home", "away", "away", "disarmed"]);
          // the api may not have met the new core yet
          await until(() => site.arm(mode), `armed in ${mode}`);
        }
        await pause(random.between(50, 1500));
        await site.kill(what);
        await site.ready();
        // the api may be the last to hear of the new core
        let after: unknown;
        await until(async () => {
          after = (await site.api.get("arming")).mode;
          return true;
        }, "the arming is told");
        assert.equal(after, mode, `after kill ${site.kills.length}, seed ${seed}`);
      }
    }
  })().finally(() => (over = true));
  while (!over) await moveContacts(site, random, { restMs: [300, 6000], activeMs: [100, 3000] }, 5000);
  await killing;
  await site.ready();
  await pause(2500);
  const verdict = verify(await site.finish());
  const { receipts, actions, done, units, differences } = verdict;
  console.log(
    `${site.kills.length} kills: seed ${seed}, ${receipts} edges, ${actions} actions, ${done} done, ${units} access units`,
  );
  assert.deepEqual(differences.slice(0, 20), [], `${differences.length} differences, seed ${seed}`);
  assert.ok(site.kills.length >= 50 && receipts >= 50, `${receipts} edges`);
});

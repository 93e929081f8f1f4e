import assert from "node:assert/strict";
import { test } from "node:test";
import { verify, type Verdict } from "../verifier/verify.ts";
import { seeded, seedOfRun } from "./random.ts";
import { pause, startSite, type Site } from "./site.ts";
import type { SiteOptions } from "./settings.ts";
import { disturb, moveContacts } from "./traffic.ts";

const seed = seedOfRun();
const options: SiteOptions = {
  cameras: 8,
  boards: 2,
  contacts: 16,
  relays: 4,
  preRecordS: 2,
  postRecordS: 1,
  maxRecordS: 10,
  maxOnS: 6,
  seed,
};

const say = (what: string, { receipts, actions, done, units, differences }: Verdict) =>
  console.log(
    `${what}: seed ${seed}, ${receipts} edges, ${actions} actions, ${done} done, ${units} access units, ${differences.length} differences`,
  );

const none = ({ differences }: Verdict): void =>
  assert.deepEqual(differences.slice(0, 20), [], `${differences.length} differences, seed ${seed}`);

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

/** Inputs have every zone type, swinger shutdowns and keys; modes change through the run. */
test("1,000 random edges through outages of cameras and boards and three kills: the verifier finds no false claim", async () => {
  none(await disturbed(seed));
});

async function disturbed(ofRun: number): Promise<Verdict> {
  const random = seeded(ofRun);
  await using site = await startSite({ ...options, zones: true, keys: true });
  await site.ready();
  await pause(3000);
  const traffic = { restMs: [300, 1900], activeMs: [100, 1900] } as const;
  const ms = 85_000;
  const [, changes, outages] = await Promise.all([
    killNowAndThen(site, random, ms),
    moveContacts(site, random, traffic, ms),
    disturb(site, random, ms),
    changeModes(site, random, ms),
  ]);
  await site.ready();
  // a busy machine makes fewer edges in the time
  for (let more = 0; more < 6 && (await site.settle()).length < 1000; more++) {
    await Promise.all([moveContacts(site, random, traffic, 12_000), disturb(site, random, 12_000)]);
    await site.ready();
  }
  await pause(3000);
  const verdict = verify(await site.finish());
  const stalls = site.stalls.map(({ from, to }) => Math.round(to - from)).join(", ") || "none";
  say(`disturbed, ${changes} changes, ${outages} outages, ${site.kills.length} kills, stalls ms: ${stalls}`, verdict);
  assert.ok(verdict.receipts >= 1000, `${verdict.receipts} edges`);
  return verdict;
}

async function killNowAndThen(site: Site, random: ReturnType<typeof seeded>, ms: number): Promise<void> {
  for (const what of ["recorder", "core", "all"] as const) {
    await pause(ms / 4 + random.between(-3000, 3000));
    await site.kill(what);
  }
}

/** Somebody comes, goes and forgets a door. The first outage of a board is long enough to be a tamper event: till then at home. */
async function changeModes(site: Site, random: ReturnType<typeof seeded>, ms: number): Promise<void> {
  const end = performance.now() + ms;
  await pause(27_000);
  let mode = "home";
  while (performance.now() < end - 9000) {
    const others = ["disarmed", "home", "away", "away"].filter((other) => other !== mode);
    mode = others[random.below(others.length)] ?? "away";
    const bypass = random.chance(0.3) ? [random.below(site.inputs.length) + 1] : [];
    // nobody answers while everything is dead
    while (!(await site.arm(mode, bypass))) await pause(300);
    await pause(random.between(1500, 8000));
  }
  while (!(await site.arm(mode === "home" ? "away" : "home"))) await pause(300);
}

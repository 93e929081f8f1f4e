import assert from "node:assert/strict";
import type { Verdict } from "../verifier/verify.ts";
import { seedOfRun } from "./random.ts";
import type { SiteOptions } from "./site.ts";

export const seed = seedOfRun();
export const options: SiteOptions = {
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

export const say = (what: string, { receipts, actions, done, units, differences }: Verdict) =>
  console.log(
    `${what}: seed ${seed}, ${receipts} edges, ${actions} actions, ${done} done, ${units} access units, ${differences.length} differences`,
  );

export const none = ({ differences }: Verdict): void =>
  assert.deepEqual(differences.slice(0, 20), [], `${differences.length} differences, seed ${seed}`);

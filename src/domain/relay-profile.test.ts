import assert from "node:assert/strict";
import { test } from "node:test";
import type { RelayLoad } from "./output-settings.ts";
import { judgeLoad, paceOf, relayProfile, whyOverloaded, wornShare } from "./relay-profile.ts";

const amcrest = relayProfile({ relay: "amcrest-nvr" });
const load = (part: Partial<RelayLoad> = {}): RelayLoad => ({
  ...{ volts: 12, current: "dc", amps: 2, nature: "resistive" },
  ...part,
});

test("Amcrest's contact carries 2 A at 30 VDC and 1 A at 125 VAC of a resistive load, half of it of an inductive one", () => {
  assert.equal(judgeLoad(amcrest, load()).kind, "fits");
  assert.equal(judgeLoad(amcrest, load({ amps: 2.1 })).kind, "too-much");
  assert.equal(judgeLoad(amcrest, load({ volts: 31, amps: 0.1 })).kind, "too-much");
  assert.equal(judgeLoad(amcrest, load({ volts: 125, current: "ac", amps: 1 })).kind, "fits");
  assert.equal(judgeLoad(amcrest, load({ amps: 1, nature: "inductive" })).kind, "fits");
  assert.equal(judgeLoad(amcrest, load({ amps: 1.1, nature: "inductive" })).kind, "too-much");
});

test("nothing is assumed of an unknown relay, nor of one whose profile is gone", () => {
  assert.equal(judgeLoad(relayProfile({}), load({ amps: 50 })).kind, "unknown");
  assert.equal(relayProfile({ relay: "of another version" }).id, "unknown");
  assert.equal(wornShare(relayProfile({}), 1_000_000), undefined);
});

test("a load above the rating is refused with both numbers until somebody confirmed it", () => {
  const siren = { name: "Siren", relay: "amcrest-nvr", load: load({ amps: 1.5, nature: "inductive" }) };
  assert.match(whyOverloaded(siren) ?? "", /12 V DC 1\.5 A.* 30 V 1 A, half of its rating/);
  assert.equal(whyOverloaded({ ...siren, load: { ...siren.load, confirmed: true } }), undefined);
  assert.equal(whyOverloaded({ ...siren, relay: "unknown" }), undefined);
});

test("life counts by the operations with load, and the pause between repeats is the profile's unless it is set", () => {
  assert.equal(wornShare(amcrest, 160_000), 0.8);
  assert.equal(paceOf({ relay: "amcrest-nvr" }), 2);
  assert.equal(paceOf({ relay: "amcrest-nvr", paceS: 0 }), 0);
  assert.equal(paceOf({}), 1);
});

test("a relay with ratings of its own is judged by them; what its sheet leaves out is not known", () => {
  const own = { relay: "own", ratings: { dc: { volts: 60, amps: 3 }, electrical: 50_000, mechanical: 5_000_000 } };
  assert.equal(judgeLoad(relayProfile(own), load({ volts: 60, amps: 3 })).kind, "fits");
  assert.equal(judgeLoad(relayProfile(own), load({ volts: 48, amps: 1.6, nature: "inductive" })).kind, "too-much");
  assert.equal(judgeLoad(relayProfile(own), load({ current: "ac" })).kind, "unknown");
  assert.equal(wornShare(relayProfile(own), 40_000), 0.8);
  assert.equal(wornShare(relayProfile({ relay: "own", ratings: { mechanical: 100 } }), 50), 0.5);
  assert.equal(wornShare(relayProfile({ relay: "own" }), 50), undefined);
  assert.match(
    whyOverloaded({ ...own, name: "Gate", load: load({ amps: 4 }) }) ?? "",
    /own ratings\) may switch 60 V 3 A/,
  );
});

test("ratings that are left of another choice count for nothing", () => {
  const ratings = { dc: { volts: 500, amps: 90 }, electrical: 1 };
  assert.equal(judgeLoad(relayProfile({ relay: "amcrest-nvr", ratings }), load({ amps: 50 })).kind, "too-much");
  assert.equal(wornShare(relayProfile({ ratings }), 1), undefined);
});

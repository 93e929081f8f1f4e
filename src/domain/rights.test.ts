import assert from "node:assert/strict";
import { test } from "node:test";
import { allChannels, isLimited, mayKnow, maySee, rightsOfRole, sameRights } from "./rights.ts";

test("who may see channel 2 live may know of it, but not look at its past", () => {
  const rights = { live: [2], playback: [] };
  assert.deepEqual([maySee(rights, 2, "live"), maySee(rights, 2, "playback"), mayKnow(rights, 2)], [true, false, true]);
  assert.equal(mayKnow(rights, 1), false);
});

test("all channels means also those that are added later; a list does not", () => {
  assert.equal(maySee(allChannels, 65_535, "playback"), true);
  assert.equal(isLimited(allChannels), false);
  assert.equal(isLimited({ live: "all", playback: [1] }), true);
  assert.equal(isLimited({ live: [1, 2], playback: "all" }), true);
});

test("an administrator sees all whatever was given; a display never has a past", () => {
  assert.deepEqual(rightsOfRole("administrator", { live: [1], playback: [] }), allChannels);
  assert.deepEqual(rightsOfRole("display", allChannels), { live: "all", playback: [] });
  assert.deepEqual(rightsOfRole("viewer", { live: [1], playback: [1] }), { live: [1], playback: [1] });
});

test("the same channels in another order are the same rights", () => {
  assert.equal(sameRights({ live: [1, 2], playback: "all" }, { live: [2, 1], playback: "all" }), true);
  assert.equal(sameRights({ live: [1], playback: "all" }, { live: "all", playback: "all" }), false);
  assert.equal(sameRights({ live: [1], playback: [] }, { live: [2], playback: [] }), false);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { stepTeach, typeOfRest, whyNoRest, type TeachEvent, type TeachState } from "./teach.ts";

const taught = (...events: TeachEvent[]): TeachState => events.reduce<TeachState>(stepTeach, { kind: "asking" });
const rest = (level: "closed" | "open" | "unknown" | "fault", changedAt?: number): TeachEvent => ({
  kind: "rest",
  contact: { level, ...(changedAt === undefined ? {} : { changedAt }) },
});
const contact = (level: "closed" | "open" | "unknown" | "fault", changedAt?: number): TeachEvent => ({
  kind: "contact",
  contact: { level, ...(changedAt === undefined ? {} : { changedAt }) },
});

test("a loop that is closed at rest and opens is NC; one that is open and closes is NO", () => {
  assert.deepEqual(taught(rest("closed"), contact("open", 5)), { kind: "seen", rest: "closed", type: "NC" });
  assert.deepEqual(taught(rest("open"), contact("closed", 5)), { kind: "seen", rest: "open", type: "NO" });
  assert.deepEqual([typeOfRest("closed"), typeOfRest("open")], ["NC", "NO"]);
});

test("nothing is taught while the contact stands still, however long", () => {
  const state = taught(rest("closed", 4), contact("closed", 4), contact("closed", 4));
  assert.equal(state.kind, "waiting");
});

test("a move there and back between two looks counts", () => {
  assert.equal(taught(rest("closed", 4), contact("closed", 9)).kind, "seen");
});

test("a fault or a board that is away is neither a rest nor a move", () => {
  assert.equal(taught(rest("fault")).kind, "asking");
  assert.equal(taught(rest("unknown")).kind, "asking");
  assert.equal(taught(rest("closed"), contact("fault"), contact("unknown"), contact("closed")).kind, "waiting");
  assert.deepEqual([whyNoRest({ level: "fault" }), whyNoRest({ level: "open" })], ["fault", undefined]);
});

test("a wrong rest is recorded again before anything is seen", () => {
  assert.deepEqual(taught(rest("open"), rest("closed"), contact("open", 9)), {
    kind: "seen",
    rest: "closed",
    type: "NC",
  });
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { labelChoices, objectEdges, objectsAsked } from "./objects.ts";

test("a search for everybody names no class, and channels are asked for in one order", () => {
  const range = { from: 1000.4, to: 1999.2 };
  assert.deepEqual(objectsAsked([3, 1], range, { target: "all" }), { from: 1000, to: 2000, channels: [1, 3] });
  assert.equal(objectsAsked([1], range, { target: "vehicle" }).target, "vehicle");
  assert.deepEqual(objectsAsked([1], range, { label: "dog" }), { from: 1000, to: 2000, channels: [1], label: "dog" });
});

test("what was found becomes marks of the timeline, each its own", () => {
  const marks = objectEdges([{ channel: 2, id: "5-1", from: 5 }, { channel: 3, id: "5-1", from: 5 }], "Seen"); // prettier-ignore
  assert.deepEqual(marks[0], { eventId: "object 2 5-1", at: 5, name: "Seen", channel: 2 });
  assert.equal(new Set(marks.map(({ eventId }) => eventId)).size, 2);
});

test("what was chosen stays to choose when nothing of it is in this time", () => {
  const seen = [{ label: "person", count: 3 }];
  assert.deepEqual(labelChoices(seen, { target: "all" }), seen);
  assert.deepEqual(labelChoices(seen, { label: "person" }), seen);
  assert.deepEqual(labelChoices(seen, { label: "dog" }), [...seen, { label: "dog", count: 0 }]);
});

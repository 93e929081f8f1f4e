import assert from "node:assert/strict";
import { test } from "node:test";
import { lastMessages } from "./last-messages.ts";

const receipt = (wall: number, ...actions: Parameters<typeof lastMessages>[0][number]["actions"]) => ({
  edge: { inputName: "Door", at: { wall } },
  actions,
});
const notify = (notifier: number) => ({ kind: "notify", notifier });

test("of each notifier the newest message that came to an end is told, with why it did not arrive", () => {
  const last = lastMessages([
    receipt(3, { target: notify(1) }),
    receipt(2, { target: notify(1), outcome: { kind: "failed", reason: "no route" }, outcomeAt: 20 }),
    receipt(1, { target: notify(1), outcome: { kind: "done" } }, { target: notify(2), outcome: { kind: "done" } }),
    receipt(0, { target: { kind: "record" }, outcome: { kind: "done" } }),
  ]);
  assert.deepEqual(last.get(1), { at: 20, about: "Door", kind: "failed", why: "no route" });
  assert.deepEqual(last.get(2), { at: 1, about: "Door", kind: "done", why: "" });
  assert.equal(last.size, 2);
});

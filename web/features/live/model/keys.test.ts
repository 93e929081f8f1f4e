import assert from "node:assert/strict";
import { test } from "node:test";
import { liveKey } from "./keys.ts";

const bare = { ctrlKey: false, metaKey: false, altKey: false };

test("digits choose layouts by the length of their side, and saved views after them", () => {
  const chosen = ["0", "1", "2", "3", "4"].map((key) => liveKey({ ...bare, key }));
  assert.deepEqual(
    chosen.map((key) => key?.kind === "layout" && key.layout),
    ["auto", 1, 4, 9, 16],
  );
  assert.deepEqual(liveKey({ ...bare, key: "5" }), { kind: "view", index: 0 });
  assert.deepEqual(liveKey({ ...bare, key: "9" }), { kind: "view", index: 4 });
});

test("letters count in either case, and keys of the browser are left to it", () => {
  assert.deepEqual(liveKey({ ...bare, key: "S" }), { kind: "snapshot" });
  assert.equal(liveKey({ ...bare, key: "s", ctrlKey: true }), undefined);
  assert.equal(liveKey({ ...bare, key: "x" }), undefined);
});

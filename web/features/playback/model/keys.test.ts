import assert from "node:assert/strict";
import { test } from "node:test";
import { commandOf } from "./keys.ts";

const press = (key: string, target: "text" | "button" | "other" = "other", modified = false) =>
  commandOf({ key, target, modified });

test("keys do what the list says, in capitals too", () => {
  assert.deepEqual(press(" "), { kind: "toggle" });
  assert.deepEqual(press("L"), { kind: "faster" });
  assert.deepEqual(press("m"), { kind: "sound" });
  assert.deepEqual(press("ArrowLeft"), { kind: "skip", seconds: -5 });
  assert.deepEqual(press("."), { kind: "frame", direction: 1 });
  assert.deepEqual(press("1"), { kind: "layout", players: 1 });
  assert.deepEqual(press("4"), { kind: "layout", players: 16 });
  assert.deepEqual(press("Escape"), { kind: "all" });
  assert.equal(press("5"), undefined);
  assert.deepEqual(press("b"), { kind: "boxes" }, "as on the live page");
  assert.deepEqual(press("n"), { kind: "note" });
});

test("a text field keeps its keys, a button its space, and shortcuts of the browser stay the browser's", () => {
  assert.equal(press("j", "text"), undefined);
  assert.equal(press(" ", "button"), undefined);
  assert.deepEqual(press("j", "button"), { kind: "backwards" });
  assert.equal(press("s", "other", true), undefined);
});

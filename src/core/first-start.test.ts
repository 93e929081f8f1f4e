import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { wallTime } from "../kernel/time.ts";
import { beginFirstStart, defaultVolume, ensureDataFolder } from "./first-start.ts";

test("a new installation has a folder and a token for this user only, the same token until somebody used it", (t) => {
  const root = mkdtempSync(join(tmpdir(), "reed-first-"));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  const data = join(root, "deep", "data");
  ensureDataFolder(data);
  assert.equal(statSync(data).mode & 0o777, 0o700);
  assert.equal(statSync(join(data, "run")).mode & 0o777, 0o700);
  const first = beginFirstStart(data, [], () => undefined);
  assert.equal(Buffer.from(first.token ?? "", "base64url").length, 32);
  assert.equal(statSync(join(data, "first-start-token")).mode & 0o777, 0o600);
  const again = beginFirstStart(data, [], () => undefined);
  assert.equal(again.token, first.token);
  assert.deepEqual([again.take(), again.take(), again.token], [true, false, undefined]);
  again.created("anna");
  assert.ok(!existsSync(join(data, "first-start-token")));
});

test("where a user exists nobody is first, and a token left behind goes", (t) => {
  const data = mkdtempSync(join(tmpdir(), "reed-first-"));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  beginFirstStart(data, [], () => undefined);
  const late = beginFirstStart(data, ["anna"], () => undefined);
  assert.deepEqual([late.token, late.take()], [undefined, false]);
  assert.ok(!existsSync(join(data, "first-start-token")));
});

test("when the last user is removed somebody may be first again, at once and with a new token", (t) => {
  const data = mkdtempSync(join(tmpdir(), "reed-first-"));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  const told: string[] = [];
  const first = beginFirstStart(data, ["anna", "Ben"], (token) => void told.push(token));
  first.removed("Anna");
  first.removed("nobody");
  assert.deepEqual([told, first.token], [[], undefined]);
  first.removed("ben");
  assert.deepEqual(told, [first.token]);
  assert.equal(readFileSync(join(data, "first-start-token"), "utf8").trim(), first.token);
  assert.equal(first.take(), true);
  first.created("carla");
  assert.ok(!existsSync(join(data, "first-start-token")));
});

test("the demo's volume is capped in bytes, an ordinary one by its share", () => {
  assert.equal(defaultVolume("/d", wallTime(0), true).maxBytes, 1_000_000_000);
  assert.deepEqual(
    { ...defaultVolume("/d", wallTime(0), false), id: "" },
    {
      id: "",
      path: "/d/footage",
      maxShare: 0.8,
      keepDays: 14,
    },
  );
});

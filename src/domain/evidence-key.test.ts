import assert from "node:assert/strict";
import { test } from "node:test";
import { wallTime } from "../kernel/time.ts";
import { restoredKeys, rotated, signingKey, type EvidenceKey } from "./evidence-key.ts";

const key = (fingerprint: string, more: Partial<EvidenceKey> = {}): EvidenceKey => ({
  ...{ fingerprint, publicKey: `public ${fingerprint}`, privateKey: `private ${fingerprint}`, madeAt: wallTime(1) },
  ...more,
});
const at = wallTime(10);
const retired = (fingerprint: string, when = at) => key(fingerprint, { privateKey: "", retiredAt: when });

test("a new key signs, and the one before stays known but can't sign any more", () => {
  const keys = rotated([key("a")], key("b"), at);
  assert.deepEqual(keys, [key("b"), retired("a")]);
  assert.equal(signingKey(keys)?.fingerprint, "b");
  assert.deepEqual(rotated(keys, key("c"), wallTime(20)), [key("c"), retired("b", wallTime(20)), retired("a")]);
});

test("a backup of before a rotation brings the retired key not back to life, and forgets no newer one", () => {
  const now = rotated([key("a")], key("b"), at);
  const keys = restoredKeys(now, [key("a")], wallTime(30));
  assert.deepEqual(keys, [key("b"), retired("a")]);
});

test("a recorder that takes over a site from its backup goes on with the site's key", () => {
  assert.deepEqual(restoredKeys([key("fresh")], [key("site"), retired("old")], at), [
    key("site"),
    retired("old"),
    retired("fresh"),
  ]);
});

test("a backup of before there were keys takes none away", () => {
  assert.deepEqual(restoredKeys([key("a")], undefined, at), [key("a")]);
  assert.deepEqual(restoredKeys(undefined, [key("a")], at), [key("a")]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { emptyBucket, isFilled, trimmed } from "./bucket.ts";

const full = { ...emptyBucket, endpoint: "https://s3.example.org", bucket: "reed", accessKeyId: "AK", secretKey: "x" };

test("a bucket can be tried once its address, name and keys are there", () => {
  assert.equal(isFilled(full), true);
  for (const name of ["endpoint", "bucket", "accessKeyId", "secretKey"] as const) {
    assert.equal(isFilled({ ...full, [name]: " " }), false, name);
  }
  assert.equal(isFilled({ ...full, endpoint: "s3.example.org" }), false);
});

test("spaces that came with what was pasted are left out, and a prefix gets its slash", () => {
  const typed = { ...full, secretKey: " x\n", bucket: "reed ", prefix: " home" };
  assert.deepEqual(trimmed(typed), { ...full, prefix: "home/" });
  assert.equal(trimmed({ ...full, prefix: "" }).prefix, "");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { byteRange } from "./byte-range.ts";

test("one range of bytes is read as RFC 9110 means it, everything else is the whole", () => {
  assert.deepEqual(byteRange("bytes=0-9", 100), { kind: "part", start: 0, end: 10 });
  assert.deepEqual(byteRange("bytes=90-", 100), { kind: "part", start: 90, end: 100 });
  assert.deepEqual(byteRange("bytes=90-500", 100), { kind: "part", start: 90, end: 100 });
  assert.deepEqual(byteRange("bytes=-10", 100), { kind: "part", start: 90, end: 100 });
  assert.deepEqual(byteRange("bytes=-500", 100), { kind: "part", start: 0, end: 100 });
  assert.deepEqual(byteRange("bytes=100-", 100), { kind: "unsatisfiable" });
  assert.deepEqual(byteRange("bytes=-0", 100), { kind: "unsatisfiable" });
  for (const odd of [undefined, "bytes=9-5", "bytes=0-1,5-6", "items=0-1", "bytes=-"]) {
    assert.deepEqual(byteRange(odd, 100), { kind: "all", start: 0, end: 100 });
  }
});

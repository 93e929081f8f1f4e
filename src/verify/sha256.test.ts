import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { crc32 as zlibCrc32 } from "node:zlib";
import fc from "fast-check";
import { crc32 } from "./bytes.ts";
import { streamingSha256 } from "./sha256.ts";

test("SHA-256 in pieces is that of OpenSSL, however the bytes are cut", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 8 }), (parts) => {
      const ours = streamingSha256();
      for (const part of parts) ours.update(part);
      assert.equal(ours.hex(), createHash("sha256").update(Buffer.concat(parts)).digest("hex"));
    }),
  );
});

test("CRC-32 in pieces is zlib's", () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), (a, b) => {
      assert.equal(crc32(b, crc32(a)), zlibCrc32(Buffer.concat([a, b])));
    }),
  );
});

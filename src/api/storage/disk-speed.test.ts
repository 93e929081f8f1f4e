import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { measure, measureDisk, speedFile } from "./disk-speed.ts";

/** A disk of so many bytes a second and so many ms a sync, on a clock of its own. */
function disk(bytesPerSecond: number, syncMs: number) {
  let now = 0;
  const written: [number, number][] = [];
  return {
    written,
    now: () => now,
    write(bytes: Uint8Array, position: number) {
      now += (bytes.length * 1000) / bytesPerSecond;
      written.push([position, bytes.length]);
      return Promise.resolve();
    },
    sync() {
      now += syncMs;
      return Promise.resolve();
    },
  };
}

test("a fast disk is measured with 66 MB, one piece behind the other", async () => {
  const fast = disk(800e6, 1);
  const { writeBytesPerSecond, syncP50Ms, cut, bytes } = await measure(fast, fast.now);
  assert.ok(writeBytesPerSecond > 650e6 && writeBytesPerSecond < 800e6, String(writeBytesPerSecond));
  assert.ok(syncP50Ms > 1 && syncP50Ms < 1.2);
  assert.deepEqual([cut, bytes, fast.written.length], [false, 64 * 2 ** 20, 40]);
  fast.written.forEach(([position], i) =>
    assert.equal(
      position,
      fast.written.slice(0, i).reduce((sum, [, n]) => sum + n, 0),
    ),
  );
});

test("a slow one is ended by its time bound, and says so", async () => {
  const slow = disk(4e6, 900);
  const { writeBytesPerSecond, cut } = await measure(slow, slow.now);
  assert.ok(cut);
  assert.ok(writeBytesPerSecond < 4e6);
  assert.ok(slow.now() < 12_000, `${slow.now()} ms`);
});

test("only a volume is measured, and nothing is left on it", async (t) => {
  const root = mkdtempSync(join(tmpdir(), "reed-speed-"));
  t.after(() => rmSync(root, { recursive: true }));
  await assert.rejects(
    measureDisk(root, () => 0),
    { code: "ENOENT" },
  );
  assert.equal(existsSync(join(root, speedFile)), false);
  writeFileSync(join(root, ".reed-volume"), "{}");
  writeFileSync(join(root, speedFile), "of a measurement that was killed");
  let now = 0;
  assert.ok((await measureDisk(root, () => (now += 500))).bytes > 0);
  assert.deepEqual(readdirSync(root), [".reed-volume"]);
});

import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { appendJsonLines, readJsonLines } from "./json-lines.ts";

function fileOf(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "rd-lines-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "2026-01-02", "lines");
}

test("what was appended is read in its order; a torn line costs itself only, and a file that is not there says nothing", async (t) => {
  const file = fileOf(t);
  assert.deepEqual(await readJsonLines(file, 1000), []);
  await appendJsonLines(file, [{ n: 1 }, { n: 2 }]);
  appendFileSync(file, '{"n":3');
  await appendJsonLines(file, [{ n: 4, text: "ü" }]);
  assert.deepEqual(await readJsonLines(file, 1000), [{ n: 1 }, { n: 2 }, { n: 4, text: "ü" }]);
});

test("what stands behind the bytes that may be read is left out, also the line that they end in", async (t) => {
  const file = fileOf(t);
  await appendJsonLines(file, [{ n: 1 }, { n: 2 }]);
  assert.deepEqual(await readJsonLines(file, '\n{"n":1}\n{"n":'.length), [{ n: 1 }]);
  await assert.rejects(readJsonLines(`${file}/inside`, 10), /ENOTDIR/);
});

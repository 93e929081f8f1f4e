import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { lookAtFolder } from "./folder-look.ts";

test("an empty folder, or one that could be made, fits; a full one, a file and a missing disk do not, and it says why", async (t) => {
  const root = mkdtempSync(join(tmpdir(), "reed-folder-"));
  t.after(() => rmSync(root, { recursive: true }));
  const empty = await lookAtFolder(root);
  assert.ok(empty.fits && (empty.totalBytes ?? 0) > (empty.freeBytes ?? 0));
  assert.ok((await lookAtFolder(join(root, "new"))).fits);
  assert.match(
    (await lookAtFolder(join(root, "not", "mounted"))).problem ?? "",
    /no folder .*not\. Mount the disk first/,
  );
  writeFileSync(join(root, "file"), "");
  assert.match((await lookAtFolder(join(root, "file"))).problem ?? "", /a file, not a folder/);
  assert.match((await lookAtFolder(root)).problem ?? "", /not empty and carries no marker/);
  const volume = join(root, "volume");
  mkdirSync(volume);
  writeFileSync(join(volume, ".reed-volume"), "{}");
  writeFileSync(join(volume, "footage"), "");
  assert.ok((await lookAtFolder(volume)).warnings.some((sentence) => /taken over/.test(sentence)));
});

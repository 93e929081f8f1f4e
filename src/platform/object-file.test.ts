import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, test } from "node:test";
import { forgetOldDays } from "./day-files.ts";
import { addObject, objectPicture, readObjects } from "./object-file.ts";

const midnight = Date.UTC(2026, 10, 23);
const object = (from: number, ms: number, track = 1) => ({
  id: `${from}-${track}`,
  label: "person",
  confidence: 0.8,
  from,
  to: from + ms,
});

// the hooks of a file are those of all files that share its process; those of a suite are its own
describe("objects on disk", () => {
  let folder = "";
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "reed-objects-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const found = async (from: number, to: number) => (await readObjects(folder, from, to)).map(({ id }) => id);

  test("an object is found at any time at which it was there, also when it came the day before", async () => {
    const late = object(midnight - 5000, 20_000);
    await addObject(folder, { ...late, tripped: [{ point: 11, at: midnight }] }, undefined);
    await addObject(folder, object(midnight + 60_000, 1000, 2), undefined);
    assert.deepEqual(await found(midnight, midnight + 1000), [late.id]);
    assert.deepEqual(await found(midnight + 15_001, midnight + 60_000), []);
    assert.deepEqual(await found(midnight - 86_400_000, midnight + 86_400_000), [late.id, `${midnight + 60_000}-2`]);
    assert.deepEqual(await readObjects(folder, midnight, midnight + 1), [
      { ...late, tripped: [{ point: 11, at: midnight }], picture: false },
    ]);
  });

  test("a line that a crash tore is left out, and the one written after it is whole", async () => {
    await addObject(folder, object(midnight, 1000), undefined);
    appendFileSync(join(folder, "2026-11-23.objects"), '{"id":"1-1","label":"per');
    await addObject(folder, object(midnight + 10_000, 1000, 2), undefined);
    appendFileSync(join(folder, "2026-11-23.objects"), '\n{"id":"../../x-1","label":"person"}\n[]\nnull\n');
    assert.deepEqual(await found(midnight, midnight + 86_400_000), [`${midnight}-1`, `${midnight + 10_000}-2`]);
  });

  test("the picture lies beside its line and goes with its day", async () => {
    const one = object(midnight, 1000);
    await addObject(folder, one, Uint8Array.from([0xff, 0xd8]));
    const [record] = await readObjects(folder, midnight, midnight + 1);
    assert.equal(record?.picture, true);
    assert.deepEqual([...readFileSync(objectPicture(folder, one))], [0xff, 0xd8]);
    await forgetOldDays(folder, 3, midnight + 4 * 86_400_000);
    assert.deepEqual(await found(midnight, midnight + 1), []);
    assert.throws(() => readFileSync(objectPicture(folder, one)));
  });

  test("a camera before which nobody was has none", async () => {
    assert.deepEqual(await readObjects(join(folder, "nowhere"), midnight, midnight + 1), []);
  });
});

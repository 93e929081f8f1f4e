import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, test } from "node:test";
import { forgetOldDays } from "./day-files.ts";
import { addPieces, longestPieceMs, readPieces, type PathPiece } from "./path-file.ts";

const noon = Date.UTC(2026, 10, 23, 12);

/** A person who goes to the right for so long, a place each second. */
const piece = (at: number, ms: number, id = `${at}-1`): PathPiece => ({
  ...{ id, label: "person", confidence: 0.8, tripped: [{ point: 11, at: at + 500 }] },
  steps: Array.from({ length: ms / 1000 + 1 }, (_, index) => ({
    at: at + index * 1000,
    box: { x: index / 100, y: 0.25, width: 0.05, height: 0.2 },
  })),
});

// the hooks of a file are those of all files that share its process; those of a suite are its own
describe("ways of objects on disk", () => {
  let folder = "";
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "reed-paths-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  test("a piece is read by whoever asks for a time that it reaches into, also over ten minutes and over midnight", async () => {
    const over = piece(noon - 3000, 5000);
    const night = piece(noon + 12 * 3_600_000 - 2000, 4000);
    await addPieces(folder, [over, night, piece(noon + 60_000, 2000)]);
    assert.deepEqual(await readPieces(folder, noon + 1000, noon + 10_000), [over]);
    assert.deepEqual(await readPieces(folder, noon + 2001, noon + 60_000), []);
    assert.deepEqual(await readPieces(folder, noon + 12 * 3_600_000, noon + 12 * 3_600_000 + 1), [night]);
  });

  test("a line that a crash tore and one that is none are left out, and what is written after them is whole", async () => {
    await addPieces(folder, [piece(noon, 1000)]);
    const file = join(folder, "2026-11-23", "1200.paths");
    appendFileSync(file, '{"id":"1-1","label":"per');
    await addPieces(folder, [piece(noon + 2000, 1000)]);
    appendFileSync(
      file,
      '\n{"id":"../x-1","label":"a","sure":1,"at":1,"path":[[0,0,0,0,0]]}\n[]\nnull\n{"path":[[1]]}\n',
    );
    const found = await readPieces(folder, noon, noon + 60_000);
    assert.deepEqual(
      found.map(({ id }) => id),
      [`${noon}-1`, `${noon + 2000}-1`],
    );
  });

  test("a piece that is longer than who reads looks back is written as several, with all that was in it", async () => {
    const long = piece(noon - 70_000, 130_000);
    const hole = { ...piece(noon - 300_000, 1000, "9-9"), tripped: [] };
    const later = { ...hole, steps: [...hole.steps, ...piece(noon - 100_000, 2000).steps] };
    await addPieces(folder, [long, later]);
    const found = await readPieces(folder, noon - 400_000, noon + 100_000);
    assert.ok(found.every(({ steps }) => (steps.at(-1)?.at ?? 0) - (steps[0]?.at ?? 0) <= longestPieceMs));
    const all = (id: string) => found.filter((one) => one.id === id);
    assert.deepEqual(
      all(long.id).flatMap(({ steps }) => steps.map(({ at }) => at)),
      long.steps.map(({ at }) => at),
    );
    assert.deepEqual(
      all(long.id).flatMap(({ tripped }) => tripped),
      long.tripped,
    );
    assert.equal(all("9-9").length, 2);
    // the file of the ten minutes before holds its beginning, and is not looked into
    const now = await readPieces(folder, noon + 40_000, noon + 41_000);
    assert.deepEqual([...new Set(now.map(({ id }) => id))], [long.id]);
  });

  test("a place takes about 22 bytes, and goes with its day", async () => {
    await addPieces(folder, [piece(noon, 19_000)]);
    const file = join(folder, "2026-11-23", "1200.paths");
    assert.ok(readFileSync(file).length < 100 + 20 * 22);
    await forgetOldDays(folder, 3, noon + 5 * 86_400_000);
    assert.deepEqual(await readPieces(folder, noon, noon + 1000), []);
  });
});

import assert from "node:assert/strict";
import fs, { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { instant, wallTime } from "../kernel/time.ts";
import { fakeClock } from "../testkit/fake-clock.ts";
import { openJournal, readJournal } from "./journal-file.ts";

interface Said {
  readonly n: number;
}

/** One life of a process on that day: its file begins with `n`, and `n + 1` follows. */
function live(folder: string, day: string, n: number): void {
  using journal = openJournal<Said>(folder, ".log", fakeClock(instant(0), wallTime(Date.parse(day))), () => ({ n }));
  journal.append({ n: n + 1 });
}

test("a journal is read in the order of its writing, also when the clock once stood years ahead", () => {
  const folder = mkdtempSync(join(tmpdir(), "reed-order-"));
  live(folder, "2026-11-22T10:00Z", 10);
  live(folder, "2036-01-01T10:00Z", 20);
  live(folder, "2026-11-22T11:00Z", 30);
  live(folder, "2026-11-23T10:00Z", 40);
  const all = readJournal<Said>(folder, ".log").records;
  assert.deepEqual(
    all.map(({ record }) => record.n),
    [10, 11, 20, 21, 30, 31, 40, 41],
  );
  assert.deepEqual(
    all.map(({ seq }) => seq),
    [1, 2, 3, 4, 5, 6, 7, 8],
  );
  const newest = readJournal<Said>(folder, ".log", 2).records;
  assert.deepEqual(
    newest.map(({ record }) => record.n),
    [30, 31, 40, 41],
    "the newest file is the one that was begun last",
  );
  rmSync(folder, { recursive: true, force: true });
});

test("the boot stands in the first line that reached the file, also when the disk refused one before it", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "reed-boot-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const clock = fakeClock(instant(0), wallTime(Date.parse("2026-11-22T10:00Z")));
  using journal = openJournal<Said>(folder, ".log", clock, () => undefined);
  const full = t.mock.method(fs, "writeSync", () => {
    throw new Error("ENOSPC: no space left on device");
  });
  syncBuiltinESMExports();
  try {
    assert.throws(() => journal.append({ n: 1 }), /ENOSPC/);
  } finally {
    full.mock.restore();
    syncBuiltinESMExports();
  }
  journal.append({ n: 2 }, "brief");
  journal.append({ n: 3 }, "brief");
  const boots = readJournal<Said>(folder, ".log").records.map(({ boot }) => boot);
  assert.deepEqual(boots, [clock.bootId, clock.bootId]);
  const text = readFileSync(join(folder, readdirSync(folder)[0] ?? ""), "utf8");
  assert.equal(text.split('"boot"').length, 2, "once");
});

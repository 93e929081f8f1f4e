import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { days, instant, wallTime } from "../kernel/time.ts";
import type { CoreLine, VolumeRecord } from "../messages/journal.ts";
import { openJournal } from "../platform/journal-file.ts";
import { fakeClock } from "../testkit/fake-clock.ts";
import { streetDay } from "../testkit/street-rows.ts";
import { directOver, openForWriting } from "./database.ts";
import { mostLooks, sweepReceipts } from "./receipt-retention.ts";
import { rebuildDatabase } from "./rebuild.ts";

const from = Date.parse("2027-03-01T00:00Z");
const at = (day: number) => wallTime(from + days(day));

/** A day of one street of which the disk deleted all; an archive may have it. */
function deletedDay(t: TestContext) {
  const data = mkdtempSync(join(tmpdir(), "reed-away-"));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  const [coreJournal, disk, archive, database] = ["journal", "disk", "archive", "reed.db"].map((name) =>
    join(data, name),
  ) as [string, string, string, string];
  const clock = fakeClock(instant(0), at(5));
  using core = openJournal<CoreLine>(coreJournal, ".core.log", clock, () => undefined);
  using volume = openJournal<VolumeRecord>(join(disk, "journal"), ".rec.log", clock, () => undefined);
  const of = { head: "00", fragments: 300 };
  for (const intent of streetDay({ cameras: 1, motionsADay: 48, from }, 0)) {
    if (intent.kind === "receipt") core.append({ kind: "receipt", receipt: intent.receipt });
    if (intent.kind !== "segment") continue;
    const { id, volumeId, path } = intent.segment;
    volume.append({ kind: "segment-close", segment: intent.segment, ...of });
    volume.append({ kind: "segment-deleted", id, volumeId, path, reason: "age", head: "00" });
  }
  const archived = () => {
    using journal = openJournal<VolumeRecord>(join(archive, "journal"), ".rec.log", clock, () => undefined);
    for (const intent of streetDay({ cameras: 1, motionsADay: 48, from }, 0)) {
      if (intent.kind !== "segment") continue;
      journal.append({ kind: "segment-close", segment: { ...intent.segment, volumeId: "archive", copy: true }, ...of });
    }
  };
  const receipts = (volumes: readonly string[], sweptOn: number): number => {
    rmSync(database, { force: true });
    rebuildDatabase({ database, coreJournal, volumes, now: at(6) });
    const open = openForWriting(database);
    while (sweepReceipts(directOver(open), at(sweptOn)) === mostLooks);
    const count = Number(open.prepare("select count(*) from receipt").pluck().get());
    open.close();
    return count;
  };
  return { disk, archive, archived, receipts };
}

test("a rebuild while an archive is away takes no receipt whose footage may lie there, neither then nor later", (t) => {
  const { disk, archive, archived, receipts } = deletedDay(t);
  assert.equal(receipts([disk, archive], 20), 96, "nobody could ask the archive");
  archived();
  assert.equal(receipts([disk, archive], 20), 96, "it is there");
  assert.ok(receipts([disk], 6) < 2, "all disks say that it is gone");
});

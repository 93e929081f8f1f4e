import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import type { EngineRecord } from "../domain/engine-records.ts";
import type { Receipt } from "../domain/receipt.ts";
import { noteRecord, type ShortBook } from "../domain/short-book.ts";
import { shorten } from "../domain/short-lines.ts";
import { days, instant, wallTime, type Clock } from "../kernel/time.ts";
import type { CoreLine, CoreRecord } from "../messages/journal.ts";
import { openJournal } from "../platform/journal-file.ts";
import { fakeClock } from "../testkit/fake-clock.ts";
import { motionOf } from "../testkit/street-rows.ts";
import { directOver, openForWriting } from "./database.ts";
import { migrate } from "./migrations.ts";
import { rebuildDatabase } from "./rebuild.ts";
import { thinJournal } from "./thin-journal.ts";

const from = Date.parse("2027-03-01T00:00Z");
const bootId = "00000000-0000-4000-8000-00000000b007";

/** A journal that is written line by line; then days pass until what is named was swept, and its lines are taken out. */
function journalOf(t: TestContext) {
  const data = mkdtempSync(join(tmpdir(), "reed-begun-"));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  const folder = join(data, "journal");
  const fake = fakeClock(instant(0), wallTime(from));
  const clock: Clock = { ...fake, bootId, now: () => fake.now(), wall: () => fake.wall() };
  let state: CoreRecord = { kind: "state", armed: false, open: [], holds: [], inputs: [] };
  const journal = openJournal<CoreLine>(folder, ".core.log", clock, () => state);
  t.after(() => journal[Symbol.dispose]());
  const book: ShortBook = new Map();
  const line = (records: readonly EngineRecord[], full?: "full") => {
    const of = full === undefined ? shorten(records, book) : undefined;
    if (of === undefined) journal.append({ kind: "step", records });
    else journal.append({ kind: "short", of }, "brief");
    for (const record of records) noteRecord(book, record);
  };
  const goTo = (at: number, open: readonly Receipt[] = []) => {
    fake.stepWall(at - fake.wall());
    state = { kind: "state", armed: false, open, holds: [], inputs: [] };
  };
  const thin = (gone: readonly Receipt[]) => {
    for (let day = 3; day < 6; day++) {
      goTo(from + days(day));
      journal.append({ kind: "start", version: "1", pid: day });
    }
    const database = openForWriting(join(data, "reed.db"));
    migrate(database);
    const db = directOver(database);
    for (const { edge } of gone)
      db.run(db.build.insertInto("swept").values({ day: from / days(1), event_id: edge.eventId, on_day: 0 }));
    const lines = thinJournal(db, folder, wallTime(from + days(30)))?.lines;
    database.close();
    return lines;
  };
  /** Of each receipt that a rebuild finds: whether it is closed. */
  const rebuilt = () => {
    const database = join(data, "again.db");
    rebuildDatabase({ database, coreJournal: folder, volumes: [], now: wallTime(from + days(6)) });
    const read = openForWriting(database);
    const rows = read.prepare("select event_id, closed_at is not null from receipt order by 1").raw().all();
    read.close();
    return Object.fromEntries(rows as [string, number][]);
  };
  return { line, goTo, thin, rebuilt };
}

let ids = 0;
const motion = (of: number, at: number): Receipt =>
  motionOf(of, from + at, () => `id-${String(of)}-${String(ids++).padStart(4, "0")}`)[0];

const begin = ({ closedAt, actions, ...rest }: Receipt): EngineRecord[] => {
  assert.ok(closedAt !== undefined);
  const begun = actions.map(({ id, target, because }) => ({ id, target, because }));
  return [{ kind: "edge", ...rest, actions: begun, holds: [] }];
};
const end = (receipt: Receipt): EngineRecord[] => [
  ...receipt.actions.map(
    ({ id, outcome = { kind: "done" } as const, outcomeAt = receipt.edge.at.wall, record = {} }) => {
      const of = { eventId: receipt.edge.eventId, actionId: id };
      return { kind: "outcome", ...of, outcome, at: outcomeAt, record } as const;
    },
  ),
  { kind: "receipt", receipt },
];
const idOf = ({ edge }: Receipt): string => edge.eventId;

test("a motion over midnight whose lines were to go is not found open for ever by a rebuild", (t) => {
  const { line, goTo, thin, rebuilt } = journalOf(t);
  const [noon, late] = [motion(1, days(0.5)), motion(1, days(1) - 10_000)];
  line(begin(noon));
  line(end(noon));
  line(begin(late));
  const { closedAt, ...open } = late;
  assert.ok(closedAt !== undefined);
  goTo(from + days(1) + 20_000, [
    { ...open, actions: open.actions.map(({ id, target, because }) => ({ id, target, because })) },
  ]);
  line(end(late));
  const lines = thin([noon, late]);
  assert.deepEqual(rebuilt(), { [idOf(late)]: 1 });
  assert.equal(lines, 2);
});

test("nor one whose beginning stands beside what stays, or was written out", (t) => {
  const { line, thin, rebuilt } = journalOf(t);
  const [first, beside, further, stays] = [1, 2, 3, 4].map((of) => motion(of, of * 1000)) as [
    Receipt,
    Receipt,
    Receipt,
    Receipt,
  ];
  const full = motion(5, 90_000);
  line(begin(first));
  line([...begin(further), ...begin(beside)]);
  line([...begin(beside), ...begin(stays)]);
  for (const one of [first, further, beside, stays]) line(end(one));
  line(begin(full), "full");
  line(end(full));
  const lines = thin([first, beside, further, full]);
  assert.deepEqual(rebuilt(), Object.fromEntries([beside, further, stays, full].map((one) => [idOf(one), 1])));
  assert.equal(lines, 2);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { Kysely, SqliteDialect, type CompiledQuery } from "kysely";
import { days } from "../kernel/time.ts";
import { putManyRows } from "../testkit/year-rows.ts";
import { openForWriting } from "./database.ts";
import { migrate } from "./migrations.ts";
import { recordedChannels, timelineReads, mostTold } from "./read-timeline.ts";

import type { Tables } from "./schema.ts";

const from = 1_700_000_000_000 - (1_700_000_000_000 % days(1));
const yearDays = 365;

/** A year of one-minute recordings of one camera with a gap every minute: 525,600 runs and as many gaps. */
function aYear() {
  const database = openForWriting(":memory:");
  migrate(database);
  putManyRows(database, { channels: [1], from, days: yearDays });
  let queries: CompiledQuery[] = [];
  let rows = 0;
  const db = new Kysely<Tables>({
    dialect: new SqliteDialect({ database }),
    log: ({ query }) => void queries.push(query),
  });
  const counted = db.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult({ result }) {
      rows += result.rows.length;
      return Promise.resolve(result);
    },
  });
  /** What it answers, how many rows that took, and how the database found them. */
  const work = async <T>(ask: (reads: ReturnType<typeof timelineReads>) => Promise<T>) => {
    queries = [];
    rows = 0;
    const answer = await ask(timelineReads(counted));
    return { answer, rows, plans: queries.flatMap(planOf) };
  };
  const planOf = ({ sql, parameters }: CompiledQuery) =>
    (database.prepare(`explain query plan ${sql}`).all(...parameters) as { detail: string }[]).map((row) => row.detail);
  return { database, db: counted, work, planOf };
}

const year = aYear();
const whole = { from, to: from + days(yearDays) };
const pixel = (range: { from: number; to: number }) => (range.to - range.from) / 1500;
const scans = (plans: readonly string[]) =>
  plans.filter(
    (line) =>
      /^SCAN (?!c$|k$|h$|json_each|known|CONSTANT|\(subquery|VIRTUAL)/.test(line) && !/VIRTUAL TABLE/.test(line),
  );

test("a year of one-minute recordings with a gap every minute is told in a few runs, with how much was recorded", async () => {
  const { answer, rows, plans } = await year.work((reads) => reads.timeline([1], whole, pixel(whole)));
  const continuous = answer.filter(({ cause }) => cause === "continuous");
  assert.ok(continuous.length < 10, `${continuous.length} spans`);
  assert.equal(continuous[0]?.from, whole.from);
  assert.equal(continuous.at(-1)?.to, whole.to - 2000);
  for (const { share } of continuous) assert.ok(Math.abs((share ?? 1) - 58 / 60) < 0.001, String(share));
  assert.ok(answer.length < 3500 && rows < 8000, `${answer.length} spans of ${rows} rows`);
  assert.deepEqual(scans(plans), []);
});

test("a year takes no more rows than a month, and a month no more than its hours", async () => {
  const month = { from: whole.from + days(100), to: whole.from + days(130) };
  const ofMonth = await year.work((reads) => reads.timeline([1], month, pixel(month)));
  const ofYear = await year.work((reads) => reads.timeline([1], whole, pixel(whole)));
  assert.ok(ofMonth.rows <= mostTold + 1 + 30 * 24 * 2 + 200, String(ofMonth.rows));
  assert.ok(ofYear.rows <= ofMonth.rows * 4, `${ofYear.rows} for the year, ${ofMonth.rows} for the month`);
});

test("a day is told run by run, wherever in the year it is", async () => {
  for (const at of [0, 180, yearDays - 1]) {
    const day = { from: from + days(at), to: from + days(at + 1) };
    const { answer, rows, plans } = await year.work((reads) => reads.timeline([1], day));
    assert.equal(answer.filter(({ cause }) => cause === "continuous").length, 1440);
    assert.ok(rows < 1500);
    assert.deepEqual(scans(plans), []);
  }
});

test("gaps of a minute at the end of a year are found without looking at those before; a year's short ones are left out", async () => {
  const late = { from: whole.to - 300_000, to: whole.to };
  const few = await year.work((reads) => reads.gaps(1, late));
  assert.equal(few.answer.length, 5);
  assert.ok(
    few.plans.every(
      (line) =>
        /SEARCH gap USING (PRIMARY KEY|COVERING INDEX gap_long|INDEX gap_long).*from_wall[<>]/.test(line) ||
        /TEMP B-TREE/.test(line),
    ),
    few.plans.join("; "),
  );
  const all = await year.work((reads) => reads.gaps(1, whole, pixel(whole)));
  assert.deepEqual(all.answer, []);
  assert.ok(all.rows <= mostTold + 1, String(all.rows));
});

test("which channels have footage is one look each", () => {
  const { sql, parameters } = recordedChannels.compile(year.db);
  const plan = year.planOf({ sql, parameters } as CompiledQuery);
  assert.deepEqual(scans(plan), [], plan.join("; "));
  assert.deepEqual(year.database.prepare(sql).all(...parameters), [{ channel: 1 }]);
});

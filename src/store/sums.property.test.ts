import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { wallTime } from "../kernel/time.ts";
import type { StoreIntent } from "../messages/store.ts";
import { segmentRow } from "../testkit/store-rows.ts";
import { applyIntent } from "./apply.ts";
import { directOver, kyselyOver, openForWriting } from "./database.ts";
import { migrate } from "./migrations.ts";
import { partUnits } from "./span-parts.ts";
import { causeOfSegment, readStoredHours, settleStored } from "./stored-hours.ts";

const minute = 60_000;

type Step = { readonly kind: "settle" } | { readonly kind: "intent"; readonly intent: StoreIntent };

/** Segments of ten minutes at the full ten minutes of a day, on two volumes, and copies of them. */
const segment = (n: number, copy: boolean, bytes: number): StoreIntent => ({
  kind: "segment",
  segment: segmentRow(`s${n}`, {
    ...{ volumeId: copy ? "archive" : `v${n % 2}`, stream: n % 7 === 0 ? "sub" : "main", bytes },
    ...{ startWall: wallTime(n * 10 * minute), endWall: wallTime((n + 1) * 10 * minute - 500) },
    ...(copy ? { copy } : {}),
  }),
});
const span = (from: number, length: number, cause: "continuous" | "alarm"): StoreIntent => ({
  ...{ kind: "span", channel: 1, cause },
  ...{ from: wallTime(from * minute), to: wallTime((from + length) * minute) },
});
const gone = (n: number, archive: boolean): StoreIntent => ({
  ...{ kind: "segment-deleted", id: `s${n}`, reason: "" },
  ...{ volumeId: archive ? "archive" : `v${n % 2}` },
});

const place = fc.nat(143);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.constant<Step>({ kind: "settle" }),
  fc
    .oneof(
      fc.tuple(place, fc.boolean(), fc.integer({ min: 1, max: 1000 })).map((args) => segment(...args)),
      fc.tuple(place, fc.boolean()).map((args) => gone(...args)),
      fc
        .tuple(fc.nat(1400), fc.integer({ min: 1, max: 300 }), fc.constantFrom("continuous" as const, "alarm" as const))
        .map((args) => span(...args)),
    )
    .map((intent): Step => ({ kind: "intent", intent })),
);

test("whatever comes and goes, the sums of runs and of bytes are those of the rows that are there", async () => {
  const database = openForWriting(":memory:");
  migrate(database);
  const db = directOver(database);
  const rows = (sql: string) => database.prepare(sql).all() as Record<string, unknown>[];
  const reader = kyselyOver(database);
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      for (const table of ["span", "span_part", "segment", "segment_copy", "stored_hour", "stored_change"])
        database.exec(`delete from ${table}`);
      for (const one of steps) {
        if (one.kind === "settle") settleStored(db);
        else applyIntent(db, one.intent);
      }
      for (const unit of partUnits) {
        const expected = rows(`
          with recursive piece (cause, from_wall, to_wall, part) as (
            select cause, from_wall, to_wall, cast(from_wall / ${unit} as integer) from span
            union all select cause, from_wall, to_wall, part + 1 from piece where (part + 1) * ${unit} < to_wall)
          select cause, part, round(sum(min(to_wall, (part + 1) * ${unit}) - max(from_wall, part * ${unit}))) as covered
          from piece group by cause, part order by cause, part`);
        const summed = `select cause, part, round(covered) as covered from span_part where unit = ${unit} order by cause, part`;
        assert.deepEqual(rows(summed), expected);
      }
      const of = (table: string, copy: number) => {
        const { sql, parameters } = causeOfSegment.compile(db.build);
        return (
          database
            .prepare(
              `select volume_id, cast(start_wall / 3600000 as integer) as hour, ${sql} as cause, ${copy} as copy,
              sum(bytes) as bytes from ${table} g group by 1, 2, 3`,
            )
            .all(...parameters) as Record<string, unknown>[]
        ).map((row) => JSON.stringify(Object.values(row)));
      };
      const read = (await readStoredHours(reader)).map(({ volumeId, hour, cause, copy, bytes }) =>
        JSON.stringify([volumeId, hour, cause, copy, bytes]),
      );
      assert.deepEqual(read.sort(), [...of("segment", 0), ...of("segment_copy", 1)].sort());
    }),
    { numRuns: 150 },
  );
});

test("the sums of a database of before are made when it is brought up to date", () => {
  const database = openForWriting(":memory:");
  migrate(database, 8);
  database.exec(`
    insert into span values (1, 'alarm', ${50 * minute}, ${250 * minute}, null), (1, 'manual', 0, ${minute}, null);
    insert into segment values ('s', 'v', 1, 'main', 'p', 'b', 0, ${130 * minute}, ${140 * minute}, 5, 1, 1, 1, 'avc1')`);
  migrate(database);
  const sums = database.prepare(
    "select cause, unit / 3600000 as hours, part, covered / 60000 as minutes from span_part",
  );
  assert.deepEqual(
    sums.all().map((row) => Object.values(row as Record<string, unknown>)),
    [
      ...[0, 1, 2, 3, 4].map((part) => ["alarm", 1, part, [10, 60, 60, 60, 10][part]]),
      ["alarm", 24, 0, 200],
      ["manual", 1, 0, 1],
      ["manual", 24, 0, 1],
    ],
  );
  assert.deepEqual(database.prepare("select * from stored_change").all(), [{ hour: 2, channel: 1 }]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { wallTime } from "../kernel/time.ts";
import type { StoreIntent } from "../messages/store.ts";
import { segmentRow } from "../testkit/store-rows.ts";
import { applyIntent } from "./apply.ts";
import { directOver, openForWriting } from "./database.ts";
import { migrate } from "./migrations.ts";
import { timelineQuery } from "./read-timeline.ts";
import { joinMs, uncovered } from "./spans.ts";

function memory() {
  const database = openForWriting(":memory:");
  migrate(database);
  const db = directOver(database);
  const put = (...intents: StoreIntent[]) => intents.forEach((intent) => applyIntent(db, intent));
  const spans = (channels: number[], from: number, to: number) => {
    const { sql, parameters } = timelineQuery(channels, { from, to }).compile(db.build);
    const rows = database.prepare(sql).all(...parameters) as Record<string, number | string>[];
    return rows.map((row) => [row["channel"], row["cause"], row["from_wall"], row["to_wall"]]);
  };
  return { db, put, spans, database };
}

const span = (from: number, to: number, cause: "continuous" | "alarm" = "continuous", channel = 1): StoreIntent => ({
  kind: "span",
  channel,
  cause,
  from: wallTime(from),
  to: wallTime(to),
});

test("runs that touch or overlap are one run; causes and channels stay apart", () => {
  const { put, spans } = memory();
  put(
    span(0, 300_000),
    span(300_040, 600_000),
    span(700_000, 800_000),
    span(0, 10_000, "alarm"),
    span(5, 9, "continuous", 2),
  );
  put(span(550_000, 650_000));
  assert.deepEqual(spans([1, 2], 0, 1e9), [
    [1, "alarm", 0, 10_000],
    [1, "continuous", 0, 650_000],
    [1, "continuous", 700_000, 800_000],
    [2, "continuous", 5, 9],
  ]);
  assert.deepEqual(spans([1], 620_000, 640_000), [[1, "continuous", 0, 650_000]]);
  assert.deepEqual(spans([1], 660_000, 690_000), []);
});

test("in whatever order runs arrive, the timeline shows their union, disjoint and more than a join apart", () => {
  const run = fc.tuple(fc.nat(40), fc.integer({ min: 1, max: 12 })).map(([from, length]) => ({
    from: from * joinMs,
    to: (from + length) * joinMs,
  }));
  fc.assert(
    fc.property(fc.array(run, { maxLength: 12 }), (runs) => {
      const { put, spans, database } = memory();
      for (const { from, to } of runs) put(span(from, to));
      const rows = spans([1], -1e9, 1e9).map((row) => ({ from: Number(row[2]), to: Number(row[3]) }));
      database.close();
      for (const one of runs) assert.deepEqual(uncovered(one, rows), []);
      rows.forEach((row, index) => {
        const next = rows[index + 1];
        assert.ok(next === undefined || next.from - row.to > joinMs);
        assert.ok(runs.some(({ from }) => from === row.from) && runs.some(({ to }) => to === row.to));
      });
    }),
    { numRuns: 60 },
  );
});

test("footage that is deleted leaves the timeline, except where another segment still covers the time", () => {
  const { put, spans } = memory();
  const segment = (id: string, from: number, to: number): StoreIntent => ({
    kind: "segment",
    segment: segmentRow(id, { startWall: wallTime(from), endWall: wallTime(to) }),
  });
  put(segment("a", 0, 300_000), segment("b", 300_000, 600_000), segment("c", 600_000, 900_000));
  put(segment("again", 500_000, 700_000), span(0, 900_000), span(250_000, 350_000, "alarm"));
  put({ kind: "segment-deleted", id: "b" });
  assert.deepEqual(spans([1], 0, 1e9), [
    [1, "alarm", 250_000, 300_000],
    [1, "continuous", 0, 300_000],
    [1, "continuous", 500_000, 900_000],
  ]);
  put({ kind: "segment-deleted", id: "a" }, { kind: "segment-deleted", id: "a" });
  assert.deepEqual(spans([1], 0, 1e9), [[1, "continuous", 500_000, 900_000]]);
});

test("the timeline of 16 channels over 30 days reads rows of span alone, through its key", () => {
  const { put, spans, database, db } = memory();
  const hour = 3_600_000;
  const month = 30 * 24 * hour;
  const channels = Array.from({ length: 16 }, (_, index) => index + 1);
  database.transaction(() => {
    for (const channel of channels) {
      // continuous with a pause each day, and an alarm every two hours
      for (let day = 0; day < 30; day++)
        put(span(day * 24 * hour, (day + 1) * 24 * hour - 60_000, "continuous", channel));
      for (let at = hour; at < month; at += 2 * hour) put(span(at, at + 40_000, "alarm", channel));
      for (let at = 0; at < month; at += 12 * hour) {
        const place = { channel, startWall: wallTime(at), endWall: wallTime(at + 300_000) };
        put({ kind: "segment", segment: segmentRow(`${channel}-${at}`, place) });
      }
    }
  })();
  assert.equal(spans(channels, 0, month).length, 16 * (30 + 360));
  const { sql, parameters } = timelineQuery(channels, { from: 0, to: month }).compile(db.build);
  const plan = (database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters) as { detail: string }[]).map(
    (row) => row.detail,
  );
  const tables = plan.filter((line) => /^(SCAN|SEARCH)/.test(line));
  assert.ok(
    tables.some((line) =>
      /^SEARCH s USING PRIMARY KEY \(channel=\? AND cause=\? AND from_wall>\? AND from_wall<\?\)/.test(line),
    ),
    plan.join("\n"),
  );
  assert.ok(
    tables.some((line) => /^SEARCH p USING PRIMARY KEY/.test(line)),
    plan.join("\n"),
  );
  assert.deepEqual(
    tables.filter((line) => !/^SEARCH [sp] USING PRIMARY KEY|^SCAN [ck] VIRTUAL TABLE/.test(line)),
    [],
  );
});

test("a run keeps the event that began it, whichever of its events came to the database first", () => {
  const { put, database } = memory();
  const alarm = (from: number, to: number, eventId: string): StoreIntent => ({
    kind: "span",
    channel: 1,
    cause: "alarm",
    from: wallTime(from),
    to: wallTime(to),
    eventId,
  });
  put(alarm(20_000, 30_000, "second"), alarm(10_000, 22_000, "first"), alarm(25_000, 40_000, "third"));
  assert.deepEqual(database.prepare("SELECT from_wall, to_wall, event_id FROM span").all(), [
    { from_wall: 10_000, to_wall: 40_000, event_id: "first" },
  ]);
});

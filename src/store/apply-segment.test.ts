import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { wallTime } from "../kernel/time.ts";
import type { StoreIntent } from "../messages/store.ts";
import { segmentRow } from "../testkit/store-rows.ts";
import { applyIntent } from "./apply.ts";
import { directOver, openForWriting } from "./database.ts";
import { migrate } from "./migrations.ts";

function memory() {
  const database = openForWriting(":memory:");
  migrate(database);
  const db = directOver(database);
  const put = (...intents: StoreIntent[]) => intents.forEach((intent) => applyIntent(db, intent));
  const volumesIn = (table: "segment" | "segment_copy") =>
    database.prepare(`select volume_id from ${table} order by 1`).pluck().all();
  const spans = () => database.prepare("select count(*) from span").pluck().get();
  return { put, volumesIn, spans };
}

const bounds = { startWall: wallTime(1e6), endWall: wallTime(2e6) };
const original: StoreIntent = { kind: "segment", segment: segmentRow("s1", { volumeId: "v1", ...bounds }) };
const copy: StoreIntent = { kind: "segment", segment: segmentRow("s1", { volumeId: "a1", copy: true, ...bounds }) };
const span: StoreIntent = { kind: "span", channel: 1, cause: "continuous", from: bounds.startWall, to: bounds.endWall };
const gone = (volumeId: string): StoreIntent => ({ kind: "segment-deleted", id: "s1", volumeId });

test("a segment is read from where it was recorded; when that goes, from its copy, and the timeline keeps its time", () => {
  const { put, volumesIn, spans } = memory();
  put(original, span, copy);
  assert.deepEqual([volumesIn("segment"), volumesIn("segment_copy")], [["v1"], ["a1"]]);
  put(gone("v1"));
  assert.deepEqual([volumesIn("segment"), volumesIn("segment_copy"), spans()], [["a1"], [], 1]);
  put(gone("a1"));
  assert.deepEqual([volumesIn("segment"), spans()], [[], 0]);
});

test("a copy that goes takes nothing from its original; a word of an older journal means the original", () => {
  const { put, volumesIn, spans } = memory();
  put(original, span, copy, gone("a1"));
  assert.deepEqual([volumesIn("segment"), volumesIn("segment_copy"), spans()], [["v1"], [], 1]);
  put(copy, { kind: "segment-deleted", id: "s1" });
  assert.deepEqual([volumesIn("segment"), spans()], [["a1"], 1]);
});

test("in whatever order and how often the rows are said: the original stands before its copy, each place once", () => {
  const said = fc.array(fc.constantFrom(original, copy), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(said, (intents) => {
      const { put, volumesIn } = memory();
      put(...intents);
      const known = new Set(intents.map((one) => (one === copy ? "a1" : "v1")));
      assert.deepEqual(volumesIn("segment"), [known.has("v1") ? "v1" : "a1"]);
      assert.deepEqual(volumesIn("segment_copy"), known.size === 2 ? ["a1"] : []);
    }),
  );
});

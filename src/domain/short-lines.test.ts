import assert from "node:assert/strict";
import { test } from "node:test";
import type { EngineRecord } from "./engine-records.ts";
import { mayWait } from "./patient-records.ts";
import { noteRecord, type ShortBook } from "./short-book.ts";
import { eventsOf, restore, shorten, type ShortPart } from "./short-lines.ts";
import type { AlarmInputSettings } from "./site-config.ts";
import { engineWorld } from "./testdata/engine-world.ts";
import { input, linkage, site } from "./testdata/site.ts";

interface Line {
  readonly records: readonly EngineRecord[];
  readonly parts: readonly ShortPart[] | undefined;
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const bytes = (value: unknown): number => JSON.stringify(value).length;

/** The steps of an edge of a picture, its footage and its end that may be synced later, as lines. */
function linesOf(more: Partial<AlarmInputSettings>, { title = "", gap = false } = {}): Line[] {
  const settings = input(1, {
    ...{ type: "NO", debounceMs: 0, kind: "video-motion", zone: "record-only" },
    linkage: linkage({ recordChannels: [1], outputs: [], notifiers: [] }),
    ...more,
  });
  const lines: Line[] = [];
  const book: ShortBook = new Map();
  const world = engineWorld(site({ inputs: [settings] }));
  let known = 0;
  const take = (before: typeof world.state) => {
    const records = world.journal.slice(known);
    known = world.journal.length;
    if (records.length === 0) return;
    if (mayWait(records, [before, world.state])) {
      const parts = shorten(records, book);
      lines.push({ records, parts });
      if (parts !== undefined)
        assert.deepEqual(restore(plain(parts) as ShortPart[], world.now.bootId, book), plain(records));
    }
    for (const record of records) noteRecord(book, record);
  };
  const step = (act: () => void) => {
    const before = world.state;
    act();
    take(before);
  };
  step(() => world.contact(1, 1, "open", "state"));
  for (let i = 0; i < 3; i++) {
    const report = { point: 1, level: "closed", at: world.now.instant, how: "change" } as const;
    step(() => world.do({ kind: "level", board: 1, report: title === "" ? report : { ...report, title } }));
    step(() => world.pass(500));
    const holds = [...world.state.holds.values()];
    for (const { holdId } of holds)
      step(() => world.do({ kind: "hold-answer", holdId, answer: { kind: "recording" } }));
    for (const { holdId, edgeAt } of holds)
      step(() => world.do({ kind: "hold-durable", holdId, durableAt: edgeAt, preAchievedMs: 10_017.25 }));
    step(() => world.pass(8000));
    step(() => world.contact(1, 1, "open"));
    step(() => world.pass(31_000));
    const { wall } = world.now;
    const gaps = gap ? [{ from: wall, to: wall, reason: "camera down: timed out" }] : [];
    const ended = gap
      ? ({ result: "short", reason: "camera down: timed out" } as const)
      : ({ result: "done", reason: "" } as const);
    for (const { holdId } of holds.reverse())
      step(() => world.do({ kind: "hold-closed", holdId, ...ended, from: wall, to: wall, gaps }));
    step(() => world.pass(60_000));
  }
  assert.equal(world.state.book.size, 0);
  return lines;
}

const two = linkage({ recordChannels: [1, 2], outputs: [], notifiers: [1] });

test("every step of what pictures show and calls nobody is one short line that reads back as it was", () => {
  const all: readonly (readonly [string, Line[]])[] = [
    ["motion", linesOf({})],
    ["settles first", linesOf({ debounceMs: 200 })],
    ["a rule with a title", linesOf({ kind: "video-rule" }, { title: "person at the gate" })],
    ["two cameras, a message that a gate holds back", linesOf({ linkage: two })],
    ["an alarm's input while disarmed", linesOf({ zone: "instant", linkage: two })],
    ["short of footage", linesOf({}, { gap: true })],
  ];
  for (const [name, lines] of all) {
    assert.ok(lines.length >= 15, `${name}: ${lines.length} lines`);
    for (const { records, parts } of lines) assert.notEqual(parts, undefined, `${name}: ${JSON.stringify(records)}`);
  }
});

test("a motion's lines take less than two fifths of what its records take", () => {
  const lines = linesOf({});
  const long = lines.reduce((sum, { records }) => sum + bytes(records), 0);
  const short = lines.reduce((sum, { parts }) => sum + bytes(parts), 0);
  assert.ok(short < long * 0.4, `${short} of ${long} bytes`);
});

test("a line whose edge was lost says nothing, and harms no other", () => {
  const [edge, answer, ...rest] = linesOf({}).filter(({ parts }) => eventsOf(parts ?? []).length > 0);
  assert.ok(edge?.parts !== undefined && answer?.parts !== undefined && rest.length > 0);
  assert.deepEqual(restore(answer.parts, "boot-1", new Map()), []);
  assert.equal(restore([...answer.parts, ...edge.parts], "boot-1", new Map()).length, edge.records.length);
});

test("what is of an alarm, or says more than a short line can, is written out", () => {
  const book: ShortBook = new Map();
  assert.equal(shorten([{ kind: "armed", armed: true, by: "anna" }], book), undefined);
  const facts = { kind: "facts", eventId: "e", actionId: "a", record: { answer: "recording" } } as const;
  assert.equal(shorten([facts], book), undefined, "its edge is not known");
  assert.equal(shorten([{ kind: "hold-end", holdId: "a", endAt: 5 as never }], book), undefined);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { askedOf, inboxSearch, isFiltered, shownSource } from "./inbox-search.ts";

test("what stands in the address is what is asked; what it can't mean is left out", () => {
  const search = inboxSearch({ list: "events", input: 3, day: "2026-11-22", source: "people", other: 1 });
  assert.deepEqual(search, { list: "events", input: 3, day: "2026-11-22", source: "people" });
  const since = Date.parse("2026-11-21T23:00:00Z");
  assert.deepEqual(askedOf(search, "Europe/Berlin"), { input: 3, source: "people", since, until: since + 86_400_000 });
  assert.deepEqual(inboxSearch({ list: "x", state: "lost", input: "3", day: "22.11.", source: "dogs" }), {});
});

test("events come without motion until somebody asks for it or for one input; alarms are of every source", () => {
  assert.equal(shownSource({ list: "events" }), "-motion");
  const asked = askedOf({ list: "events" }, "UTC").source?.split(",") ?? [];
  assert.deepEqual([asked.includes("contact"), asked.includes("motion")], [true, false]);
  assert.equal(askedOf({ list: "events", input: 4 }, "UTC").source, undefined);
  assert.equal(askedOf({ list: "events", source: "all" }, "UTC").source, undefined);
  assert.deepEqual(askedOf({ state: "new" }, "UTC"), { state: "new" });
  assert.deepEqual([isFiltered({ list: "events" }), isFiltered({ list: "events", source: "people" })], [false, true]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { allChannels } from "../domain/rights.ts";
import { openPeople } from "./people.ts";

const limited = { live: [1], playback: [1] };

test("what a person may see follows their account, whatever the case of the name, until they are gone", () => {
  const people = openPeople([{ name: "Ann", rights: limited }]);
  assert.deepEqual(people.rightsOf("ann"), limited);
  assert.equal(people.rightsOf("bob"), undefined);
  people.changed({ kind: "create-user", name: "bob", role: "display", passwordHash: "", firstStart: false });
  assert.deepEqual(people.rightsOf("bob"), { live: "all", playback: [] });
  people.changed({ kind: "change-user", name: "Ann", role: "administrator", rights: limited });
  assert.deepEqual(people.rightsOf("ann"), allChannels);
  people.changed({ kind: "remove-user", name: "ANN" });
  assert.equal(people.rightsOf("ann"), undefined);
});

test("a person's language follows what they choose, until they are gone", () => {
  const people = openPeople([
    { name: "Ann", rights: limited, language: "de" },
    { name: "Bob", rights: limited },
  ]);
  assert.deepEqual([people.languageOf("ANN"), people.languageOf("bob")], ["de", undefined]);
  people.changed({ kind: "set-preferences", name: "bob", preferences: { language: "de", theme: "dark" } });
  people.changed({ kind: "set-preferences", name: "ann", preferences: { language: "en" } });
  assert.deepEqual([people.languageOf("ann"), people.languageOf("bob")], ["en", "de"]);
  people.changed({ kind: "remove-user", name: "bob" });
  assert.equal(people.languageOf("bob"), undefined);
});

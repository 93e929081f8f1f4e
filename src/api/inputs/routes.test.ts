import assert from "node:assert/strict";
import { test } from "node:test";
import { testSite } from "../test-site.test.ts";

const contact = { name: "Back door", kind: "door", board: 1, point: 1, recordChannels: [1, 2] };

test("a contact needs its name, kind, place and cameras; wiring and times follow from the kind", async (t) => {
  const site = await testSite(t);
  const key = site.key("read", "configure");
  const door = await site.send("POST", "/api/inputs", key, contact);
  assert.deepEqual(door.body, {
    ...contact,
    input: 1,
    enabled: true,
    type: "NC",
    debounceMs: 250,
    antiDitherS: 5,
    postRecordS: 30,
    maxRecordS: 600,
    outputs: [],
    notifiers: [],
    zone: "record-only",
    chime: false,
    swingerAlarms: 3,
  });
  const button = await site.send("POST", "/api/inputs", key, { ...contact, kind: "button", outputs: [{ output: 1 }] });
  assert.deepEqual([button.at("type"), button.at("debounceMs"), button.at("outputs.0.holdS")], ["NO", 50, 10]);
});

test("what an input does is changed member by member and reaches core as its linkage", async (t) => {
  const site = await testSite(t);
  const key = site.key("read", "configure");
  await site.send("POST", "/api/inputs", key, contact);
  await site.send("PATCH", "/api/inputs/1", key, { notifiers: [3], type: "NO" });
  const command = site.asked.at(-1)?.command;
  assert.ok(command?.kind === "put" && command.change.part === "input");
  assert.equal(command.change.value.type, "NO");
  assert.deepEqual(command.change.value.linkage, {
    recordChannels: [1, 2],
    postRecordS: 30,
    maxRecordS: 600,
    outputs: [],
    notifiers: [3],
  });
  for (const wrong of [{ postRecordS: 601 }, { debounceMs: -1 }, { outputs: [{ output: 1, holdS: 301 }] }]) {
    assert.equal((await site.send("PATCH", "/api/inputs/1", key, wrong)).status, 400);
  }
});

test("what makes a sensor a trouble is kept as it was set, within its ranges, and absent where it is as usual", async (t) => {
  const site = await testSite(t);
  const key = site.key("read", "configure");
  const watched = { restoreMs: 5000, chatterPerMin: 20, watchDays: 7, unseenH: 12 };
  const made = await site.send("POST", "/api/inputs", key, { ...contact, ...watched });
  assert.deepEqual(
    Object.keys(watched).map((name) => made.at(name)),
    Object.values(watched),
  );
  assert.equal((await site.send("POST", "/api/inputs", key, contact)).at("watchDays"), undefined);
  for (const wrong of [{ watchDays: 366 }, { chatterPerMin: 1.5 }, { restoreMs: -1 }, { unseenH: 721 }]) {
    assert.equal((await site.send("PATCH", "/api/inputs/1", key, wrong)).status, 400);
  }
});

test("what may be absent is taken away by null: a schedule, modes, times of its watch", async (t) => {
  const site = await testSite(t);
  const key = site.key("read", "configure");
  const given = { schedule: 2, modes: ["away"], restoreMs: 500, chatterPerMin: 9, watchDays: 3, unseenH: 5 };
  const keySwitch = { acts: "follow" };
  await site.send("POST", "/api/inputs", key, { ...contact, ...given, keySwitch });
  const nulls = Object.fromEntries([...Object.keys(given), "keySwitch"].map((name) => [name, null]));
  const changed = await site.send("PATCH", "/api/inputs/1", key, nulls);
  assert.equal(changed.status, 200);
  for (const name of Object.keys(nulls)) assert.equal(changed.at(name), undefined, name);
  const command = site.asked.at(-1)?.command;
  assert.ok(command?.kind === "put" && command.change.part === "input");
  assert.equal("schedule" in command.change.value.linkage, false);
  // what must be there is not taken away
  assert.equal((await site.send("PATCH", "/api/inputs/1", key, { name: null })).status, 400);
});

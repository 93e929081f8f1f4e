import assert from "node:assert/strict";
import { test } from "node:test";
import { instant } from "../kernel/time.ts";
import { defaultArming } from "./arming.ts";
import { severityOf, type Receipt } from "./receipt.ts";
import { memoryFrom } from "./engine.ts";
import { engineWorld, type World } from "./testdata/engine-world.ts";
import { input, linkage, site } from "./testdata/site.ts";
import type { AlarmInputSettings } from "./site-config.ts";

const [door, yard] = [1, 2];
const withinS = 20;

/** A door and people before its camera; the site is armed. */
function house(more: Partial<AlarmInputSettings> = {}, notifiers: readonly number[] = [1]): World {
  const confirm = { inputs: [yard], withinS, severity: "critical" } as const;
  const world = engineWorld(
    site({
      site: {
        ...{ name: "Test", timeZone: "Europe/Berlin" },
        arming: { ...defaultArming, modes: defaultArming.modes.map((mode) => ({ ...mode, exitS: 0, entryS: 30 })) },
      },
      inputs: [
        input(door, {
          ...{ name: "Door", type: "NO", debounceMs: 0, zone: "instant", antiDitherS: 60 },
          linkage: linkage({ confirm, notifiers, recordChannels: [1], outputs: [] }),
          ...more,
        }),
        input(yard, {
          name: "Yard",
          kind: "video-rule",
          type: "NO",
          debounceMs: 0,
          zone: "record-only",
          linkage: linkage({ recordChannels: [2] }),
        }),
      ],
    }),
  );
  for (const point of [door, yard]) world.contact(1, point, "open", "state");
  world.do({ kind: "arm", armed: true, by: "anna" });
  return world;
}

function seesSomebody(world: World, lagMs = 0): void {
  const at = instant(world.now.instant - lagMs);
  world.do({ kind: "level", board: 1, report: { point: yard, level: "closed", at, how: "change", title: "a person" } });
  world.do({ kind: "level", board: 1, report: { point: yard, level: "open", at: world.now.instant, how: "change" } });
}
const opens = (world: World) => {
  world.contact(1, door, "closed");
  world.contact(1, door, "open");
};
const doors = (world: World): readonly Receipt[] =>
  [...world.receipts.values()].filter(({ edge }) => edge.input === door && edge.kind === "raised");
const graveOf = (world: World) => doors(world).map(severityOf);
const sent = (world: World) => world.all.filter(({ kind }) => kind === "notify").length;
const rebuilt = (world: World) =>
  assert.deepEqual(
    memoryFrom(world.journal).open,
    [...world.state.book.values()].map(({ receipt }) => receipt),
  );

test("a person who is seen after the door opened makes its alarm graver, its people are told once more, and the receipt says who saw it", () => {
  const world = house();
  opens(world);
  assert.deepEqual([graveOf(world), sent(world)], [["warning"], 1]);
  world.pass(3000);
  seesSomebody(world);
  assert.deepEqual([graveOf(world), sent(world)], [["critical"], 2]);
  const { graver, judgedUntil, actions } = doors(world)[0] ?? assert.fail();
  assert.deepEqual(
    [graver?.name, graver?.afterMs, graver?.input, graver?.channels, judgedUntil],
    ["Yard: a person", 3000, yard, [2], undefined],
  );
  const [told] = actions.slice(-1);
  assert.deepEqual(
    [told?.because, told?.target],
    [
      { rule: "input:2", eventId: graver?.eventId },
      { kind: "notify", notifier: 1 },
    ],
  );
  rebuilt(world);
  world.pass(3000);
  seesSomebody(world);
  assert.equal(sent(world), 2, "once");
});

test("the seconds are those between the two edges, to the last, however late the picture's one is told", () => {
  const seenAt = (ms: number, lag = 0) => {
    const world = house();
    opens(world);
    world.pass(ms + lag);
    seesSomebody(world, lag);
    return graveOf(world)[0];
  };
  assert.deepEqual([seenAt(20_000), seenAt(20_001)], ["critical", "warning"]);
  assert.deepEqual(
    [seenAt(20_000, 9000), seenAt(20_001, 5000), seenAt(19_000, 11_500)],
    ["critical", "warning", "warning"],
  );
});

test("a receipt is not closed before it is judged, and is closed then", () => {
  const world = house({}, []);
  opens(world);
  const [hold] = [...world.state.holds.values()];
  world.do({
    ...{ kind: "hold-closed", holdId: hold?.holdId ?? "", result: "done", reason: "", gaps: [] },
  });
  assert.equal(doors(world)[0]?.closedAt, undefined);
  world.pass(30_000);
  assert.notEqual(doors(world)[0]?.closedAt, undefined);
  assert.equal(world.state.book.size, 0);
  rebuilt(world);
});

test("a severity is raised only, and one that is as grave already waits for nobody", () => {
  const confirm = { inputs: [yard], withinS, severity: "info" } as const;
  const world = house({ linkage: linkage({ confirm }) });
  opens(world);
  assert.equal(doors(world)[0]?.judgedUntil, undefined);
  seesSomebody(world);
  assert.deepEqual(graveOf(world), ["warning"]);
});

test("while disarmed nobody is called and nothing is judged; who disarms in between is who is seen then", () => {
  const world = house();
  world.do({ kind: "arm", armed: false, by: "anna" });
  opens(world);
  assert.equal(doors(world)[0]?.judgedUntil, undefined);
  world.do({ kind: "arm", armed: true, by: "anna" });
  world.pass(60_000);
  opens(world);
  world.do({ kind: "arm", armed: false, by: "anna" });
  seesSomebody(world);
  assert.deepEqual(graveOf(world), ["warning", "warning"]);
  rebuilt(world);
});

test("what acts at any hour is judged on when somebody disarms", () => {
  const world = house({ zone: "24h-silent" });
  opens(world);
  world.do({ kind: "arm", armed: false, by: "anna" });
  seesSomebody(world);
  assert.deepEqual(graveOf(world), ["critical"]);
});

test("an acknowledgement in between keeps nobody from being told that it is graver", () => {
  const world = house();
  opens(world);
  const [alarm] = [...world.state.alarms.values()];
  world.do({ kind: "acknowledge", alarmId: alarm?.alarmId ?? "", by: "anna" });
  seesSomebody(world);
  assert.deepEqual([graveOf(world), sent(world)], [["critical"], 2]);
});

test("seen while the entry delay runs: one message, and it is as grave as it is by then", () => {
  const world = house({ zone: "entry-exit" });
  opens(world);
  world.pass(5000);
  seesSomebody(world);
  assert.deepEqual([graveOf(world), sent(world)], [["critical"], 0]);
  world.pass(25_000);
  assert.equal(sent(world), 1);
  assert.deepEqual(
    world.all.flatMap((effect) => (effect.kind === "notify" ? severityOf(effect.receipt) : [])),
    ["critical"],
  );
  rebuilt(world);
});

test("an edge that joins an alarm and is graver than all before it is told, though it is a repeat; the next is not", () => {
  const world = house();
  opens(world);
  world.pass(30_000);
  seesSomebody(world);
  world.pass(1000);
  opens(world);
  assert.deepEqual([graveOf(world), sent(world), world.state.alarms.size], [["warning", "critical"], 2, 1]);
  world.pass(1000);
  opens(world);
  assert.deepEqual([doors(world).length, sent(world)], [3, 2]);
});

test("of several edges of one alarm all are graver, and its people hear of it once", () => {
  const world = house();
  opens(world);
  world.pass(1000);
  opens(world);
  world.pass(1000);
  seesSomebody(world);
  assert.deepEqual([graveOf(world), sent(world)], [["critical", "critical"], 2]);
});

test("a restart in between goes on waiting, in the same boot and in another, and never longer", () => {
  for (const reboot of [false, true]) {
    const world = house();
    opens(world);
    world.restart(4000, reboot);
    for (const point of [door, yard]) world.contact(1, point, "open", "state");
    seesSomebody(world);
    assert.deepEqual(graveOf(world), ["critical"], `reboot ${String(reboot)}`);
    rebuilt(world);
    const late = house();
    opens(late);
    late.restart(31_000, reboot);
    assert.equal(doors(late)[0]?.judgedUntil, undefined);
    assert.equal(
      [...late.state.book.values()].some(({ receipt }) => receipt.judgedUntil !== undefined),
      false,
    );
  }
});

/** The verifier's view of alarms that became graver: of the engine's own runs it has nothing to say; each lie is found. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { engineWorld } from "../src/domain/testdata/engine-world.ts";
import { input, linkage, site } from "../src/domain/testdata/site.ts";
import type { InputSetting, ReceiptAnswer } from "./verifier/evidence.ts";
import { checkGraver, type GraverFacts } from "./verifier/graver.ts";

const confirm = { inputs: [2], withinS: 20, severity: "critical" } as const;
const settings = [
  input(1, { type: "NO", debounceMs: 0, antiDitherS: 5, linkage: linkage({ confirm }) }),
  input(2, { type: "NO", debounceMs: 0, zone: "record-only", kind: "video-rule" }),
];

/** A door opens with nobody there, with somebody 3 s after, too late, and with somebody after it was disarmed. */
function run(): GraverFacts {
  const core: { lines: unknown[] } = { lines: [] };
  const world = engineWorld(site({ inputs: settings }), ({ last, now }) => {
    for (const effect of last)
      if (effect.kind === "journal") core.lines.push({ at: now.instant, record: structuredClone(effect.record) });
  });
  const opens = (point: number) => {
    world.contact(1, point, "closed");
    world.contact(1, point, "open");
  };
  for (const point of [1, 2]) world.contact(1, point, "open", "state");
  world.do({ kind: "arm", armed: true, by: "anna" });
  world.pass(120_000);
  opens(1);
  world.pass(60_000);
  for (const seenAfter of [3000, 21_000]) {
    opens(1);
    world.pass(seenAfter);
    opens(2);
    world.pass(60_000);
  }
  opens(1);
  world.pass(100);
  world.do({ kind: "arm", armed: false, by: "anna" });
  opens(2);
  world.pass(60_000);
  const inputs = settings.map(({ linkage: { confirm: by, ...rest }, ...one }) => ({
    ...{ ...rest, ...one, contact: one.point - 1 },
    ...(by?.severity === undefined ? {} : { confirm: { ...by, severity: by.severity } }),
  }));
  const receipts = [...world.receipts.values()];
  return { inputs: inputs as unknown as readonly InputSetting[], receipts, core } as unknown as GraverFacts;
}

const facts = run();
const graver = facts.receipts.filter((receipt) => receipt.graver !== undefined);
const changed = (change: (receipt: ReceiptAnswer) => ReceiptAnswer): readonly string[] =>
  checkGraver({ ...facts, receipts: facts.receipts.map((one) => (one === graver[0] ? change(one) : one)) });

function asItCame(receipt: ReceiptAnswer): ReceiptAnswer {
  const { graver: became, ...rest } = receipt;
  return became === undefined ? receipt : rest;
}

test("of what the engine itself made graver, and left as it was, there is nothing to say", () => {
  assert.equal(graver.length, 1);
  assert.deepEqual(checkGraver(facts), []);
});

test("graver by nobody, at another time, without a record, a message that nobody sent, and one that should be graver are found", () => {
  const of = (one: ReceiptAnswer) => one.graver ?? assert.fail();
  assert.match(changed((one) => ({ ...one, graver: { ...of(one), eventId: "x" } })).join(), /who saw nothing/);
  assert.match(
    changed((one) => ({ ...one, graver: { ...of(one), afterMs: 9 } })).join(),
    /by the edges it was another/,
  );
  assert.match(changed((one) => ({ ...one, graver: { ...of(one), severity: "warning" } })).join(), /no graver/);
  assert.match(changed((one) => ({ ...one, actions: one.actions.slice(0, -1) })).join(), /in other messages than/);
  assert.match(changed(asItCame).join(), /is no graver for it/);
  assert.match(checkGraver({ ...facts, core: { ...facts.core, lines: [] } }).join(), /says so 0 times/);
  const quiet = facts.receipts.map((one) => (one === graver[0] ? { ...one, actions: one.actions.slice(0, -1) } : one));
  const silent = facts.core.lines.map((line) => ({ ...line, record: { ...line.record, actions: [] } }));
  assert.match(
    checkGraver({ ...facts, receipts: quiet, core: { ...facts.core, lines: silent } }).join(),
    /nobody was told/,
  );
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { keepWithin, type BudgetedChannel } from "./memory-budget.ts";

type Care = Partial<Pick<BudgetedChannel["care"], "spare" | "history" | "endless">>;

/** Channels that lose all they hold with one drop; what happened to which, in order. */
function channels(...given: (Care & { bytes: number; held?: boolean })[]) {
  const happened: string[] = [];
  const held = given.map(({ bytes }) => bytes);
  const list = given.map((about, index): BudgetedChannel => ({
    ring: {
      get bytes() {
        return held[index] ?? 0;
      },
    },
    holds: { open: about.held === true },
    care: {
      ...{ spare: about.spare ?? 0, history: about.history ?? false, endless: about.endless ?? false },
      renew: () => void happened.push(`renew ${index + 1}`),
      dropOldest() {
        happened.push(`drop ${index + 1}`);
        held[index] = 0;
        return true;
      },
    },
  }));
  const used = () => held.reduce((sum, bytes) => sum + bytes, 0);
  return { happened, budget: { used, shedViewers: () => false, channels: () => list } };
}

test("a GOP without end goes before the pre-record of others, also when it is the smaller ring", () => {
  const { happened, budget } = channels({ bytes: 60, history: true }, { bytes: 50, spare: 40 });
  keepWithin(budget, 100);
  assert.deepEqual(happened, ["drop 2"]);
});

test("of several the one goes first that uses most beyond its pre-record", () => {
  const { happened, budget } = channels({ bytes: 60, spare: 10 }, { bytes: 50, spare: 40 }, { bytes: 50, spare: 20 });
  keepWithin(budget, 70);
  assert.deepEqual(happened, ["drop 2", "drop 3"]);
});

test("with nothing beyond it, pre-record goes before what no disk has, and an alarm's last", () => {
  const given = [{ bytes: 60, held: true, spare: 60 }, { bytes: 50 }, { bytes: 40, history: true }];
  const { happened, budget } = channels(...given);
  keepWithin(budget, 0);
  assert.deepEqual(happened, ["drop 3", "drop 2", "drop 1"]);
});

test("before the memory is used up, the longest GOP without end begins a new session, and nobody loses anything", () => {
  const given = [{ bytes: 30, spare: 10, endless: true }, { bytes: 35, spare: 30, endless: true }, { bytes: 25 }];
  const { happened, budget } = channels(...given);
  keepWithin(budget, 100);
  assert.deepEqual(happened, ["renew 2"]);
  keepWithin(budget, 110);
  assert.deepEqual(happened, ["renew 2"], "below seven eighths nothing happens");
});

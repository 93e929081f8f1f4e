import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import type { GateProof } from "../domain/detection/gate-proof.ts";
import { openProofShelf, proofFile } from "./proof-shelf.ts";

const proofOf = (sure: number): GateProof => [{ sure, needed: 8, quietMs: 90_000, openMs: 400 }];

function bench(t: TestContext) {
  const folder = join(mkdtempSync(join(tmpdir(), "reed-proof-")), "3");
  t.after(() => rmSync(join(folder, ".."), { recursive: true, force: true }));
  let now = 1_800_000_000_000;
  const failed: string[] = [];
  const open = () =>
    openProofShelf(
      folder,
      () => now,
      (reason) => void failed.push(reason),
    );
  return { folder, failed, open, pass: (ms: number) => void (now += ms) };
}

test("what is proven is there for the next process, of the same stream alone", async (t) => {
  const { folder, open, pass } = bench(t);
  const shelf = open();
  assert.equal(shelf.read("street"), undefined);
  shelf.keep({ of: "street", proof: proofOf(12), trusted: true });
  await shelf.settled();
  assert.deepEqual(readdirSync(folder), ["gate.json"], "whole, under its name");
  pass(60_000);
  assert.deepEqual(open().read("street"), proofOf(12));
  assert.equal(open().read("other parameters"), undefined);
  pass(24 * 3_600_000);
  assert.equal(open().read("street"), undefined, "too old");
});

test("it is written once a minute at most, and every ten minutes where nothing is new; what is not believed is not", async (t) => {
  const { folder, open, pass } = bench(t);
  const shelf = open();
  const text = (): string => readFileSync(proofFile(folder), "utf8");
  const keep = async (sure: number, trusted = true): Promise<string> => {
    shelf.keep({ of: "street", proof: proofOf(sure), trusted });
    await shelf.settled();
    return text();
  };
  const first = await keep(12);
  pass(59_000);
  assert.equal(await keep(15), first);
  pass(1000);
  const second = await keep(15);
  assert.notEqual(second, first);
  pass(599_000);
  assert.equal(await keep(15), second);
  pass(1000);
  const third = await keep(15);
  assert.notEqual(third, second);
  pass(3_600_000);
  assert.equal(await keep(18, false), third);
});

test("what is refuted is removed at once, also what an earlier process wrote", async (t) => {
  const { folder, open } = bench(t);
  const shelf = open();
  shelf.keep({ of: "street", proof: proofOf(12), trusted: true });
  await shelf.settled();
  const next = open();
  next.read("street");
  next.keep({ of: "street", proof: undefined, trusted: false });
  await next.settled();
  assert.deepEqual(readdirSync(folder), []);
});

test("a damaged file, or one that is far too long, is none; a disk that refuses is said once", async (t) => {
  const { folder, failed, open, pass } = bench(t);
  const shelf = open();
  shelf.keep({ of: "street", proof: proofOf(12), trusted: true });
  await shelf.settled();
  const whole = readFileSync(proofFile(folder), "utf8");
  writeFileSync(proofFile(folder), whole.slice(0, 80));
  assert.equal(open().read("street"), undefined);
  writeFileSync(proofFile(folder), whole + " ".repeat(10_000));
  assert.equal(open().read("street"), undefined);
  rmSync(folder, { recursive: true });
  writeFileSync(folder, "a file where the folder should be");
  for (const sure of [15, 18]) {
    pass(60_000);
    shelf.keep({ of: "street", proof: proofOf(sure), trusted: true });
    await shelf.settled();
  }
  assert.equal(failed.length, 1);
});

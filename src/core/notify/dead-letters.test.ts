import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { wallTime } from "../../kernel/time.ts";
import { createLog } from "../../platform/log.ts";
import { mostLetters, openDeadLetters, type KeptLetter } from "./dead-letters.ts";

const log = createLog("test", "silent");

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), "reed-letters-"));
  t.after(() => rmSync(path, { recursive: true }));
  return path;
}

const letter = (nth: number): KeptLetter => ({
  letter: {
    id: `l${String(nth).padStart(4, "0")}`,
    at: wallTime(nth),
    ...{ notifier: 1, name: "Phone", title: `Door ${nth}`, text: "raised", pictures: 1, reason: "403" },
    triedAt: wallTime(nth),
  },
  message: {
    ...{ title: `Door ${nth}`, text: "raised", urgency: "high", receipt: undefined },
    pictures: [{ name: "door-1.jpg", jpeg: new Uint8Array([1, 2, 3]) }],
  },
});

test("a message that did not arrive outlives a restart, with its picture", async (t) => {
  const path = folder(t);
  await openDeadLetters(path, log).put(letter(1));
  const later = openDeadLetters(path, log);
  assert.deepEqual(later.list(), [letter(1).letter]);
  assert.deepEqual([...(later.get("l0001")?.message.pictures[0]?.jpeg ?? [])], [1, 2, 3]);
  await later.remove("l0001");
  assert.deepEqual(openDeadLetters(path, log).list(), []);
});

test("they are listed the newest first, the oldest go when there are too many, and the count is told", async (t) => {
  const path = folder(t);
  const letters = openDeadLetters(path, log);
  const counts: number[] = [];
  letters.onChange((count) => counts.push(count));
  for (let nth = 1; nth <= mostLetters + 2; nth++) void letters.put(letter(nth));
  await letters.put(letter(mostLetters + 2));
  assert.equal(letters.list().length, mostLetters);
  assert.equal(letters.list()[0]?.title, `Door ${mostLetters + 2}`);
  assert.equal(letters.get("l0002"), undefined);
  assert.deepEqual([counts[0], counts.at(-1)], [0, mostLetters]);
  assert.equal(readdirSync(path).length, mostLetters);
});

test("a file that can't be read costs no other one", async (t) => {
  const path = folder(t);
  await openDeadLetters(path, log).put(letter(1));
  writeFileSync(join(path, "l0000.json"), "{ torn");
  assert.equal(openDeadLetters(path, log).list().length, 1);
});

test("a disk that refuses to remove the oldest costs nothing but that", async (t) => {
  const path = folder(t);
  const letters = openDeadLetters(path, log);
  // a folder is not removed as a file is: `rm` refuses
  mkdirSync(join(path, "l0001.json"));
  for (let nth = 1; nth <= mostLetters; nth++) void letters.put(letter(nth));
  await letters.put(letter(mostLetters + 1));
  assert.equal(letters.list().length, mostLetters);
  assert.equal(letters.get("l0001"), undefined);
  assert.ok(readdirSync(path).includes(`${letter(mostLetters + 1).letter.id}.json`), "the newest is kept all the same");
  await letters.remove("l0001");
});

test("a letter that is removed while it is written is gone", async (t) => {
  const path = folder(t);
  const letters = openDeadLetters(path, log);
  void letters.put(letter(1));
  await letters.remove("l0001");
  assert.deepEqual(readdirSync(path), []);
});

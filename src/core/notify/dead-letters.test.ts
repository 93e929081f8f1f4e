import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
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

test("a message that did not arrive outlives a restart, with its picture", (t) => {
  const path = folder(t);
  openDeadLetters(path, log).put(letter(1));
  const later = openDeadLetters(path, log);
  assert.deepEqual(later.list(), [letter(1).letter]);
  assert.deepEqual([...(later.get("l0001")?.message.pictures[0]?.jpeg ?? [])], [1, 2, 3]);
  later.remove("l0001");
  assert.deepEqual(openDeadLetters(path, log).list(), []);
});

test("they are listed the newest first, the oldest go when there are too many, and the count is told", (t) => {
  const letters = openDeadLetters(folder(t), log);
  const counts: number[] = [];
  letters.onChange((count) => counts.push(count));
  for (let nth = 1; nth <= mostLetters + 2; nth++) letters.put(letter(nth));
  assert.equal(letters.list().length, mostLetters);
  assert.equal(letters.list()[0]?.title, `Door ${mostLetters + 2}`);
  assert.equal(letters.get("l0002"), undefined);
  assert.deepEqual([counts[0], counts.at(-1)], [0, mostLetters]);
});

test("a file that can't be read costs no other one", (t) => {
  const path = folder(t);
  openDeadLetters(path, log).put(letter(1));
  writeFileSync(join(path, "l0000.json"), "{ torn");
  assert.equal(openDeadLetters(path, log).list().length, 1);
});

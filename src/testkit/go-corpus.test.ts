import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { goCorpus, readGoCorpus } from "./go-corpus.ts";
import { vectorPath, vectorTest } from "./vectors.ts";

test("a Go literal gives the bytes that Go would hand to the fuzz target", () => {
  const read = readGoCorpus(
    'go test fuzz v1\n[]byte("\\x00\\xffA\\a\\b\\f\\n\\r\\t\\v\\\\\\"\\101\\u00e9é)")\nstring("")\nint(-1)\n',
  );
  assert.ok(read.ok);
  const [bytes, empty, number] = read.value;
  assert.deepEqual(
    [...(bytes?.bytes ?? [])],
    [0, 255, 65, 7, 8, 12, 10, 13, 9, 11, 92, 34, 65, 195, 169, 195, 169, 41],
  );
  assert.equal(empty?.bytes.length, 0);
  assert.deepEqual([number?.type, new TextDecoder().decode(number?.bytes)], ["int", "-1"]);
});

test("a file that is no corpus is an error, not a throw", () => {
  assert.ok(!readGoCorpus("v=0").ok);
  assert.ok(!readGoCorpus('go test fuzz v1\nstring("\\q")').ok);
  assert.ok(!readGoCorpus("go test fuzz v1\nnonsense").ok);
});

vectorTest("every corpus file of the vectors can be read", () => {
  const folders = readdirSync(vectorPath("gortsplib-fuzz"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.parentPath.includes("/fuzz/"))
    .map((entry) => entry.parentPath);
  const inputs = [...new Set(folders)].flatMap((folder) => goCorpus(folder));
  assert.ok(inputs.length > 300);
  assert.ok(inputs.every((input) => input.values.length > 0));
});

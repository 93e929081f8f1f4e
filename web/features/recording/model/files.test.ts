import assert from "node:assert/strict";
import { test } from "node:test";
import { filesProblem } from "./files.ts";

test("a file has minutes and may have a size, each within what a file can be", () => {
  const problem = (minutes: number | undefined, megabytes?: number) => filesProblem({ minutes, megabytes });
  assert.deepEqual(
    [problem(5), problem(60, 1024), problem(undefined), problem(0), problem(61), problem(5, 100), problem(5, 2048)],
    [undefined, undefined, "minutes", "minutes", "minutes", "megabytes", undefined],
  );
});

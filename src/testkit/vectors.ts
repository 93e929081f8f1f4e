import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

/** Captured messages and crash inputs of other projects; they lie beside the repository, not in it. */
export const vectorsFolder = join(import.meta.dirname, "../../../shared/vectors");

export const vectorPath = (...parts: readonly string[]): string => join(vectorsFolder, ...parts);
export const vector = (...parts: readonly string[]): Uint8Array => new Uint8Array(readFileSync(vectorPath(...parts)));

/** A test that reads the vectors: skipped with a reason where the folder is missing, except in CI, where it fails. */
export function vectorTest(name: string, check: () => void | Promise<void>): void {
  const present = existsSync(vectorsFolder);
  const skip =
    !present && process.env["CI"] !== "true" ? "the folder of test vectors (shared/vectors) is missing" : false;
  test(name, { skip }, check);
}

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { StoreIntent } from "../messages/store.ts";
import { applyIntent } from "./apply.ts";
import { directOver, openForWriting } from "./database.ts";
import { migrate } from "./migrations.ts";
import { openStoreReads } from "./read.ts";
import { openStoreForStart } from "./start.ts";

let empty: Buffer | undefined;

/** Writes an empty database of today's schema. Every test that wants one would go through all migrations else. */
export function writeEmptyDatabase(path: string): void {
  empty ??= migrated();
  writeFileSync(path, empty);
}

function migrated(): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "reed-empty-"));
  try {
    const database = openForWriting(join(folder, "reed.db"));
    migrate(database);
    const bytes = database.serialize();
    database.close();
    return bytes;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A database in a folder of its own, gone with the test: what is put is there at once. */
export function testDatabase(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), "reed-store-"));
  const path = join(folder, "reed.db");
  writeEmptyDatabase(path);
  openStoreForStart(path).close();
  const writing = openForWriting(path);
  const db = directOver(writing);
  const reads = openStoreReads(path);
  t.after(async () => {
    await reads[Symbol.asyncDispose]();
    writing.close();
    rmSync(folder, { recursive: true });
  });
  return {
    folder,
    path,
    reads,
    put: (...intents: StoreIntent[]) => intents.forEach((intent) => applyIntent(db, intent)),
  };
}

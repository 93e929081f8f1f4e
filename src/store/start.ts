import { chmodSync } from "node:fs";
import { wallTime, type WallTime } from "../kernel/time.ts";
import type { AccountOp } from "../messages/api.ts";
import type { StoreStart } from "../messages/store.ts";
import { applyAccount } from "./apply.ts";
import { configOf } from "./config-rows.ts";
import { directOver, openForWriting } from "./database.ts";
import { migrate } from "./migrations.ts";

/**
 * Brings the database up to date (making it when it is missing) and reads what core needs at its start. Secrets of the
 * configuration are still sealed: `unsealSite`. Close it before the writer thread takes over.
 */
export function openStoreForStart(path: string): StoreStart & { close(): void } {
  const database = openForWriting(path);
  chmodSync(path, 0o600);
  migrate(database);
  const db = directOver(database);
  const rebuilt = db.all(db.build.selectFrom("meta").select("value").where("key", "=", "rebuilt_at"))[0];
  return {
    config: configOf(db.all(db.build.selectFrom("config").selectAll())),
    hasUsers: db.all(db.build.selectFrom("user").select("name").limit(1)).length > 0,
    ...(rebuilt === undefined ? {} : { rebuiltAt: wallTime(Number(rebuilt.value)) }),
    close: () => database.close(),
  };
}

/** For commands on the machine while Reed does not run (`reed admin reset`): one change of the accounts, at once. */
export function changeAccounts(path: string, op: AccountOp, at: WallTime): void {
  const database = openForWriting(path);
  try {
    migrate(database);
    database.transaction(() => applyAccount(directOver(database), op, at))();
  } finally {
    database.close();
  }
}

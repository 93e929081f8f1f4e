import { existsSync } from "node:fs";
import { dataPaths } from "../platform/paths.ts";
import { systemClock } from "../platform/clock.ts";
import { changeAccounts } from "../store/start.ts";
import { userNames } from "../store/accounts.ts";
import { requireFolder, requireStopped } from "./data-folder.ts";

/**
 * Removes every user and session, so that the next start prints a new first-start address. API keys, configuration and
 * footage stay. Whoever may run this on the machine may read the data folder anyway.
 */
export function resetAdministrator(data: string, port: number): number {
  requireFolder(data);
  requireStopped(data);
  const { database } = dataPaths(data);
  if (!existsSync(database)) throw new Error(`There is no database in ${data}; the first start makes one.`);
  const now = systemClock().wall();
  const users = userNames(database);
  for (const name of users) changeAccounts(database, { kind: "remove-user", name }, now);
  console.log(
    users.length === 0
      ? "There was no user."
      : `Removed ${users.length} user(s): ${users.join(", ")}. Their sessions are ended.`,
  );
  console.log(
    `Start Reed again; it prints an address on port ${port} with a token, good once, to create the administrator.`,
  );
  return 0;
}

import * as contract from "../../contract/backup.ts";
import { unsealSite } from "../../store/secrets.ts";
import type { App } from "../app-types.ts";
import { askCore, fail } from "../failure.ts";
import type { ApiDeps } from "../ports.ts";
import { makeBackup, openBackup } from "./backup-file.ts";

const administrator = { needs: "administrator" } as const;

/** All settings as one file, and back again. */
export function backupRoutes(app: App, deps: ApiDeps): void {
  const tags = ["system"];
  const inTurn = oneAtATime();

  app.post(
    "/backup",
    {
      config: administrator,
      schema: {
        tags,
        summary: "Make a backup of all settings, users and keys",
        description: "Secrets, password hashes and key hashes are sealed with the passphrase (scrypt, AES-256-GCM).",
        body: contract.backupBody,
        response: { 200: contract.backupFile },
      },
    },
    (request) =>
      inTurn(async () => {
        const config = unsealSite(deps.sealer, await deps.reads.config());
        const accounts = await deps.reads.accountsWithHashes();
        const { passphrase } = request.body;
        const { version: reed, random } = deps;
        const file = await makeBackup({ config, accounts, reed, madeAt: deps.clock.wall(), passphrase, random });
        await askCore(deps, request.login, { kind: "audit", what: "backup", details: { rows: file.rows.length } });
        return file;
      }),
  );

  app.post(
    "/restore",
    {
      bodyLimit: contract.backupLimit,
      config: administrator,
      schema: {
        tags,
        summary: "Restore all settings, users and keys from a backup",
        description:
          "Replaces the configuration as a whole, or changes nothing. Users and keys of the backup are added or get " +
          "its password and role; others stay.",
        body: contract.restoreBody,
        response: { 200: contract.restoreAnswer },
      },
    },
    (request) =>
      inTurn(async () => {
        const { backup, passphrase, volumes } = request.body;
        const opened = await openBackup(backup, passphrase);
        if (!opened.ok) return fail("invalid", opened.error);
        const parts = contract.backupParts.filter((part) => part !== "volume" || volumes);
        const rows = opened.value.rows.filter((row) => parts.includes(row.part));
        const { accounts, users, keys } = opened.value;
        await askCore(deps, request.login, { kind: "restore", parts, rows, accounts });
        return { rows: rows.length, users, keys };
      }),
  );
}

/** A key takes 128 MiB to make, so one is made after the other. */
function oneAtATime() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
}

/** A backup as a file: made of configuration and accounts, opened again to rows and account operations. */
import { ZodError } from "zod";
import { err, ok, type Result } from "../../kernel/result.ts";
import * as contract from "../../contract/backup.ts";
import { hidden } from "../../contract/common.ts";
import type { SiteConfig } from "../../domain/site-config.ts";
import type { AccountOp, ConfigChange } from "../../messages/api.ts";
import { configRows } from "../../messages/config-rows.ts";
import type { AccountsWithHashes } from "../../store/read-accounts.ts";
import { mapSecrets } from "../../store/secrets.ts";
import { backupCost, seal, unseal, type SealRequest } from "./seal.ts";

export interface BackupRequest {
  /** Secrets in plain. */
  readonly config: SiteConfig;
  readonly accounts: AccountsWithHashes;
  readonly reed: string;
  readonly madeAt: number;
  readonly passphrase: string;
  readonly random: SealRequest["random"];
  readonly cost?: SealRequest["cost"];
}

export interface OpenedBackup {
  readonly rows: readonly ConfigChange[];
  readonly users: number;
  readonly keys: number;
  readonly accounts: readonly AccountOp[];
}

export async function makeBackup(request: BackupRequest): Promise<contract.BackupFile> {
  const { config, accounts, reed, madeAt, passphrase, random } = request;
  const rows = configRows(config);
  const head = {
    format: "reed-backup" as const,
    version: contract.backupVersion,
    reed,
    madeAt,
    site: config.site.name,
    rows: rows.map(readable),
    users: accounts.users.map(({ name, role }) => ({ name, role })),
    keys: accounts.keys.map(({ name, scopes }) => ({ name, scopes })),
  };
  const text = JSON.stringify({ rows, ...accounts } satisfies contract.BackupContents);
  const cost = request.cost ?? backupCost;
  return { ...head, sealed: await seal({ text, passphrase, readable: JSON.stringify(head), cost, random }) };
}

/** Without its secrets. The address of a web hook and the topic of ntfy are as good as passwords, so is a query. */
function readable(row: ConfigChange): contract.BackupFile["rows"][number] {
  const { part, value } = mapSecrets(row, () => hidden);
  const more = part === "notifier" ? { url: hidden, ...("topic" in value ? { topic: hidden } : {}) } : {};
  const text = (_: string, member: unknown) =>
    typeof member === "string" ? member.replace(/^([a-z]+:\/\/[^?#]*)\?.*/i, `$1?${hidden}`) : member;
  return { part, value: JSON.parse(JSON.stringify({ ...value, ...more }, text)) as Record<string, unknown> };
}

/** What a file would restore; or why it can't be, as a sentence. */
export async function openBackup(given: unknown, passphrase: string): Promise<Result<OpenedBackup>> {
  const head = contract.backupHead.safeParse(given);
  if (!head.success) return err("This is not a backup of Reed. Choose the file that was downloaded from this page.");
  const { version } = head.data;
  if (version > contract.backupVersion) {
    return err(
      `This backup was made by a newer Reed (format ${version}, this one reads up to ${contract.backupVersion}). ` +
        "Update this Reed first, then restore. Nothing was restored.",
    );
  }
  const file = contract.backupFile.safeParse(given);
  if (!file.success) return err("The backup is not whole. Take another copy of the file. Nothing was restored.");
  const { sealed, ...rest } = file.data;
  const text = await unseal(sealed, passphrase, JSON.stringify(rest));
  return text.ok ? contentsOf(text.value) : text;
}

function contentsOf(text: string): Result<OpenedBackup> {
  try {
    const { rows, users, keys } = contract.backupContents.parse(JSON.parse(text));
    const accounts: AccountOp[] = [
      ...users.map((user) => ({ kind: "restore-user", ...user }) as const),
      ...keys.map(({ id, name, scopes, keyHash }) => ({ kind: "create-key", id, name, scopes, keyHash }) as const),
    ];
    return ok({ rows: rows.map(contract.backupRow), users: users.length, keys: keys.length, accounts });
  } catch (error) {
    if (error instanceof ZodError) {
      const issue = error.issues[0];
      const where = issue === undefined ? "" : `${issue.path.map(String).join(".")} ${issue.message}`;
      return err(`The backup has a setting that this Reed does not take (${where}). Nothing was restored.`);
    }
    return err(`${error instanceof Error ? error.message : String(error)}. Nothing was restored.`);
  }
}

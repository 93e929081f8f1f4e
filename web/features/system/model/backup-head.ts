/** What can be read of a backup without its passphrase, before it is sent anywhere. */
export interface BackupHead {
  readonly site: string;
  readonly madeAt: number;
  readonly reed: string;
  /** Rows by part, e.g. `channel` → 4. */
  readonly counts: ReadonlyMap<string, number>;
  readonly users: number;
  readonly keys: number;
  /** The file as it is sent back. */
  readonly file: unknown;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Undefined for a file that is no backup at all; whether it can be restored says the server. */
export function backupHead(text: string): BackupHead | undefined {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(file) || file["format"] !== "reed-backup") return undefined;
  const rows = Array.isArray(file["rows"]) ? file["rows"].filter(isRecord) : [];
  const counts = new Map<string, number>();
  for (const { part } of rows) if (typeof part === "string") counts.set(part, (counts.get(part) ?? 0) + 1);
  const lengthOf = (value: unknown) => (Array.isArray(value) ? value.length : 0);
  return {
    site: typeof file["site"] === "string" ? file["site"] : "",
    madeAt: typeof file["madeAt"] === "number" ? file["madeAt"] : 0,
    reed: typeof file["reed"] === "string" ? file["reed"] : "",
    counts,
    users: lengthOf(file["users"]),
    keys: lengthOf(file["keys"]),
    file,
  };
}

/** `reed-farm-shop-2026-11-22.json` */
export function backupName(site: string, madeAt: number): string {
  const plain = site
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return `reed-${plain === "" ? "site" : plain}-${new Date(madeAt).toISOString().slice(0, 10)}.json`;
}

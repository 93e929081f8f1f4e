import type { StoreIntent } from "../messages/store.ts";
import { applyIntent } from "./apply.ts";
import type { Direct } from "./database.ts";
import { settleStored } from "./stored-hours.ts";

export type BatchResult =
  /** `refused`: intents that can never be written (a value that the schema does not take), left out and reported. */
  | { readonly kind: "committed"; readonly refused: readonly string[] }
  /** The medium or a lock is in the way; nothing of the batch was written, try again. */
  | { readonly kind: "failed"; readonly error: string };

const passing = /^SQLITE_(BUSY|LOCKED|IOERR|FULL|READONLY|CANTOPEN|PROTOCOL|NOMEM|CORRUPT|NOTADB)/;

const isPassing = (error: unknown): boolean =>
  error instanceof Error && "code" in error && typeof error.code === "string" && passing.test(error.code);

const text = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Configuration and accounts: only the database knows them when Reed starts. */
const isPrecious = ({ kind }: StoreIntent): boolean =>
  kind === "together" || kind === "config" || kind === "config-removed" || kind === "account";

/** Writes a batch in one transaction. One intent that can't be written does not keep the others out. */
export function writeBatch(db: Direct, intents: readonly StoreIntent[]): BatchResult {
  const refused: string[] = [];
  // what no journal could bring back is on the medium before anybody is told
  db.database.pragma(`synchronous = ${intents.some(isPrecious) ? "FULL" : "NORMAL"}`);
  const one = db.database.transaction((intent: StoreIntent) => applyIntent(db, intent));
  try {
    db.database.transaction(() => {
      for (const intent of intents) {
        try {
          one(intent);
        } catch (error) {
          if (isPassing(error)) throw error;
          refused.push(`${intent.kind}: ${text(error)}`);
        }
      }
      settleStored(db);
    })();
    return { kind: "committed", refused };
  } catch (error) {
    return { kind: "failed", error: text(error) };
  }
}

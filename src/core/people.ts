/** What each person may see, for messages that are for one person. The database has the accounts; this follows them. */
import { allChannels, rightsOfRole, type ChannelRights } from "../domain/rights.ts";
import type { Language } from "../domain/site-config.ts";
import type { AccountOp } from "../messages/api.ts";
import type { KnownPerson } from "../messages/store.ts";

export interface People {
  /** Undefined: there is nobody of this name (any more). Names are compared without regard to case. */
  rightsOf(name: string): ChannelRights | undefined;
  /** That the person chose for their pages; undefined: none. */
  languageOf(name: string): Language | undefined;
  /** The operation is in the database, or on its way there. */
  changed(op: AccountOp): void;
}

export function openPeople(known: readonly KnownPerson[]): People {
  const rights = new Map(known.map((one) => [one.name.toLowerCase(), one.rights]));
  const languages = new Map(known.map((one) => [one.name.toLowerCase(), one.language]));
  return {
    rightsOf: (name) => rights.get(name.toLowerCase()),
    languageOf: (name) => languages.get(name.toLowerCase()),
    changed(op) {
      if (op.kind === "set-preferences" || op.kind === "restore-user")
        languages.set(op.name.toLowerCase(), op.preferences?.language);
      if (op.kind === "remove-user") {
        rights.delete(op.name.toLowerCase());
        languages.delete(op.name.toLowerCase());
      }
      if (op.kind === "create-user" || op.kind === "change-user" || op.kind === "restore-user")
        rights.set(op.name.toLowerCase(), rightsOfRole(op.role, op.rights ?? allChannels));
    },
  };
}

/** What each person may see, for messages that are for one person. The database has the accounts; this follows them. */
import { allChannels, rightsOfRole, type ChannelRights } from "../domain/rights.ts";
import type { AccountOp } from "../messages/api.ts";

export interface People {
  /** Undefined: there is nobody of this name (any more). Names are compared without regard to case. */
  rightsOf(name: string): ChannelRights | undefined;
  /** The operation is in the database, or on its way there. */
  changed(op: AccountOp): void;
}

export function openPeople(known: readonly { readonly name: string; readonly rights: ChannelRights }[]): People {
  const rights = new Map(known.map((one) => [one.name.toLowerCase(), one.rights]));
  return {
    rightsOf: (name) => rights.get(name.toLowerCase()),
    changed(op) {
      if (op.kind === "remove-user") rights.delete(op.name.toLowerCase());
      if (op.kind === "create-user" || op.kind === "change-user" || op.kind === "restore-user")
        rights.set(op.name.toLowerCase(), rightsOfRole(op.role, op.rights ?? allChannels));
    },
  };
}

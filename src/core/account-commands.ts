import { err, ok, type Result } from "../kernel/result.ts";
import type { Clock } from "../kernel/time.ts";
import type { AccountOp, Actor, CommandError } from "../messages/api.ts";
import type { StoreWriter } from "../messages/store.ts";
import type { FirstStart } from "./first-start.ts";
import type { People } from "./people.ts";
import type { Site } from "./site.ts";

export interface AccountDeps {
  readonly clock: Clock;
  readonly store: Pick<StoreWriter, "put">;
  readonly firstStart: FirstStart;
  readonly site: Pick<Site, "config" | "remove">;
  readonly people: Pick<People, "changed">;
  /** True once everything put before is committed; false when that takes too long. */
  databaseCaughtUp(): Promise<boolean>;
}

/**
 * Accounts are only in the database, so the answer waits until they are there. What follows from one holds at once: what
 * was put is written sooner or later, and who lost a right must not keep it because the disk is slow.
 */
export async function account(deps: AccountDeps, actor: Actor, op: AccountOp): Promise<Result<unknown, CommandError>> {
  const isUser = op.kind === "create-user";
  if (isUser && !deps.firstStart.take() && op.firstStart)
    return err({ code: "conflict", message: "somebody was first: an administrator exists" });
  const at = deps.clock.wall();
  deps.store.put({ kind: "account", op, at });
  const line = auditLine(op);
  if (line !== undefined) deps.store.put({ kind: "audit", at, actor, ...line });
  deps.people.changed(op);
  if (isUser) deps.firstStart.created(op.name);
  if (op.kind === "remove-user") {
    deps.firstStart.removed(op.name);
    removeOwn(deps.site, op.name);
  }
  if (!(await deps.databaseCaughtUp()))
    return err({ code: "unavailable", message: "the database can't be written just now; try again" });
  return ok({});
}

/** What belonged to a user alone goes with them. */
function removeOwn(site: AccountDeps["site"], name: string): void {
  const { views, subscriptions } = site.config();
  for (const { view, owner } of views) if (owner === name) site.remove("view", view);
  for (const { subscription, owner } of subscriptions) if (owner === name) site.remove("subscription", subscription);
}

/** Logins and logouts are what people look for, so they have words of their own; that a session is used has none. */
function auditLine(op: AccountOp): { readonly what: string; readonly details: unknown } | undefined {
  switch (op.kind) {
    case "touch-session":
      return undefined;
    case "create-session":
      return {
        what: "login",
        details: {
          name: op.user,
          ...(op.from === undefined ? {} : { address: op.from.address }),
          ...(op.linkHash === undefined ? {} : { by: "one-time link" }),
        },
      };
    case "end-session":
      return { what: "logout", details: op.user === undefined ? {} : { name: op.user } };
    default:
      return { what: "account", details: { op: op.kind, ...nameOf(op), ...rightsOf(op) } };
  }
}

const nameOf = (op: AccountOp): { readonly name?: string; readonly id?: string } => ({
  ...("user" in op ? { name: op.user } : {}),
  ...("name" in op ? { name: op.name } : {}),
  ...("id" in op ? { id: op.id } : {}),
});

const rightsOf = (op: AccountOp) => ({
  ...("role" in op ? { role: op.role } : {}),
  ...("rights" in op ? { rights: op.rights } : {}),
  ...("scopes" in op ? { scopes: op.scopes } : {}),
});

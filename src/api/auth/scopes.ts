import type { Role, Scope } from "../../messages/api.ts";
import type { Login, Needs } from "../app-types.ts";

const everything: readonly Scope[] = ["read", "live", "footage", "arm", "control", "configure", "metrics"];

/** What a user of a role may do. A viewer looks; a display in the hall shows what is live and no more. */
export const scopesOf: Record<Role, readonly Scope[]> = {
  administrator: everything,
  operator: ["read", "live", "footage", "arm", "control", "metrics"],
  viewer: ["read", "live", "footage"],
  display: ["live"],
};

/** May this login use a route? A route that does not say what it needs is closed to all. */
export function mayUse(login: Pick<Login, "kind" | "role" | "scopes">, needs: Needs | undefined): boolean {
  if (needs === undefined) return false;
  if (needs === "any") return true;
  if (needs === "administrator") return login.kind === "user" && login.role === "administrator";
  const wanted = typeof needs === "string" ? [needs] : needs;
  return wanted.some((scope) => login.scopes.includes(scope));
}

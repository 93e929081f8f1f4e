import type { AccountOp } from "../../messages/api.ts";
import type { Login } from "../app-types.ts";
import { askCore } from "../failure.ts";
import type { RouteDeps } from "../ports.ts";

/** Changes accounts; streams that were opened by a login that is no more, or may see less now, end with it. */
export async function changeAccounts(deps: RouteDeps, login: Login | undefined, op: AccountOp): Promise<void> {
  await askCore(deps, login, { kind: "account", op });
  await deps.sockets.recheck();
}

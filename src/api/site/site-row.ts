import type { SiteSettings } from "../../domain/site-config.ts";
import { unsealSite } from "../../store/secrets.ts";
import type { Login } from "../app-types.ts";
import { askCore } from "../failure.ts";
import { createTurns, type InTurn } from "../in-turn.ts";
import type { ApiDeps } from "../ports.ts";

/** The site's own row with its secrets in plain, as it has to be put again. */
export const readSite = async (deps: Pick<ApiDeps, "reads" | "sealer">): Promise<SiteSettings> =>
  unsealSite(deps.sealer, await deps.reads.config()).site;

const turns = new WeakMap<ApiDeps["core"], InTurn>();

/**
 * Puts the site's row with a change to it. Changes go one after the other: each reads what the one before has written, so
 * that none takes another's back. Answers with the row that was put.
 */
export async function changeSite(
  deps: Pick<ApiDeps, "core" | "reads" | "sealer">,
  login: Login | undefined,
  change: (site: SiteSettings) => SiteSettings | Promise<SiteSettings>,
): Promise<SiteSettings> {
  const inTurn = turns.get(deps.core) ?? createTurns();
  turns.set(deps.core, inTurn);
  return inTurn(async () => {
    const value = await change(await readSite(deps));
    await askCore(deps, login, { kind: "put", change: { part: "site", value } });
    return value;
  });
}

import type { SiteSettings } from "../../domain/site-config.ts";
import { unsealSite } from "../../store/secrets.ts";
import type { Login } from "../app-types.ts";
import { askCore } from "../failure.ts";
import type { ApiDeps } from "../ports.ts";

/** The site's own row with its secrets in plain, as it has to be put again. */
export const readSite = async (deps: Pick<ApiDeps, "reads" | "sealer">): Promise<SiteSettings> =>
  unsealSite(deps.sealer, await deps.reads.config()).site;

/** Puts the site's row with a change to it. */
export async function changeSite(
  deps: ApiDeps,
  login: Login | undefined,
  change: (site: SiteSettings) => SiteSettings,
): Promise<void> {
  const site = await readSite(deps);
  await askCore(deps, login, { kind: "put", change: { part: "site", value: change(site) } });
}

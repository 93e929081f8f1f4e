import type { SiteSettings } from "../../domain/site-config.ts";
import { unsealSite } from "../../store/secrets.ts";
import type { ApiDeps } from "../ports.ts";

/** The site's own row with its secrets in plain, as it has to be put again. */
export const readSite = async (deps: Pick<ApiDeps, "reads" | "sealer">): Promise<SiteSettings> =>
  unsealSite(deps.sealer, await deps.reads.config()).site;

import { existsSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "../platform/clock.ts";
import { dataPaths } from "../platform/paths.ts";
import { rebuildDatabase } from "../store/rebuild.ts";
import { requireFolder, requireStopped } from "./data-folder.ts";
import { volumeFolders } from "./volumes.ts";

/** `reed rebuild`: the database anew from the journals; the old one is kept beside it. */
export function rebuild(data: string): number {
  requireFolder(data);
  requireStopped(data);
  const paths = dataPaths(data);
  const volumes = volumeFolders(data);
  for (const volume of volumes.filter((folder) => !existsSync(join(folder, "journal")))) {
    console.log(`No journal in ${volume}: its footage is left out. Is it mounted?`);
  }
  const report = rebuildDatabase({
    database: paths.database,
    coreJournal: paths.journal,
    volumes,
    now: systemClock().wall(),
  });
  console.log(
    `Rebuilt ${paths.database}: ${report.receipts} receipts, ${report.segments} segments, ${report.configRows} settings.`,
  );
  if (report.damagedLines > 0) console.log(`${report.damagedLines} damaged journal lines were left out.`);
  console.log(
    "Users and API keys are not in the journals: the next start prints an address to create the administrator.",
  );
  return 0;
}

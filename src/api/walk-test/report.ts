/** What a walk test has shown, for the page and for the record. */
import type { WalkReport, WalkSummary } from "../../contract/walk-test.ts";
import type { WalkRecord } from "../../domain/walk-test.ts";
import { walkRows, type WalkRow } from "../../domain/walk-ticks.ts";
import { isLimited, mayKnow, type ChannelRights, viewOf } from "../../domain/rights.ts";
import type { ApiDeps } from "../ports.ts";

export const provedOf = (rows: readonly Pick<WalkRow, "verdict">[]): number =>
  rows.filter(({ verdict }) => verdict === "proved").length;

/** Its rows as they are now, as far as a login may see them. */
export async function walkReport(
  deps: Pick<ApiDeps, "reads">,
  walk: WalkRecord,
  rights?: ChannelRights,
): Promise<Omit<WalkReport, "file">> {
  const [config, receipts] = await Promise.all([deps.reads.config(), deps.reads.receiptsOfWalk(walk)]);
  const all = walkRows(config, walk.inputs, receipts);
  const view = rights === undefined || !isLimited(rights) ? undefined : viewOf(rights, config);
  const rows =
    view === undefined
      ? all
      : all
          .filter(({ input }) => view.inputs.has(input))
          .map((row) => ({ ...row, cameras: row.cameras.filter(({ id }) => mayKnow(view.rights, id)) }));
  const inputs = rows.map(({ input }) => input);
  return { walk: view === undefined ? walk : { ...walk, inputs }, rows, proved: provedOf(rows) };
}

export type RecordFile = WalkSummary["file"];

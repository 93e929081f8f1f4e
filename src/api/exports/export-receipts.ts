/** The receipts that a span of footage brings along. */
import type { Receipt } from "../../domain/receipt.ts";
import type { ChannelRights } from "../../domain/rights.ts";
import type { StoreReads } from "../../store/read.ts";
import { seenReceipts } from "../alarms/alarm-lines.ts";

interface Span {
  readonly channels: readonly number[];
  /** Wall time, ms. */
  readonly from: number;
  readonly to: number;
}

/** How many an export holds, and how many are looked at for them: an input of other channels may fire all day. */
export interface Bounds {
  readonly most: number;
  readonly pageSize: number;
  readonly mostPages: number;
}

const usualBounds: Bounds = { most: 5000, pageSize: 500, mostPages: 200 };

/** In order of time. `cutAt`: a bound was reached, and those from before this wall time are left out. */
export async function receiptsOfSpan(
  reads: Pick<StoreReads, "receipts">,
  { channels, from, to }: Span,
  rights: ChannelRights,
  { most, pageSize, mostPages } = usualBounds,
): Promise<{ readonly receipts: readonly Receipt[]; readonly cutAt?: number }> {
  const newestFirst: Receipt[] = [];
  let before: string | undefined;
  for (let page = 1; ; page++) {
    const found = await reads.receipts({ since: from, until: to, before, limit: pageSize });
    newestFirst.push(...found.filter((receipt) => concerns(receipt, channels)));
    const receipts = seenReceipts(rights, newestFirst.slice(0, most).reverse());
    const last = found.at(-1);
    const cutAt = newestFirst.length > most ? newestFirst[most - 1] : page === mostPages ? last : undefined;
    if (newestFirst.length <= most && (found.length < pageSize || last === undefined)) return { receipts };
    if (cutAt !== undefined) return { receipts, cutAt: cutAt.edge.at.wall };
    before = last?.edge.eventId;
  }
}

const concerns = ({ actions }: Receipt, channels: readonly number[]): boolean =>
  actions.some(({ target }) => target.kind === "record" && channels.includes(target.channel));

import { eventParams, receipt as receiptAnswer, receiptsPage, receiptsQuery } from "../../contract/receipt.ts";
import type { Receipt } from "../../domain/receipt.ts";
import { sentence } from "../../domain/receipt-sentence.ts";
import { isLimited, type ChannelRights, seenReceipt } from "../../domain/rights.ts";
import type { ReceiptFilter } from "../../store/read.ts";
import type { App } from "../app-types.ts";
import { limitedSentence } from "../auth/channel-rights.ts";
import { fail } from "../failure.ts";
import type { ApiDeps } from "../ports.ts";
import { askedSources } from "./asked-sources.ts";

/** What became of each edge. */
export function receiptRoutes(app: App, deps: ApiDeps): void {
  const config = { needs: "read", channels: "checked" } as const;
  const tags = ["alarms"];
  app.get(
    "/receipts",
    {
      config,
      schema: {
        tags,
        summary: "List receipts, the newest first",
        querystring: receiptsQuery,
        response: { 200: receiptsPage },
      },
    },
    async (request) => {
      const { rights } = request.login ?? fail("unauthorized");
      const { source, ...filter } = request.query;
      const of = await askedSources(deps, source);
      const { receipts, next } = await seenPage(deps, rights, { ...filter, ...of });
      const say = await speaker(deps);
      return { receipts: receipts.map(say), ...(next === undefined ? {} : { next }) };
    },
  );
  app.get(
    "/receipts/:eventId",
    {
      config,
      schema: { tags, summary: "Read the receipt of one edge", params: eventParams, response: { 200: receiptAnswer } },
    },
    async (request) => {
      const { eventId } = request.params;
      const found = (await deps.reads.receipt(eventId)) ?? fail("not-found", `There is no receipt ${eventId}.`);
      const { rights } = request.login ?? fail("unauthorized");
      const receipt = isLimited(rights) ? seenReceipt(rights, found) : found;
      const say = await speaker(deps);
      return say(receipt ?? fail("forbidden", limitedSentence));
    },
  );
}

/** Adds the sentence of a receipt, its times in the site's zone. */
async function speaker(deps: Pick<ApiDeps, "reads">) {
  const { site } = await deps.reads.config();
  const format = new Intl.DateTimeFormat("en-GB", { timeZone: site.timeZone, dateStyle: "short", timeStyle: "medium" });
  return (receipt: Receipt) => ({ ...receipt, sentence: sentence(receipt, (wall) => format.format(wall)) });
}

/** Pages that are looked through for one who may see little; then the page is short and says where it goes on. */
const mostLooks = 20;

/** A page of what may be seen; `next` as long as there is more. */
async function seenPage(deps: Pick<ApiDeps, "reads">, rights: ChannelRights, filter: ReceiptFilter) {
  const receipts: Receipt[] = [];
  let before = filter.before;
  for (let look = 0; look < (isLimited(rights) ? mostLooks : 1); look++) {
    const limit = filter.limit - receipts.length;
    const found = await deps.reads.receipts({ ...filter, before, limit });
    receipts.push(...(isLimited(rights) ? found.flatMap((one) => seenReceipt(rights, one) ?? []) : found));
    if (found.length < limit) return { receipts, next: undefined };
    before = found.at(-1)?.edge.eventId;
    if (receipts.length >= filter.limit) break;
  }
  return { receipts, next: before };
}

import { eventParams, receipt as receiptAnswer, receiptsPage, receiptsQuery } from "../../contract/receipt.ts";
import type { Receipt } from "../../domain/receipt.ts";
import { sentence } from "../../domain/receipt-sentence.ts";
import type { App } from "../app-types.ts";
import { fail } from "../failure.ts";
import type { ApiDeps } from "../ports.ts";

/** What became of each edge. */
export function receiptRoutes(app: App, deps: ApiDeps): void {
  const config = { needs: "read" } as const;
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
      const found = await deps.reads.receipts(request.query);
      const last = found.length === request.query.limit ? found.at(-1) : undefined;
      const say = await speaker(deps);
      return { receipts: found.map(say), ...(last === undefined ? {} : { next: last.edge.eventId }) };
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
      const say = await speaker(deps);
      return say(found);
    },
  );
}

/** Adds the sentence of a receipt, its times in the site's zone. */
async function speaker(deps: Pick<ApiDeps, "reads">) {
  const { site } = await deps.reads.config();
  const format = new Intl.DateTimeFormat("en-GB", { timeZone: site.timeZone, dateStyle: "short", timeStyle: "medium" });
  return (receipt: Receipt) => ({ ...receipt, sentence: sentence(receipt, (wall) => format.format(wall)) });
}

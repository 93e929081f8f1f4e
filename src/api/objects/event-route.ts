import { eventObjects as answer } from "../../contract/object-search.ts";
import { eventParams } from "../../contract/receipt.ts";
import { seeingPointOf } from "../../domain/detection/seeing-point.ts";
import { isLimited, maySee, seenReceipt } from "../../domain/rights.ts";
import type { App } from "../app-types.ts";
import { limitedSentence } from "../auth/channel-rights.ts";
import { fail } from "../failure.ts";
import type { ApiDeps } from "../ports.ts";
import { eventObjects } from "./event-objects.ts";

/** Who caused an event, or was seen meanwhile: for the receipt and for lists of events. */
export function eventObjectRoute(
  app: App,
  { detectionFolder, reads }: Pick<ApiDeps, "detectionFolder" | "reads">,
): void {
  app.get(
    "/receipts/:eventId/objects",
    {
      config: { needs: "footage", channels: "checked" },
      schema: {
        tags: ["alarms"],
        summary: "List people, vehicles and other objects of an event",
        description:
          "Those that closed its contact, where a camera's detection did; and those that its cameras saw from 10 s before to a minute after the edge, also who is still there. Of cameras that the login may play back.",
        params: eventParams,
        response: { 200: answer },
      },
    },
    async ({ params: { eventId }, login }) => {
      const { rights } = login ?? fail("unauthorized");
      const found = (await reads.receipt(eventId)) ?? fail("not-found", `There is no receipt ${eventId}.`);
      const receipt = (isLimited(rights) ? seenReceipt(rights, found) : found) ?? fail("forbidden", limitedSentence);
      const by = seeingPointOf(await reads.config(), receipt.edge.input);
      const recorded = receipt.actions.flatMap(({ target }) => (target.kind === "record" ? [target.channel] : []));
      const channels = [...new Set([...(by === undefined ? [] : [by.channel]), ...recorded])];
      const seen = channels.filter((channel) => maySee(rights, channel, "playback"));
      return [...(await eventObjects(detectionFolder, receipt, { by, channels: seen }))];
    },
  );
}

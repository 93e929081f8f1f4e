import { causeOfTrigger, footageCauses, type FootageCause } from "../../domain/footage-cause.ts";
import { createSpanSet, type SpanSet } from "../../domain/span-set.ts";
import type { FootageRange } from "../../domain/footage-lock.ts";
import type { HoldOrder } from "../../messages/recorder.ts";

/** What footage shows, as far as closed holds tell. Merged spans: small, however many alarms there were. */
export interface CauseBook {
  add(order: HoldOrder, span: { readonly from: number; readonly to: number }): void;
  /** The most telling cause whose footage reaches into this; `continuous` where none does. */
  causeOf(range: FootageRange): FootageCause;
}

export function createCauseBook(): CauseBook {
  const sets = new Map<string, SpanSet>();
  const key = (channel: number, cause: FootageCause): string => `${channel}/${cause}`;
  return {
    add({ channel, trigger }, span) {
      const of = key(channel, causeOfTrigger(trigger));
      const set = sets.get(of) ?? createSpanSet();
      sets.set(of, set);
      set.add(span);
    },
    causeOf: ({ channel, startWall, endWall }) =>
      footageCauses.find(
        (cause) => sets.get(key(channel, cause))?.reaches({ from: startWall, to: endWall }) === true,
      ) ?? "continuous",
  };
}

/** The most telling of what several volumes know. */
export const mostTelling = (causes: readonly FootageCause[]): FootageCause =>
  footageCauses.find((cause) => causes.includes(cause)) ?? "continuous";

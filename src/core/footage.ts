/** What the recorders report, as rows for the timeline: spans with their cause, and gaps. Pure. */
import { wallTime, type WallTime } from "../kernel/time.ts";
import { causeOfTrigger } from "../domain/footage-cause.ts";
import { isGeneral, type RecordMode } from "../domain/recording-rule.ts";
import type { HoldOrder, RecorderToCore, SegmentRow } from "../messages/recorder.ts";
import type { StoreIntent } from "../messages/store.ts";

export type HoldMessage = Extract<
  RecorderToCore,
  { kind: "hold-answer" | "hold-durable" | "hold-fresh" | "hold-closed" }
>;

type Span = Extract<StoreIntent, { kind: "span" }>;

const spanOf = (hold: HoldOrder, from: WallTime, to: WallTime): Span => ({
  kind: "span",
  channel: hold.channel,
  cause: causeOfTrigger(hold.trigger),
  from,
  to,
  eventId: hold.eventId,
});

/** The pre-record is on the timeline once it is durable, the whole run once the hold is closed, with what it lacks. */
export function footageIntents(hold: HoldOrder, message: HoldMessage): StoreIntent[] {
  switch (message.kind) {
    case "hold-answer":
    case "hold-fresh":
      return [];
    case "hold-durable": {
      const from = wallTime(hold.edgeWall - Math.max(0, message.preAchievedMs));
      return from < hold.edgeWall ? [spanOf(hold, from, hold.edgeWall)] : [];
    }
    case "hold-closed": {
      const gaps = message.gaps.map((gap): StoreIntent => ({ kind: "gap", channel: hold.channel, gap }));
      if (message.from === undefined || message.to === undefined) return gaps;
      return [spanOf(hold, message.from, message.to), ...gaps];
    }
  }
}

/**
 * A segment that grew or was closed: continuous footage when it is general, and alarm or manual
 * footage as far as a hold of its channel reaches into it.
 */
export function segmentIntents(
  segment: SegmentRow,
  mode: RecordMode | undefined,
  holds: readonly HoldOrder[],
): StoreIntent[] {
  const intents: StoreIntent[] = [{ kind: "segment", segment }];
  // a copy shows nothing that its original did not
  if (segment.stream !== "main" || segment.copy === true) return intents;
  const { channel, startWall, endWall } = segment;
  if (isGeneral(segment, mode))
    intents.push({ kind: "span", channel, cause: "continuous", from: startWall, to: endWall });
  for (const hold of holds) {
    if (hold.channel !== channel) continue;
    const from = wallTime(Math.max(startWall, hold.edgeWall - hold.preMs));
    const to = wallTime(Math.min(endWall, holdEnd(hold)));
    if (from < to) intents.push(spanOf(hold, from, to));
  }
  return intents;
}

/** Wall time at which a hold ends at the latest, by the offset that held at its edge. */
const holdEnd = (hold: HoldOrder): number =>
  hold.edgeWall + (Math.min(hold.endAt ?? hold.boundAt, hold.boundAt) - hold.edgeAt);

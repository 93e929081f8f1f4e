import type { TimelineEvent } from "../../contract/playback.ts";
import type { Receipt } from "../../domain/receipt.ts";
import { seenEdge } from "../../domain/rights.ts";
import type { SpanBeside, StoreReads } from "../../store/read.ts";

type Asked = Omit<SpanBeside, "causes">;

/** Alarms are found by their receipts, which say when the edge was; continuous recording is no event. */
const causesBeside = ["manual", "motion", "intelligent"];
/** Receipts looked at: an input that others' channels hang on may fire thousands of times. */
const pageSize = 100;
const mostPages = 20;

/** The nearest event of these channels behind or before a time. */
export async function eventBeside(
  reads: Pick<StoreReads, "receipts" | "spanBeside">,
  asked: Asked,
): Promise<TimelineEvent | undefined> {
  const [alarm, span] = await Promise.all([
    receiptBeside(reads, asked),
    reads.spanBeside({ ...asked, causes: causesBeside }),
  ]);
  const found: TimelineEvent[] = [];
  if (alarm !== undefined) found.push(alarmOf(alarm, asked.channels));
  if (span !== undefined) {
    const { channel, cause, from, eventId } = span;
    found.push({ at: from, cause, channels: [channel], ...(eventId === undefined ? {} : { eventId }) });
  }
  return found.sort((a, b) => (asked.side === "after" ? a.at - b.at : b.at - a.at))[0];
}

async function receiptBeside(reads: Pick<StoreReads, "receipts">, asked: Asked): Promise<Receipt | undefined> {
  let { at } = asked;
  for (let page = 0; page < mostPages; page++) {
    // a wall time has fractions of a millisecond: `since` is inclusive, and the event at `at` itself is not meant
    const range = asked.side === "after" ? { since: at, oldestFirst: true } : { until: at };
    const receipts = await reads.receipts({ ...range, limit: pageSize });
    const found = receipts.find((receipt) => receipt.edge.at.wall !== asked.at && concerns(receipt, asked.channels));
    const last = receipts.at(-1)?.edge.at.wall;
    if (found !== undefined || receipts.length < pageSize || last === undefined || last === at) return found;
    at = last;
  }
  return undefined;
}

const concerns = ({ edge, actions }: Receipt, channels: readonly number[]): boolean =>
  edge.kind !== "cleared" &&
  actions.some(({ target }) => target.kind === "record" && channels.includes(target.channel));

function alarmOf({ edge, actions }: Receipt, channels: readonly number[]): TimelineEvent {
  const recorded = actions.flatMap(({ target }) => (target.kind === "record" ? [target.channel] : []));
  return {
    at: edge.at.wall,
    cause: edge.cause ?? "alarm",
    channels: recorded.filter((channel) => channels.includes(channel)),
    // a title may name cameras that are not asked for
    name: seenEdge({ live: [], playback: channels }, edge).inputName,
    eventId: edge.eventId,
  };
}

/** What a channel has to play around where somebody watches: asked of the server as it is needed, kept as a `Line`. */
import type { LineAnswer } from "../../../../src/contract/playback.ts";
import { api, request } from "../../../shared/api-client.ts";
import { emptyIn, emptyLine, forgetFar, type Line, type Range, takeAnswer, unknownIn } from "../model/line.ts";

/** Asked for at once, so that playing on costs a request in half a minute. */
const askMs = 30_000;
/** What is younger than this may still be on its way to the disk and into the list. */
const settleMs = 8000;
const againAfterMs = 1000;
/** Where nothing is in the list although it is as young as this, it is looked for again every so often. */
const youngMs = 90_000;
const lookAgainMs = 2000;

export interface Feed {
  readonly channel: number;
  readonly line: Line;
  /** Why the server can't be asked; undefined while it answers. */
  readonly failure: Error | undefined;
  /** What the timeline knows of this channel: emptiness here is doubted. */
  footage(spans: readonly Range[]): void;
  /** Sees to it that this becomes known; asks at most once at a time. */
  want(range: Range): void;
  /** Resolves when this was asked for, known or not. */
  ensure(range: Range): Promise<void>;
  bytes(address: string, signal: AbortSignal): Promise<ArrayBuffer>;
  close(): void;
}

/**
 * @param zero wall time of media time 0, ms
 * @param stream `sub`: small pictures where they were recorded, else the main stream's
 */
export function createFeed(channel: number, zero: number, stream: "main" | "sub" = "main"): Feed {
  const closed = new AbortController();
  let line = emptyLine;
  let failure: Error | undefined;
  let asking: Promise<void> | undefined;
  let notBefore = 0;
  let lookedAgain = 0;
  let spans: readonly Range[] = [];
  const ask = async (range: Range): Promise<void> => {
    try {
      const query = { from: range.from, to: range.to, zero, ...(stream === "sub" ? { stream } : {}) };
      const answer = await api.get<LineAnswer>(`channels/${channel}/hls/line`, query, closed.signal);
      line = forgetFar(takeAnswer(line, range, answer, Date.now() - settleMs), {
        from: range.from - 10 * askMs,
        to: range.to + 10 * askMs,
      });
      failure = undefined;
      // the end of what is being written: look again, but not at once
      if (unknownIn(line, range)?.from === range.from) notBefore = performance.now() + againAfterMs;
    } catch (error) {
      if (closed.signal.aborted) return;
      failure = error instanceof Error ? error : new Error(String(error));
      notBefore = performance.now() + 2 * againAfterMs;
    }
  };
  const begin = (range: Range): Promise<void> => {
    asking ??= ask(range).finally(() => (asking = undefined));
    return asking;
  };
  /** Emptiness that may be filled by now: young, or the timeline knows of footage in it. */
  const doubtful = ({ from, to }: Range): Range | undefined => {
    if (performance.now() < lookedAgain + lookAgainMs) return undefined;
    const empty = emptyIn(line, { from, to });
    if (empty === undefined) return undefined;
    const isDoubtful =
      empty.to > Date.now() - youngMs || spans.some((span) => span.from < empty.to - 500 && span.to > empty.from + 500);
    if (isDoubtful) lookedAgain = performance.now();
    return isDoubtful ? empty : undefined;
  };
  const rounded = ({ from, to }: Range): Range => ({ from: Math.floor(Math.max(zero, from)), to: Math.ceil(to) });
  return {
    channel,
    get line() {
      return line;
    },
    get failure() {
      return failure;
    },
    footage: (of) => void (spans = of),
    want(range) {
      if (asking !== undefined || performance.now() < notBefore) return;
      const missing = unknownIn(line, rounded(range));
      if (missing !== undefined) void begin({ from: missing.from, to: Math.max(missing.to, missing.from + askMs) });
      else {
        const again = doubtful(rounded(range));
        if (again !== undefined) void begin(rounded(again));
      }
    },
    async ensure(range) {
      await asking;
      const missing = unknownIn(line, rounded(range));
      if (missing !== undefined) await begin(missing);
    },
    async bytes(address, signal) {
      const path = `channels/${channel}/${address.replace(/^\.\.\//, "")}`;
      return (await request(path, { signal: AbortSignal.any([signal, closed.signal]) })).arrayBuffer();
    },
    close: () => closed.abort(),
  };
}

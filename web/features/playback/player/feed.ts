/** What a channel has to play around where somebody watches: asked of the server as it is needed, kept as a `Line`. */
import type { LineAnswer } from "../../../../src/contract/playback.ts";
import { api, request } from "../../../shared/api-client.ts";
import { emptyLine, forgetFar, type Line, type Range, takeAnswer, unknownIn } from "../model/line.ts";

/** Asked for at once, so that playing on costs a request in half a minute. */
const askMs = 30_000;
/** What is younger than this may still be on its way to the disk and into the list. */
const settleMs = 8000;
const againAfterMs = 1000;

export interface Feed {
  readonly channel: number;
  readonly line: Line;
  /** Why the server can't be asked; undefined while it answers. */
  readonly failure: Error | undefined;
  /** Sees to it that this becomes known; asks at most once at a time. */
  want(range: Range): void;
  /** Resolves when this was asked for, known or not. */
  ensure(range: Range): Promise<void>;
  bytes(address: string, signal: AbortSignal): Promise<ArrayBuffer>;
  close(): void;
}

/** @param zero wall time of media time 0, ms */
export function createFeed(channel: number, zero: number): Feed {
  const closed = new AbortController();
  let line = emptyLine;
  let failure: Error | undefined;
  let asking: Promise<void> | undefined;
  let notBefore = 0;
  const ask = async (range: Range): Promise<void> => {
    try {
      const query = { from: range.from, to: range.to, zero };
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
  const rounded = ({ from, to }: Range): Range => ({ from: Math.floor(Math.max(zero, from)), to: Math.ceil(to) });
  return {
    channel,
    get line() {
      return line;
    },
    get failure() {
      return failure;
    },
    want(range) {
      const missing = unknownIn(line, rounded(range));
      if (missing === undefined || asking !== undefined || performance.now() < notBefore) return;
      void begin({ from: missing.from, to: Math.max(missing.to, missing.from + askMs) });
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
